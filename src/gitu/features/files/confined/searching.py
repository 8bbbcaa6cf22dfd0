"""Looking for names and text below a folder, within bounds of work and time."""

import threading
import time
from dataclasses import dataclass, field
from typing import Literal

from gitu.features.files.confined.names import Parts, joined
from gitu.features.files.confined.text import charset_of
from gitu.features.files.confined.tree import MOST_NAMES, Found, Tree
from gitu.kernel.errors import GituError

Where = Literal["names", "content", "both"]
Stopped = Literal["", "matches", "entries", "bytes", "time"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that one search may do."""

    matches: int = 100
    entries: int = 50_000
    content_bytes: int = 128 * 1024 * 1024
    file_bytes: int = 2 * 1024 * 1024
    seconds: float = 15
    of_one_file: int = 5


@dataclass(frozen=True, slots=True)
class Match:
    """A name, or a line of a file (numbered from 1) with what was looked for."""

    path: str
    kind: str
    size: int
    line: int | None
    text: str


@dataclass(slots=True)
class Search:
    """One search; ``stop`` ends it from another thread. ``stopped`` says which bound ended it."""

    query: str
    where: Where
    bounds: Bounds
    matches: list[Match] = field(default_factory=list[Match])
    stopped: Stopped = ""
    stop: threading.Event = field(default_factory=threading.Event)
    _entries: int = 0
    _bytes: int = 0
    _until: float = 0

    def run(self, tree: Tree, start: Parts) -> None:
        """Fill ``matches``, folder by folder. What may not be opened is passed over."""
        wanted = self.query.casefold()
        self._until = time.monotonic() + self.bounds.seconds
        waiting: list[Parts] = [start]
        while waiting and not self._done():
            here = waiting.pop()
            try:
                listed = tree.list(here, None, MOST_NAMES)
            except GituError:
                if here == start:
                    raise
                continue
            deeper: list[Parts] = []
            for found in listed.entries:
                self._entries += 1
                if self._done():
                    return
                path = (*here, found.name)
                self._look(tree, path, found, wanted)
                if found.kind == "folder":
                    deeper.append(path)
            waiting.extend(reversed(deeper))

    def _done(self) -> bool:
        if len(self.matches) >= self.bounds.matches:
            self.stopped = "matches"
        elif self._entries > self.bounds.entries:
            self.stopped = "entries"
        elif self._bytes > self.bounds.content_bytes:
            self.stopped = "bytes"
        elif time.monotonic() > self._until:
            self.stopped = "time"
        return bool(self.stopped) or self.stop.is_set()

    def _look(self, tree: Tree, path: Parts, found: Found, wanted: str) -> None:
        if self.where != "content" and wanted in found.name.casefold():
            self.matches.append(Match(joined(path), found.kind, found.size, None, ""))
        if self.where != "names" and found.kind == "file" and found.size <= self.bounds.file_bytes:
            self._look_inside(tree, path, found, wanted)

    def _look_inside(self, tree: Tree, path: Parts, found: Found, wanted: str) -> None:
        try:
            content = tree.read_whole(path, self.bounds.file_bytes)
        except GituError:
            return
        self._bytes += len(content)
        charset = charset_of(content)
        if charset is None:
            return
        text = content.decode(charset, errors="replace")
        if wanted not in text.casefold():
            return
        room = min(self.bounds.of_one_file, self.bounds.matches - len(self.matches))
        for number, line in enumerate(text.splitlines(), 1):
            if room <= 0:
                return
            at = line.casefold().find(wanted)
            if at >= 0:
                start = max(0, at - 80)
                self.matches.append(Match(joined(path), found.kind, found.size, number, line[start : at + 160].strip()))
                room -= 1
