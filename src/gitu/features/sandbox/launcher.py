"""Gives up root and becomes bubblewrap: a program of its own, for when root runs Gitu, over the standard library.

Root's own bubblewrap would leave root inside. What the unprivileged user can't reach is bound below /run first, in
a mount namespace that nobody else sees; folders are walked part by part, so that no link put there is followed.
"""

import ctypes
import json
import os
import stat
import sys

CLONE_NEWNS = 0x0002_0000
MS_REC, MS_BIND, MS_PRIVATE, MS_NOSUID, MS_NODEV = 0x4000, 0x1000, 0x4_0000, 0x2, 0x4
STAGE = "/run"


def check(result: int) -> None:
    """Raise OSError for a failed call of the C library."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def open_exactly(path: str) -> int:
    """A descriptor of an absolute path none of whose parts is a symbolic link. Raises OSError."""
    descriptor = os.open("/", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    parts = [part for part in path.split("/") if part]
    for at, part in enumerate(parts):
        last = at == len(parts) - 1
        flags = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC | (0 if last else os.O_DIRECTORY)
        try:
            below = os.open(part, flags, dir_fd=descriptor)
        finally:
            os.close(descriptor)
        descriptor = below
    if stat.S_ISLNK(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotADirectoryError(20, "a symbolic link", path)
    return descriptor


def stage(sources: list[str]) -> None:
    """Bind each source at /run/N, in a mount namespace of our own."""
    libc = ctypes.CDLL(None, use_errno=True)
    check(libc.unshare(CLONE_NEWNS))
    check(libc.mount(None, b"/", None, MS_REC | MS_PRIVATE, None))
    descriptors = [open_exactly(source) for source in sources]  # before /run is covered
    check(libc.mount(b"tmpfs", STAGE.encode(), b"tmpfs", MS_NOSUID | MS_NODEV, b"mode=0755,size=64k"))
    for number, descriptor in enumerate(descriptors):
        staged = f"{STAGE}/{number}"
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            os.mkdir(staged)
        else:
            os.close(os.open(staged, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        check(libc.mount(f"/proc/self/fd/{descriptor}".encode(), staged.encode(), None, MS_BIND | MS_REC, None))
        os.close(descriptor)


def main() -> None:
    """One argument, JSON: ``sources`` to stage, ``uid`` and ``gid`` to become, ``argv`` to run."""
    asked = json.loads(sys.argv[1])
    stage(asked["sources"])
    os.setgroups([])
    os.setresgid(asked["gid"], asked["gid"], asked["gid"])
    os.setresuid(asked["uid"], asked["uid"], asked["uid"])
    os.execve(asked["argv"][0], asked["argv"], {})  # noqa: S606 - what Gitu composed


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"launcher: {error}")
