"""What a call costs, in USD: a list of one's own first, then genai-prices; None where nobody knows.

A server on this machine or in the private network costs nothing by declaration.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import structlog

from gitu.kernel import clock

log = structlog.get_logger(__name__)

LOOK_S = 0.02  # a call asks several times: whether the file has changed is looked at once
_MILLION = Decimal(1_000_000)
_PROVIDER_IDS = {
    "openai": "openai",
    "anthropic": "anthropic",
    "google": "google",
    "mistral": "mistral",
    "groq": "groq",
    "openrouter": "openrouter",
    "bedrock": "aws",
}


class Tokens(msgspec.Struct, frozen=True, gc=False):
    """Tokens of one call; ``input`` includes those read from and written to the provider's cache."""

    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0


@dataclass(frozen=True, slots=True)
class Price:
    """USD per million tokens."""

    input: Decimal
    output: Decimal
    cache_read: Decimal | None = None

    def of(self, tokens: Tokens) -> Decimal:
        """The cost of ``tokens``; cached input costs like other input where no price of its own is given."""
        cached = self.input if self.cache_read is None else self.cache_read
        fresh = tokens.input - tokens.cache_read
        return (fresh * self.input + tokens.cache_read * cached + tokens.output * self.output) / _MILLION


FREE = Price(Decimal(0), Decimal(0))


class PriceList:
    """Prices by provider and model. ``file`` (TOML, optional) overrides what comes with genai-prices:

    ["my-model"]
    input = 0.15          # USD per million tokens
    output = 0.60
    cache_read = 0.075    # optional
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp: float | None = None
        self._looked = float("-inf")
        self._own: Mapping[str, Price] = {}

    def price(self, provider: str, base_url: str, model: str, *, local: bool) -> Price | None:
        """The list price for display; None when unknown or not expressible per token."""
        if (own := self._overrides().get(model)) is not None:
            return own
        if local:
            return FREE
        return _listed(provider, base_url, model)

    def cost(self, provider: str, base_url: str, model: str, tokens: Tokens, *, local: bool) -> Decimal | None:
        """The cost of one call, tiers and caches counted as the provider does; None when unknown."""
        if (own := self._overrides().get(model)) is not None:
            return own.of(tokens)
        if local:
            return Decimal(0)
        return _calculated(provider, base_url, model, tokens)

    def tier_cost(self, provider: str, base_url: str, model: str, tokens: Tokens, tier: str) -> Decimal | None:
        """The cost of one call at a tier of service; None where that has no price, as in a list of one's own."""
        if model in self._overrides() or not _has_tier(provider, base_url, model, tier):
            return None
        return _calculated(provider, base_url, model, tokens, tier)

    def _overrides(self) -> Mapping[str, Price]:
        if self._file is None or 0 <= clock.monotonic() - self._looked < LOOK_S:
            return self._own
        self._looked = clock.monotonic()
        try:
            stamp = self._file.stat().st_mtime
        except OSError:
            self._stamp, self._own = None, {}
            return self._own
        if stamp != self._stamp:
            self._stamp = stamp
            self._own = _read(self._file) or self._own
        return self._own


def preload() -> None:
    """Read the bundled price list once (about 0.2 s), away from the first request."""
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415 - large, and only needed with a model

    get_snapshot()


def context_window(provider: str, base_url: str, model: str) -> int | None:
    """The model's window in tokens as genai-prices knows it."""
    info = _find(provider, base_url, model)
    return info.context_window if info is not None else None


def _read(file: Path) -> dict[str, Price] | None:
    """The file's prices; None, with a line in the log, when it can't be read."""
    try:
        with file.open("rb") as stream:
            entries = tomllib.load(stream, parse_float=Decimal)
        return {name: _entry(entry) for name, entry in entries.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ArithmeticError) as error:
        log.warning("models.price_file_unreadable", file=str(file), error=f"{type(error).__name__}: {error}")
        return None


def _entry(entry: Mapping[str, Any]) -> Price:  # Any: TOML's own values, checked by Decimal
    cached = entry.get("cache_read")
    return Price(
        input=Decimal(entry["input"]),
        output=Decimal(entry["output"]),
        cache_read=None if cached is None else Decimal(cached),
    )


def _find(provider: str, base_url: str, model: str) -> Any:  # Any: genai-prices' ModelInfo, loaded lazily
    found = _found(provider, base_url, model)
    return None if found is None else found[1]


@lru_cache(4_096)
def _found(provider: str, base_url: str, model: str) -> Any:  # Any: its Provider and ModelInfo
    from genai_prices.data_snapshot import get_snapshot  # noqa: PLC0415

    known = _PROVIDER_IDS.get(provider)
    try:
        return get_snapshot().find_provider_model(model, None, known, None if known else base_url)
    except LookupError:
        return None


def _has_tier(provider: str, base_url: str, model: str, tier: str) -> bool:
    """Whether there is a price of its own for a tier, of this very provider."""
    found = _found(provider, base_url, model)
    if found is None or not any(found[1] is one for one in found[0].models):
        return False
    now = clock.now()
    return any(
        variant.when == {"service_tier": tier} and (variant.constraint is None or variant.constraint.active(now))
        for variant in found[1].price_variants or ()
    )


def _listed(provider: str, base_url: str, model: str) -> Price | None:
    info = _find(provider, base_url, model)
    if info is None:
        return None
    prices = info.get_prices(clock.now())
    given, written = _base(prices, "input_mtok"), _base(prices, "output_mtok")
    if given is None or written is None:
        return None
    return Price(given, written, _base(prices, "cache_read_mtok"))


def _base(prices: object, key: str) -> Decimal | None:
    """The price per million tokens, of the first tier where there are several."""
    value = getattr(prices, key, None)
    value = getattr(value, "base", value)
    return value if isinstance(value, Decimal) else None


def _calculated(provider: str, base_url: str, model: str, tokens: Tokens, tier: str | None = None) -> Decimal | None:
    from genai_prices import Usage, calc_price  # noqa: PLC0415

    usage = Usage(
        input_tokens=tokens.input,
        output_tokens=tokens.output,
        cache_read_tokens=tokens.cache_read,
        cache_write_tokens=tokens.cache_write,
    )
    known = _PROVIDER_IDS.get(provider)
    context = None if tier is None else {"service_tier": tier}
    try:
        if known is not None:
            return calc_price(usage, model, provider_id=known, price_context=context).total_price
        return calc_price(usage, model, provider_api_url=base_url, price_context=context).total_price
    except (LookupError, ValueError):  # an unknown model, or counts that contradict each other
        return None
