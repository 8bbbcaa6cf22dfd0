"""The caller of an action: a person, a program with a key, or a delegate acting for a person."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a person is on this instance; each role may do all that the ones after it may."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    GUEST = "guest"

    @property
    def rank(self) -> int:
        """0 for guests up to 3 for the owner."""
        return ("guest", "member", "admin", "owner").index(self.value)

    def at_least(self, other: "Role") -> bool:
        """Whether this role may do what ``other`` may."""
        return self.rank >= other.rank


class Kind(StrEnum):
    """Who speaks: the person themself, or something that acts for them."""

    PERSON = "person"
    API_KEY = "api_key"
    AGENT = "agent"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Principal:
    """An authenticated caller. ``limited_to`` narrows the role's scopes (an API key's own list)."""

    kind: Kind
    user_id: UUID | None = None
    role: Role | None = None
    name: str = ""
    locale: str = "en"
    time_zone: str = "UTC"
    device_id: UUID | None = None
    key_id: UUID | None = None
    limited_to: frozenset[str] | None = field(default=None)
    requests_per_minute: int | None = None  # of a key that has a limit of its own at the models' gateway

    @property
    def is_delegate(self) -> bool:
        """Whether something acts for the person instead of the person themself."""
        return self.kind in (Kind.AGENT, Kind.API_KEY)

    def as_agent(self) -> "Principal":
        """The assistant acting for this caller: never more than the caller may.

        It has no device: what a person confirmed on theirs, the assistant did not.
        """
        return replace(self, kind=Kind.AGENT, device_id=None)


ANONYMOUS = Principal(Kind.ANONYMOUS)
SYSTEM = Principal(Kind.SYSTEM, name="gitu")
