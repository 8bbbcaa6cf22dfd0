"""Whatever is sent, the answer is a 4xx that says what is wrong with it; never a 500, never a hang."""

import base64
import json
import socket
from collections.abc import Iterator

import pytest

from gitu.kernel.auth.principal import Role
from tests.support.server import API, Client, GituServer, Json

MB = 1_000_000


def problem_of(answer: object) -> Json:
    """The problem details of an answer, checked for their form."""
    status, kind = answer.status_code, answer.headers["content-type"]  # type: ignore[attr-defined]
    assert 400 <= status < 500, (status, answer.text[:300])  # type: ignore[attr-defined]
    assert kind == "application/problem+json"
    problem = answer.json()  # type: ignore[attr-defined]
    assert problem["status"] == status
    assert problem["detail"]
    return problem


@pytest.fixture
def amal(gitu: GituServer) -> Client:
    """Someone with an account."""
    return gitu.person()


def test_a_declared_oversize_is_refused_before_it_is_read(gitu: GituServer) -> None:
    amal = gitu.person()
    host, port = gitu.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        raw.sendall(
            f"POST {API}/messages HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer {amal.token}\r\n"
            "Content-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n".encode()
        )
        answer = ""
        while not answer.endswith("}"):
            answer += raw.recv(4096).decode()
    assert " 413 " in answer.splitlines()[0]
    assert "input.too_large" in answer


def test_an_undeclared_oversize_is_refused_while_it_is_read(amal: Client) -> None:
    def chunks() -> Iterator[bytes]:
        yield b'{"text": "'
        for _ in range(40):
            yield b"x" * 100_000
        yield b'"}'

    answer = amal.http.post(f"{API}/messages", content=chunks(), headers={"content-type": "application/json"})
    assert problem_of(answer)["code"] == "input.too_large"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"nonsense",
        b"\xff\xfe\x00",
        b'{"text": "a" "b"}',
        b'{"text": NaN}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"text": ' + b"9" * 10_000 + b"}",
        b"null",
        b"[]",
        b'"text"',
        b'{"text": "\\ud800"}',
        b'{"\\ud800": 1}',
        b'{"text": "a\\u0000b"}',
        b'{"text": "a\x00b"}',
        b'{"text": {"text": "x"}}',
        b'{"text": "x", "text2": "y"}',
        b'{"text": "x", "session_id": "\\u0000"}',
        b'{"text": "x", "session_id": 12}',
        b'{"text": "   "}',
        b'{"text": "x", "channel": "WEB;DROP"}',
        b'{"text": "x", "edit_of": []}',
        b'{"text": "' + b"x" * 300_000 + b'"}',
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_a_body_that_does_not_fit_is_refused(amal: Client, raw: bytes) -> None:
    for kind in ("application/json", "text/plain", "application/x-www-form-urlencoded"):
        problem_of(amal.http.post(f"{API}/messages", content=raw, headers={"content-type": kind}))


def test_an_unknown_field_is_named(amal: Client) -> None:
    problem = amal.patch("/me", {"name": "X", "role": "owner"}, status=422)
    assert [one["path"] for one in problem["fields"]] == ["role"]


def test_every_wrong_field_is_named_at_once(amal: Client) -> None:
    body = {"theme": 5, "language": "xx", "quiet_hours": {"start": "25:00"}, "time_zone": "Nowhere"}
    problem = amal.patch("/me/preferences", body, status=422)
    named = {one["path"] for one in problem["fields"]}
    assert named == {"theme", "language", "quiet_hours.start", "quiet_hours.end", "time_zone"}


LISTS = [
    "/devices",
    "/api-keys",
    "/sessions",
    "/approvals",
    "/audit",
    "/models",
    "/models/connections",
    "/models/calls",
    "/models/usage",
    "/users",
    "/invitations",
]


def cursor(*parts: object) -> str:
    """A cursor as our own lists write them, with parts of one's own."""
    return base64.urlsafe_b64encode(json.dumps([str(part) for part in parts]).encode()).decode().rstrip("=")


