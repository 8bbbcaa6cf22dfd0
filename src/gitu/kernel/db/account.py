"""Who runs the database server when root runs Gitu: PostgreSQL refuses root, so another user must.

That user has to reach the data folder and the programs. Folders that are not Gitu's own are never opened
for it: where one of them is closed (root's home is), the data lies below /var/lib/gitu and the home holds a
link to it.
"""

import os
import secrets
import shutil
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from gitu.kernel.db.binaries import Binaries
from gitu.kernel.db.errors import DatabaseUnavailable

# Most fitting first: `nobody` is shared with other services, so it comes last.
_NAMES = ("gitu", "postgres", "_postgres", "nobody")
OUTSIDE = Path("/var/lib/gitu")


@dataclass(frozen=True)
class Account:
    """The unprivileged user that the server runs as."""

    name: str
    uid: int
    gid: int

    def can_pass(self, folder: Path) -> bool:
        """Whether this user may walk through a folder, judged by its mode alone."""
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def closed_folders(self, path: Path) -> list[Path]:
        """The folders on the way to a path that keep this user out."""
        return [folder for folder in path.absolute().parents if not self.can_pass(folder)]

    def own(self, folder: Path) -> None:
        """Give a folder and all that is in it to this user, following no links."""
        os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        for parent, folders, files in os.walk(folder):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), self.uid, self.gid, follow_symlinks=False)


def server_account() -> Account | None:
    """The user to run the server as when this process is root; None when it may run the server itself.

    Raises DatabaseUnavailable when the machine has no other user.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd  # noqa: PLC0415 - does not exist on Windows

    for name in _NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise DatabaseUnavailable(
        "PostgreSQL does not run as root, and there is no other user to run it as. Add one with "
        "`useradd --system gitu`, or start Gitu as a normal user, or set DATABASE_URL."
    )


def settle(link: Path, account: Account, own: tuple[Path, ...], outside: Path) -> Path:
    """The data folder's real place, reachable by `account`; `link` is its place in the home folder.

    Of the folders in `own` the account's group gets the right to pass (0710). When others are closed as
    well, the data is moved below `outside` and `link` becomes a link to it. Raises DatabaseUnavailable,
    OSError.
    """
    if link.is_symlink():
        if not link.parent.joinpath(link.readlink()).parent.is_dir():
            raise DatabaseUnavailable(
                f"The database lies in {link.readlink()}, and that folder is gone. Bring it back from a "
                f"backup, or remove {link} to begin with an empty database."
            )
        return link.resolve()
    closed = account.closed_folders(link.resolve())
    if all(folder in own for folder in closed):
        for folder in closed:
            os.chown(folder, -1, account.gid)
            folder.chmod(0o710)
        return link.resolve()
    place = _new_place(account, outside) / link.name
    if link.is_dir():
        shutil.move(link, place)
        account.own(place)
    link.symlink_to(place)
    return place


def _new_place(account: Account, outside: Path) -> Path:
    try:
        if not outside.exists():
            outside.mkdir(mode=0o711, parents=True)
            outside.chmod(0o711)  # whatever the umask
        place = outside / secrets.token_hex(8)
        closed = account.closed_folders(place)
        if closed:
            raise PermissionError(f"{closed[0]} is closed to {account.name}")
        place.mkdir(mode=0o711)
        place.chmod(0o711)
    except OSError as error:
        raise DatabaseUnavailable(
            f"PostgreSQL does not run as root but as {account.name}, who can reach neither the home "
            f"folder nor {outside} ({error}). Set GITU_HOME to a folder others may pass through, such as "
            f"/srv/gitu, or start Gitu as a normal user, or set DATABASE_URL."
        ) from error
    return place


def reachable(binaries: Binaries, account: Account, place: Path) -> Binaries:
    """The same programs where `account` can run them: copied below `place` when theirs is a closed folder."""
    if not account.closed_folders(binaries.bin / "postgres"):
        return binaries
    if not binaries.bundle:
        raise DatabaseUnavailable(
            f"PostgreSQL in {binaries.bin} can't be run by {account.name}, as root's database server must. "
            "Install it in a folder that others may read, or set DATABASE_URL."
        )
    install = binaries.bundle[0]
    top = install.parent.parent
    stamp = f"{binaries.major}-{int((binaries.bin / 'postgres').stat().st_mtime)}"
    copy = place / f"postgresql-{stamp}"
    if not copy.exists():
        new = place / f"postgresql-{stamp}.new"
        shutil.rmtree(new, ignore_errors=True)
        for part in binaries.bundle:
            # Headers and static libraries are for compiling against PostgreSQL, not for running it.
            shutil.copytree(
                part,
                new / part.relative_to(top),
                symlinks=True,
                ignore=shutil.ignore_patterns("*.a", "include"),
            )
        for folder in (new, new / install.parent.relative_to(top)):
            folder.chmod(0o755)
        new.rename(copy)
    return Binaries(copy / binaries.bin.relative_to(top), binaries.major)
