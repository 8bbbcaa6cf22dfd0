"""Asks providers for vectors. Every request that leaves is recorded from beginning to end, as every call of a model is.

Plain requests over httpx2: a vector goes from base64 straight into an array, and indexing in the background needs no
agent library, which would cost the server 40 MB and brings no embeddings of Mistral.
"""

import asyncio
import contextlib
import time
from collections import OrderedDict
from decimal import Decimal
from typing import TYPE_CHECKING, NoReturn

import httpx2
import orjson

from gitu.features.models.answers.vectors import Made
from gitu.features.models.budgets.charging import charge
from gitu.features.models.budgets.errors import PriceUnknown
from gitu.features.models.budgets.estimate import Estimate
from gitu.features.models.budgets.purses import Reservation
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.calls import Call
from gitu.features.models.desk import ModelDesk
from gitu.features.models.embeddings.choosing import Hosted
from gitu.features.models.embeddings.protocols import Answer, AnswerUnfit, Request, answer_of, request_of
from gitu.features.models.errors import ModelCallFailed, ModelQuotaUsedUp
from gitu.features.models.pricing import Tokens
from gitu.features.models.providers import Endpoint, plain_client
from gitu.features.models.upstream import Asked, by_status, explain
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from gitu.kernel.telemetry.metrics import metrics

if TYPE_CHECKING:
    from uuid import UUID

    from gitu.features.models.answers.kept import Kept
    from gitu.features.models.embeddings.schemas import Kind
    from gitu.kernel.services import Services

_KEPT = 32  # connections whose HTTP clients stay open
_LARGEST = 64_000_000  # bytes of an answer: 512 vectors of 3,072 numbers in decimal
_DROPPED = (httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)


class EmbeddingDesk:
    """One per process: HTTP clients by connection; ``services.resource(EmbeddingDesk)``."""

    def __init__(self, services: "Services") -> None:
        self._desk = services.resource(ModelDesk)
        self._clients: OrderedDict[tuple[UUID, str], httpx2.AsyncClient] = OrderedDict()

    async def embed(
        self, purpose: Purpose, model: Hosted, texts: list[str], kind: "Kind", *, looked: bool = False
    ) -> Made:
        """The vectors of what fits into one request; ``looked``: they were looked for in the cache before.

        Raises KeyUnreadable, ModelCallFailed and its kin; among them BudgetReached and PriceUnknown, before anything
        has left.
        """
        endpoint = self._desk.endpoint(model.row)
        request = request_of(endpoint.provider, endpoint.api_key, model.name, texts, kind)
        measured = _Measured(self._desk, purpose, endpoint, model, sum(len(text.encode()) for text in texts))
        measured.call.cache = "miss" if looked else None
        await measured.reserve()
        try:
            async with asyncio.timeout(self._desk.idle_s):
                told = await self._send(endpoint, request, measured.asked)
            answer = answer_of(endpoint.provider, told, len(texts))
        except asyncio.CancelledError:
            measured.settle("stopped", None)
            raise
        except Exception as error:
            measured.fail(error)
        measured.settle("ok", answer)
        return Made(answer.vectors, measured.call.cost, answer.tokens)

    def spared(self, purpose: Purpose, model: Hosted, known: "list[Kept]") -> None:
        """Keep in the log of calls that so much need not be asked for."""
        endpoint = self._desk.endpoint(model.row)
        call = _Measured(self._desk, purpose, endpoint, model, 0).call
        costs = [None if kept.cost is None else Decimal(kept.cost) for kept in known]
        call.latency_ms = 0.0
        call.spare(None if None in costs else sum(filter(None, costs), Decimal(0)), sum(kept.tokens for kept in known))
        self._desk.recorder.record(call)

    async def _send(self, endpoint: Endpoint, request: Request, asked: Asked) -> object:
        client = await self._client(endpoint)
        content = orjson.dumps(request.body)
        headers = {**request.headers, "content-type": "application/json"}
        url = endpoint.base_url + request.path

        async def sent() -> httpx2.Response:
            built = client.build_request("POST", url, content=content, headers=headers)
            return await client.send(built, stream=True, follow_redirects=False)

        try:
            response = await sent()
        except _DROPPED:  # a server that closes resting connections may do so just as a request leaves
            response = await sent()
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise AnswerUnfit
        finally:
            await response.aclose()
        if response.status_code != 200:
            raise _refusal(response, bytes(body[:2000]).decode(errors="replace"), asked)
        return orjson.loads(body)

    async def _client(self, endpoint: Endpoint) -> httpx2.AsyncClient:
        which = (endpoint.id, endpoint.version)
        found = self._clients.get(which)
        if found is None:
            found = self._clients[which] = plain_client(endpoint, self._desk.idle_s)
        self._clients.move_to_end(which)
        while len(self._clients) > _KEPT:
            _, oldest = self._clients.popitem(last=False)
            await oldest.aclose()
        return found

    async def aclose(self) -> None:
        """Close every client."""
        clients, self._clients = list(self._clients.values()), OrderedDict()
        for client in clients:
            with contextlib.suppress(Exception):
                await client.aclose()


