"""The sandboxes of a process: one for each session, made on first use, ended when idle."""

import asyncio
import contextlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp

import structlog

from gitu.features.sandbox import folders
from gitu.features.sandbox.backends.base import Backend, Plan, numbers
from gitu.features.sandbox.backends.bubblewrap import unprivileged
from gitu.features.sandbox.box import CLOSED, Sandbox
from gitu.features.sandbox.choice import choose
from gitu.features.sandbox.errors import SandboxFailed, SandboxGone, TooManySandboxes
from gitu.features.sandbox.proxy import Proxy, Resolver, look_up
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import Choice, SandboxInfo, SandboxSpec

log = structlog.get_logger(__name__)

SWEEP_EVERY_S = 30.0
LONGEST_SOCKET_PATH = 100


@dataclass(slots=True)
class _Place:
    """A session's place: its sandbox, its proxy, and the lock that makes one of them at most."""

    owner: str
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    box: Sandbox | None = None
    proxy: Proxy | None = None
    wanted: int = 0
    starting: bool = False


class Sandboxes:
    """Made once for a process; ``aclose`` ends all of them. Bound to the event loop of its first use."""

    def __init__(
        self,
        *,
        choice: Choice = "auto",
        image: str = "docker.io/library/python:3-slim",
        run: Path | None = None,
        protected: Iterable[Path] = (),
        exempt: Iterable[Path] = (),
        per_owner: int = 4,
        total: int = 16,
        idle_s: float = 900,
        backend: Backend | None = None,
        resolver: Resolver = look_up,
    ) -> None:
        self._choice: Choice = choice
        self._image = image
        self._protected, self._exempt = tuple(protected), tuple(exempt)
        self._per_owner, self._total, self._idle_s = per_owner, total, idle_s
        self._run = run
        self._made: Path | None = None
        self._backend = backend
        self._resolver = resolver
        self._choosing = asyncio.Lock()
        self._stopping = False
        self._places: dict[str, _Place] = {}
        self._sweeper: asyncio.Task[None] | None = None
        self._swept = False

    async def backend(self) -> Backend:
        """What confines here, found with the first use. Raises SandboxUnavailable with the way out."""
        async with self._choosing:
            if self._backend is None:
                self._backend = await choose(self._choice, self._image)
            return self._backend

    async def open(self, key: str, owner: str, spec: SandboxSpec) -> Sandbox:
        """The session's sandbox, made when there is none. One with another ``spec`` is ended and made anew, so that
        what was withdrawn is gone from the next command on.

        Raises SandboxUnavailable, SandboxFailed, FolderRefused, HostRuleInvalid, TooManySandboxes.
        """
        if self._stopping:
            raise SandboxGone(reason=because("stopping"))
        backend = await self.backend()
        place = self._places.setdefault(key, _Place(owner))
        if place.owner != owner:
            raise SandboxGone(reason=because("foreign"))
        place.wanted += 1
        try:
            async with place.lock:
                if place.box is not None and place.box.gone is None and place.box.spec == spec:
                    place.box.used_at = time.monotonic()
                    return place.box
                await self._empty(place, because("changed"))
                self._make_room(owner)
                place.starting = True
                try:
                    await self._fill(place, key, spec, backend)
                finally:
                    place.starting = False
                assert place.box is not None
                return place.box
        finally:
            place.wanted -= 1
            if place.box is None and not place.wanted and self._places.get(key) is place:
                del self._places[key]

    def find(self, key: str, owner: str) -> Sandbox | None:
        """The session's living sandbox."""
        place = self._places.get(key)
        if place is None or place.owner != owner or place.box is None or place.box.gone is not None:
            return None
        return place.box

    async def close(self, key: str, owner: str, reason: Reason = CLOSED) -> None:
        """End a session's sandbox and everything in it, at once."""
        place = self._places.get(key)
        if place is not None and place.owner == owner:
            async with place.lock:
                await self._empty(place, reason)
                if not place.wanted:
                    self._places.pop(key, None)

    def list(self, owner: str | None = None) -> list[SandboxInfo]:
        """The living sandboxes of a person, or of everyone."""
        return [
            SandboxInfo(
                key=key,
                owner=place.owner,
                backend=place.box.backend,
                running=place.box.running,
                idle_s=place.box.idle_s,
                denied_hosts=tuple(place.proxy.denied) if place.proxy is not None else (),
            )
            for key, place in self._places.items()
            if place.box is not None and place.box.gone is None and owner in (None, place.owner)
        ]

    def denied_hosts(self, key: str, owner: str) -> tuple[str, ...]:
        """The hosts that a session's commands asked for in vain, as ``name:port``."""
        place = self._places.get(key)
        return tuple(place.proxy.denied) if place is not None and place.owner == owner and place.proxy else ()

    async def aclose(self) -> None:
        """End every sandbox, and start none any more."""
        self._stopping = True
        if self._sweeper is not None:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
            self._sweeper = None
        places = list(self._places.values())
        self._places.clear()
        await asyncio.gather(*(self._stop(place) for place in places))
        if self._backend is not None:
            await asyncio.to_thread(self._backend.retry)
        if self._made is not None:
            self._made.rmdir()
            self._run = self._made = None

    async def _stop(self, place: _Place) -> None:
        async with place.lock:  # one that is just being started is waited for
            await self._empty(place, because("stopping"))

    async def sweep(self) -> None:
        """End the sandboxes that were idle too long, forget those that are gone, remove what was busy before."""
        for key, place in list(self._places.items()):
            if place.lock.locked() or place.box is None:
                continue
            if place.box.gone is not None or place.box.idle_s >= self._idle_s:
                async with place.lock:
                    await self._empty(place, because("idle"))
                    if not place.wanted:
                        self._places.pop(key, None)
        if self._backend is not None:
            await asyncio.to_thread(self._backend.retry)

    def _make_room(self, owner: str) -> None:
        living = [place for place in self._places.values() if place.starting or _living(place)]
        own = sum(place.owner == owner for place in living)
        if own >= self._per_owner or len(living) >= self._total:
            raise TooManySandboxes(count=own if own >= self._per_owner else len(living), retry_after=self._idle_s)

    async def _fill(self, place: _Place, key: str, spec: SandboxSpec, backend: Backend) -> None:
        if self._sweeper is None:  # before the start: one that fails may leave something to it
            self._sweeper = asyncio.get_running_loop().create_task(self._sweep_always(), name="sandbox sweeper")
        if not self._swept:
            self._swept = True
            await asyncio.to_thread(backend.sweep)
            self._sweep_sockets()
        shared = await asyncio.to_thread(folders.check, spec, self._protected, self._exempt)
        number = next(numbers)
        if spec.network is not None:
            place.proxy = Proxy(key, spec.network.hosts, self._socket_path(number), self._resolver)
            await place.proxy.open()
        try:
            plan = Plan(number, spec, shared, place.proxy.path if place.proxy is not None else None)
            try:
                started = await backend.start(plan)
            except OSError as error:
                raise SandboxFailed(reason=because("said", said=error.strerror or error)) from error
            box = Sandbox(key, plan, started, backend.name)
            await box.open(shared)
        except BaseException:
            if place.proxy is not None:
                await place.proxy.aclose()
                place.proxy = None
            raise
        place.box = box
        log.info(
            "sandbox.started", key=key, backend=backend.name, folders=len(shared), network=spec.network is not None
        )

    async def _empty(self, place: _Place, reason: Reason) -> None:
        if place.box is not None:
            await place.box.aclose(reason)
            place.box = None
        if place.proxy is not None:
            await place.proxy.aclose()
            place.proxy = None

    async def _sweep_always(self) -> None:
        while True:
            await asyncio.sleep(min(SWEEP_EVERY_S, self._idle_s))
            try:
                await self.sweep()
            except Exception:  # the sweeper lives as long as the process
                log.exception("sandbox.sweep_failed")

    def _sweep_sockets(self) -> None:
        """Remove the sockets that servers that were killed have left behind."""
        for path in self._run.glob("sandbox-*-*.sock") if self._run is not None else ():
            if not Path("/proc", path.name.split("-")[1]).exists():
                path.unlink(missing_ok=True)

    def _socket_path(self, number: int) -> Path:
        """A path that fits into a socket's address, in a folder that only Gitu can enter."""
        if self._run is None or len(str(self._run)) > LONGEST_SOCKET_PATH - 40:
            self._run = self._made = Path(mkdtemp(prefix="gitu-sandbox-"))
        return Path(os.path.realpath(self._run)) / f"sandbox-{os.getpid()}-{number}.sock"


def make_workspace(path: Path) -> Path:
    """A folder that can be given as a workspace: open to the user inside and to nobody else. Raises OSError.

    Where root runs Gitu, what lies in it already is handed over too, the folder itself last.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0 and path.stat().st_uid == 0:
        owner = unprivileged()
        for _folder, folders, files, opened in os.fwalk(path, follow_symlinks=False):
            for name in (*folders, *files):
                os.chown(name, *owner, dir_fd=opened, follow_symlinks=False)
        os.chown(path, *owner)
    return path


def _living(place: _Place) -> bool:
    return place.box is not None and place.box.gone is None
