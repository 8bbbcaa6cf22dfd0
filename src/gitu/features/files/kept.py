"""Former contents, kept for a while so that a change can be undone: by SHA-256, each person's apart.

They lie in Gitu's home, closed to other users of the machine.
"""

import contextlib
import hashlib
import os
import secrets
import time
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from gitu.kernel.storage.paths import make_private

JUST_NOW_S = 600.0


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def kept_folder(files_home: Path, owner_id: UUID) -> Path:
    """Where the former contents of one person's files lie."""
    return files_home / "kept" / str(owner_id)


class KeptContents:
    """The former contents of one person's files."""

    def __init__(self, files_home: Path, owner_id: UUID) -> None:
        self._folder = kept_folder(files_home, owner_id)

    def put(self, content: bytes) -> str:
        """Keep a content and return its digest. On the disk when this returns. Raises OSError."""
        digest = digest_of(content)
        path = self._path(digest)
        if path.exists():
            os.utime(path)  # it counts as new: see ``delete``
            return digest
        make_private(path.parent)
        new = path.with_name(f"{digest}.{secrets.token_hex(6)}.new")
        try:
            opened = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(opened, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError:
            new.unlink(missing_ok=True)
            raise
        return digest

    def get(self, digest: str) -> bytes | None:
        """The content, or None when it is not kept any more or was damaged."""
        try:
            content = self._path(digest).read_bytes()
        except FileNotFoundError:
            return None
        return content if digest_of(content) == digest else None

    def delete(self, digests: Iterable[str]) -> None:
        """Forget contents that no change needs any more.

        One that was put a moment ago may belong to a change that is not in the database yet; it stays.
        """
        for digest in digests:
            path = self._path(digest)
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > JUST_NOW_S:
                    path.unlink()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest
