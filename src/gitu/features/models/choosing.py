"""Models by their ids, and which one answers where nobody chose."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from uuid import UUID

from gitu.features.models.addresses import is_local
from gitu.features.models.errors import ModelUnknown, NoModel
from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.tables import ConnectionRow

# The beginnings of names to prefer where nobody chose: capable all-round models, not the dearest ones.
_PREFERRED: dict[str, tuple[str, ...]] = {
    "openai": ("gpt-5-mini", "gpt-5", "gpt-4.1-mini", "gpt-4o"),
    "anthropic": ("claude-sonnet", "claude-haiku"),
    "google": ("gemini-flash-latest", "gemini-2.5-flash", "gemini"),
    "mistral": ("mistral-medium-latest", "mistral-large-latest", "mistral-small-latest"),
    "groq": ("openai/gpt-oss-120b", "llama-3.3-70b"),
    "openrouter": ("openrouter/auto", "anthropic/claude-sonnet"),
    "bedrock": tuple(
        f"{place}{name}"
        for name in ("anthropic.claude-sonnet", "amazon.nova-pro", "anthropic.claude-haiku", "openai.gpt-oss-120b")
        for place in ("eu.", "us.", "jp.", "au.", "apac.", "global.", "")
    ),
}


_ORDINARY = Tokens(input=4_000, output=1_000)


def model_id(connection_id: UUID, name: str) -> str:
    """The id of a model: its connection and its name there."""
    return f"{connection_id}/{name}"


def split_id(chosen: str) -> tuple[UUID, str]:
    """The connection and the name of a model's id. Raises ModelUnknown for anything else."""
    head, _, name = chosen.partition("/")
    try:
        return UUID(head), name
    except ValueError:
        raise ModelUnknown(model=chosen[:100]) from None


def models_of(row: ConnectionRow) -> Iterable[tuple[str, int | None]]:
    """The names and windows of a connection's models."""
    for entry in row.models:
        yield str(entry["id"]), entry.get("context_window")


def local(row: ConnectionRow) -> bool:
    """Whether the connection's models run on this machine or in the private network."""
    return row.provider == "openai_compatible" and is_local(row.base_url)


def window_of(row: ConnectionRow, name: str) -> int | None:
    """The window of a model as its provider told it."""
    return next((window for known, window in models_of(row) if known == name), None)


def sensible(usable: Sequence[ConnectionRow]) -> tuple[ConnectionRow, str]:
    """A model of the first connection that works: of one's own before the shared ones. Raises NoModel."""
    working = sorted(usable, key=lambda row: row.status == "failing")
    for row in working:
        names = [name for name, _ in models_of(row)]
        if not names:
            continue
        for beginning in _PREFERRED.get(row.provider, ()):
            for name in names:
                if name.startswith(beginning):
                    return row, name
        return row, names[0]
    raise NoModel()


def cheapest(prices: PriceList, usable: Sequence[ConnectionRow], left: Decimal) -> str | None:
    """The name of the model whose ordinary request costs least, if so many USD pay it; known prices only."""
    costs = [
        (price.of(_ORDINARY), name)
        for row in usable
        if row.status != "failing"
        for name, _ in models_of(row)
        if (price := prices.price(row.provider, row.base_url, name, local=local(row))) is not None
    ]
    cost, name = min(costs, default=(left, None))
    return name if cost < left else None
