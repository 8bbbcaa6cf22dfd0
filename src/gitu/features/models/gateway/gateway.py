"""Takes an OpenAI request, finds who answers it, and passes both ways what they say."""

from collections.abc import AsyncGenerator, Sequence
from math import ceil
from typing import Final
from uuid import UUID

import msgspec

from gitu.features.models.answers.kept import Answers, Kept
from gitu.features.models.budgets.errors import BudgetReached, PriceUnknown
from gitu.features.models.budgets.estimate import LINKED, OUTPUT, OUTPUT_NEAR_THE_LIMIT, Estimate
from gitu.features.models.budgets.purses import Plan, Reservation
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.catalog import Usable
from gitu.features.models.choosing import cheapest
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import ModelAnswerMalformed, ModelCallFailed, ModelContextTooLong, ModelRejected
from gitu.features.models.gateway.asking import Headers, Question, replayed
from gitu.features.models.gateway.call import GatewayCall
from gitu.features.models.gateway.errors import DatabaseAway, FieldRefused, ModelMissing, ModelNotAtDoor
from gitu.features.models.gateway.needs import needs_of
from gitu.features.models.gateway.responses import exchange
from gitu.features.models.gateway.responses.exchange import Exchange
from gitu.features.models.gateway.responses.failing import judged
from gitu.features.models.gateway.shapes import (
    Fields,
    StreamedUsage,
    fields_of,
    is_true,
    number_of,
    raw,
    read_fields,
    text_of,
    usage_of,
    write,
)
from gitu.features.models.gateway.steps import Step, steps_of
from gitu.features.models.gateway.targets import Target, Targets, is_open
from gitu.features.models.gateway.wire import Answer, Origin, Wire, WireError, WireTimeout
from gitu.features.models.providers import MAY_KEEP, WRITING, Endpoint
from gitu.features.models.tables import ConnectionRow
from gitu.features.models.upstream import Asked, by_status, explain
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services

FEATURE: Final = "gateway"
MOST_ANSWER: Final = 64_000_000  # bytes
_OF_THE_REQUEST = (ModelRejected, ModelContextTooLong)  # no other model would do better
_LENGTHS: Final = {
    "/chat/completions": ("max_completion_tokens", "max_tokens"),
    exchange.PATH: ("max_output_tokens",),
    "/embeddings": (),
}
_WITHOUT_TIERS: Final = ("anthropic",)  # https://platform.claude.com/docs/en/api/openai-sdk: the field is ignored
_JSON: Final = b"application/json"
_EVENTS: Final = b"text/event-stream; charset=utf-8"


class Reply(msgspec.Struct):
    """What the client gets: a whole ``body``, or what a ``stream`` brings."""

    status: int
    model: str  # the id of the one that answers
    body: bytes = b""
    stream: AsyncGenerator[bytes] | None = None
    content_type: bytes = _JSON
    cache: bytes = b"skip"  # whether it was kept from before: hit, miss, or skip where that was no question


class _Request(msgspec.Struct, frozen=True):
    principal: Principal
    path: str
    body: bytes
    name: str  # of the model, as the request has it
    fields: Fields
    streams: bool
    purpose: Purpose
    request_id: UUID
    usable: Usable
    plan: Plan | None
    exchange: Exchange | None  # of a request to /responses
    headers: Headers


