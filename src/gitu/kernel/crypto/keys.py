"""The set of master keys: how it is written down, in a file of mode 0600 or in one setting."""

import base64
import binascii
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from gitu.kernel import clock
from gitu.kernel.crypto.envelope import KEY_BYTES
from gitu.kernel.crypto.errors import InvalidKeys
from gitu.kernel.storage.paths import write_private

__all__ = ["KeySet", "MasterKey", "parse_setting", "read_file", "write_file"]

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True)
class MasterKey:
    """One 256-bit key. A retired one still decrypts; nothing stored is known to need it."""

    id: str
    key: bytes
    created_at: datetime
    retired_at: datetime | None = None

    @classmethod
    def new(cls) -> Self:
        """A random key with a random id."""
        return cls(id=os.urandom(6).hex(), key=os.urandom(KEY_BYTES), created_at=clock.now())

    def __repr__(self) -> str:
        return f"MasterKey({self.id!r})"


@dataclass(frozen=True)
class KeySet:
    """The keys, the primary one first: it encrypts, all of them decrypt."""

    keys: tuple[MasterKey, ...]

    @property
    def primary(self) -> MasterKey:
        """The key that encrypts."""
        return self.keys[0]

    def find(self, key_id: str) -> MasterKey | None:
        """The key with this id, if it is here."""
        return next((key for key in self.keys if key.id == key_id), None)

    def with_primary(self, key: MasterKey) -> "KeySet":
        """The same set under a new primary key."""
        return KeySet((key, *self.keys))

    def retire(self, at: datetime, *, still_used: frozenset[str]) -> "KeySet":
        """Mark every key but the primary one as no longer needed; one that is still used loses its mark."""
        old = (replace(key, retired_at=None if key.id in still_used else key.retired_at or at) for key in self.keys[1:])
        return KeySet((self.primary, *old))

    def without_retired(self, before: datetime) -> "KeySet":
        """Drop the keys that were retired before a moment."""
        kept = (key for key in self.keys[1:] if key.retired_at is None or key.retired_at >= before)
        return KeySet((self.primary, *kept))


class _StoredKey(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    id: str
    key: SecretStr
    created_at: datetime
    retired_at: datetime | None = None


class _StoredKeys(BaseModel):
    model_config = ConfigDict(hide_input_in_errors=True)

    version: int = Field(default=1, ge=1, le=1)
    keys: list[_StoredKey] = Field(min_length=1, max_length=100)


def read_file(path: Path) -> KeySet:
    """Read a key file. Raises InvalidKeys, without quoting any of it, and FileNotFoundError."""
    try:
        stored = _StoredKeys.model_validate_json(path.read_bytes())
    except ValidationError:
        raise InvalidKeys(f"{path} is not a key file of Gitu; restore it from your backup.") from None
    return _checked(
        (
            MasterKey(found.id, _decoded(found.id, found.key.get_secret_value()), found.created_at, found.retired_at)
            for found in stored.keys
        ),
        source=str(path),
    )


def write_file(path: Path, keys: KeySet) -> None:
    """Replace the key file in one step; afterwards only its owner can read it."""
    stored = {
        "version": 1,
        "keys": [
            {
                "id": key.id,
                "key": base64.b64encode(key.key).decode(),
                "created_at": key.created_at.isoformat(),
                "retired_at": key.retired_at and key.retired_at.isoformat(),
            }
            for key in keys.keys
        ],
    }
    write_private(path, json.dumps(stored, indent=2) + "\n")


def parse_setting(value: str) -> KeySet:
    """Read ``id:base64,id:base64``, the primary key first. Raises InvalidKeys without quoting any key."""
    entries = [entry.strip() for entry in value.split(",") if entry.strip()]
    keys: list[MasterKey] = []
    for place, entry in enumerate(entries, start=1):
        key_id, separator, encoded = entry.partition(":")
        if not separator:
            raise InvalidKeys(f"Entry {place} of GITU_MASTER_KEYS is not of the form id:base64.")
        keys.append(MasterKey(key_id, _decoded(key_id, encoded), clock.now()))
    return _checked(keys, source="GITU_MASTER_KEYS")


def _checked(keys: Iterable[MasterKey], *, source: str) -> KeySet:
    found = tuple(keys)
    if not found:
        raise InvalidKeys(f"{source} holds no key.")
    if len({key.id for key in found}) != len(found):
        raise InvalidKeys(f"{source} names one key id twice.")
    return KeySet(found)


def _decoded(key_id: str, encoded: str) -> bytes:
    if not _KEY_ID.fullmatch(key_id):
        # Not quoted: where the colon was forgotten, this would be the key.
        raise InvalidKeys("A master key's id may hold letters, digits, - and _, at most 64 of them.")
    try:
        key = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidKeys(f"The master key {key_id} is not base64.") from None
    if len(key) != KEY_BYTES:
        raise InvalidKeys(
            f"The master key {key_id} has {len(key)} bytes instead of {KEY_BYTES}; make one with "
            "`openssl rand -base64 32`."
        )
    return key
