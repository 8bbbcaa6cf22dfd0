"""`make dev`: the server, started anew when its source changes, beside the web app's development server.

One opens the web app's: it passes the API, its sockets and streams on to the server, at whatever port that has.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "src" / "gitu"
HOST = "127.0.0.1"
SERVER_PORT, WEB_PORT = 8000, 5173  # the first ones tried
LOOK_EVERY_S = 1.0
PATIENCE_S = 20.0


def free_port(first: int) -> int:
    """The next port from `first` on which nobody listens, so that one never talks to another checkout's server."""
    for port in range(first, first + 100):
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind((HOST, port))
            except OSError:
                continue
            return port
    sys.exit(f"No port is free from {first} to {first + 99}; stop what listens there, or set GITU_PORT.")


def state_of_sources() -> dict[Path, float]:
    """When each source file was written, as a file time: differs after any edit, new file or deletion."""
    found: dict[Path, float] = {}
    for path in SOURCES.rglob("*"):
        if path.suffix in (".py", ".ftl", ".json") and "static" not in path.parts:
            try:
                found[path] = path.stat().st_mtime
            except FileNotFoundError:  # an editor's own file, or a branch being changed
                continue
    return found


def start_server(port: int, web: str) -> subprocess.Popen[bytes]:
    """Start Gitu with this source; the links it prints lead to the web app's development server."""
    command = ["gitu", "serve", "--port", str(port), "--public-url", web]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def start_web(port: int, server: str) -> subprocess.Popen[bytes]:
    """Start the web app's development server in front of Gitu's."""
    command = ["npm", "run", "dev", "--", "--host", HOST, "--port", str(port), "--strictPort"]
    env = {**os.environ, "GITU_DEV_SERVER": server}
    return subprocess.Popen(command, cwd=ROOT / "web", env=env, start_new_session=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask a process group to end, then insist."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main() -> None:
    """Watch until interrupted; a server that fell over waits for the next change."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # the same way out as Ctrl-C
    port, web_port = free_port(int(os.environ.get("GITU_PORT", SERVER_PORT))), free_port(WEB_PORT)
    web_url = f"http://{HOST}:{web_port}"
    web = start_web(web_port, f"http://{HOST}:{port}")
    server = start_server(port, web_url)
    seen = state_of_sources()
    try:
        while web.poll() is None:
            time.sleep(LOOK_EVERY_S)
            found = state_of_sources()
            if found != seen:
                seen = found
                print("The source changed; starting the server anew.", flush=True)
                stop(server)
                server = start_server(port, web_url)
    except KeyboardInterrupt:
        pass
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # a second Ctrl-C may not leave one of them running
            signal.signal(number, signal.SIG_IGN)
        ended = web.poll()
        stop(server)
        stop(web)
    if ended:
        sys.exit(f"The web app's development server ended (exit {ended}); its own words are above.")


if __name__ == "__main__":
    main()
