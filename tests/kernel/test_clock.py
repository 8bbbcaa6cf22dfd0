"""The clock: aware UTC, and movable in tests."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from gitu.kernel import clock

NEW_YEAR = datetime(2030, 1, 1, tzinfo=UTC)


def test_now_is_an_aware_utc_datetime() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_travelled_clock_stands_still_until_it_is_moved() -> None:
    with clock.travel(NEW_YEAR) as traveller:
        assert clock.now() == NEW_YEAR
        traveller.move(timedelta(hours=3))
        assert clock.now() == NEW_YEAR + timedelta(hours=3)
    assert clock.now() < NEW_YEAR


def test_the_stopwatch_moves_with_the_clock() -> None:
    with clock.travel(timedelta()) as traveller:
        began = clock.monotonic()
        traveller.move(timedelta(minutes=1))
        assert clock.monotonic() - began == pytest.approx(60)


def test_travel_by_a_span_starts_from_the_present_moment() -> None:
    before = clock.now()
    with clock.travel(timedelta(days=1)):
        assert timedelta(days=1) <= clock.now() - before < timedelta(days=1, seconds=5)


def test_a_ticking_clock_goes_on() -> None:
    with clock.travel(NEW_YEAR, ticking=True):
        first = clock.now()
        while clock.now() == first:
            pass
        assert first >= NEW_YEAR


def test_travel_reaches_other_threads() -> None:
    seen: list[datetime] = []
    with clock.travel(NEW_YEAR):
        thread = threading.Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [NEW_YEAR]


def test_travels_nest() -> None:
    with clock.travel(NEW_YEAR):
        with clock.travel(timedelta(days=2)):
            assert clock.now() == NEW_YEAR + timedelta(days=2)
        assert clock.now() == NEW_YEAR


def test_another_zone_is_turned_into_utc() -> None:
    with clock.travel(datetime(2030, 1, 1, 3, tzinfo=timezone(timedelta(hours=3)))):
        assert clock.now() == NEW_YEAR
        assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"), clock.travel(datetime(2030, 1, 1)):  # noqa: DTZ001
        pass
