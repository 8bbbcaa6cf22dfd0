"""The shape of an event, and the registry of event types."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

_types: dict[str, "type[Event]"] = {}


class Event(BaseModel):
    """Something that happened. Subclasses set ``type`` (``session.created``) and their own fields."""

    model_config = ConfigDict(frozen=True)
    type: ClassVar[str]

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:  # Any: pydantic's own signature
        super().__pydantic_init_subclass__(**kwargs)
        known = _types.setdefault(cls.type, cls)
        if known is not cls and known.__qualname__ != cls.__qualname__:
            raise ValueError(f"Two event classes call themselves {cls.type}")


class Recorded(BaseModel):
    """An event as it was stored: what live screens and subscribers receive."""

    id: int
    type: str
    at: datetime
    owner_id: UUID | None
    data: dict[str, Any]


def event_types() -> dict[str, "type[Event]"]:
    """Every event type that has been imported, by name."""
    return dict(sorted(_types.items()))
