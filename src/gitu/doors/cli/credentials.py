"""Who one has signed in as from this terminal: device tokens in ``~/.gitu/credentials.json``, mode 0600.

The file also holds the terminal's own id, which stays when one signs out, so that a server knows it again.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from gitu.doors.cli import files
from gitu.kernel.storage.paths import write_private


@dataclass(frozen=True, slots=True)
class Credentials:
    """One sign-in. ``remote`` is False for this machine's own server, whose port may change.

    ``valid_until`` is when it ends unless it is used before, as the server wrote it.
    """

    url: str
    remote: bool
    login: str
    access_token: str
    refresh_token: str
    valid_until: str = ""

    def __repr__(self) -> str:
        """Without the tokens, so that none ends up in an error."""
        return f"Credentials({self.login!r} at {self.url!r})"

    def renewed(self, access_token: str, refresh_token: str, valid_until: str) -> "Credentials":
        """The same sign-in with fresh tokens."""
        return replace(self, access_token=access_token, refresh_token=refresh_token, valid_until=valid_until)

    def keep(self) -> None:
        """Write them down, readable by this user alone."""
        _write({**asdict(self), "device_id": str(device_id())})


def signed_in() -> Credentials | None:
    """The sign-in in force, if any."""
    found = files.read_json(_file())
    try:
        return Credentials(
            url=str(found["url"]),
            remote=bool(found["remote"]),
            login=str(found["login"]),
            access_token=str(found["access_token"]),
            refresh_token=str(found["refresh_token"]),
            valid_until=str(found.get("valid_until", "")),
        )
    except KeyError:
        return None


def device_id() -> UUID:
    """This terminal's own id, made and kept on first use."""
    found = files.read_json(_file())
    try:
        return UUID(str(found.get("device_id")))
    except ValueError:
        made = uuid4()
        _write({**found, "device_id": str(made)})
        return made


def forget() -> None:
    """Remove the sign-in from this machine; the terminal's id stays."""
    if _file().exists():
        _write({"device_id": str(device_id())})


def _write(content: dict[str, object]) -> None:
    write_private(files.folder() / _file().name, json.dumps(content))


def _file() -> Path:
    return Path.home() / ".gitu" / "credentials.json"
