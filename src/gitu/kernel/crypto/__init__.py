"""Secrets at rest: the keyring, the walk that re-encrypts after a rotation, tokens, and password hashes."""

from gitu.kernel.crypto.columns import Reencryption, column_context, reencrypt_all, register_encrypted_column
from gitu.kernel.crypto.errors import (
    CryptoError,
    InvalidKeys,
    KeysAreInEnvironment,
    Undecipherable,
    UnknownKey,
)
from gitu.kernel.crypto.keyring import Keyring

__all__ = [
    "CryptoError",
    "InvalidKeys",
    "Keyring",
    "KeysAreInEnvironment",
    "Reencryption",
    "Undecipherable",
    "UnknownKey",
    "column_context",
    "reencrypt_all",
    "register_encrypted_column",
]
