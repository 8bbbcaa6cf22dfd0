"""Ends a sandbox that writes more into folders of this machine than it may: no kernel limits a folder for us.

What the workspace holds is counted again and again while the sandbox lives, and the room left on the disks is looked
at. Between two looks a command can write what the disk takes in that time; each file has its own limit.
"""

import asyncio
import contextlib
import os
import threading
import time
from collections.abc import Callable

from gitu.features.sandbox.errors import SandboxFailed
from gitu.features.sandbox.folders import Shared
from gitu.features.sandbox.launcher import open_exactly
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import WORKSPACE, SandboxSpec
from gitu.kernel.storage.usage import used_bytes

LOOK_EVERY_S = 0.5
COUNT_IDLE_EVERY_S = 10.0
COUNTING_SHARE = 10
"""Counting takes at most one part of so many of the time."""
MOST_OVER = 8
"""A workspace that holds so many times what it may is not opened any more."""


class Quota:
    """One sandbox's. ``limit`` is for the workspace, where that is a folder."""

    def __init__(self, spec: SandboxSpec, shared: list[Shared]) -> None:
        self.limit = spec.limits.workspace_bytes
        self._reserve = spec.limits.disk_reserve_bytes
        self._shared = [folder for folder in shared if folder.writable]
        self._workspace: int | None = None
        self._folders: list[tuple[int, int]] = []  # a descriptor, and the bytes that must stay free on its disk
        self._looking = threading.Lock()  # nothing is closed under a thread that looks
        self._ceiling = self.limit
        self._took_s = 0.0

    def open(self) -> None:
        """Open the folders and count. Blocks.

        A workspace that holds too much already may be used, so that something can be deleted, but not grow.
        Raises SandboxFailed, OSError.
        """
        for folder in self._shared:
            opened = open_exactly(folder.source)
            free = _free(opened)
            self._folders.append((opened, min(self._reserve, free // 2)))
            if folder.target == WORKSPACE:
                self._workspace = opened
        if self._workspace is not None:
            used = self._count(MOST_OVER * self.limit)
            if used is None:
                raise SandboxFailed(reason=because("full", limit=self.limit))
            self._ceiling = max(self.limit, used)

    def close(self) -> None:
        """Let go of the folders. Blocks until nobody looks."""
        with self._looking:
            for opened, _ in self._folders:
                os.close(opened)
            self._folders, self._workspace = [], None

    async def watch(self, busy: Callable[[], bool], give_up: Callable[[Reason], None]) -> None:
        """Look on until there is a reason to end the sandbox. ``busy`` tells whether a command runs."""
        counted = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            pause = COUNT_IDLE_EVERY_S if not busy() else LOOK_EVERY_S
            due = time.monotonic() - counted >= max(pause, COUNTING_SHARE * self._took_s)
            with contextlib.suppress(OSError):  # a disk that went away says nothing; the next look may
                reason = await asyncio.to_thread(self.look, count=due)
                if reason is not None:
                    give_up(reason)
                    return
            counted = time.monotonic() if due else counted

    def look(self, *, count: bool) -> Reason | None:
        """Why the sandbox has to end. Blocks. Raises OSError."""
        with self._looking:
            for opened, least in self._folders:
                if _free(opened) < least:
                    return because("disk", least=least)
            if count and self._workspace is not None:
                used = self._count(self._ceiling)
                if used is None:
                    return because("full", limit=self.limit)
                self._ceiling = max(self.limit, used)  # what was deleted is not written again beyond the limit
            return None

    def is_over(self) -> bool:
        """Whether the workspace holds more than it may. Blocks."""
        with self._looking, contextlib.suppress(OSError):
            return self._workspace is not None and self._count(self.limit) is None
        return False

    def _count(self, most: int) -> int | None:
        assert self._workspace is not None
        began = time.monotonic()
        try:
            return used_bytes(self._workspace, most)
        finally:
            self._took_s = time.monotonic() - began


def _free(opened: int) -> int:
    found = os.fstatvfs(opened)
    return found.f_bavail * found.f_frsize
