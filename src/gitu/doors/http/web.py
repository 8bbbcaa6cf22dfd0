"""The built web app: its files, and its page for every path that is a screen of it.

The build lays compressed copies beside the files; a browser that can read one is sent that one.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from gitu.doors.http.problems import PathUnknown

STATIC = Path(__file__).parent / "static"
ENCODINGS = {"br": ".br", "gzip": ".gz"}  # the smallest first
NOT_BUILT = (
    "<!doctype html><meta charset=utf-8><title>Gitu</title>"
    "<p>The web app is not built. Run <code>make web</code> and load this page again."
)


def content_security_policy(static: Path) -> str:
    """What the page may load: the build says so, since it knows the hash of the page's own inline script."""
    told = static / "csp.json"
    if not told.exists():
        return "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    return str(json.loads(told.read_text(encoding="utf-8"))["policy"])


def mount(app: FastAPI, static: Path = STATIC) -> None:
    """Serve the app below ``/``; must come last, since it answers whatever nothing else did."""
    policy = content_security_policy(static)
    if (static / "assets").is_dir():
        app.mount("/assets", _Immutable(directory=static / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    def page(request: Request, path: str) -> Response:  # in a thread: it touches the disk
        if path.startswith(("api/", "health/", "metrics", "assets/")):
            raise PathUnknown(path=request.url.path[:200], what="path", id="")
        wanted = (static / path).resolve()
        if path and wanted.is_relative_to(static.resolve()) and wanted.is_file():
            return _file(wanted, request.headers, {"cache-control": "no-cache"})
        if Path(path).suffix:
            raise PathUnknown(path=request.url.path[:200], what="path", id="")
        index = static / "index.html"
        headers = {"content-security-policy": policy, "cache-control": "no-cache"}
        if not index.exists():
            return Response(NOT_BUILT, media_type="text/html", headers=headers, status_code=503)
        return _file(index, request.headers, headers)


def _file(path: Path, asked: Mapping[str, str], headers: Mapping[str, str]) -> Response:
    copy, encoding = smallest_copy(path, asked.get("accept-encoding", ""))
    return FileResponse(copy, headers={**headers, **encoding})


def smallest_copy(path: Path, accepted: str) -> tuple[Path, dict[str, str]]:
    """The file itself, or the smallest compressed copy of it that an Accept-Encoding allows, and what to say of it."""
    allowed = {
        name.strip().lower()
        for name, _, weight in (part.partition(";") for part in accepted.split(","))
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    }
    copies = {name: path.with_name(path.name + ending) for name, ending in ENCODINGS.items()}
    there = {name: copy for name, copy in copies.items() if copy.is_file()}
    if not there:
        return path, {}
    for name, copy in there.items():
        if name in allowed:
            return copy, {"content-encoding": name, "vary": "accept-encoding"}
    return path, {"vary": "accept-encoding"}


class _Immutable(StaticFiles):
    """Files whose names carry a hash of their content: they never change."""

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        copy, encoding = smallest_copy(Path(full_path), Headers(scope=scope).get("accept-encoding", ""))
        if copy != Path(full_path):
            stat_result = copy.stat()
        response = super().file_response(copy, stat_result, scope, status_code)
        response.headers.update({"cache-control": "public, max-age=31536000, immutable", **encoding})
        return response
