"""Starting commands and ending them, inside the sandbox."""

import contextlib
import ctypes
import errno
import fcntl
import json
import os
import resource
import signal
import struct
import termios
import time
from typing import Any

from .wire import STDERR, STDOUT

OUT_OF_MEMORY_FIRST = b"500"
DEAD_WITHIN_S = 0.5  # the other commands wait as long
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 4, 22, 38, 2


class Stream:
    """One output of a command: live up to ``live`` bytes, then only its end is kept."""

    def __init__(self, command: "Command", fd: int, kind: int, live: int, keep: int) -> None:
        self.command, self.fd, self.kind = command, fd, kind
        self.live, self.keep = live, keep
        self.total = 0
        self.end = bytearray()


class Command:
    """A running command."""

    def __init__(self, number: int, pid: int) -> None:
        self.number, self.pid = number, pid
        self.started = time.monotonic()
        self.streams: list[Stream] = []
        self.stdin: int | None = None
        self.pending = bytearray()
        self.close_when_written = False
        self.tty: int | None = None
        self.failure = -1
        self.status: int | None = None
        self.usage: float = 0.0
        self.deadline: float | None = None


def start(number: int, asked: dict[str, Any], config: dict[str, Any]) -> Command:
    """Fork, and become the command in the child. Raises OSError when there is no process or descriptor left."""
    opened: list[int] = []

    def pair(made: tuple[int, int]) -> tuple[int, int]:
        opened.extend(made)
        return made

    def null() -> int:
        return os.open(os.devnull, os.O_RDONLY)

    try:
        failed, failing = pair(os.pipe())
        if asked["tty"]:
            ours, theirs = pair(os.openpty())
            set_size(ours, *asked["tty"])
            outputs, given = [(ours, STDOUT)], (theirs, theirs, theirs)
            stdin = None
        else:
            taken, stdin = pair(os.pipe()) if asked["stdin"] else (null(), None)
            opened.append(taken)
            out, out_end = pair(os.pipe())
            err, err_end = pair(os.pipe())
            outputs, given = [(out, STDOUT), (err, STDERR)], (taken, out_end, err_end)
        pid = os.fork()
    except OSError:
        for fd in set(opened):
            os.close(fd)
        raise
    if pid == 0:
        become(asked, config, given, failing)
    for fd in {*given, failing}:
        os.close(fd)
    command = Command(number, pid)
    command.failure = failed
    command.stdin = stdin
    if stdin is not None:
        os.set_blocking(stdin, False)
    command.tty = outputs[0][0] if asked["tty"] else None
    command.streams = [Stream(command, fd, kind, asked["live"], asked["keep"]) for fd, kind in outputs]
    return command


def become(asked: dict[str, Any], config: dict[str, Any], given: tuple[int, int, int], failing: int) -> None:
    """In the child: session, terminal, limits, folder, program. Never returns."""
    what = "setup"
    try:
        os.setsid()
        if asked["tty"]:
            fcntl.ioctl(given[0], termios.TIOCSCTTY, 0)
        for wanted, fd in enumerate(given):
            os.dup2(fd, wanted)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGPIPE, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        hide(hidden=False)
        with open("/proc/self/oom_score_adj", "wb", buffering=0) as score:  # rather the command than this agent
            score.write(OUT_OF_MEMORY_FIRST)
        for name, limit in config["limits"].items():
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
            resource.setrlimit(kind, (most, most))
        what = "folder"
        os.chdir(asked["cwd"])
        what = "program"
        environment = {**config["env"], **asked["env"]}
        os.execvpe(asked["argv"][0], asked["argv"], environment)  # noqa: S606 - what was asked for
    except BaseException as error:
        number = error.errno if isinstance(error, OSError) else errno.EINVAL
        os.write(failing, json.dumps({"errno": number, "what": what}).encode())
    os._exit(127)


def set_size(fd: int, rows: int, columns: int) -> None:
    """Tell a terminal its size."""
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def kill_tree(leader: int, number: int) -> None:
    """Signal a command's group and, for SIGKILL, all that is left of its session, waiting until it is dead.

    Whoever hears that a command was killed may start the next one, and finds the room that it held free.
    """
    with contextlib.suppress(OSError):
        os.killpg(leader, number)
    if number != signal.SIGKILL:
        return
    killed: set[int] = set()
    give_up = time.monotonic() + DEAD_WITHIN_S
    while time.monotonic() < give_up:
        members = {pid for pid in map(int, filter(str.isdigit, os.listdir("/proc"))) if session_of(pid) == leader}
        if not members:
            return
        if members <= killed:  # nothing new was started: the kernel is still at it
            time.sleep(0.001)
        for pid in members:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        killed |= members


def session_of(pid: int) -> int:
    """The session of a living process, else 0."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0
    return 0 if fields[0] in b"ZX" else int(fields[3])


def hide(*, hidden: bool) -> None:
    """Close this process's memory, descriptors and environment in /proc to the others in here, or open them."""
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, int(not hidden), 0, 0, 0)


def put_on(program: bytes) -> None:
    """Filter the system calls of this process and all it starts (seccomp(2)). Raises OSError."""

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))

    libc = ctypes.CDLL(None, use_errno=True)
    made = Program(len(program) // 8, program)
    for arguments in ((PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(made))):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "the filter of system calls could not be put on")
