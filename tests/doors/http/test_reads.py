"""A read takes its input from the address: each name once or, where a list is wanted, several times."""

from typing import Annotated, Literal
from uuid import UUID

import pytest
from annotated_types import MaxLen

from gitu.doors.http.actions import takes_many
from tests.support.server import API, GituServer


def test_what_does_not_fit_is_named_by_its_field(gitu: GituServer) -> None:
    amal = gitu.person()

    answer = amal.http.get(f"{API}/audit", params={"limit": "many", "outcome": "perhaps", "colour": "red"})

    assert answer.status_code == 422
    assert {field["path"] for field in answer.json()["fields"]} == {"limit", "outcome", "colour"}


def test_a_place_in_the_path_is_checked_as_well(gitu: GituServer) -> None:
    answer = gitu.person().http.get(f"{API}/sessions/not-an-id/messages", params={"limit": 5})

    assert answer.status_code == 422
    assert [field["path"] for field in answer.json()["fields"]] == ["session_id"]


def test_path_and_filters_come_together(gitu: GituServer) -> None:
    amal = gitu.person()
    session = amal.post("/sessions", {"title": "Invoice of the workshop"})

    assert amal.get(f"/sessions/{session['id']}")["title"] == "Invoice of the workshop"
    assert amal.get(f"/sessions/{session['id']}/messages", limit=5) == {"items": [], "next_cursor": None}
    assert [found["id"] for found in amal.get("/sessions", query="invoice", limit=1)["items"]] == [session["id"]]


def test_of_a_name_given_twice_the_last_counts(gitu: GituServer) -> None:
    amal = gitu.person()
    session = amal.post("/sessions", {})
    amal.post(f"/sessions/{session['id']}/end")

    listed = amal.http.get(f"{API}/sessions?state=open&state=ended").json()

    assert [found["id"] for found in listed["items"]] == [session["id"]]


def test_a_read_without_input_minds_no_further_parameters(gitu: GituServer) -> None:
    amal = gitu.person()

    assert amal.get("/me", utm_source="a-link")["id"] == str(amal.id)


@pytest.mark.parametrize(
    ("annotation", "many"),
    [
        (list[str], True),
        (frozenset[UUID] | None, True),
        (Annotated[list[Annotated[str, MaxLen(5)]], MaxLen(3)], True),
        (str | None, False),
        (Annotated[str | None, MaxLen(5)], False),
        (Literal["open", "all"], False),
    ],
)
def test_only_a_list_is_gathered_from_several_parameters(annotation: object, many: bool) -> None:
    assert takes_many(annotation) is many


def test_a_server_counts_as_in_use_once_it_has_recognised_somebody(gitu: GituServer) -> None:
    with gitu.twin() as other:
        stranger = other.client()
        assert stranger.http.get("/health/ready").status_code == 200
        stranger.refused("GET", "/me", status=401)
        assert not other.services.in_use.is_set()

        other.person().get("/me")
        assert other.services.in_use.is_set()
