"""Which model answers: the one asked for, one's own default, the instance's, or a sensible one."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from gitu.features.models.addresses import is_local
from gitu.features.models.errors import ModelUnknown, NoModel
from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.repository import INSTANCE
from gitu.features.models.tables import ConnectionRow, DefaultsRow

# The beginnings of names to prefer where nobody chose: capable all-round models, not the dearest ones.
_PREFERRED: dict[str, tuple[str, ...]] = {
    "openai": ("gpt-5-mini", "gpt-5", "gpt-4.1-mini", "gpt-4o"),
    "anthropic": ("claude-sonnet", "claude-haiku"),
    "google": ("gemini-flash-latest", "gemini-2.5-flash", "gemini"),
    "mistral": ("mistral-medium-latest", "mistral-large-latest", "mistral-small-latest"),
    "groq": ("openai/gpt-oss-120b", "llama-3.3-70b"),
    "openrouter": ("openrouter/auto", "anthropic/claude-sonnet"),
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


def chain(
    usable: Sequence[ConnectionRow], defaults: Mapping[UUID, DefaultsRow], owner_id: UUID, chosen: str | None
) -> list[tuple[ConnectionRow, str]]:
    """The model to ask and those that step in, without those that are gone.

    Raises ModelUnknown when the chosen one is not the person's to use, NoModel when there is none at all.
    """
    connections = {row.id: row for row in usable}
    own, instance = defaults.get(owner_id), defaults.get(INSTANCE)
    force = own if own is not None and (own.model or own.fallbacks) else instance
    wanted: list[str] = []
    if chosen is not None:
        connection_id, _ = split_id(chosen)
        if connection_id not in connections:
            raise ModelUnknown(model=chosen)
        wanted.append(chosen)
    else:
        wanted += [row.model for row in (own, instance) if row is not None and row.model is not None][:1]
    if force is not None:
        wanted += force.fallbacks
    found: dict[str, tuple[ConnectionRow, str]] = {}
    for one in wanted:
        connection_id, name = split_id(one)
        if connection_id in connections:
            found.setdefault(one, (connections[connection_id], name))
    if not found:
        found["any"] = _sensible(usable)
    return list(found.values())


def _sensible(usable: Sequence[ConnectionRow]) -> tuple[ConnectionRow, str]:
    """A model of the first connection that works: of one's own before the shared ones."""
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
