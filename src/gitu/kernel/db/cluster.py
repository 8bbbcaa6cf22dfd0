"""Makes a data folder ready for the server, by PostgreSQL's own programs."""

import contextlib
import os
import secrets
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from gitu.kernel.db.account import Account
from gitu.kernel.db.binaries import Binaries
from gitu.kernel.db.configuration import PG_HBA, postgresql_conf
from gitu.kernel.db.errors import DatabaseUnavailable
from gitu.kernel.db.failures import explain
from gitu.kernel.storage.paths import write_private

# A statement ends at an empty line. The superuser `postgres` gets no password: nobody can sign in as it.
SET_UP = """\
DO $$
DECLARE extension text;
BEGIN
  FOR extension IN
    SELECT name FROM pg_available_extensions WHERE name IN ('vector', 'pg_trgm', 'unaccent')
  LOOP
    EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', extension);
  END LOOP;
END $$;

CREATE ROLE gitu LOGIN CREATEDB PASSWORD '{password}';

GRANT pg_checkpoint TO gitu;

GRANT EXECUTE ON FUNCTION pg_catalog.pg_switch_wal() TO gitu;

CREATE DATABASE gitu OWNER gitu;

"""
NEW_PASSWORD = "ALTER ROLE gitu PASSWORD '{password}';\n\n"  # noqa: S105 - a statement, not a password


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's programs, run as `account` if given; they hold the open file `inherit` while they live."""

    binaries: Binaries
    account: Account | None
    inherit: int | None = None

    def run(
        self, name: str, *arguments: str, input_: str = "", timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run one; stdout and stderr come back as one text. Raises DatabaseUnavailable after `timeout` s."""
        unix = os.name != "nt"
        try:
            return subprocess.run(  # noqa: S603 - our own arguments, no shell
                [self.binaries.program(name), *arguments],
                input=input_,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
                timeout=timeout,
                check=False,
                cwd="/" if unix else None,
                env=_environment(),
                start_new_session=unix,  # so that Ctrl-C in the terminal doesn't reach the server
                pass_fds=(self.inherit,) if unix and self.inherit is not None else (),
                user=self.account.uid if self.account else None,
                group=self.account.gid if self.account else None,
                extra_groups=[] if self.account else None,
                umask=0o077 if unix else -1,
            )
        except subprocess.TimeoutExpired as error:
            raise DatabaseUnavailable(f"PostgreSQL's {name} gave no answer within {timeout:.0f} s.") from error


def create_cluster(data: Path, programs: Programs, password: Path, *, durable: bool) -> None:
    """Make a cluster beside its place and move it there whole: a half-made one is never used.

    `durable` has it written to the disk before it is used. Raises DatabaseUnavailable, OSError.
    """
    if data.exists() and any(data.iterdir()):
        raise DatabaseUnavailable(
            f"{data} holds files but no PostgreSQL database (PG_VERSION is missing). Bring it back "
            "from a backup, or move it away to begin with an empty database."
        )
    new = data.with_name("data.new")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    if programs.account:
        programs.account.own(new)
    _initdb(new, data, programs)
    set_password(new, programs, password, SET_UP)
    if durable:
        programs.run("initdb", "-D", str(new), "--sync-only")
    if data.exists():
        data.rmdir()
    new.rename(data)


def _initdb(new: Path, data: Path, programs: Programs) -> None:
    options = ["--username=postgres", "--auth=reject", "--encoding=UTF8", "--locale=C"]
    if programs.binaries.major >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    said = ""
    # The first that this system has; with plain C, text search would not know Arabic punctuation.
    for ctype in ("C.UTF-8", "en_US.UTF-8", "UTF-8", "C"):
        done = programs.run("initdb", "-D", str(new), *options, f"--lc-ctype={ctype}", "--no-sync", "--no-instructions")
        if done.returncode == 0:
            return
        said = done.stdout
        if "invalid locale" not in said:
            break
    raise DatabaseUnavailable(explain(said, data))


def set_password(data: Path, programs: Programs, password: Path, statements: str) -> None:
    """Give the role a new random password, by statements run with no port open, and keep it (mode 0600)."""
    word = secrets.token_urlsafe(32)
    options = ("-j", "-D", str(data), "-c", "exit_on_error=on", "-c", "log_min_error_statement=panic")
    done = programs.run("postgres", "--single", *options, "template1", input_=statements.format(password=word))
    if done.returncode != 0:
        raise DatabaseUnavailable(explain(done.stdout, data))
    write_private(password, word)


def take_over(data: Path, account: Account | None) -> bool:
    """Mend what keeps a server from starting; True when the last one was killed rather than stopped.

    Only for a folder whose server is known to be gone: its pid file, whatever process it names, is removed.
    """
    if account and data.stat().st_uid != account.uid:
        account.own(data)
    if os.name != "nt":
        data.chmod(0o700)
    killed = (data / "postmaster.pid").exists()
    (data / "postmaster.pid").unlink(missing_ok=True)
    return killed


def write_configuration(data: Path, programs: Programs, port: int, changes: Mapping[str, str]) -> None:
    """Write the server's configuration files anew."""
    account = programs.account
    files = {
        "postgresql.conf": postgresql_conf(programs.binaries.major, port, changes),
        "pg_hba.conf": PG_HBA,
    }
    for name, text in files.items():
        write_private(data / name, text)
        if account:
            os.chown(data / name, account.uid, account.gid, follow_symlinks=False)


def major_of_data(data: Path) -> int | None:
    """The major version that made a data folder; None where there is no database."""
    with contextlib.suppress(OSError, ValueError):
        return int((data / "PG_VERSION").read_text(encoding="utf-8").strip())
    return None


def _environment() -> dict[str, str]:
    """What PostgreSQL's programs need of the environment, and none of the secrets in it."""
    kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
    return {name: os.environ[name] for name in kept if name in os.environ} | {"LC_ALL": "C", "TZ": "UTC"}
