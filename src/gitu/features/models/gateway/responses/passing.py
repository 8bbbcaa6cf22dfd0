"""OpenAI's own answer to /responses, passed on: its usage is read, and a stream that breaks off gets its last event."""

import re
from typing import Any, Final

import msgspec

from gitu.features.models.gateway.responses.events import Splitter, data_of
from gitu.features.models.gateway.responses.failing import code_of
from gitu.features.models.gateway.responses.refusals import unfit
from gitu.features.models.gateway.shapes import Fields, Usage, raw, usage_of, write
from gitu.features.models.gateway.wire import WireError
from gitu.kernel.errors import GituError

_LAST: Final = ("response.completed", "response.incomplete", "response.failed", "error")
_FAILED: Final = ("response.failed", "error")
# In a text that is quoted in an event these have a backslash before their second quotation mark.
_MARKS: Final = tuple(f'"{kind}"'.encode() for kind in (*_LAST, "response.created"))
_NUMBER: Final = re.compile(rb'"sequence_number": ?(\d+)')


class _Event(msgspec.Struct):
    type: str = ""
    response: msgspec.Raw = msgspec.Raw(b"null")


_event = msgspec.json.Decoder(_Event)
_item = msgspec.json.Decoder(dict[str, msgspec.Raw])
_items = msgspec.json.Decoder(list[msgspec.Raw] | str | None)


def kept_nowhere(fields: Fields) -> Fields:
    """What changes in a request so that the provider keeps nothing of the answer.

    What an earlier answer left there does not exist then either: its items are sent without their ids, and thoughts
    only where they are encrypted in the request itself.
    """
    changed: Fields = {"store": msgspec.Raw(b"false")}
    given = fields.get("input")
    if given is not None and b'"id"' in bytes(given):
        try:
            items = _items.decode(given)
            if isinstance(items, list):
                changed["input"] = raw([one for one in map(_without_id, items) if one is not None])
        except msgspec.DecodeError as error:
            raise unfit(error, "input") from None
    return changed


def _without_id(item: msgspec.Raw) -> Any:  # Any: a Raw, or a dict of them
    if b'"id"' not in bytes(item):
        return item
    fields = _item.decode(item)
    if bytes(fields.get("type", b"")) == b'"reasoning"':
        return item if bytes(fields.get("encrypted_content", b"null")) != b"null" else None
    fields.pop("id", None)
    return fields


class PassedStream:
    """One answer: ``passed`` for every piece that comes, then ``end``, or ``broken``."""

    def __init__(self) -> None:
        self.usage: Usage | None = None
        self._splitter = Splitter()
        self._begun = msgspec.Raw(b"null")
        self._last = b""
        self._ended: str | None = None
        self.failed: str | None = None  # OpenAI's code

    @property
    def over(self) -> bool:
        """Whether its last event has come."""
        return self._ended is not None

    def passed(self, data: bytes) -> bytes:
        """What of the data the client shall get: whole events. Raises WireError for one that does not end."""
        if not (self._splitter.between and data.endswith(b"\n\n")) or any(mark in data for mark in _MARKS):
            events = self._splitter.split(data)
            for event in events:
                if any(mark in event for mark in _MARKS):
                    self._look(data_of(event))
            data = b"".join(event + b"\n\n" for event in events)
        if data:
            self._last = data
        return data

    def end(self) -> bytes:
        """What was kept back. Raises WireError where the answer had not ended, or had failed."""
        rest = self._splitter.end()
        if rest:
            self._look(data_of(rest))
        if self._ended is None or self.failed is not None:
            raise WireError("read", "the provider failed")
        return rest + b"\n\n" if rest else b""

    def broken(self, error: GituError, locale: str) -> bytes:
        """The event that tells that no more comes; nothing where the provider told so."""
        if self._ended is not None:
            return b""
        numbers = _NUMBER.findall(self._last)
        number = int(numbers[-1]) + 1 if numbers else 0
        told: dict[str, Any] = {"code": "server_error", "message": error.localised(locale)}
        if not bytes(self._begun).startswith(b"{"):
            return _written("error", {"type": "error", "sequence_number": number, **told, "param": None})
        response = {**_item.decode(self._begun), "status": "failed", "error": told}
        return _written("response.failed", {"type": "response.failed", "sequence_number": number, "response": response})

    def _look(self, data: bytes) -> None:
        try:
            event = _event.decode(data)
        except (msgspec.DecodeError, RecursionError):
            return
        if event.type == "response.created":
            self._begun = event.response
        elif event.type in _LAST:
            self._ended = event.type
            self.usage = usage_of(bytes(event.response)) or self.usage
            if event.type in _FAILED:
                self.failed = code_of(data)


def _written(kind: str, data: dict[str, Any]) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (kind.encode(), write(data))
