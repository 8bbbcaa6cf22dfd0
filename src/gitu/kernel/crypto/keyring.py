"""Encrypts and decrypts secrets under the master keys, which never lie in the database."""

import hmac
import os
from collections.abc import Iterable
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Protocol, Self

from pydantic import SecretStr

from gitu.kernel import clock
from gitu.kernel.crypto.envelope import header, key_id_of, open_sealed, seal
from gitu.kernel.crypto.errors import KeysAreInEnvironment, UnknownKey
from gitu.kernel.crypto.keys import KeySet, MasterKey, parse_setting, read_file, write_file
from gitu.kernel.storage.locks import FileLock
from gitu.kernel.storage.paths import make_private

__all__ = ["Keyring"]

_LOCK_TIMEOUT = 10.0


class _Home(Protocol):
    @property
    def keys_file(self) -> Path: ...


class _Settings(Protocol):
    @property
    def master_keys(self) -> SecretStr | str | None: ...


class Keyring:
    """The master keys at hand. Safe to share between threads, and between processes through its file."""

    def __init__(self, keys: KeySet, file: Path | None = None) -> None:
        self._keys = keys
        self._file = file
        self._seen = _stamp(file)

    @classmethod
    def open(cls, home: _Home, settings: _Settings) -> Self:
        """The keys of the setting `master_keys` if there are any, else of the home's key file.

        The file is made, with a first key, when it is not there. Raises InvalidKeys, and OSError.
        """
        given = settings.master_keys
        value = given.get_secret_value() if isinstance(given, SecretStr) else given
        if value:
            return cls(parse_setting(value))
        return cls.open_file(home.keys_file)

    @classmethod
    def open_file(cls, file: Path) -> Self:
        """The keys of one file, made with a first key if it is not there. Raises InvalidKeys, and OSError."""
        make_private(file.parent)
        with _locked(file):
            if not file.exists():
                write_file(file, KeySet((MasterKey.new(),)))
            file.chmod(0o600)
            return cls(read_file(file), file)

    @property
    def primary_id(self) -> str:
        """The id of the key that encrypts at this moment."""
        self._follow_file()
        return self._keys.primary.id

    @property
    def key_ids(self) -> list[str]:
        """The ids of all keys at hand, the primary one first."""
        self._follow_file()
        return [key.id for key in self._keys.keys]

    def encrypt(self, plaintext: bytes, *, context: str) -> bytes:
        """Encrypt a secret. `context` says where it belongs, such as ``table.column:row id``.

        Only the same context decrypts it, so a blob that is copied into another row is refused.
        """
        self._follow_file()
        primary = self._keys.primary
        return seal(plaintext, key=primary.key, key_id=primary.id, context=context)

    def decrypt(self, blob: bytes, *, context: str) -> bytes:
        """The secret in a blob. Raises UnknownKey, or Undecipherable for a wrong context or altered bytes."""
        key_id = key_id_of(blob)
        key = self._keys.find(key_id)
        if key is None:
            # Another process may have rotated since this one last looked.
            self._reload()
            key = self._keys.find(key_id)
        if key is None:
            raise UnknownKey(key_id)
        return open_sealed(blob, key=key.key, context=context)

    def derive(self, context: str) -> bytes:
        """32 secret bytes that belong to `context`, the same ones until the primary key is replaced."""
        self._follow_file()
        return hmac.digest(self._keys.primary.key, f"derived:{context}".encode(), "sha256")

    def needs_reencryption(self, blob: bytes) -> bool:
        """Whether a blob is under another key than the primary one."""
        return not blob.startswith(header(self.primary_id))

    def rotate(self) -> str:
        """Put a new primary key on the ring and return its id; the old ones go on decrypting.

        Raises KeysAreInEnvironment when the keys are not in a file.
        """
        key = MasterKey.new()
        self._change(lambda keys: keys.with_primary(key))
        return key.id

    def retire_old_keys(self, *, still_used: Iterable[str], grace: timedelta) -> list[str]:
        """Mark the old keys as unused and drop those marked for longer than `grace`; returns the dropped ids.

        The grace is for a writer that encrypted just before the rotation and commits only now. A key in
        `still_used` keeps its place unmarked. Does nothing to keys from a setting.
        """
        if self._file is None:
            return []
        before = set(self.key_ids)
        used = frozenset(still_used)
        now = clock.now()
        self._change(lambda keys: keys.retire(now, still_used=used).without_retired(now - grace))
        return sorted(before - set(self.key_ids))

    def _change(self, change: "_Change") -> None:
        if self._file is None:
            raise KeysAreInEnvironment
        with _locked(self._file):
            # What is in memory may be old; two rotations at once must both stand.
            write_file(self._file, change(read_file(self._file)))
        self._reload()

    def _follow_file(self) -> None:
        # One stat per encryption, some two microseconds, so that no process goes on writing under a key that
        # another one has replaced.
        if _stamp(self._file) != self._seen:
            self._reload()

    def _reload(self) -> None:
        if self._file is None:
            return
        with suppress(FileNotFoundError):  # the keys in memory still serve; a restart would say what is missing
            stamp = _stamp(self._file)
            self._keys = read_file(self._file)
            self._seen = stamp


class _Change(Protocol):
    def __call__(self, keys: KeySet, /) -> KeySet: ...


def _locked(file: Path) -> AbstractContextManager[None]:
    return FileLock(file.with_name(file.name + ".lock")).holding(timeout=_LOCK_TIMEOUT)


def _stamp(file: Path | None) -> tuple[int, int, int] | None:
    if file is None:
        return None
    try:
        status = os.stat(file)
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
