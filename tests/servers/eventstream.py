"""Amazon's event stream: messages of headers and a payload, each with its checksums.

https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html
"""

import json
import struct
import zlib

from tests.servers.script import JsonObject

CONTENT_TYPE = "application/vnd.amazon.eventstream"
_TEXT = 7  # a header's value is UTF-8


def event(kind: str, payload: JsonObject) -> bytes:
    """One event of the kind."""
    return message({":message-type": "event", ":event-type": kind, ":content-type": "application/json"}, payload)


def exception(kind: str, said: str) -> bytes:
    """A failure after the stream began."""
    headers = {":message-type": "exception", ":exception-type": kind, ":content-type": "application/json"}
    return message(headers, {"message": said})


def message(headers: dict[str, str], payload: JsonObject) -> bytes:
    """Lengths and their checksum, headers, payload, the checksum of all."""
    packed = b"".join(_header(name, value) for name, value in headers.items())
    body = json.dumps(payload, ensure_ascii=False).encode()
    prelude = struct.pack("!II", 12 + len(packed) + len(body) + 4, len(packed))
    prelude += struct.pack("!I", zlib.crc32(prelude))
    whole = prelude + packed + body
    return whole + struct.pack("!I", zlib.crc32(whole))


def _header(name: str, value: str) -> bytes:
    written, said = name.encode(), value.encode()
    return struct.pack("!B", len(written)) + written + struct.pack("!BH", _TEXT, len(said)) + said