@pytest.mark.parametrize("path", LISTS)
def test_a_bad_page_is_refused_by_every_list(gitu: GituServer, path: str) -> None:
    owner = gitu.person(Role.OWNER)
    cursors = [
        "nonsense",
        "é",
        "====",
        "a" * 399,
        cursor("x"),
        cursor("x", "y"),
        cursor("x", "y", "z"),
        cursor("2026-01-01T00:00:00", "x"),
        cursor("2026-01-01T00:00:00", "01890a5d-ac96-774b-bcce-b302099a8057"),
        cursor("9" * 60),
        cursor("-1"),
        cursor("2026-01-01", "a\0b", "c"),
    ]
    for bad in cursors:
        problem = problem_of(owner.http.get(API + path, params={"cursor": bad}))
        assert problem["fields"][0]["path"] == "cursor", bad
    for limit in ("0", "-1", "100000", "x", "1e3", "9" * 400, ""):
        problem = problem_of(owner.http.get(API + path, params={"limit": limit}))
        assert problem["fields"][0]["path"] == "limit", limit
    problem = problem_of(owner.http.get(API + path, params={"no_such_filter": "1"}))
    assert problem["fields"][0]["path"] == "no_such_filter"
    problem_of(owner.http.get(API + path, params={"cursor": "x" * 20_000}))


@pytest.mark.parametrize("query", ["\0", "%00", "%", "'; DROP TABLE users; --", "\ud7ff", "ا" * 90, "\\", "𝕏"])
def test_any_search_text_is_searched_or_refused(gitu: GituServer, query: str) -> None:
    owner = gitu.person(Role.OWNER)
    for path in ("/sessions", "/users", "/audit", "/models"):
        answer = owner.http.get(API + path, params={"query": query})
        assert answer.status_code in (200, 422), (path, answer.text)


@pytest.mark.parametrize(
    "bad", ["x", "..", "%00", "' OR 1=1", "0", "٣", "a" * 5000, "01890a5d-ac96-774b-bcce-b302099a805z"]
)
def test_an_id_that_is_none_is_a_4xx(amal: Client, bad: str) -> None:
    for method, path in (
        ("GET", "/sessions/{}"),
        ("PATCH", "/sessions/{}"),
        ("DELETE", "/devices/{}"),
        ("POST", "/approvals/{}/approve"),
        ("GET", "/turns/{}/events"),
        ("GET", "/sessions/{}/messages"),
    ):
        answer = amal.http.request(method, API + path.format(bad), json={} if method == "PATCH" else None)
        assert 400 <= answer.status_code < 500, (path, answer.status_code)


def test_a_path_or_a_method_that_is_none_is_told(amal: Client) -> None:
    assert amal.refused("GET", "/nothing", status=404) == "request.path_unknown"
    assert amal.refused("DELETE", "/me", status=405) == "request.method_unknown"
    assert amal.refused("PUT", "/sessions", {}, status=405) == "request.method_unknown"


@pytest.mark.parametrize("key", ["", "a b", "x" * 201, "é"])
def test_an_idempotency_key_that_does_not_fit_is_named(amal: Client, key: str) -> None:
    answer = amal.http.post(f"{API}/sessions", json={}, headers=[(b"idempotency-key", key.encode("latin-1"))])
    if answer.status_code == 200:
        assert key.strip() == ""
        return
    assert problem_of(answer)["fields"][0]["path"] == "Idempotency-Key"


def test_odd_headers_do_no_harm(amal: Client) -> None:
    for headers in (
        {"accept-language": "ar;q=x, *;q=9, " + "a," * 500},
        {"cookie": 'gitu_access="; gitu_access=; a=b; =; ;;'},
        {"last-event-id": "-5"},
        {"user-agent": "gitu-cli " + "x" * 3000},
        {"x-gitu-door": "cli"},
        {"content-type": "multipart/form-data"},
    ):
        assert amal.http.get(f"{API}/me", headers=headers).status_code == 200


def test_many_requests_at_once_do_not_starve_each_other(gitu: GituServer) -> None:
    from concurrent.futures import ThreadPoolExecutor

    people = [gitu.person(Role.ADMIN) for _ in range(4)]

    def work(number: int) -> int:
        person = people[number % 4]
        match number % 4:
            case 0:
                answer = person.http.post(f"{API}/messages", json={"text": "/assistant get-status"})
            case 1:
                answer = person.http.get(f"{API}/audit")
            case 2:
                answer = person.http.get(f"{API}/status")
            case _:
                answer = person.http.post(f"{API}/messages", json={"text": "Hello"})
        return answer.status_code

    with ThreadPoolExecutor(48) as pool:
        assert set(pool.map(work, range(144))) == {200}
