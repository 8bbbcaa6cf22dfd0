"""Where Gitu keeps its files on this machine: one home folder, closed to other users."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path


def default_home() -> Path:
    """The home folder when no setting names one: `GITU_HOME`, else the platform's usual place for data."""
    named = os.environ.get("GITU_HOME")
    if named:
        return Path(named).expanduser().absolute()
    return user_data_path("gitu", appauthor=False)


@dataclass(frozen=True)
class Home:
    """The folders and files below one home folder. Naming them touches no disk; `create` makes them."""

    root: Path

    @property
    def postgres(self) -> Path:
        """The embedded database server: its data, its password, its port."""
        return self.root / "postgres"

    @property
    def run(self) -> Path:
        """Locks and other files that mean something only while a process lives."""
        return self.root / "run"

    @property
    def logs(self) -> Path:
        """Logs kept on disk."""
        return self.root / "logs"

    @property
    def workspaces(self) -> Path:
        """People's own folders, the only ones below the home folder that a sandbox may see."""
        return self.root / "files" / "workspaces"

    @property
    def keys_file(self) -> Path:
        """The master keys that protect stored secrets. Losing it loses those secrets."""
        return self.root / "keys.json"

    @property
    def config_file(self) -> Path:
        """Settings a person wrote down."""
        return self.root / "config.toml"

    @property
    def server_file(self) -> Path:
        """Where the running server listens, so that the terminal finds it."""
        return self.run / "server.json"

    @property
    def local_token_file(self) -> Path:
        """What lets the terminal of this machine act as the owner; new at every start."""
        return self.run / "local-token"

    def create(self) -> "Home":
        """Make the folders, each open to its owner only. Raises OSError where that can't be done."""
        for folder in (self.root, self.postgres, self.run, self.logs):
            make_private(folder)
        return self


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can list or write, or close an existing one.

    The group's right to pass through (mode 0710) is kept: when root runs Gitu, the database server runs as
    another user, who needs just that.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.name == "nt":  # access there follows the profile folder's own list
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o067:
        folder.chmod(mode & 0o710)


def write_private(path: Path, content: str) -> None:
    """Replace a file in one step with one that only its owner can read (mode 0600). Raises OSError."""
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    # Exclusive: in a folder of another user, a link laid out for us must not be followed.
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
