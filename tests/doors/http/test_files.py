"""Files as bytes over HTTP: up, down, and the difference before a change."""

from tests.support.server import API, GituServer

RAW = bytes(range(256)) * 20


def test_a_file_goes_up_and_comes_down_as_it_was(gitu: GituServer) -> None:
    amal = gitu.person()
    name = 'صورة "1".png'
    sent = amal.http.post(f"{API}/files/upload", params={"path": name}, content=RAW)
    assert sent.status_code == 200, sent.text
    assert sent.json()["size_after"] == len(RAW)
    got = amal.http.get(f"{API}/files/download", params={"path": name})
    assert got.content == RAW
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%D8")
    assert '"' not in got.headers["content-disposition"]
    assert got.headers["content-security-policy"] == "sandbox"
    again = amal.http.post(f"{API}/files/upload", params={"path": name}, content=b"other")
    assert again.json()["code"] == "files.path_taken"
    over = amal.http.post(f"{API}/files/upload", params={"path": name, "overwrite": True}, content=b"other")
    assert over.status_code == 200


def test_what_is_too_large_or_not_there_is_said_so(gitu: GituServer) -> None:
    amal = gitu.person()
    large = b"x" * (gitu.settings.max_body_bytes + 1)
    assert amal.http.post(f"{API}/files/upload", params={"path": "large"}, content=large).status_code == 413
    assert amal.refused("GET", "/files/download?path=nothing", status=404) == "files.not_found"
    assert amal.refused("GET", "/files/download?path=../../keys.json", status=422) == "files.path_outside"
    assert gitu.client().http.get(f"{API}/files/download", params={"path": "x"}).status_code == 401


def test_a_preview_shows_the_difference_over_http(gitu: GituServer) -> None:
    amal = gitu.person()
    amal.put("/files/content", {"path": "t", "content": "one\n"})
    given = {"change": "files.write_file", "input": {"path": "t", "content": "two\n"}}
    assert "-one\n+two" in amal.post("/files/preview", given)["diff"]
    assert amal.ask("GET", "/files/content?path=t")["content"] == "one\n"


def test_a_program_that_may_only_read_can_not_send_anything_up(gitu: GituServer) -> None:
    program = gitu.person().key("files:read")
    assert program.http.post(f"{API}/files/upload", params={"path": "x"}, content=b"x").status_code == 403
    assert program.get("/files/entries")["items"] == []
