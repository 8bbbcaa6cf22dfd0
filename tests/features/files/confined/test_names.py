"""Paths as text: what can't mean anything good is refused before the disk is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.files.confined.names import check_new, joined, parse, shown
from gitu.features.files.errors import NameUnusable, PathOutside
from gitu.kernel.errors import GituError


@pytest.mark.parametrize("path", ["/etc/passwd", "../x", "a/../../x", "a/..", "..", "a/../b", "file/..namedfork/rsrc"])
def test_an_absolute_path_or_one_that_goes_up_is_refused(path: str) -> None:
    with pytest.raises(PathOutside):
        parse(path)


@pytest.mark.parametrize(
    "path",
    ["a\0b", "x" * 256, "\ud800", ".gitu-trash", ".GITU-Trash/x", "a/.gitu-new-1", ".g\u200citu-trash", "．gitu-trash"],
)
def test_a_name_that_is_none_or_gitu_s_own_is_refused_in_every_spelling(path: str) -> None:
    with pytest.raises(NameUnusable):
        parse(path)


def test_dots_and_doubled_slashes_mean_nothing() -> None:
    assert parse("./a//b/.") == ("a", "b")
    assert parse("") == parse(".") == ()
    assert joined(parse("a/b/")) == "a/b"
    assert joined(()) == "."


@pytest.mark.parametrize("name", ["cafe\u0301.txt", "a\u202etxt.exe", "a\nb", "zero\u200bwidth", " a", "bell\x07"])
def test_a_new_name_may_not_deceive(name: str) -> None:
    with pytest.raises(NameUnusable):
        check_new(name)


@pytest.mark.parametrize("name", ["café.txt", "ملاحظات.txt", "a b.txt", ".hidden", "x" * 255, "报告.md"])
def test_ordinary_names_of_all_languages_are_fine(name: str) -> None:
    check_new(name)
    assert parse(name) == (name,)


@given(st.text(max_size=300))
def test_whatever_is_given_is_refused_or_becomes_plain_names(path: str) -> None:
    try:
        parts = parse(path)
    except GituError:
        return
    for part in parts:
        assert part not in ("", ".", "..")
        assert "/" not in part
        assert "\0" not in part
        assert len(part.encode()) <= 255


def test_a_path_in_a_sentence_is_short_and_can_not_turn_it_around() -> None:
    assert "\u202e" not in shown("a\u202eb")
    assert len(shown("x" * 5000)) < 200
