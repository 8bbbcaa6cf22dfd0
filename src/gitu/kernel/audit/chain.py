"""The hash of a row in the chain: SHA-256 over the hash before it and the row as canonical JSON."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

GENESIS = "0" * 64
SEALED_FIELDS = (
    "id",
    "at",
    "owner_id",
    "actor_kind",
    "door",
    "action",
    "outcome",
    "error_code",
    "input_digest",
    "duration_ms",
    "cost",
    "request_id",
    "detail",
    "risk",
)
"""Every column but ``hash`` itself; ``seq`` comes in by its own argument."""
# Rows sealed before these columns came have none of them; left out where empty, their hashes stay what they were.
_LATER_FIELDS = frozenset({"risk"})


def link(previous: str, seq: int, row: dict[str, Any]) -> str:
    """The hash of the row with this number, after the row whose hash is ``previous`` (hexadecimal)."""
    content = {name: _plain(row[name]) for name in SEALED_FIELDS if name not in _LATER_FIELDS or row[name] is not None}
    canonical = orjson.dumps({**content, "seq": seq}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(previous.encode() + b"\n" + canonical).hexdigest()


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case Decimal():
            # The column keeps ten places; the same number must read the same before and after.
            return f"{value:.10f}"
        case UUID():
            return str(value)
        case _:
            return value
