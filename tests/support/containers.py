"""Container engines of this machine, and an image made of its own programs."""

import functools
import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

IMAGE = "localhost/gitu-sandbox-test:latest"
PROGRAMS = ("sh", "cat", "id", "ls", "head", "sleep", "touch", "stat", "grep", "true", "wc")
LIMITS = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096", "--ulimit", "core=0:0")
OTHER_RUNTIME = '[engine]\nruntime = "runc"\n'
"""podman's default (crun) refuses machines with control groups of both versions; runc takes them."""


@functools.cache
def why_not(engine: str) -> str | None:
    """Why containers of this engine can't be tried here; None where they can. Makes the image from this machine."""
    if shutil.which(engine) is None:
        return f"{engine} is not installed"
    asked = subprocess.run([engine, "info"], capture_output=True, text=True, timeout=120, check=False)
    if asked.returncode != 0:
        return f"{engine} does not answer: {asked.stderr.strip()[-200:]}"
    if not Path("/usr/bin/python3").exists():
        return "this machine has no /usr/bin/python3 to make an image of"
    made = subprocess.run([engine, "import", "-", IMAGE], input=_root(), capture_output=True, timeout=300, check=False)
    if made.returncode != 0:
        return f"{engine} could not import an image: {made.stderr.decode()[-200:]}"
    tried = _tried(engine, {})
    if tried is not None and (settings := settings_of(engine)) and _tried(engine, settings) is None:
        return None
    return tried


@functools.cache
def settings_of(engine: str) -> dict[str, str]:
    """What the engine's program needs in its environment to run containers on this machine."""
    if engine != "podman" or shutil.which("runc") is None or _tried(engine, {}) is None:
        return {}
    file = Path(tempfile.mkdtemp(prefix="gitu-podman-")) / "containers.conf"
    file.write_text(OTHER_RUNTIME)
    return {"CONTAINERS_CONF": str(file)}


def _tried(engine: str, settings: dict[str, str]) -> str | None:
    """What is wrong with a first container; None when it ran."""
    tried = subprocess.run(
        [engine, "run", "--rm", "--network", "none", *LIMITS, IMAGE, "python3", "-c", "print('on')"],
        capture_output=True, text=True, timeout=300, check=False, env=os.environ | settings,
    )  # fmt: skip
    return None if tried.stdout == "on\n" else f"{engine} can't run a container here: {tried.stderr.strip()[-300:]}"


def _root() -> bytes:
    """A small root of this machine's own programs, as a tar archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        python = Path("/usr/bin/python3").resolve()
        found = {python, *(Path(str(shutil.which(name))).resolve() for name in PROGRAMS)}
        extensions = list(Path(f"/usr/lib/{python.name}/lib-dynload").glob("*.so"))
        libraries: set[str] = set()
        for program in (*found, *extensions):
            told = subprocess.run(["ldd", str(program)], capture_output=True, text=True, check=False).stdout
            libraries |= {word for word in told.split() if word.startswith("/")}
        for library in libraries:
            tar.add(Path(library).resolve(), library)
        for program in found:
            tar.add(program, f"/usr/bin/{program.name}")
        for name in PROGRAMS:
            tar.add(Path(str(shutil.which(name))).resolve(), f"/bin/{name}")
        tar.add(python, "/bin/python3")
        tar.add(f"/usr/lib/{python.name}", f"/usr/lib/{python.name}", filter=_standard)
    return packed.getvalue()


def _standard(found: tarfile.TarInfo) -> tarfile.TarInfo | None:
    skipped = ("/test", "/idlelib", "/tkinter", "/__pycache__", "/ensurepip", "/config-")
    return None if any(part in found.name for part in skipped) else found
