"""Runs one command outside of any sandbox and ends all that it started: a program of its own, standard library only.

It stands between Gitu and the command, so that nothing goes on when Gitu is killed outright: the end of the socket to
Gitu is the word to kill. Orphans come to it (Linux), also those that left the group; should it be killed itself, the
command is killed by the kernel.
"""

import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import sys
import time

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ENDED_WITHIN_S = 10.0
"""What can't be killed, such as a program of another user, is left after so long."""


def tell_kernel(option: int, value: int) -> None:
    """prctl(2), where there is one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def start(line: str, keeper: int) -> int:
    """Fork, and become the command in the child. Raises OSError."""
    pid = os.fork()
    if pid:
        return pid
    try:
        os.setsid()
        tell_kernel(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == keeper:  # else it is gone already, and nobody would tell us
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            os.execv("/bin/sh", ["/bin/sh", "-c", line])  # noqa: S606 - what was asked for
    finally:
        os._exit(127)


def below(keeper: int) -> list[int]:
    """All processes that come from this one; on systems without /proc none is found."""
    children: dict[int, list[int]] = {}
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc"):
            if name.isdecimal():
                with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
                    children.setdefault(parent, []).append(int(name))
    found: list[int] = []
    waiting = [keeper]
    while waiting:
        more = children.get(waiting.pop(), [])
        found += more
        waiting += more
    return found


def end_all(leader: int) -> int | None:
    """Kill and collect everything; the command's own status, if it was among them."""
    status = None
    until = time.monotonic() + ENDED_WITHIN_S
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            os.killpg(leader, signal.SIGKILL)
        for pid in below(os.getpid()):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        while True:
            try:
                pid, ended = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return status
            if pid == leader:
                status = ended
            if pid == 0:
                break
        time.sleep(0.01)
    return status


def tell(gitu: socket.socket, **said: int) -> None:
    """Say which process the command is, or how it ended."""
    with contextlib.suppress(OSError):
        gitu.sendall(json.dumps(said).encode() + b"\n")


def main() -> None:
    """One argument, JSON: ``line`` for the shell, ``socket`` to Gitu."""
    asked = json.loads(sys.argv[1])
    gitu = socket.socket(fileno=asked["socket"])
    gitu.set_inheritable(False)
    tell_kernel(PR_SET_CHILD_SUBREAPER, 1)
    waking, woken = os.pipe()
    for fd in (waking, woken):
        os.set_blocking(fd, False)
    signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    leader = start(asked["line"], os.getpid())
    tell(gitu, leader=leader)
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):  # the command alone holds its input and output
        os.dup2(null, fd)
    running = True
    while True:
        ready, _, _ = select.select([gitu, waking], [], [])
        if waking in ready:
            os.read(waking, 512)
            with contextlib.suppress(ChildProcessError):
                while True:
                    pid, status = os.waitpid(-1, os.WNOHANG)
                    if pid == leader:
                        running = False
                        tell(gitu, code=os.waitstatus_to_exitcode(status))
                    if pid == 0:
                        break
        if gitu in ready:
            status = end_all(leader)
            if running and status is not None:
                tell(gitu, code=os.waitstatus_to_exitcode(status))
            return


if __name__ == "__main__":
    main()