class Gateway:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._desk = services.resource(ModelDesk)
        self._answers = services.resource(Answers)
        self._wire = Wire(self._desk.idle_s)
        self._targets = Targets(self._desk)

    async def ask(self, principal: Principal, path: str, body: bytes, request_id: UUID, headers: Headers) -> Reply:
        """Put a request to ``/chat/completions``, ``/responses`` or ``/embeddings`` to the first model that answers it.

        What has one answer only is answered from the cache where that answer is kept, unless ``headers`` say no.

        Raises DatabaseAway, Invalid, ModelMissing, FieldRefused, ModelUnknown, NoModel, and ModelCallFailed and kin.
        """
        assert principal.user_id is not None
        if self._desk.recorder.full:
            raise DatabaseAway(retry_after=1)
        fields = read_fields(body)
        name = text_of(fields.get("model"))
        if not name:
            raise ModelMissing()
        streams = "stream" in fields and is_true(fields["stream"])
        exchanged = Exchange(fields, body, streams=streams) if path == exchange.PATH else None
        usable = await self._desk.catalog.usable(principal.user_id)
        purpose = Purpose(principal.user_id, FEATURE, key_id=principal.key_id)
        plan = await self._desk.ledger.plan(purpose)
        request = _Request(
            principal, path, body, name, fields, streams, purpose, request_id, usable, plan, exchanged, headers
        )
        failure: ModelCallFailed | FieldRefused | None = None
        for step in steps_of(self._desk, usable, principal.user_id, name, lambda: needs_of(fields, len(body))):
            try:
                return await self._attempt(request, step)
            except FieldRefused as error:
                failure = failure or error  # of this provider alone; another may take it
            except ModelCallFailed as error:
                failure = error
                if not error.fallback or isinstance(error, _OF_THE_REQUEST):
                    break
        assert failure is not None, "there is a first step, or NoModel was raised"
        raise failure

    async def _attempt(self, request: _Request, step: Step) -> Reply:
        """From the cache, where the request has one answer only and that is kept; else by the model."""
        owner_id = request.purpose.owner_id
        question = Question.of(self._answers, owner_id, request.path, request.fields, request.headers, step)
        if question is None:
            return await self._put(request, step, None)
        kept = await question.find(self._desk.idle_s)
        if kept is not None:
            return self._kept(request, step, kept)
        try:
            return await self._put(request, step, question)
        except BaseException:
            question.give_up()
            raise

    def _kept(self, request: _Request, step: Step, kept: Kept) -> Reply:
        call = self._call(request, step, self._targets.of(step.row, request.path), Reservation(), None)
        call.spare(kept)
        if request.streams and request.path == "/chat/completions":
            stream = replayed(kept, request.fields)
            return Reply(200, call.record.model, stream=stream, content_type=_EVENTS, cache=b"hit")
        return Reply(200, call.record.model, kept.body, cache=b"hit")

    async def _put(self, request: _Request, step: Step, question: Question | None) -> Reply:
        row, name, _ = step
        exchanged = request.exchange
        path = request.path if exchanged is None else exchanged.path(row.provider)
        if not is_open(row, name, path):
            self._refuse(request, step, ModelNotAtDoor(model=name, connection=row.name))
        target = self._targets.of(row, path)
        endpoint = target.endpoint
        reservation, estimate, longest = await self._set_aside(request, step, target)
        call = self._call(request, step, target, reservation, estimate)
        if question is not None:
            call.missed()
        body = _body(request, endpoint.provider, name, longest)
        call.leaves()
        answer: Answer | None = None
        try:
            answer = await self._wire.request(target.origin, target.whole_head(body), body)
            if answer.status != 200:
                said = (await answer.whole(65_536)).decode("utf-8", "replace")
                asked = self._asked(call, step, endpoint)
                failure = by_status(answer.status, _seconds(answer.headers.get(b"retry-after")), said, asked)
                failure.model_id = asked.model_id
                call.settle("failed", None, failure)
                raise failure
            if request.streams and answer.headers.get(b"content-type", b"").startswith(b"text/event-stream"):
                return await self._streamed(request, call, answer, self._asked(call, step, endpoint), question)
            whole = await answer.whole(MOST_ANSWER)
        except ModelCallFailed:
            raise
        except (WireError, WireTimeout) as error:
            failure = explain(error, self._asked(call, step, endpoint), started=False)
            call.settle("failed", None, failure)
            raise failure from None
        except BaseException:
            if answer is not None:
                answer.close()
            call.settle("stopped", None)
            raise
        usage = usage_of(whole)
        told = whole if exchanged is None else exchanged.answer(endpoint.provider, name, whole)
        if told is None or not whole.lstrip().startswith(b"{"):
            failure = ModelAnswerMalformed(model=name, connection=endpoint.name)
            call.settle("failed", None, failure)
            raise failure
        failed = (
            None
            if exchanged is None
            else exchanged.failure(endpoint.provider, whole, self._asked(call, step, endpoint))
        )
        if failed is None:
            call.heard(len(whole))
        call.settle("ok" if failed is None else "failed", usage, failed)
        if question is None:
            return Reply(200, call.record.model, told)
        await question.close(call.record, usage, whole, told)
        return Reply(200, call.record.model, told, cache=b"miss")

    def _asked(self, call: GatewayCall, step: Step, endpoint: Endpoint) -> Asked:
        return Asked(
            call.record.model, step.name, endpoint.name, endpoint.base_url, self._wire.idle_s, endpoint.api_key
        )

    def _call(
        self, request: _Request, step: Step, target: Target, reservation: Reservation, estimate: Estimate | None
    ) -> GatewayCall:
        return GatewayCall(
            self._desk, target, step.name, request.purpose, request.request_id, step.reason, reservation, estimate,
            _tier(request, target.endpoint.provider) if "service_tier" in request.fields else None,
        )  # fmt: skip

    async def _streamed(
        self, request: _Request, call: GatewayCall, answer: Answer, asked: Asked, question: Question | None
    ) -> Reply:
        """The stream once its first piece is there: until then another model can still step in."""
        if request.exchange is not None:
            reader = request.exchange.stream(call.record.provider, asked.model)
        else:
            options = fields_of(request.fields.get("stream_options"))
            reader = StreamedUsage(asked=is_true(options.get("include_usage")))
        pieces = answer.pieces()
        first = await anext(pieces, b"")
        if not first:
            failure = ModelAnswerMalformed(model=asked.model, connection=asked.connection)
            call.settle("failed", None, failure)
            raise failure
        call.heard(len(first))
        if question is not None:
            question.heard(first)
        locale = request.principal.locale

        async def stream() -> AsyncGenerator[bytes]:
            outcome, failure = "stopped", None
            try:
                yield b""  # begun from here on: whoever closes it settles the call
                passed = reader.passed(first)
                outcome = _ended(first, outcome)
                yield passed
                async for piece in pieces:
                    call.heard(len(piece))
                    if question is not None:
                        question.heard(piece)
                    passed = reader.passed(piece)
                    outcome = _ended(piece, outcome)
                    if passed:
                        yield passed
                rest = reader.end()
                outcome = "ok"
                if rest:
                    yield rest
            except (WireError, WireTimeout) as error:
                outcome, failure = "cut", explain(error, asked, started=True)
                yield reader.broken(failure, locale)
            finally:
                answer.close()
                if not isinstance(reader, StreamedUsage):
                    outcome, failure = judged(reader, asked, outcome, failure)
                call.settle(outcome, reader.usage, failure)
                if question is not None:
                    await question.close(call.record, reader.usage)

        streaming = stream()
        await anext(streaming)
        cache = b"skip" if question is None else b"miss"
        return Reply(200, call.record.model, stream=streaming, content_type=_EVENTS, cache=cache)

    async def _set_aside(
        self, request: _Request, step: Step, target: Target
    ) -> tuple[Reservation, Estimate | None, int | None]:
        """What the call can cost; and the answer's length where a hard limit bounds it and the client did not."""
        plan = request.plan
        if plan is None:
            return Reservation(), None, None
        linked = request.body.count(b'"image_url"') if request.exchange is None else request.exchange.references
        size = len(request.body) + linked * LINKED
        if target.endpoint.provider in MAY_KEEP:
            size = ceil(size * WRITING)  # all of it may be new to what the provider keeps
        estimate = Estimate(
            self._desk.prices,
            target.endpoint,
            step.name,
            local=target.local,
            input_bytes=size,
            tier=_tier(request, target.endpoint.provider) if "service_tier" in request.fields else None,
        )
        given = None
        for one in _LENGTHS[request.path]:
            if one in request.fields:
                given = number_of(request.fields[one])
                break
        if request.path == "/embeddings":
            lengths = [0]
        else:
            lengths = [given] if given is not None else [OUTPUT, OUTPUT_NEAR_THE_LIMIT]
        answers = max(number_of(request.fields["n"]) or 1, 1) if "n" in request.fields else 1
        while True:
            length = lengths.pop(0)
            try:
                most = estimate.most(length * answers)
                reservation = await self._desk.ledger.reserve(plan, most)
                break
            except BudgetReached as refused:
                if not lengths:
                    cheaper = cheapest(self._desk.prices, request.usable.connections, refused.amount_left)
                    self._refuse(request, step, refused if cheaper is None else refused.offering(cheaper))
            except PriceUnknown:
                self._refuse(request, step, PriceUnknown(model=step.name))
        bound = length if reservation.hard and given is None and length else None
        return reservation, estimate, bound

    def _refuse(self, request: _Request, step: Step, error: ModelCallFailed) -> None:
        self._call(request, step, self._targets.of(step.row, request.path), Reservation(), None).refuse(error)
        raise error

    def models(self, usable: Usable, ways: Sequence[str]) -> bytes:
        """The list of models in OpenAI's shape: names, and ids where a name alone says not which."""
        items = [{"id": way, "object": "model", "created": 0, "owned_by": "gitu"} for way in ways]
        for name, rows in usable.by_name.items():
            if not any(is_open(row, name, "/chat/completions") for row in rows):
                continue
            created = int(rows[0].created_at.timestamp())
            items.append({"id": name, "object": "model", "created": created, "owned_by": rows[0].name})
        return write({"object": "list", "data": items})

    def give_up(self, row: ConnectionRow) -> None:
        """Nobody is there any more to answer: what waits for the beginning of an answer goes to the next step now."""
        self._wire.give_up(Origin.of(row.base_url, public_only=row.public_only))

    async def aclose(self) -> None:
        """Close every connection to providers."""
        self._wire.close()


