"""Server-sent events, cut out of what arrives."""

from typing import Final

from gitu.features.models.gateway.wire import WireError

_MOST_HELD: Final = 8_000_000  # bytes of one event; the last tells the whole answer again


class Splitter:
    """Gives whole events, each without the empty line behind it."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def between(self) -> bool:
        """Whether the last event has ended."""
        return not self._rest

    def split(self, data: bytes) -> list[bytes]:
        """The events that are whole now. Raises WireError for one that does not end."""
        data = self._rest + data
        if b"\r" in data:
            data = data.replace(b"\r\n", b"\n")
        events = data.split(b"\n\n")
        self._rest = events.pop()
        if len(self._rest) > _MOST_HELD:
            raise WireError("read", "an event is too large")
        return events

    def end(self) -> bytes:
        """What came after the last whole event."""
        rest, self._rest = self._rest, b""
        return rest.strip()


def data_of(event: bytes) -> bytes:
    """What an event says; empty for a comment."""
    if event.startswith(b"data:") and b"\n" not in event:
        return event[5:].strip()
    lines = (line[5:].strip() for line in event.split(b"\n") if line.startswith(b"data:"))
    return b"\n".join(lines)
