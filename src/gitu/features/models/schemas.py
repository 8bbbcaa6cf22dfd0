"""What goes into and comes out of the models feature."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, SecretStr, StringConstraints

from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input
from gitu.kernel.money import Cost

ProviderKind = Literal["openai", "anthropic", "google", "mistral", "groq", "openrouter", "bedrock", "openai_compatible"]
Source = Literal["environment", "local"]
Outcome = Literal["running", "ok", "cut", "stopped", "failed", "refused"]
Status = Literal["ok", "failing", "untested"]
CacheResult = Literal["hit", "miss"]

ModelName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
ModelId = Annotated[
    str, StringConstraints(pattern=r"^([0-9a-fA-F-]{36}/.+|gitu/(auto|best|cheap|fast|local))$", max_length=240)
]  # "<connection id>/<model name>", or a way of choosing
ConnectionName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
BaseUrl = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=400)]
ApiKey = Annotated[SecretStr, Field(min_length=1, max_length=4000)]  # those of AWS that expire are long


class ConnectionCreate(Input):
    provider: ProviderKind
    name: ConnectionName | None = Field(default=None, description="How you call it; the provider's name by default.")
    base_url: BaseUrl | None = Field(
        default=None, description="Where it is, for openai_compatible; for bedrock its region will do."
    )
    api_key: ApiKey | None = Field(
        default=None,
        description="Kept encrypted; never shown again. AWS access keys as ID:SECRET or ID:SECRET:SESSION_TOKEN.",
    )
    models: list[ModelName] | None = Field(
        default=None, max_length=500, description="Only these models; by default what the provider lists."
    )
    shared: bool = Field(default=False, description="For everyone on this Gitu; only the owner and admins may.")


class ConnectionUpdate(Input):
    """Only what is given changes."""

    connection_id: UUID
    name: ConnectionName | None = None
    base_url: BaseUrl | None = None
    api_key: ApiKey | None = None
    models: list[ModelName] | None = Field(default=None, max_length=500)
    shared: bool | None = None


class ConnectionRef(Input):
    connection_id: UUID


class Connection(BaseModel):
    """A way to some models. The key itself is never shown: only whether there is one, and how it ends."""

    id: UUID
    provider: ProviderKind
    name: str
    base_url: str
    has_key: bool
    key_hint: str | None
    shared: bool
    models: list[str]
    status: Status
    last_error: str | None
    created_at: datetime


class Complaint(BaseModel):
    """Why a connection does not work, in the reader's language."""

    code: str
    detail: str


class ConnectionTest(BaseModel):
    ok: bool
    models: list[str]
    latency_ms: float
    error: Complaint | None = None


class Model(BaseModel):
    """One model one may use, or (of ``gitu``) a way of choosing one for each request.

    Prices are USD per million tokens; None where nobody knows.
    """

    id: str
    name: str
    connection_id: UUID | None
    connection_name: str
    provider: ProviderKind | Literal["gitu"]
    context_window: int | None
    input_price: Cost | None
    output_price: Cost | None
    local: bool


class ModelQuery(PageQuery):
    query: Annotated[str, StringConstraints(max_length=100)] = Field(default="", description="Part of its name.")
    limit: int = Field(default=100, ge=1, le=500, description="Most entries to return.")


class Offer(BaseModel):
    """A connection that could be made at once: a key in the environment, or a server on this machine."""

    provider: ProviderKind
    name: str
    base_url: str
    source: Source
    variable: str | None = None
    models: list[str] = []


class Offers(BaseModel):
    items: list[Offer]


class OffersQuery(Input):
    """Nothing to ask for: the environment and the usual local ports are looked through."""


class OfferAdopt(Input):
    provider: ProviderKind
    source: Source
    base_url: BaseUrl | None = None
    shared: bool | None = Field(default=None, description="For everyone; the default for the owner and admins.")


class Defaults(BaseModel):
    """The model used when none is chosen, and those that step in for it, in order."""

    default: str | None = None
    fallbacks: list[str] = []


class DefaultsQuery(Input):
    instance: bool = Field(default=False, description="The instance's defaults instead of one's own.")


class DefaultsSet(Input):
    default: ModelId | None = None
    fallbacks: list[ModelId] = Field(default=[], max_length=8)
    instance: bool = Field(default=False, description="For everyone without their own; owner and admins only.")


class CallsQuery(PageQuery):
    session_id: UUID | None = Field(default=None, description="Only the calls of one conversation.")


class CallRecord(BaseModel):
    """One request to a model, whoever caused it. ``cost`` is USD, None when the price is unknown.

    ``estimated``: the provider did not tell its usage, or no price is listed of the tier of service that it gave. What
    was ``refused`` never left, nor did a ``hit`` of the cache of answers, which ``saved`` what the kept answer had
    cost. ``reason`` says why this model was asked.
    """

    id: UUID
    at: datetime
    model: str
    feature: str
    session_id: UUID | None
    input_tokens: int | None
    output_tokens: int | None
    cached_tokens: int | None
    cost: Cost | None
    latency_ms: float | None
    first_token_ms: float | None
    outcome: Outcome
    error_code: str | None
    estimated: bool
    reason: str | None
    cache: CacheResult | None
    saved: Cost | None


class UsageQuery(PageQuery):
    days: int = Field(default=30, ge=1, le=366, description="How many days back, today included.")
    limit: int = Field(default=100, ge=1, le=500, description="Most entries to return.")


class UsageRow(BaseModel):
    """One day's use of one model by one feature; ``cost`` sums the known prices only."""

    day: date
    model: str
    feature: str
    calls: int
    input_tokens: int
    output_tokens: int
    cost: Cost | None
    unknown_cost_calls: int


class PersonUsageRow(UsageRow):
    """The same of one person."""

    person_id: UUID


class RoutingQuery(Input):
    days: int = Field(default=30, ge=1, le=366, description="How many days back.")
    calls: int = Field(default=500, ge=1, le=2_000, description="Most calls to look at, the newest.")


class RoutedWay(BaseModel):
    """What one way of choosing would have cost and how good it would have been.

    ``quality`` is the mean rating (0 to 100) of the models asked, ``well_served`` the share of calls, in percent, for
    which that was enough. ``cost`` sums known prices only.
    """

    way: Literal["recorded", "auto", "best", "cheap"]
    cost: Cost
    unknown_cost_calls: int
    quality: float
    well_served: float


class RoutingComparison(BaseModel):
    """Your recorded calls, and the same calls by each way of choosing with the models of now."""

    calls: int
    ways: list[RoutedWay]
