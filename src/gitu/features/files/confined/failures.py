"""What the operating system refused, as the errors of files."""

import errno
from collections.abc import Generator
from contextlib import contextmanager

from gitu.features.files.confined.names import shown
from gitu.features.files.errors import (
    DiskFailed,
    DiskFull,
    FileBusy,
    FileForeign,
    FolderFull,
    NameUnusable,
    NotAFile,
    NotAFolder,
    PathLinked,
    PathNotFound,
    PathTaken,
)
from gitu.kernel.errors import GituError

_BY_NUMBER: dict[int, type[GituError]] = {
    errno.ENOENT: PathNotFound,
    errno.ESTALE: PathNotFound,
    errno.EEXIST: PathTaken,
    errno.ENOTDIR: NotAFolder,
    errno.EISDIR: NotAFile,
    errno.ENXIO: NotAFile,
    errno.ENODEV: NotAFile,
    errno.ELOOP: PathLinked,
    errno.EXDEV: PathLinked,
    errno.ENOTEMPTY: FolderFull,
    errno.EACCES: FileForeign,
    errno.EPERM: FileForeign,
    errno.EROFS: FileForeign,
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EFBIG: DiskFull,
    errno.EBUSY: FileBusy,
    errno.EAGAIN: FileBusy,
    errno.ETXTBSY: FileBusy,
    errno.ENAMETOOLONG: NameUnusable,
    errno.EINVAL: NameUnusable,
    errno.EILSEQ: NameUnusable,
}


@contextmanager
def told_of(path: str) -> Generator[None]:
    """Turn an OSError about ``path`` into the error that a person understands."""
    try:
        yield
    except OSError as error:
        kind = _BY_NUMBER.get(error.errno or 0, DiskFailed)
        name = shown(path)
        reason = errno.errorcode.get(error.errno or 0, "unknown")
        raise kind(path=name, name=name, what=name, id=name, limit=255, reason=reason) from error
