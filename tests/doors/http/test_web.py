"""The web app's files: compressed for whoever can read it, kept by browsers for as long as they hold."""

import gzip
import os
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from gitu.doors.http import web
from gitu.doors.http.problems import PathUnknown

pytestmark = pytest.mark.anyio

SCRIPT = b"console.log('salam');" * 100
PAGE = b"<!doctype html><title>Gitu</title>"


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What a build leaves: a page, a script with its compressed copies, a font without."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "index.html.br").write_bytes(b"the page, in Brotli")
    (tmp_path / "icon.svg").write_bytes(b"<svg/>")
    script = tmp_path / "assets" / "main-1a2b.js"
    script.write_bytes(SCRIPT)
    script.with_name("main-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT, mtime=0))
    script.with_name("main-1a2b.js.br").write_bytes(b"the script, in Brotli")
    (tmp_path / "assets" / "inter.woff2").write_bytes(os.urandom(64))
    return tmp_path


async def get(built: Path, path: str, **headers: str) -> tuple[httpx2.Response, bytes]:
    """The answer, and its body as it was sent."""
    app = FastAPI()
    web.mount(app, built)
    transport = httpx2.ASGITransport(app=app)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with (
        httpx2.AsyncClient(transport=transport, base_url="http://gitu") as client,
        client.stream("GET", path, headers=sent) as answer,
    ):
        return answer, b"".join([chunk async for chunk in answer.aiter_raw()])


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, identity", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", None),
        ("", None),
        ("br;q=0", None),
    ],
)
async def test_a_file_is_sent_in_the_smallest_form_that_is_understood(
    built: Path, accepted: str, encoding: str | None
) -> None:
    answer, body = await get(built, "/assets/main-1a2b.js", accept_encoding=accepted)
    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(body)
    assert {"br": b"the script, in Brotli", "gzip": gzip.compress(SCRIPT, mtime=0)}.get(encoding or "", SCRIPT) == body


async def test_a_named_version_of_a_file_is_kept_for_good_and_the_page_is_asked_for_anew(built: Path) -> None:
    script, _ = await get(built, "/assets/main-1a2b.js", accept_encoding="br")
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    page, body = await get(built, "/chat/01", accept_encoding="br")
    assert (page.headers["cache-control"], body) == ("no-cache", b"the page, in Brotli")
    assert page.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["content-security-policy"]


async def test_what_a_browser_has_already_is_not_sent_again_whatever_its_form(built: Path) -> None:
    first, _ = await get(built, "/assets/main-1a2b.js", accept_encoding="br")
    again, body = await get(built, "/assets/main-1a2b.js", accept_encoding="br", if_none_match=first.headers["etag"])
    assert (again.status_code, body) == (304, b"")
    other, _ = await get(built, "/assets/main-1a2b.js", accept_encoding="gzip", if_none_match=first.headers["etag"])
    assert other.status_code == 200


async def test_a_file_without_copies_is_sent_as_it_is(built: Path) -> None:
    font, body = await get(built, "/assets/inter.woff2", accept_encoding="br")
    assert "content-encoding" not in font.headers
    assert len(body) == 64
    icon, body = await get(built, "/icon.svg", accept_encoding="br")
    assert (icon.headers["content-type"], body) == ("image/svg+xml", b"<svg/>")


@pytest.mark.parametrize("path", ["/../secret.txt", "/%2e%2e/secret.txt", "/favicon.ico"])
async def test_nothing_outside_of_the_build_is_sent(built: Path, path: str) -> None:
    (built.parent / "secret.txt").write_text("keys")
    with pytest.raises(PathUnknown):
        await get(built, path)


async def test_an_asset_that_is_not_there_is_not_the_page(built: Path) -> None:
    answer, _ = await get(built, "/assets/gone-9f8e.js", accept_encoding="br")
    assert answer.status_code == 404
