"""Orders the models that could answer a request: the first is asked, the others step in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from gitu.features.models.choosing import local, model_id, models_of
from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.pricing import context_window as listed_window
from gitu.features.models.routing.health import Health
from gitu.features.models.routing.needs import Needs
from gitu.features.models.routing.qualities import Qualities
from gitu.features.models.tables import ConnectionRow
from gitu.kernel.i18n import Words

Mode = Literal["auto", "best", "cheap", "fast", "local"]
MODES: Final[tuple[Mode, ...]] = ("auto", "best", "cheap", "fast", "local")
PREFIX: Final = "gitu/"

SECOND_USD: Final = 0.0005  # what a second of waiting is worth beside the price
UNMEASURED_S: Final = 3.0  # of a model that nobody has asked yet
MOST_IN_CHAIN: Final = 5
_DEAR: Final = 1.0  # USD a call, assumed where the price is unknown


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that can do what is needed, and what is known of it for this request."""

    row: ConnectionRow
    name: str
    quality: int
    cost: Decimal | None
    seconds: float
    local: bool
    resting: bool

    @property
    def id(self) -> str:
        """The model's id."""
        return model_id(self.row.id, self.name)

    @property
    def price(self) -> float:
        """USD, for comparing."""
        return _DEAR if self.cost is None else float(self.cost)


def mode_of(chosen: str | None) -> Mode | None:
    """``gitu/auto`` and its like; None for the id of a model."""
    if chosen is None or not chosen.startswith(PREFIX):
        return None
    return next((mode for mode in MODES if chosen == PREFIX + mode), None)


class Router:
    """Pure but for what was learned: the same request in the same state gets the same order."""

    def __init__(self, prices: PriceList, qualities: Qualities, health: Health) -> None:
        self._prices = prices
        self._qualities = qualities
        self._health = health

    def order(self, usable: Sequence[ConnectionRow], needs: Needs, mode: Mode) -> list[Candidate]:
        """The best first, at most five; those that rest after failures last. Empty when none can do it."""
        found = [one for row in usable for one in self._candidates(row, needs)]
        if mode == "local":
            found = [one for one in found if one.local]
        good = [one for one in found if one.quality >= needs.quality] if mode in ("auto", "fast") else []
        rest = [one for one in found if one not in good]
        ordered = sorted(good, key=lambda one: _rank(one, mode)) + sorted(
            rest, key=lambda one: _rank(one, "best" if mode in ("auto", "fast", "local") else mode)
        )
        ordered.sort(key=lambda one: one.resting)  # stable: the order among them stays
        return ordered[:MOST_IN_CHAIN]

    def reason(self, first: Candidate, needs: Needs, mode: Mode) -> Words:
        """One line that says why it was picked."""
        cost = Words("route-price-unknown") if first.cost is None else f"${first.cost:.6f}".rstrip("0").rstrip(".")
        key = f"route-{mode}"
        if mode in ("auto", "fast") and first.quality < needs.quality:
            key = "route-strongest"
        return Words(
            key,
            model=first.name,
            quality=first.quality,
            needed=needs.quality,
            cost=cost,
            seconds=f"{first.seconds:.1f}",
        )

    def _candidates(self, row: ConnectionRow, needs: Needs) -> list[Candidate]:
        here, resting = local(row), self._health.rests(row.id)
        found: list[Candidate] = []
        for name, window in models_of(row):
            quality = self._qualities.of(name)
            if needs.vision and not quality.vision:
                continue
            if _embeds(name):
                continue
            room = window or listed_window(row.provider, row.base_url, name)
            if room is not None and room < needs.input_tokens + needs.output_tokens:
                continue
            tokens = Tokens(needs.input_tokens, needs.output_tokens)
            speed = self._health.speed(model_id(row.id, name))
            found.append(
                Candidate(
                    row,
                    name,
                    quality.of(arabic=needs.arabic),
                    self._prices.cost(row.provider, row.base_url, name, tokens, local=here),
                    speed.seconds(needs.output_tokens) / (1 - 0.9 * speed.failing) if speed else UNMEASURED_S,
                    here,
                    resting,
                )
            )
        return found


def _rank(one: Candidate, mode: Mode) -> tuple[float, ...]:
    if mode == "best":
        return -one.quality, one.price, one.seconds
    if mode == "fast":
        return one.seconds, one.price
    if mode == "cheap":
        return one.price, -one.quality, one.seconds
    return one.price + SECOND_USD * one.seconds, -one.quality


def _embeds(name: str) -> bool:
    """Models that do not write: no server says so of them, but by their names."""
    short = name.lower()
    return any(word in short for word in ("embed", "rerank", "whisper", "tts", "dall-e", "moderation", "transcribe"))
