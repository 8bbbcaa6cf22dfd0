"""Namespaces through bubblewrap, as a user without any right, under a filter of system calls and control groups."""

import asyncio
import functools
import json
import os
import platform
import pwd
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from gitu.features.sandbox import cgroups, seccomp, system
from gitu.features.sandbox.backends.base import HOME, PATH, Plan, Started, Words
from gitu.features.sandbox.errors import SandboxFailed
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import WORKSPACE, Limits

LAUNCHER = Path(__file__).resolve().parent.parent / "launcher.py"
MOUNTED = "/run/gitu"
PROXY_SOCKET = f"{MOUNTED}/proxy.sock"
UID = 1000
NOBODY = 65_534
PER_USERNS_COUNTS = (5, 14)
"""From this kernel on, processes are counted by user namespace, so that RLIMIT_NPROC means the sandbox's own."""
START = f"import sys; sys.path.insert(0, {MOUNTED!r}); from inside.agent import main; main()"


class Bubblewrap:
    """The default on Linux."""

    name = "bubblewrap"

    def __init__(self, *, use_cgroups: bool = True) -> None:
        self._use_cgroups = use_cgroups

    @functools.cached_property
    def controllers(self) -> cgroups.Controllers | None:
        """The control groups that can be used here."""
        return cgroups.find() if self._use_cgroups else None

    def version(self) -> str | None:
        program = shutil.which("bwrap")
        if program is None:
            return None
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - ours
        return told.stdout.strip() or None

    def problem(self) -> Reason | None:
        if sys.platform != "linux":
            return because("not-linux")
        if shutil.which("bwrap") is None:
            return because("no-bubblewrap")
        return seccomp.problem() or _userns_problem()

    def notes(self) -> tuple[Reason, ...]:
        if self.controllers is None:
            return (because("no-groups"),)
        missing = sorted({"memory", "pids", "cpu"} - set(self.controllers.parents))
        return (because("some-groups", groups=", ".join(missing)),) if missing else ()

    def sweep(self) -> None:
        if self.controllers is not None:
            self.controllers.sweep()

    def retry(self) -> None:
        if self.controllers is not None:
            self.controllers.retry()

    async def start(self, plan: Plan) -> Started:
        ours, theirs = socket.socketpair()
        filter_fd = _in_memory(seccomp.program(debugging=plan.spec.debugging))
        told, telling = os.pipe()
        try:
            ours.setblocking(False)
            argv, sources = _arguments(plan, filter_fd, telling)
            process = await asyncio.create_subprocess_exec(
                *(_as_nobody(argv, sources) if os.geteuid() == 0 else argv),
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.PIPE,
                env={},
                cwd="/",
                pass_fds=(filter_fd, telling),
                start_new_session=True,
            )
        except BaseException:
            ours.close()
            os.close(told)
            raise
        finally:
            theirs.close()
            os.close(filter_fd)
            os.close(telling)
        reader, writer = await asyncio.open_unix_connection(sock=ours)
        group: list[cgroups.Group] = []
        words = Words(process.stderr)

        async def confine() -> None:
            """Put the agent into its control group before anything else runs inside."""
            child = json.loads(os.read(told, 4096))["child-pid"]
            os.close(told)
            if self.controllers is not None:
                group.append(self.controllers.make(plan.number, plan.spec.limits))
                for pid in (process.pid, child):
                    group[0].add(pid)

        async def end() -> None:
            if process.returncode is None:
                process.kill()  # the agent ends with it, and with the agent everything inside
            await process.wait()
            await words.end()
            if self.controllers is not None:
                for one in group:
                    await asyncio.to_thread(self.controllers.remove, one)

        async def said() -> str:
            return await words.end()

        return Started(
            reader=reader,
            writer=writer,
            home=f"{MOUNTED}/inside",
            limits=process_limits(plan.spec.limits, whole=self.controllers),
            relay=PROXY_SOCKET if plan.proxy is not None else None,
            confine=confine,
            end=end,
            said=said,
            environment={"HOME": HOME, "PATH": PATH},
        )


