"""Whether this machine lets commands be confined, asked once."""

import ctypes.util
import functools
import os
import shutil
import subprocess
import sys
from typing import Any

import pytest


@functools.cache
def why_not() -> str | None:
    """Why the machine itself lets bubblewrap confine nothing, found by trying it bare; None where it does.

    Gitu's own code has no part in this: what is wrong there must fail, not skip.
    """
    program = shutil.which("bwrap")
    if sys.platform != "linux" or program is None:
        return "bubblewrap is not installed"
    if ctypes.util.find_library("seccomp") is None:
        return "libseccomp is not installed"
    walls = ["--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "true"]
    root = os.geteuid() == 0
    nobody: dict[str, Any] = {"user": 65_534, "group": 65_534, "extra_groups": []} if root else {}
    for tried in ([program, *walls], *([["unshare", "--mount", "true"]] if root else [])):
        given = nobody if tried[0] == program else {}
        told = subprocess.run(tried, capture_output=True, text=True, cwd="/", timeout=60, check=False, **given)
        if told.returncode != 0:
            return f"the machine refuses {' '.join(tried[:2])}: {told.stderr.strip()}"
    return None


@pytest.fixture
def needs_bubblewrap() -> None:
    """Skip where no sandbox starts, and say why."""
    if (reason := why_not()) is not None:
        pytest.skip(f"no sandbox of bubblewrap on this machine: {reason}")
