"""Carries connections to a port inside the sandbox to the socket of the proxy outside."""

import contextlib
import os
import socket
import sys
import threading

from .wire import CHUNK

BACKLOG = 64


def carry(source: socket.socket, sink: socket.socket) -> None:
    """Pass on bytes until the source ends."""
    try:
        while data := source.recv(CHUNK):
            sink.sendall(data)
    except OSError:
        pass
    finally:
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


def connect(inside: socket.socket, path: str) -> None:
    """Serve one connection."""
    with inside, socket.socket(socket.AF_UNIX) as outside:
        try:
            outside.connect(path)
        except OSError:
            return
        back = threading.Thread(target=carry, args=(outside, inside), daemon=True)
        back.start()
        carry(inside, outside)
        back.join()


def main() -> None:
    """Arguments: port, path of the socket, a descriptor to say on that it listens."""
    port, path, told = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    server = socket.create_server(("127.0.0.1", port), backlog=BACKLOG)
    os.write(told, b".")
    os.close(told)
    while True:
        inside, _ = server.accept()
        threading.Thread(target=connect, args=(inside, path), daemon=True).start()