def process_limits(limits: Limits, *, whole: cgroups.Controllers | None) -> dict[str, int]:
    """The limits of a single process; those on memory only where nothing limits the sandbox as a whole."""
    own = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": limits.cpu_s,
        "RLIMIT_NOFILE": limits.open_files,
        "RLIMIT_FSIZE": limits.file_bytes,
        "RLIMIT_MEMLOCK": 65_536,
        "RLIMIT_MSGQUEUE": 0,
    }
    if whole is None or "memory" not in whole.parents:
        own["RLIMIT_AS"] = limits.memory_bytes
    kernel = tuple(int(part) for part in platform.release().split("-")[0].split(".")[:2])
    if kernel >= PER_USERNS_COUNTS:
        own["RLIMIT_NPROC"] = limits.processes + 1  # the agent
    return own


def _arguments(plan: Plan, filter_fd: int, info_fd: int) -> tuple[list[str], list[str]]:
    """bubblewrap's arguments, and the sources that root must stage for the unprivileged user, in their order."""
    limits = plan.spec.limits
    staged: list[str] = []

    def source(path: str) -> str:
        staged.append(path)
        return f"/run/{len(staged) - 1}" if os.geteuid() == 0 else path

    program, needed = system.python()
    argv = [shutil.which("bwrap") or "bwrap", "--unshare-all", "--die-with-parent", "--as-pid-1", "--clearenv"]
    argv += ["--uid", str(UID), "--gid", str(UID), "--hostname", "gitu", "--cap-drop", "ALL"]
    argv += ["--seccomp", str(filter_fd), "--info-fd", str(info_fd)]
    for host, inside in system.binds():
        argv += ["--ro-bind", host, inside]
    for points_at, at in system.links():
        argv += ["--symlink", points_at, at]
    argv += ["--proc", "/proc", "--ro-bind", "/proc/sys", "/proc/sys", "--dev", "/dev"]
    for place in ("/dev/shm", "/tmp", HOME):  # noqa: S108 - the sandbox's own
        argv += ["--size", str(limits.tmp_bytes), "--tmpfs", place]
    inside = source(str(system.INSIDE))
    argv += ["--ro-bind", inside, f"{MOUNTED}/inside"]
    for name in system.OWN_ETC:
        argv += ["--ro-bind", f"{inside}/etc/{name}", f"/etc/{name}"]
    for path in needed:
        argv += ["--ro-bind", source(path), path]
    if plan.proxy is not None:
        argv += ["--ro-bind", source(str(plan.proxy)), PROXY_SOCKET]
    if plan.spec.workspace is None:
        argv += ["--size", str(limits.workspace_bytes), "--tmpfs", WORKSPACE]
    for folder in plan.shared:
        argv += ["--bind" if folder.writable else "--ro-bind", source(folder.source), folder.target]
    argv += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/"]
    return [*argv, "--", program, "-I", "-S", "-c", START], staged


def _as_nobody(argv: list[str], sources: list[str]) -> list[str]:
    uid, gid = unprivileged()
    asked = {"argv": argv, "sources": sources, "uid": uid, "gid": gid}
    return [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(asked)]


def unprivileged() -> tuple[int, int]:
    """User and group that stand outside for what runs inside: nobody's when root runs Gitu, else Gitu's own."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return NOBODY, NOBODY
    return entry.pw_uid, entry.pw_gid


def _userns_problem() -> Reason | None:
    clone = Path("/proc/sys/kernel/unprivileged_userns_clone")
    if clone.exists() and clone.read_text().strip() == "0":
        return because("userns-off", setting="kernel.unprivileged_userns_clone=1")
    most = Path("/proc/sys/user/max_user_namespaces")
    if not most.exists() or most.read_text().strip() == "0":
        return because("userns-off", setting="user.max_user_namespaces=10000")
    return None


def _in_memory(data: bytes) -> int:
    """A descriptor from which ``data`` can be read."""
    descriptor = os.memfd_create("gitu", os.MFD_CLOEXEC)
    os.write(descriptor, data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def explain(said: str) -> SandboxFailed:
    """What bubblewrap said, with the way out where it is known."""
    if any(word in said for word in ("uid map", "No permissions to create", "Creating new namespace", "new namespace")):
        return SandboxFailed(reason=because("userns-refused", said=said))
    return SandboxFailed(reason=because("said", said=said) if said else because("silent"))
