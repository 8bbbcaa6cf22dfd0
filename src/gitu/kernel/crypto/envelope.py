"""The format of an encrypted secret: AES-256-GCM under a data key of its own, wrapped by a master key.

    version · length of key id (1) · key id · nonce (12) · wrapped data key (48) · nonce (12) · secret

Every secret gets a fresh data key, so no master key ever nears GCM's limit of messages under one key
(NIST SP 800-38D, 8.3). Header and context are authenticated with both layers.
"""

import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gitu.kernel.crypto.errors import Undecipherable

__all__ = ["KEY_BYTES", "header", "key_id_of", "open_sealed", "seal"]

KEY_BYTES = 32
MAX_KEY_ID = 64

_VERSION = 1
_NONCE = 12
_TAG = 16
_WRAPPED = _NONCE + KEY_BYTES + _TAG
_SHORTEST_BODY = _WRAPPED + _NONCE + _TAG


@dataclass(frozen=True)
class _Parts:
    header: bytes
    wrapped_key: bytes
    secret: bytes


def header(key_id: str) -> bytes:
    """The first bytes of every blob under this key; blobs can be found by them."""
    name = key_id.encode("ascii")
    assert 0 < len(name) <= MAX_KEY_ID
    return bytes([_VERSION, len(name)]) + name


def key_id_of(blob: bytes) -> str:
    """The id of the master key a blob needs. Raises Undecipherable for what is not a blob."""
    return _split(blob).header[2:].decode("ascii")


def seal(plaintext: bytes, *, key: bytes, key_id: str, context: str) -> bytes:
    """Encrypt under a new data key, wrapped by the 32-byte master `key`."""
    start = header(key_id)
    data_key = AESGCM.generate_key(bit_length=KEY_BYTES * 8)
    wrapped = _encrypt(key, data_key, _bound(start, b"key", context))
    return start + wrapped + _encrypt(data_key, plaintext, _bound(start, b"secret", context))


def open_sealed(blob: bytes, *, key: bytes, context: str) -> bytes:
    """The plaintext of a blob. Raises Undecipherable when the blob, the key or the context is not the one."""
    parts = _split(blob)
    try:
        data_key = _decrypt(key, parts.wrapped_key, _bound(parts.header, b"key", context))
        return _decrypt(data_key, parts.secret, _bound(parts.header, b"secret", context))
    except InvalidTag:
        raise Undecipherable from None


def _split(blob: bytes) -> _Parts:
    if len(blob) < 2 or blob[0] != _VERSION:
        raise Undecipherable
    body = 2 + blob[1]
    if not 0 < blob[1] <= MAX_KEY_ID or len(blob) < body + _SHORTEST_BODY or not blob[2:body].isascii():
        raise Undecipherable
    return _Parts(blob[:body], blob[body : body + _WRAPPED], blob[body + _WRAPPED :])


def _bound(start: bytes, layer: bytes, context: str) -> bytes:
    # The layer's name keeps a wrapped key from being passed off as a secret.
    return start + layer + b"\x00" + context.encode()


def _encrypt(key: bytes, plaintext: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
