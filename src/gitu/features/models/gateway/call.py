"""One call of the gateway from the moment it leaves: what was set aside, its record, what it cost."""

import time
from decimal import Decimal
from typing import Any
from uuid import UUID

from gitu.features.models import tiers
from gitu.features.models.answers.kept import Kept
from gitu.features.models.budgets.charging import charge
from gitu.features.models.budgets.estimate import Estimate
from gitu.features.models.budgets.purses import Reservation
from gitu.features.models.budgets.rules import Purpose
from gitu.features.models.calls import Call
from gitu.features.models.choosing import model_id
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import ModelCallFailed
from gitu.features.models.gateway.shapes import Usage
from gitu.features.models.gateway.targets import Target
from gitu.features.models.pricing import FREE
from gitu.kernel import clock
from gitu.kernel.ids import new_id
from gitu.kernel.telemetry.metrics import metrics


class GatewayCall:
    """``settle`` or ``refuse`` ends it, once."""

    def __init__(
        self,
        desk: ModelDesk,
        target: Target,
        name: str,
        purpose: Purpose,
        request_id: UUID,
        reason: dict[str, Any],  # as a call's record keeps it
        reservation: Reservation,
        estimate: Estimate | None,
        tier: str | None = None,  # of service, that the request names
    ) -> None:
        self._desk = desk
        self._endpoint = endpoint = target.endpoint
        self._local = target.local
        self._name = name
        self._reservation = reservation
        self._estimate = estimate
        self._tier = tier
        self._began = time.perf_counter()
        self.record = Call(
            id=new_id(),
            owner_id=purpose.owner_id,
            at=clock.now(),
            connection_id=endpoint.id,
            provider=endpoint.provider,
            model=model_id(endpoint.id, name),
            feature=purpose.feature,
            session_id=None,
            key_id=purpose.key_id,
            request_id=request_id,
            reason=reason,
            process_id=desk.ledger.process_id,
            reserved=reservation.amount if reservation.counters else None,
            charges=reservation.counters or None,
        )

    def leaves(self) -> None:
        """It is sent now."""
        self._desk.recorder.record(self.record)
        self._desk.health.asked(self._endpoint.id)

    def heard(self, size: int) -> None:
        """So many bytes of the answer came."""
        if self.record.first_token_ms is None:
            self.record.first_token_ms = self._elapsed_ms()
        if self._estimate is not None:
            self._estimate.heard_bytes += size

    def refuse(self, error: ModelCallFailed) -> None:
        """It never left."""
        self.record.outcome, self.record.error_code, self.record.cost = "refused", error.code, Decimal(0)
        self._desk.recorder.record(self.record)

    def missed(self) -> None:
        """Its answer could have been kept, but is not there."""
        self.record.cache = "miss"
        metrics().model_cache("miss")

    def spare(self, kept: Kept) -> None:
        """It need not leave: the answer is kept."""
        self.record.latency_ms = self._elapsed_ms()
        self.record.spare(None if kept.cost is None else Decimal(kept.cost), kept.tokens)
        self._desk.recorder.record(self.record)
        metrics().model_cache("hit")

    def settle(self, outcome: str, usage: Usage | None, error: ModelCallFailed | None = None) -> None:
        """It is over."""
        record, desk, endpoint = self.record, self._desk, self._endpoint
        record.latency_ms = self._elapsed_ms()
        record.outcome = outcome
        record.error_code = error.code if error is not None else None
        tokens = None if usage is None else usage.counted()
        if usage is not None and tokens is not None and (tokens.input or tokens.output):
            record.input_tokens, record.output_tokens = tokens.input, tokens.output
            record.cached_tokens = tokens.cache_read
            record.cost, record.estimated = tiers.cost(
                desk.prices,
                endpoint,
                self._name,
                tokens,
                self._tier,
                usage.tier,
                local=self._local,
            )
        elif outcome != "failed" and self._is_free():
            record.cost = Decimal(0)
        if self._reservation.counters:
            charge(desk.ledger, record, self._reservation, self._estimate, error)
        if outcome == "ok" and record.first_token_ms is not None:
            desk.health.measured(record.model, record.first_token_ms, record.latency_ms, record.output_tokens or 0)
        elif error is not None:
            desk.health.failed(record.model)
        desk.recorder.record(record)
        desk.noticed(endpoint.id, error)
        metrics().model_call(
            record.provider,
            outcome,
            record.latency_ms / 1000,
            input_tokens=record.input_tokens or 0,
            output_tokens=record.output_tokens or 0,
            first_token_seconds=None if record.first_token_ms is None else record.first_token_ms / 1000,
            cost_usd=None if record.cost is None else float(record.cost),
        )

    def _is_free(self) -> bool:
        endpoint = self._endpoint
        return self._desk.prices.price(endpoint.provider, endpoint.base_url, self._name, local=self._local) == FREE

    def _elapsed_ms(self) -> float:
        return round((time.perf_counter() - self._began) * 1000, 3)