def _refusal(response: httpx2.Response, said: str, asked: Asked) -> ModelCallFailed:
    if response.status_code == 429 and "insufficient_quota" in said:
        return ModelQuotaUsedUp(model=asked.model, connection=asked.connection)
    after = response.headers.get("retry-after", "")
    return by_status(response.status_code, float(after) if after.isdigit() else None, said, asked)


class _Measured:
    """One request, from the moment it leaves; the row is the same as that of any other call of a model."""

    def __init__(self, desk: ModelDesk, purpose: Purpose, endpoint: Endpoint, model: Hosted, size: int) -> None:
        self._desk = desk
        self._purpose = purpose
        self._endpoint = endpoint
        self._model = model
        # bytes of what is sent: no tokenizer makes more tokens of it
        self._estimate = Estimate(desk.prices, endpoint, model.name, local=model.local, input_bytes=size)
        self._reservation = Reservation()
        self._began = time.perf_counter()
        self.asked = Asked(
            model_id=model.id,
            model=model.name,
            connection=endpoint.name,
            address=endpoint.base_url,
            timeout_s=desk.idle_s,
            key=endpoint.api_key,
        )
        self.call = Call(
            id=new_id(),
            owner_id=purpose.owner_id,
            at=clock.now(),
            connection_id=endpoint.id,
            provider=endpoint.provider,
            model=model.id,
            feature=purpose.feature,
            session_id=purpose.session_id,
            key_id=purpose.key_id,
            process_id=desk.ledger.process_id,
        )

    async def reserve(self) -> None:
        """Set aside what the request can cost; a refusal is kept in the record. Raises BudgetReached and its kin."""
        ledger = self._desk.ledger
        plan = await ledger.plan(self._purpose)
        try:
            if plan is not None:
                self._reservation = await ledger.reserve(plan, self._estimate.most(0))
        except ModelCallFailed as refused:
            found = PriceUnknown(model=self._model.name) if isinstance(refused, PriceUnknown) else refused
            found.model_id = self._model.id
            self.call.outcome, self.call.error_code, self.call.cost = "refused", found.code, Decimal(0)
            self._desk.recorder.record(self.call)
            raise found from None
        if self._reservation.counters:
            self.call.reserved, self.call.charges = self._reservation.amount, self._reservation.counters
        self._desk.recorder.record(self.call)

    def _cost(self, tokens: int) -> Decimal | None:
        """USD; None where the price is unknown."""
        endpoint, model = self._endpoint, self._model
        prices = self._desk.prices
        return prices.cost(endpoint.provider, endpoint.base_url, model.name, Tokens(tokens), local=model.local)

    def settle(self, outcome: str, answer: Answer | None, error: ModelCallFailed | None = None) -> None:
        call, model = self.call, self._model
        call.latency_ms = round((time.perf_counter() - self._began) * 1000, 3)
        call.outcome = outcome
        call.error_code = error.code if error is not None else None
        if answer is not None and answer.tokens is not None:
            call.input_tokens, call.output_tokens, call.cached_tokens = answer.tokens, 0, 0
            call.cost = self._cost(answer.tokens)
        elif model.local and outcome != "failed":
            call.cost = Decimal(0)
        if self._reservation.counters:
            charge(self._desk.ledger, call, self._reservation, self._estimate, error)
        self._desk.recorder.record(call)
        self._desk.noticed(self._endpoint.id, error)
        metrics().model_call(
            call.provider,
            outcome,
            call.latency_ms / 1000,
            input_tokens=call.input_tokens or 0,
            output_tokens=0,
            first_token_seconds=None,
            cost_usd=None if call.cost is None else float(call.cost),
        )

    def fail(self, error: Exception) -> NoReturn:
        failure = explain(error, self.asked, started=False)  # an answer that can't be read is a ValueError
        self.settle("failed", None, failure)
        raise failure from None
