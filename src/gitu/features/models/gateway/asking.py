"""One request at the gateway on its way past the cache."""

from collections.abc import AsyncGenerator, Callable, Mapping
from uuid import UUID

from gitu.features.models.answers.flights import Turn
from gitu.features.models.answers.kept import MOST_BYTES, Answers, Kept
from gitu.features.models.answers.keys import CHAT, RESPONSES, is_deterministic, key_of, wishes
from gitu.features.models.answers.shapes import gathered, is_completed, is_good, streamed
from gitu.features.models.calls import Call
from gitu.features.models.gateway.shapes import Fields, Usage, fields_of, is_true
from gitu.features.models.gateway.steps import Step

Headers = Callable[[], Mapping[bytes, bytes]]


class Question:
    """A request that has one answer only, put to one model. Whoever has asked ``find`` must call ``close``, once."""

    def __init__(self, answers: Answers, owner_id: UUID, path: str, key: str, *, takes: bool, keeps: bool) -> None:
        self._answers = answers
        self._owner_id = owner_id
        self._path = path
        self._key = key
        self._takes = takes
        self._keeps = keeps
        self._leads = False
        self._moment = answers.moment
        self._pieces: list[bytes] | None = [] if path == CHAT and keeps else None
        self._size = 0

    @classmethod
    def of(
        cls,
        answers: Answers,
        owner_id: UUID,
        path: str,
        fields: Fields,
        headers: Headers,
        step: Step,
    ) -> "Question | None":
        """The request as a question to this model; None when it can't be answered from the cache."""
        if not answers.on or not is_deterministic(path, fields):
            return None
        takes, keeps = wishes(headers)
        if not takes and not keeps:
            return None
        row = step.row
        key = key_of(owner_id, row.id, row.updated_at.isoformat(), step.name, path, fields)
        return None if key is None else cls(answers, owner_id, path, key, takes=takes, keeps=keeps)

    async def find(self, patience_s: float) -> Kept | None:
        """The kept answer, also of another who asks the same just now; None where it has to be asked for."""
        if not self._takes:
            return None
        flights = self._answers.flights
        found = await flights.join(self._key, patience_s)
        if isinstance(found, Kept):
            return found
        if found is Turn.ALONE:
            return None
        self._leads = True
        try:
            kept = await self._answers.find(self._owner_id, self._key)
        except BaseException:
            self._land(None)
            raise
        if kept is not None:
            self._land(kept)
        return kept

    def heard(self, piece: bytes) -> None:
        """A piece of the streamed answer, as the provider sent it."""
        if self._pieces is None:
            return
        self._size += len(piece)
        if self._size > MOST_BYTES:
            self._pieces = None
        else:
            self._pieces.append(piece)

    async def close(
        self, call: Call, usage: Usage | None, whole: bytes | None = None, told: bytes | None = None
    ) -> None:
        """The request is over: keep the answer where it is whole and good, and tell who waits for it.

        ``whole``: as the provider gave it in one piece, ``told``: as the client got it.
        """
        kept = self._kept(call, usage, whole, whole if told is None else told)
        try:
            if kept is not None and self._keeps:
                await self._answers.keep(self._owner_id, self._key, kept, self._moment)
        finally:
            self._land(kept)

    def give_up(self) -> None:
        """It failed before it had an answer."""
        self._land(None)

    def _kept(self, call: Call, usage: Usage | None, whole: bytes | None, told: bytes | None) -> Kept | None:
        if call.outcome != "ok" or usage is None or not (usage.given or usage.written):
            return None
        if whole is None:
            told = gathered(b"".join(self._pieces)) if self._pieces else None
        elif not self._is_good(whole, told):
            return None
        if told is None:
            return None
        return Kept(told, None if call.cost is None else str(call.cost), usage.given + usage.written)

    def _is_good(self, whole: bytes, told: bytes | None) -> bool:
        if self._path == CHAT:
            return is_good(whole)
        if self._path == RESPONSES:  # translated, both must say so: chat completions know more ways to end badly
            return told is not None and is_completed(told) and (told == whole or is_good(whole))
        return True

    def _land(self, kept: Kept | None) -> None:
        if self._leads:
            self._leads = False
            self._answers.flights.land(self._key, kept)


def replayed(kept: Kept, fields: Fields) -> AsyncGenerator[bytes]:
    """A kept answer as the stream that was asked for."""
    options = fields_of(fields.get("stream_options"))
    events = streamed(kept.body, with_usage=is_true(options.get("include_usage")))

    async def stream() -> AsyncGenerator[bytes]:
        for event in events:
            yield event

    return stream()
