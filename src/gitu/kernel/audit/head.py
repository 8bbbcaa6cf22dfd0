"""Where the chain last ended, kept in a signed file outside the database: a tail cut off is noticed.

The signature is an HMAC with a key of its own beside the file: whoever can write the database alone can't
write a head that fits it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import orjson

from gitu.kernel.storage.paths import Home, write_private


@dataclass(frozen=True, slots=True)
class Head:
    """The number and hash of the last sealed row."""

    seq: int
    hash: str


def write_head(home: Home, head: Head) -> None:
    """Replace the file at once."""
    body = {"seq": head.seq, "hash": head.hash, "signature": _sign(home, head)}
    write_private(home.root / "audit-head.json", orjson.dumps(body).decode())


def read_head(home: Home) -> Head | None:
    """The head as it was written; None without a file or with one that was tampered with."""
    try:
        body = orjson.loads((home.root / "audit-head.json").read_bytes())
        head = Head(int(body["seq"]), str(body["hash"]))
        signature = str(body["signature"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
    return head if hmac.compare_digest(signature, _sign(home, head)) else None


def _sign(home: Home, head: Head) -> str:
    file = home.root / "audit-head.key"
    if not file.exists():
        write_private(file, secrets.token_hex(32))
    key = file.read_text().strip().encode()
    return hmac.new(key, f"{head.seq}:{head.hash}".encode(), hashlib.sha256).hexdigest()
