"""Changing files whole or not at all: a new content is written beside the old one and takes its name at the end."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Callable, Generator, Iterable

from gitu.features.files.confined.failures import told_of
from gitu.features.files.confined.names import OWN_PREFIX, Parts, check_new, joined, shown
from gitu.features.files.confined.renaming import rename_new
from gitu.features.files.confined.resolver import COMMON, FOLDER
from gitu.features.files.confined.tree import Tree
from gitu.features.files.errors import FileForeign, MoveIntoItself

TRASH = f"{OWN_PREFIX}trash"
TEMP = f"{OWN_PREFIX}new-"


def temp_name() -> str:
    """A name for a content that is being written; nobody can guess it."""
    return f"{TEMP}{secrets.token_hex(12)}"


def write(tree: Tree, parts: Parts, content: Iterable[bytes], temp: str, *, replace: bool) -> None:
    """Put ``content`` under a name: a new one, or that of the ordinary file which ``replace`` is about.

    The former file's mode, owner and attributes are kept. Killed at any moment, the name stands for the old
    content or the new one, whole; ``temp`` may be left over. Raises PathTaken, DiskFull, FileForeign.
    """
    path = joined(parts)
    with tree.parent(parts) as (folder, name), told_of(path):
        like: Callable[[int], None]
        if replace:
            with tree.file(parts, os.O_WRONLY) as former:  # whether it may be written at all
                like = _like(former, path)
                _store(folder, temp, content, like)
        else:
            check_new(name)
            _store(folder, temp, content, _like_parent(folder))
        try:
            if replace:
                os.rename(temp, name, src_dir_fd=folder, dst_dir_fd=folder)
            else:
                rename_new(folder, temp, folder, name)
        except OSError:
            _forget(folder, temp)
            raise
        _sync(folder)


def _store(folder: int, temp: str, content: Iterable[bytes], like: Callable[[int], None]) -> None:
    opened = os.open(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | COMMON, 0o600, dir_fd=folder)
    try:
        with os.fdopen(opened, "wb") as file:
            for piece in content:
                file.write(piece)
            file.flush()
            like(file.fileno())
            os.fsync(file.fileno())
    except BaseException:
        _forget(folder, temp)
        raise


def _like(former: int, path: str) -> Callable[[int], None]:
    facts = os.fstat(former)
    attributes = _attributes(former)

    def apply(new: int) -> None:
        mine = os.fstat(new)
        if (mine.st_uid, mine.st_gid) != (facts.st_uid, facts.st_gid):
            try:
                os.fchown(new, facts.st_uid, facts.st_gid)
            except PermissionError:
                raise FileForeign(path=shown(path), scope="-") from None
        # Set-user-id and set-group-id are not carried over to a content that somebody else wrote.
        os.fchmod(new, stat.S_IMODE(facts.st_mode) & 0o777)
        for name, value in attributes:
            with contextlib.suppress(OSError):  # one that only the kernel may set
                os.setxattr(new, name, value)

    return apply


def _attributes(opened: int) -> list[tuple[str, bytes]]:
    if not hasattr(os, "listxattr"):
        return []
    try:
        # Capabilities would make the new content as powerful as the old program was.
        return [(name, os.getxattr(opened, name)) for name in os.listxattr(opened) if name != "security.capability"]
    except OSError:  # the file system has none
        return []


def _like_parent(folder: int) -> Callable[[int], None]:
    facts = os.fstat(folder)

    def apply(new: int) -> None:
        if os.geteuid() == 0:  # else the folder's owner could not use what they asked for
            os.fchown(new, facts.st_uid, facts.st_gid)
        os.fchmod(new, facts.st_mode & 0o664 | 0o600)

    return apply


def make_folder(tree: Tree, parts: Parts, *, parents: bool = False) -> None:
    """Make a folder; with ``parents`` those above it too. Raises PathTaken."""
    if parents:
        for depth in range(1, len(parts)):
            if tree.find(parts[:depth]) is None:
                make_folder(tree, parts[:depth])
    with tree.parent(parts) as (folder, name), told_of(joined(parts)):
        check_new(name)
        facts = os.fstat(folder)
        os.mkdir(name, 0o700, dir_fd=folder)
        with tree.folder(parts) as made:
            if os.geteuid() == 0:
                os.fchown(made, facts.st_uid, facts.st_gid)
            os.fchmod(made, facts.st_mode & 0o775 | 0o700)
        _sync(folder)


def move(tree: Tree, parts: Parts, to: Parts) -> None:
    """Rename within the folder; nothing is ever replaced. Raises PathTaken, MoveIntoItself."""
    if to[: len(parts)] == parts:
        raise MoveIntoItself(path=shown(joined(parts)))
    with tree.parent(parts) as (source, name), tree.parent(to) as (target, new_name):
        check_new(new_name)
        with told_of(joined(parts)):
            os.stat(name, dir_fd=source, follow_symlinks=False)
        with told_of(joined(to)):
            rename_new(source, name, target, new_name)
        _sync(source)
        _sync(target)


def discard(tree: Tree, parts: Parts, keep_as: str) -> None:
    """Move anything into the folder's trash, under a name of Gitu's own. A link goes itself, not what it names."""
    with tree.parent(parts) as (folder, name), _trash(tree) as trash, told_of(joined(parts)):
        rename_new(folder, name, trash, keep_as)
        _sync(folder)
        _sync(trash)


def bring_back(tree: Tree, kept_as: str, parts: Parts) -> None:
    """Move something out of the trash again. Raises PathTaken, PathNotFound when it is not kept any more."""
    with tree.parent(parts) as (folder, name), _trash(tree) as trash, told_of(joined(parts)):
        rename_new(trash, kept_as, folder, name)
        _sync(folder)
        _sync(trash)


def clear_kept(tree: Tree, kept_as: str) -> None:
    """Delete something in the trash for good, if it is still there; links in it are deleted, not followed.

    Folders in it are first moved beside it, so that one nested without end needs neither stack nor descriptors.
    """
    with _trash(tree) as trash:
        with os.scandir(trash) as entries:
            waiting = [entry.name for entry in entries if entry.name.startswith(kept_as)]
        while waiting:
            _clear(tree, trash, waiting.pop(), waiting, kept_as)


def _clear(tree: Tree, trash: int, name: str, waiting: list[str], kept_as: str) -> None:
    """Delete one thing in the trash; the folders it held are added to ``waiting``.

    It is looked at twice, by name and opened: what deletes must not rely on one check alone.
    """
    seen = os.stat(name, dir_fd=trash, follow_symlinks=False)
    if not stat.S_ISDIR(seen.st_mode):
        _forget(trash, name)
        return
    inside = tree.resolver.open(trash, (name,), FOLDER)
    try:
        if not os.path.samestat(seen, os.fstat(inside)):
            raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))
        waiting += _empty(inside, trash, kept_as)
    finally:
        os.close(inside)
    os.rmdir(name, dir_fd=trash)


def _empty(inside: int, trash: int, kept_as: str) -> list[str]:
    """Delete what a folder holds but its folders, which get new names in the trash."""
    moved: list[str] = []
    with os.scandir(inside) as entries:
        names = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries]
    for name, is_folder in names:
        if is_folder:
            moved.append(f"{kept_as}-{secrets.token_hex(12)}")
            os.rename(name, moved[-1], src_dir_fd=inside, dst_dir_fd=trash)
        else:
            _forget(inside, name)
    return moved


def clear_temp(tree: Tree, folder: Parts, temp: str) -> None:
    """Delete a content whose writing was cut off. Only names that ``temp_name`` made are deleted."""
    if temp.startswith(TEMP) and "/" not in temp:
        with tree.folder(folder) as opened:
            _forget(opened, temp)


@contextlib.contextmanager
def _trash(tree: Tree) -> Generator[int]:
    with told_of(TRASH), contextlib.suppress(FileExistsError):
        os.mkdir(TRASH, 0o700, dir_fd=tree.root)
    with tree.folder((TRASH,)) as found:
        yield found


def _forget(folder: int, name: str) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name, dir_fd=folder)


def _sync(folder: int) -> None:
    with contextlib.suppress(OSError):  # some network file systems can't; the rename itself is done
        os.fsync(folder)
