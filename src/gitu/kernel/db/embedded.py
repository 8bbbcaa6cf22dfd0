"""Runs a PostgreSQL server of our own: made on the first start, shared by all processes of one home folder.

Two locks tell the truth about processes: every process that uses the server holds `postgres.users`
(shared), and the server's own processes inherit `postgres.server`, which is free again only when the last
of them is gone.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import structlog

from gitu.kernel.db.account import OUTSIDE, Account, reachable, server_account, settle
from gitu.kernel.db.binaries import find_binaries
from gitu.kernel.db.cluster import (
    NEW_PASSWORD,
    Programs,
    create_cluster,
    major_of_data,
    set_password,
    take_over,
    write_configuration,
)
from gitu.kernel.db.errors import DatabaseUnavailable
from gitu.kernel.db.failures import explain, explain_os_error
from gitu.kernel.db.process import is_server, read_pid_file
from gitu.kernel.storage.locks import FileLock
from gitu.kernel.storage.paths import make_private, write_private

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)

_START_S = 300  # recovery after a crash replays at most max_wal_size; a slow disk still needs time
_STOP_S = 60
_ORPHANS_S = 60
_PORT_TRIES = 5


class EmbeddedPostgres:
    """The database server below `folder` (`data/`, `password`, `server.json`), with its locks in `run_dir`.

    `settings` are put over the ones Gitu chooses. `outside` is where the data goes when root runs Gitu in a
    home that the server's user can't reach.
    """

    def __init__(
        self,
        folder: Path,
        run_dir: Path,
        *,
        settings: Mapping[str, str] | None = None,
        outside: Path = OUTSIDE,
    ) -> None:
        self.folder = folder.absolute()
        self.run_dir = run_dir.absolute()
        self.recovered = False  # whether the start in this process found a server that had been killed
        self._settings = dict(settings or {})
        self._outside = outside
        self._one_thread = threading.Lock()
        self._deciding = FileLock(self.run_dir / "postgres.lock")
        self._using = FileLock(self.run_dir / "postgres.users")
        self._serving = FileLock(self.run_dir / "postgres.server")

    @property
    def data(self) -> Path:
        """Where the data really lies, links followed."""
        return (self.folder / "data").resolve()

    @property
    def log_file(self) -> Path:
        """The server's log: starts, stops and crashes."""
        return self.data / "postgresql.log"

    def start(self) -> str:
        """Join the running server or start it, making its data first; returns its address with password.

        The address is `postgresql://gitu:PASSWORD@127.0.0.1:PORT/gitu`, the same every time where the port is
        still free. Call it again when the server was killed. Blocking. Raises DatabaseUnavailable with the
        reason and the way out.
        """
        try:
            make_private(self.folder)
            make_private(self.run_dir)
            with self._one_thread, self._deciding.holding(timeout=_START_S + _ORPHANS_S):
                if not self._using.held:
                    self._using.acquire(shared=True, timeout=_STOP_S)
                try:
                    return self._address(self._running_port() or self._launch())
                except BaseException:
                    self._using.release()
                    raise
        except TimeoutError as error:
            raise DatabaseUnavailable(f"Another process of Gitu is busy with the database: {error}.") from error
        except OSError as error:
            raise DatabaseUnavailable(explain_os_error(error, self.folder)) from error

    def stop(self) -> None:
        """Leave the server, and shut it down if no other process uses it; nothing when not started.

        Raises DatabaseUnavailable when it does not stop.
        """
        if not self._using.held:
            return
        try:
            with self._one_thread, self._deciding.holding(timeout=_START_S + _ORPHANS_S):
                if not self._using.held:
                    return
                self._using.release()
                if not self._using.try_acquire():
                    return  # somebody else uses it
                try:
                    self._shut_down()
                finally:
                    self._using.release()
        except OSError as error:  # a TimeoutError is one too
            raise DatabaseUnavailable(explain_os_error(error, self.folder)) from error

    def is_running(self) -> bool:
        """Whether the server of this folder accepts connections."""
        data = self.data
        notes = read_pid_file(data)
        return notes is not None and notes.ready and is_server(notes.pid, data)

    async def keep_running(self, every: float = 1.0) -> None:
        """Start the server again whenever it was killed, looking every `every` seconds; until cancelled."""
        while True:
            await asyncio.sleep(every)
            if self._using.held and not self.is_running():
                try:
                    await asyncio.to_thread(self.start)
                except DatabaseUnavailable as error:
                    log.error("database.down", reason=str(error))
                else:
                    log.warning("database.restarted", recovered=self.recovered)

    # --- finding a server that runs -------------------------------------------------------------------------

    def _running_port(self) -> int | None:
        """The port of the running server; None when there is none, nor any left-over process of one."""
        deadline = time.monotonic() + _ORPHANS_S
        while time.monotonic() < deadline:
            notes = read_pid_file(self.data)
            if notes is not None and is_server(notes.pid, self.data):
                if notes.ready and notes.port:
                    return notes.port
            elif not self._serving.is_busy():
                return None
            else:
                # Either the last processes of a killed server are ending, or its pid file was damaged. In the
                # second case the server would shut itself down within a minute: better now, and cleanly.
                self._end_recorded_server()
            time.sleep(0.02)
        raise DatabaseUnavailable(
            f"Processes of an earlier database server of {self.data} are still ending. Try again in a "
            f"minute; if it goes on, see {self.log_file}."
        )

    def _end_recorded_server(self) -> None:
        pid = self._record().get("pid")
        if pid is not None and is_server(pid, self.data):
            os.kill(pid, signal.SIGINT)  # PostgreSQL's "fast shutdown"
            self._wait_until_gone(_STOP_S)

    def _wait_until_gone(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while self._serving.is_busy():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def _record(self) -> dict[str, int]:
        """The process number and port of the latest start; empty when unknown."""
        try:
            record = json.loads((self.folder / "server.json").read_text(encoding="utf-8"))
            return {"pid": int(record["pid"]), "port": int(record["port"])}
        except (OSError, ValueError, KeyError, TypeError):
            return {}

    # --- starting -------------------------------------------------------------------------------------------

    def _launch(self) -> int:
        account = server_account()
        data = self._place(account)
        major = major_of_data(data)
        binaries = find_binaries(major)
        if account:
            binaries = reachable(binaries, account, data.parent)
        if not self._serving.try_acquire():
            raise DatabaseUnavailable(f"Processes of an earlier database server of {data} are still ending.")
        try:
            # Every program inherits the lock, so that even an initdb whose parent was killed is waited for.
            programs = Programs(binaries, account, inherit=self._serving.fileno())
            password = self.folder / "password"
            if major is None:
                create_cluster(data, programs, password, durable=self._settings.get("fsync") != "off")
            else:
                self.recovered = take_over(data, account)
            if not password.exists():
                set_password(data, programs, password, NEW_PASSWORD)
            return self._start_server(data, programs)
        finally:
            self._serving.release()

    def _place(self, account: Account | None) -> Path:
        link = self.folder / "data"
        if account:
            own = (self.folder, *({self.folder.parent} & {self.run_dir.parent}))
            return settle(link, account, own, self._outside)
        if sys.platform != "win32" and link.exists() and link.stat().st_uid != os.geteuid():
            raise DatabaseUnavailable(
                f"The database in {link.resolve()} belongs to user number {link.stat().st_uid}, and this "
                f"process runs as {os.geteuid()}. Start Gitu as the same user as before, or change the "
                f"owner with chown."
            )
        return link.resolve()

    def _start_server(self, data: Path, programs: Programs) -> int:
        wanted = self._record().get("port")
        log = data / "postgresql.log"
        _shorten(log)
        said = ""
        for _ in range(_PORT_TRIES):
            port = _free_port(wanted)
            wanted = None
            write_configuration(data, programs, port, self._settings)
            logged = log.stat().st_size if log.exists() else 0
            arguments = ("-D", str(data), "-w", "-t", str(_START_S), "-l", str(log), "start")
            done = programs.run("pg_ctl", *arguments, timeout=_START_S + 30)
            notes = read_pid_file(data)
            if done.returncode == 0 and notes is not None:
                write_private(self.folder / "server.json", json.dumps({"pid": notes.pid, "port": port}))
                return port
            said = done.stdout + _read_from(log, logged)
            if "could not bind" not in said:
                break
        raise DatabaseUnavailable(explain(said, data))

    def _address(self, port: int) -> str:
        password = (self.folder / "password").read_text(encoding="utf-8").strip()
        return f"postgresql://gitu:{password}@127.0.0.1:{port}/gitu"

    # --- stopping -------------------------------------------------------------------------------------------

    def _shut_down(self) -> None:
        data = self.data
        notes = read_pid_file(data)
        if notes is None or not is_server(notes.pid, data):
            return self._end_recorded_server()
        account = server_account()
        binaries = find_binaries(major_of_data(data))
        programs = Programs(reachable(binaries, account, data.parent) if account else binaries, account)
        for mode in ("fast", "immediate"):
            arguments = ("-D", str(data), "-w", "-t", str(_STOP_S), "-m", mode, "stop")
            if programs.run("pg_ctl", *arguments, timeout=_STOP_S + 30).returncode == 0:
                self._wait_until_gone(5)
                return None
        raise DatabaseUnavailable(f"The database server of {data} does not stop; see {self.log_file}.")


def _free_port(wanted: int | None) -> int:
    """The wanted port if nobody has it, else one that the system picks."""
    for port in (wanted or 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            if os.name != "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise DatabaseUnavailable("No port is free on 127.0.0.1. Close some programs, or set DATABASE_URL.")


def _shorten(log: Path, limit: int = 5_000_000) -> None:
    """Keep one older log at most, so that the log never fills the disk."""
    if log.exists() and log.stat().st_size > limit:
        log.replace(log.with_suffix(".log.1"))


def _read_from(log: Path, position: int) -> str:
    try:
        with log.open("rb") as file:
            file.seek(position)
            return file.read(20_000).decode(errors="replace")
    except OSError:
        return ""
