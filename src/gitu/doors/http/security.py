"""What every request passes first: its size, its Host and Origin, who it is from, the answer's headers.

Plain ASGI, since it wraps every request and every socket; Starlette's own middleware class costs a task each.
"""

import time
from dataclasses import replace
from functools import cache, lru_cache
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gitu.doors.http.local import LocalAccess
from gitu.doors.http.problems import problem_response
from gitu.features.identity.api import Authenticator
from gitu.kernel.auth.principal import ANONYMOUS, Principal
from gitu.kernel.errors import Denied, GituError, Invalid, TooLarge
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.settings import LOOPBACK, Settings
from gitu.kernel.telemetry import bind
from gitu.kernel.telemetry.metrics import metrics

log = structlog.get_logger(__name__)

ACCESS_COOKIE = "gitu_access"
REFRESH_COOKIE = "gitu_refresh"
LONGEST_LANGUAGES = 1000  # of the header: what is remembered of strangers stays small
_HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"x-frame-options": b"DENY",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
}
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class HostUnknown(Denied):
    code = "request.host_unknown"
    title = "Unknown address"
    text = "{$host} is not an address of this Gitu; open it by the address it printed, or set GITU_PUBLIC_URL."


class OriginForeign(Denied):
    code = "request.origin_foreign"
    title = "Refused: it came from another site"
    text = "The request came from {$origin}, another site; open Gitu itself and repeat it there."


class AllowedHosts:
    """The names this Gitu answers to: loopback and the declared public URL (against DNS rebinding)."""

    def __init__(self, settings: Settings) -> None:
        self._names = set(LOOPBACK) | {"[::1]"}
        if settings.public_url:
            self._names.add(urlsplit(settings.public_url).hostname or "")

    def check_host(self, host: str) -> None:
        """Raises HostUnknown for a Host header that names someone else."""
        if _hostname(host) not in self._names:
            raise HostUnknown(host=host[:100], scope="-")

    def check_origin(self, origin: str | None, host: str) -> None:
        """Raises OriginForeign unless the page that sent this is one of ours, on this very port."""
        try:
            parts = urlsplit(origin or "")
        except ValueError:  # such as an unfinished IPv6 address
            parts = urlsplit("")
        if not origin or not parts.hostname or parts.netloc.lower() != host.lower():
            raise OriginForeign(origin=(origin or "an unknown page")[:100], scope="-")


def _hostname(host: str) -> str:
    return host.rsplit(":", 1)[0].lower() if not host.endswith("]") else host.lower()


class SecurityMiddleware:
    """Sets ``scope["state"]``: principal (or the error that kept it away), request id, address."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._hosts = AllowedHosts(services.settings)
        self._limit = services.settings.max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entry."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = str(new_id())
        client = scope.get("client")
        locale = _locale(headers.get("accept-language", "")[:LONGEST_LANGUAGES])
        state: dict[str, Any] = scope.setdefault("state", {})  # Any: Starlette's own type
        state.update(
            request_id=request_id,
            address=client[0] if client else None,
            principal=_nobody(locale),
            auth_error=None,
            by_cookie=False,
            locale=locale,
        )
        try:
            self._hosts.check_host(headers.get("host", ""))
            await self._authenticate(headers, state)
            if (
                scope["type"] == "websocket" or (scope["method"] not in SAFE_METHODS and _bearer(headers) is None)
            ) and (headers.get("origin") is not None or state["by_cookie"] or scope["type"] == "http"):
                self._check_origin(headers, state)
            if int(headers.get("content-length") or 0) > self._limit:
                raise TooLarge(limit=self._limit)
        except (GituError, ValueError) as error:
            failure = error if isinstance(error, GituError) else Invalid(summary="Content-Length is not a number.")
            if scope["type"] == "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 4403, "reason": failure.code})
                return
            response = problem_response(failure, state["locale"], request_id)
            await response(scope, receive, self._with_headers(send, request_id))
            return
        with bind(request_id=request_id, user_id=str(state["principal"].user_id)):
            await self._guarded(scope, self._bounded(receive, state), self._with_headers(send, request_id))

    async def _guarded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What nobody foresaw becomes a 500 without its text, and one entry in the log."""
        begun = False
        status, started = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal begun, status
            begun = True
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            log.exception("request.failed", path=scope["path"], error=type(error).__name__)
            if begun or scope["type"] == "websocket":
                return
            failure = error if isinstance(error, GituError) else GituError()
            status = failure.status
            response = problem_response(failure, scope["state"]["locale"], scope["state"]["request_id"])
            await response(scope, receive, send)
        finally:
            if scope["type"] == "http":
                route = getattr(scope.get("route"), "path", None)
                metrics().http_request(scope["method"], route, status, time.perf_counter() - started)

    def _check_origin(self, headers: Headers, state: dict[str, Any]) -> None:
        origin = headers.get("origin")
        if origin is None and not state["by_cookie"]:
            return  # a program without a browser: it carries no cookie, so nothing can be forged
        self._hosts.check_origin(origin, headers.get("host", ""))

    async def _authenticate(self, headers: Headers, state: dict[str, Any]) -> None:
        token = _bearer(headers)
        if token is None:
            token = read_cookie(headers, ACCESS_COOKIE)
            state["by_cookie"] = token is not None or read_cookie(headers, REFRESH_COOKIE) is not None
        if token is None:
            return
        try:
            state["principal"] = await self._principal(token, state["address"])
            state["locale"] = state["principal"].locale
            self._services.in_use.set()
        except GituError as error:
            state["auth_error"] = error

    async def _principal(self, token: str, address: str | None) -> Principal:
        local = await self._services.resource(LocalAccess).principal(token, address)
        if local is not None:
            return local
        return await self._services.resource(Authenticator).authenticate(token, address)

    def _bounded(self, receive: Receive, state: dict[str, Any]) -> Receive:
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                if received > self._limit:
                    # Kept as well: whoever reads the body makes an error of its own out of this one.
                    state["failure"] = TooLarge(limit=self._limit)
                    raise state["failure"]
            return message

        return bounded

    def _with_headers(self, send: Send, request_id: str) -> Send:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [header for header in message.get("headers", ()) if header[0] not in _HEADERS]
                headers += _HEADERS.items()
                headers.append((b"x-request-id", request_id.encode()))
                if all(name != b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = headers
            await send(message)

        return with_headers


def _bearer(headers: Headers) -> str | None:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" and token.strip() else None


def read_cookie(headers: Headers, name: str) -> str | None:
    """The value of one cookie, if the request carries it."""
    raw = headers.get("cookie", "")
    if name not in raw:
        return None
    try:
        morsel = SimpleCookie(raw).get(name)
    except CookieError:
        return None
    return morsel.value if morsel else None


@lru_cache(256)
def _locale(accept_language: str) -> str:
    from gitu.kernel.i18n import best_locale  # noqa: PLC0415 - Fluent loads on first use

    return best_locale(accept_language)


@cache
def _nobody(locale: str) -> Principal:
    return replace(ANONYMOUS, locale=locale)
