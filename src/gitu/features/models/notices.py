"""What a turn is told while models answer: who steps in for whom, and what has been used."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from decimal import Decimal

from gitu.features.models.errors import ModelCallFailed


@dataclass(frozen=True, slots=True)
class Notice:
    """Another model steps in: which failed, why, and which is asked instead."""

    failed_model: str
    failed_name: str
    error: ModelCallFailed
    next_model: str
    next_name: str

    def text(self, locale: str) -> str:
        """One sentence for the conversation."""
        from gitu.kernel.i18n import translate  # noqa: PLC0415 - Fluent loads on first use

        return translate("models-notice-fallback", locale, reason=self.error.localised(locale), model=self.next_name)


OnNotice = Callable[[Notice], Awaitable[None] | None]


@dataclass(slots=True)
class Spent:
    """What has been used so far; ``cost`` is USD over the calls whose price is known."""

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: Decimal = Decimal(0)
    unknown_cost_calls: int = 0
    model_id: str | None = None

    @property
    def known_cost(self) -> Decimal | None:
        """The cost where every price was known, else None."""
        return None if self.unknown_cost_calls else self.cost
