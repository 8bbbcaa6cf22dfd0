"""What is told of kept answers."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from gitu.kernel.actions.validation import Input
from gitu.kernel.money import Cost


class CacheQuery(Input):
    days: int = Field(default=30, ge=1, le=366, description="How many days back, today included.")


class CacheDay(BaseModel):
    """One day: requests answered by what was kept (``hits``), those that could have been (``misses``), what that saved.

    ``saved`` is what the kept answers had cost in USD, as far as prices are known, ``saved_tokens`` what they had taken
    of tokens. Of ``input_tokens`` the providers had kept ``cached_tokens`` themselves.
    """

    day: date
    hits: int
    misses: int
    saved: Cost
    unknown_saved: int = Field(description="Hits of which nobody knows what they saved.")
    saved_tokens: int
    input_tokens: int
    cached_tokens: int


class CacheReport(BaseModel):
    """The cache of your answers: where it is, what is in it now, and what it did on each day, newest first."""

    where: Literal["memory", "redis", "off"]
    hours: int = Field(description="For how long an answer is kept.")
    entries: int
    size: int = Field(description="Bytes that your entries take.")
    days: list[CacheDay]


class CacheClear(Input):
    instance: bool = Field(default=False, description="Everyone's answers; owner and admins only.")


class CacheGone(BaseModel):
    """How many answers were forgotten, as far as this process knows of them."""

    entries: int
