"""Cursors: what one list wrote it can read, and nothing else."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.kernel.actions.paging import PageQuery, decode_cursor, encode_cursor
from gitu.kernel.actions.validation import validate
from gitu.kernel.errors import Invalid


@given(
    st.datetimes(timezones=st.just(UTC)),
    st.uuids(),
    st.integers(0, 2**63 - 1),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20),
    st.dates(),
)
def test_a_cursor_comes_back_as_it_was(at: datetime, id_: UUID, number: int, text: str, day: date) -> None:
    cursor = encode_cursor(at, id_, number, text, day)
    assert decode_cursor(cursor, datetime, UUID, int, str, date) == [at, id_, number, text, day]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("x", UUID),
        ("2026-01-01T00:00:00", datetime),
        ("9" * 40, int),
        ("-1", int),
        ("a\0b", str),
        ("2026-13-01", date),
    ],
)
def test_a_part_of_another_kind_is_refused(part: str, kind: type) -> None:
    with pytest.raises(Invalid, match="start without one"):
        decode_cursor(encode_cursor(part), kind)


@given(st.text(max_size=30))
def test_anything_else_is_refused_and_never_crashes(cursor: str) -> None:
    try:
        decode_cursor(cursor, datetime, UUID)
    except Invalid as error:
        assert error.fields[0].path == "cursor"


@pytest.mark.parametrize("cursor", ["", "é", "!!!", encode_cursor("a"), "WzEsMl0"])
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(Invalid, match="start without one"):
        decode_cursor(cursor, datetime, UUID)


def test_a_page_has_at_most_a_hundred_entries() -> None:
    with pytest.raises(Invalid, match="limit"):
        validate(PageQuery, {"limit": 101})
