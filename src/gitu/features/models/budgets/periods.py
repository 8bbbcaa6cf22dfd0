"""When a budget's period began and when the next one begins: days and months in the zone of who set it."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

Period = Literal["day", "month", "total"]

_QUARTER_S: Final = 900
ALWAYS: Final = date(1970, 1, 1)  # when the one period of a total began


def starts_on(period: str, at: datetime, time_zone: str) -> date:
    """The first day of the period in which ``at`` lies."""
    return ALWAYS if period == "total" else _starts_on(period, quarter_of(at), time_zone)


def quarter_of(at: datetime) -> int:
    """The quarter of an hour in which ``at`` lies, counted: in all zones of today no day begins within one."""
    return int(at.timestamp()) // _QUARTER_S


@lru_cache(1_000)
def _starts_on(period: str, quarter: int, time_zone: str) -> date:
    day = datetime.fromtimestamp(quarter * _QUARTER_S, _zone(time_zone)).date()
    return day if period == "day" else day.replace(day=1)


def ends_at(period: str, begun: date, time_zone: str) -> datetime | None:
    """The moment in which the next period begins; None for a total."""
    if period == "total":
        return None
    following = begun + timedelta(days=1) if period == "day" else (begun + timedelta(days=31)).replace(day=1)
    return datetime.combine(following, time(), _zone(time_zone))


@lru_cache(256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
