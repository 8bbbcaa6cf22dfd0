"""The system calls that nothing in a sandbox may make, as a program for the kernel.

A deny-list over what namespaces and missing capabilities confine already: kernel interfaces with a history of holes.
Refused calls fail with EPERM, so that programs go on without them. Calls of other architectures (32-bit, x32) kill.
"""

import errno
import functools
import importlib
import os
import socket
import stat
import termios
from pathlib import Path
from typing import Any

from gitu.features.sandbox.reasons import Reason, because

_32_BITS = 0xFFFF_FFFF

TRACING = ("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd")
REFUSED = (
    # kernel machinery for the machine's administrator or with a history of holes
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("add_key", "request_key", "keyctl", "fanotify_init", "lookup_dcookie", "vmsplice", "modify_ldt", "personality"),
    *("init_module", "finit_module", "delete_module", "create_module", "query_module", "get_kernel_syms"),
    *("kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "syslog"),
    *("settimeofday", "clock_settime", "clock_settime64", "clock_adjtime", "adjtimex", "stime"),
    *("iopl", "ioperm", "vm86", "vm86old", "uselib", "ustat", "sysfs", "_sysctl", "nfsservctl", "vhangup"),
    *("sethostname", "setdomainname", "open_by_handle_at", "name_to_handle_at"),
    # mounts and namespaces
    *("mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "open_tree_attr"),
    *("fsopen", "fsconfig", "fsmount", "fspick", "mount_setattr", "unshare", "setns"),
)
# Arguments that stand in memory can't be looked at; C libraries fall back to the older call on ENOSYS.
UNKNOWN = ("clone3", "openat2")
FAMILIES = {0, socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK}
LAST_FAMILY = 64
NAMESPACES = (0x0002_0000, 0x0200_0000, 0x0400_0000, 0x0800_0000, 0x1000_0000, 0x2000_0000, 0x4000_0000, 0x80)
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWTIME."""
TIOCLINUX, TIOCSETD = 0x541C, 0x5423
CREATING = (os.O_CREAT, 0o20_000_000)  # O_CREAT, __O_TMPFILE: only with these does open take a mode
FILE_MODES = {"chmod": 1, "fchmod": 1, "fchmodat": 2, "fchmodat2": 2, "creat": 1, "mknod": 1, "mknodat": 2}


def problem() -> Reason | None:
    """Why no filter can be made here, else None."""
    try:
        _library()
    except (ImportError, RuntimeError, OSError):
        return because("no-libseccomp")
    return None


def _library() -> Any:  # Any: the package has no types
    return importlib.import_module("pyseccomp")  # only when used: it loads libseccomp


@functools.cache
def program(*, debugging: bool = False) -> bytes:
    """The filter as classic BPF for the running machine; with ``debugging``, tracing is left open."""
    pyseccomp = _library()
    made = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    eperm, enosys = pyseccomp.ERRNO(errno.EPERM), pyseccomp.ERRNO(errno.ENOSYS)

    def refuse(name: str, *conditions: Any, action: int = eperm) -> None:
        number: Any = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
        if number >= 0:  # else this architecture has no such call
            made.add_rule(action, number, *conditions)

    def is_(argument: int, value: int, mask: int = _32_BITS) -> Any:
        """The kernel reads these arguments as 32 bits, so what stands above must not hide a value."""
        return pyseccomp.Arg(argument, pyseccomp.MASKED_EQ, mask, value)

    made.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for name in REFUSED if debugging else (*REFUSED, *TRACING):
        refuse(name)
    for name in UNKNOWN:
        refuse(name, action=enosys)
    for flag in NAMESPACES:
        if flag > 0xFF:  # the low byte of clone's flags is a signal
            refuse("clone", is_(0, flag, flag))
    for family in range(LAST_FAMILY):
        if family not in FAMILIES:
            refuse("socket", is_(0, family))
            refuse("socketpair", is_(0, family))
    for name in ("socket", "socketpair"):
        refuse(name, pyseccomp.Arg(0, pyseccomp.GE, LAST_FAMILY))
    for protocol in range(1, 32):  # netlink: only NETLINK_ROUTE, which C libraries ask for addresses
        refuse("socket", is_(0, socket.AF_NETLINK), is_(2, protocol))
    for request in (termios.TIOCSTI, TIOCLINUX, TIOCSETD):
        refuse("ioctl", is_(1, request))
    for bit in (stat.S_ISUID, stat.S_ISGID):  # a file that lends its owner's rights would outlive the sandbox
        for name, argument in FILE_MODES.items():
            refuse(name, is_(argument, bit, bit))
        for creating in CREATING:
            refuse("open", is_(1, creating, creating), is_(2, bit, bit))
            refuse("openat", is_(2, creating, creating), is_(3, bit, bit))
    descriptor = os.memfd_create("seccomp", os.MFD_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        made.export_bpf(file)
        return Path(f"/proc/self/fd/{descriptor}").read_bytes()