def _ended(piece: bytes, outcome: str) -> str:
    """Clients may leave as soon as they have read the mark of the end: nothing was stopped then."""
    return "ok" if piece.startswith(b"data: [DONE]") or b"\ndata: [DONE]" in piece else outcome


def _tier(request: _Request, provider: str) -> str | None:
    """The tier of service that the provider is asked for."""
    if provider in _WITHOUT_TIERS:
        return None
    return (
        text_of(request.fields["service_tier"])
        if request.exchange is None or request.exchange.passes(provider)
        else None
    )


def _body(request: _Request, provider: str, name: str, longest: int | None) -> bytes:
    """The body as it is sent: as it came, but for the model's name there, the usage in a stream, a bounded length."""
    if request.exchange is not None:
        return request.exchange.body(provider, name, longest)
    fields = request.fields
    changed: Fields = {}
    if request.name != name:
        changed["model"] = raw(name)
    if longest is not None:
        changed["max_completion_tokens" if provider == "openai" else "max_tokens"] = raw(longest)
    if request.streams and request.path == "/chat/completions":
        options = fields_of(fields.get("stream_options"))
        if not is_true(options.get("include_usage")):
            changed["stream_options"] = raw({**options, "include_usage": True})
    return write({**fields, **changed}) if changed else request.body


def _seconds(value: bytes | None) -> float | None:
    """A Retry-After in seconds; dates are left to the waiting that is usual."""
    try:
        return None if value is None else max(float(value), 0.0)
    except ValueError:
        return None
