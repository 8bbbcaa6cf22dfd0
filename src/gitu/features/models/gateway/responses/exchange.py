"""One request to /responses: how each provider is asked, and how its answer is read."""

from typing import Final

from gitu.features.models.errors import ModelCallFailed
from gitu.features.models.gateway.responses.answer import Envelope, answered
from gitu.features.models.gateway.responses.failing import failure_of
from gitu.features.models.gateway.responses.passing import PassedStream, kept_nowhere
from gitu.features.models.gateway.responses.refusals import refuse
from gitu.features.models.gateway.responses.request import Message, translated
from gitu.features.models.gateway.responses.stream import TranslatedStream
from gitu.features.models.gateway.shapes import Fields, write
from gitu.features.models.upstream import Asked

PATH: Final = "/responses"
_TRANSLATED: Final = "/chat/completions"
_SPEAKS_IT: Final = "openai"
_REFERENCES: Final = (b'"image_url"', b'"file_url"', b'"file_id"')


class Exchange:
    """May put the same request to several providers in turn."""

    def __init__(self, fields: Fields, body: bytes, *, streams: bool) -> None:
        """Raises FieldRefused and its kin for what no provider may be asked."""
        refuse(fields)
        self._fields = fields
        self._body = body
        self._streams = streams
        self._chat: Message | None = None
        self._passed: Fields | None = None

    @property
    def references(self) -> int:
        """How many pictures and files are named and not sent, at most."""
        return sum(self._body.count(mark) for mark in _REFERENCES)

    def passes(self, provider: str) -> bool:
        """Whether the provider gets the request as it is."""
        return provider == _SPEAKS_IT

    def path(self, provider: str) -> str:
        """Where the provider is asked. Raises FieldRefused and its kin for what this one can't be asked."""
        if provider == _SPEAKS_IT:
            if self._passed is None:
                self._passed = {**self._fields, **kept_nowhere(self._fields)}
            return PATH
        if self._chat is None:
            self._chat = translated(self._body)
        return _TRANSLATED

    def body(self, provider: str, model: str, longest: int | None) -> bytes:
        """What it is sent, once its path was asked for. ``longest``: tokens of the answer, to bound them by."""
        if provider == _SPEAKS_IT:
            bound = {} if longest is None else {"max_output_tokens": longest}
            return write({**(self._passed or {}), "model": model, **bound})
        chat: Message = {"model": model, **(self._chat or {})}
        if longest is not None:
            chat["max_tokens"] = longest
        if self._streams:
            chat |= {"stream": True, "stream_options": {"include_usage": True}}
        return write(chat)

    def answer(self, provider: str, model: str, whole: bytes) -> bytes | None:
        """The response that is told in one piece; None for what makes no sense."""
        return whole if provider == _SPEAKS_IT else answered(whole, Envelope(self._fields, model))

    def failure(self, provider: str, whole: bytes, asked: Asked) -> ModelCallFailed | None:
        """Why the response that is told in one piece failed; None where it did not."""
        return failure_of(whole, asked) if provider == _SPEAKS_IT else None

    def stream(self, provider: str, model: str) -> TranslatedStream | PassedStream:
        """Reads a streamed answer."""
        return PassedStream() if provider == _SPEAKS_IT else TranslatedStream(Envelope(self._fields, model))
