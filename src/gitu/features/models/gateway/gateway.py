"""Takes an OpenAI request, finds who answers it, and passes both ways what they say."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from gitu.features.models.budgets.errors import BudgetReached, PriceUnknown
from gitu.features.models.budgets.estimate import LINKED, OUTPUT, OUTPUT_NEAR_THE_LIMIT, Estimate
from gitu.features.models.budgets.ledger import Plan, Reservation
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.catalog import Usable
from gitu.features.models.choosing import cheapest
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import ModelAnswerMalformed, ModelCallFailed, ModelContextTooLong, ModelRejected
from gitu.features.models.gateway.call import GatewayCall
from gitu.features.models.gateway.errors import DatabaseAway, ModelMissing
from gitu.features.models.gateway.needs import needs_of
from gitu.features.models.gateway.shapes import (
    Fields,
    StreamedUsage,
    error_body,
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
from gitu.features.models.gateway.targets import Targets
from gitu.features.models.gateway.wire import Answer, Wire, WireError, WireTimeout
from gitu.features.models.upstream import Asked, by_status, explain
from gitu.kernel.auth.principal import Principal
from gitu.kernel.services import Services

FEATURE: Final = "gateway"
MOST_ANSWER: Final = 64_000_000  # bytes
_OF_THE_REQUEST = (ModelRejected, ModelContextTooLong)  # no other model would do better
_LENGTHS = ("max_completion_tokens", "max_tokens", "max_output_tokens")


@dataclass(slots=True)
class Reply:
    """What the client gets: a whole ``body``, or what a ``stream`` brings."""

    status: int
    model: str  # the id of the one that answers
    body: bytes = b""
    stream: AsyncGenerator[bytes] | None = field(default=None)
    content_type: bytes = b"application/json"


@dataclass(frozen=True, slots=True)
class _Request:
    principal: Principal
    path: str
    body: bytes
    fields: Fields
    streams: bool
    purpose: Purpose
    request_id: UUID
    usable: Usable
    plan: Plan | None


class Gateway:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._desk = services.resource(ModelDesk)
        self._wire = Wire(self._desk.idle_s)
        self._targets = Targets(self._desk)

    async def ask(self, principal: Principal, path: str, body: bytes, request_id: UUID) -> Reply:
        """Put a request to ``/chat/completions`` or ``/embeddings`` to the first model that answers it.

        Raises DatabaseAway, Invalid, ModelMissing, ModelUnknown, NoModel, and ModelCallFailed and its kin.
        """
        assert principal.user_id is not None
        if self._desk.recorder.full:
            raise DatabaseAway(retry_after=1)
        fields = read_fields(body)
        name = text_of(fields.get("model"))
        if not name:
            raise ModelMissing()
        usable = await self._desk.catalog.usable(principal.user_id)
        purpose = Purpose(principal.user_id, FEATURE, key_id=principal.key_id)
        streams = is_true(fields.get("stream"))
        plan = await self._desk.ledger.plan(purpose)
        request = _Request(principal, path, body, fields, streams, purpose, request_id, usable, plan)
        failure: ModelCallFailed | None = None
        for step in steps_of(self._desk, usable, principal.user_id, name, lambda: needs_of(fields, len(body))):
            try:
                return await self._attempt(request, step)
            except ModelCallFailed as error:
                failure = error
                if not error.fallback or isinstance(error, _OF_THE_REQUEST):
                    break
        assert failure is not None, "there is a first step, or NoModel was raised"
        raise failure

    async def _attempt(self, request: _Request, step: Step) -> Reply:
        name, target = step.name, self._targets.of(step.row, request.path)
        reservation, estimate, longest = await self._set_aside(request, step)
        call = self._call(request, step, reservation, estimate)
        body = _body(request, target.endpoint.provider, name, longest)
        asked = Asked(
            call.record.model,
            name,
            target.endpoint.name,
            target.endpoint.base_url,
            self._wire.idle_s,
            target.endpoint.api_key,
        )
        call.leaves()
        answer: Answer | None = None
        try:
            head = b"%b%d\r\n\r\n" % (target.head, len(body))
            answer = await self._wire.request(target.origin, head, body)
            if answer.status != 200:
                said = (await answer.whole(65_536)).decode("utf-8", "replace")
                failure = by_status(answer.status, _seconds(answer.headers.get(b"retry-after")), said, asked)
                failure.model_id = asked.model_id
                call.settle("failed", None, failure)
                raise failure
            if request.streams and answer.headers.get(b"content-type", b"").startswith(b"text/event-stream"):
                return await self._streamed(request, call, answer, asked)
            whole = await answer.whole(MOST_ANSWER)
        except ModelCallFailed:
            raise
        except (WireError, WireTimeout) as error:
            failure = explain(error, asked, started=False)
            call.settle("failed", None, failure)
            raise failure from None
        except BaseException:
            if answer is not None:
                answer.close()
            call.settle("stopped", None)
            raise
        usage = usage_of(whole)
        if not whole.lstrip().startswith(b"{"):
            failure = ModelAnswerMalformed(model=name, connection=target.endpoint.name)
            call.settle("failed", None, failure)
            raise failure
        call.heard(len(whole))
        call.settle("ok", usage)
        return Reply(200, call.record.model, whole)

    def _call(self, request: _Request, step: Step, reservation: Reservation, estimate: Estimate | None) -> GatewayCall:
        target = self._targets.of(step.row, request.path)
        return GatewayCall(
            self._desk, target, step.name, request.purpose, request.request_id, step.reason, reservation, estimate
        )

    async def _streamed(self, request: _Request, call: GatewayCall, answer: Answer, asked: Asked) -> Reply:
        """The stream once its first piece is there: until then another model can still step in."""
        options = fields_of(request.fields.get("stream_options"))
        usage = StreamedUsage(asked=is_true(options.get("include_usage")))
        pieces = answer.pieces()
        first = await anext(pieces, b"")
        if not first:
            failure = ModelAnswerMalformed(model=asked.model, connection=asked.connection)
            call.settle("failed", None, failure)
            raise failure
        call.heard(len(first))
        locale = request.principal.locale

        async def stream() -> AsyncGenerator[bytes]:
            outcome, failure = "stopped", None
            try:
                yield b""  # begun from here on: whoever closes it settles the call
                yield usage.passed(first)
                async for piece in pieces:
                    call.heard(len(piece))
                    passed = usage.passed(piece)
                    if passed:
                        yield passed
                outcome = "ok"
                rest = usage.end()
                if rest:
                    yield rest
            except (WireError, WireTimeout) as error:
                outcome, failure = "cut", explain(error, asked, started=True)
                yield b"data: " + error_body(failure, locale)[1] + b"\n\n"
            finally:
                answer.close()
                call.settle(outcome, usage.usage, failure)

        streaming = stream()
        await anext(streaming)
        return Reply(200, call.record.model, stream=streaming, content_type=b"text/event-stream; charset=utf-8")

    async def _set_aside(self, request: _Request, step: Step) -> tuple[Reservation, Estimate | None, int | None]:
        """What the call can cost; and the answer's length where a hard limit bounds it and the client did not."""
        plan = request.plan
        if plan is None:
            return Reservation(), None, None
        target = self._targets.of(step.row, request.path)
        size = len(request.body) + request.body.count(b'"image_url"') * LINKED
        estimate = Estimate(self._desk.prices, target.endpoint, step.name, local=target.local, input_bytes=size)
        given = next((number_of(request.fields[one]) for one in _LENGTHS if one in request.fields), None)
        if request.path == "/embeddings":
            lengths = [0]
        else:
            lengths = [given] if given is not None else [OUTPUT, OUTPUT_NEAR_THE_LIMIT]
        answers = max(number_of(request.fields.get("n")) or 1, 1)
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
        self._call(request, step, Reservation(), None).refuse(error)
        raise error

    def models(self, usable: Usable, ways: Sequence[str]) -> bytes:
        """The list of models in OpenAI's shape: names, and ids where a name alone says not which."""
        items = [{"id": way, "object": "model", "created": 0, "owned_by": "gitu"} for way in ways]
        for name, rows in usable.by_name.items():
            created = int(rows[0].created_at.timestamp())
            items.append({"id": name, "object": "model", "created": created, "owned_by": rows[0].name})
        return write({"object": "list", "data": items})

    async def aclose(self) -> None:
        """Close every connection to providers."""
        self._wire.close()


def _body(request: _Request, provider: str, name: str, longest: int | None) -> bytes:
    """The body as it is sent: as it came, but for the model's name there, the usage in a stream, a bounded length."""
    fields = request.fields
    changed: Fields = {}
    if text_of(fields.get("model")) != name:
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
