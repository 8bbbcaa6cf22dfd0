"""``/v1``: the gateway that any OpenAI client can use. Plain ASGI before the rest of the app, since it is asked most.

No cookie counts here and no page may call it unseen: every request needs a key in its Authorization header.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from uuid import UUID

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gitu.doors.http.joining import DIRECT, PREFIX, Direct
from gitu.features.identity.api import Authenticator
from gitu.features.models.api import (
    MODELS_USE,
    DatabaseAway,
    Gateway,
    Reply,
    error_body,
    gateway_limit,
    models_list,
)
from gitu.kernel.auth.principal import Principal
from gitu.kernel.auth.scopes import allows
from gitu.kernel.db.errors import DATABASE_FAILURES
from gitu.kernel.errors import Denied, GituError, NotFound, TooLarge, Unauthenticated
from gitu.kernel.ids import new_id
from gitu.kernel.services import Services
from gitu.kernel.telemetry import bind
from gitu.kernel.telemetry.metrics import metrics

log = structlog.get_logger(__name__)

_ASKED = {f"/v1{path}": path for path in ("/chat/completions", "/responses", "/embeddings")}
Headers = list[tuple[bytes, bytes]]
_JSON = (b"content-type", b"application/json")
_NO_SNIFFING = (b"x-content-type-options", b"nosniff")


class KeyMissing(Unauthenticated):
    code = "gateway.key_missing"
    text = (
        "The gateway needs an API key: send it as Authorization: Bearer gitu_key…; make one under Settings, API keys."
    )


class NoSuchPath(NotFound):
    code = "gateway.no_such_path"
    text = (
        "There is no {$path} here; the gateway has /v1/models, /v1/chat/completions, /v1/responses and /v1/embeddings."
    )


class Front:
    """The gateway before the app."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services
        self._limit = services.settings.max_body_bytes
        self._authenticator: Authenticator | None = None
        self._gateway: Gateway | None = None  # made with the first request: it loads what only models need

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI's entry."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self._app(scope, receive, send)
            return
        direct: Direct | None = scope.pop(DIRECT, None)
        request_id = new_id()
        written_id = str(request_id)
        headers: Headers = [(b"x-request-id", written_id.encode()), (b"cache-control", b"no-store"), _NO_SNIFFING]
        loop = asyncio.get_running_loop()
        began, status, locale = loop.time(), 500, "en"
        try:
            principal = await self._principal(scope)
            locale = principal.locale
            with bind(request_id=written_id, user_id=str(principal.user_id)):
                status = await self._answer(scope, receive, send, direct, principal, request_id, headers)
        except GituError as error:
            status = await _refuse(send, error, locale, headers)
        except DATABASE_FAILURES as error:
            log.warning("gateway.database_away", error=type(error).__name__)
            status = await _refuse(send, DatabaseAway(retry_after=1), locale, headers)
        except Exception as error:
            log.exception("gateway.failed", path=scope["path"], error=type(error).__name__)
            await _send(send, 500, error_body(GituError(request_id=written_id), locale)[1], headers)
        finally:
            metrics().http_request(scope["method"], _route(scope["path"]), status, loop.time() - began)

    async def _principal(self, scope: Scope) -> Principal:
        said = b""
        for name, value in scope["headers"]:
            if name == b"authorization":
                said = value
                break
        kind, _, key = said.decode("latin-1").partition(" ")
        key = key.strip()
        if not key or kind.lower() != "bearer":
            raise KeyMissing()
        client = scope.get("client")
        if self._authenticator is None:
            self._authenticator = self._services.resource(Authenticator)
        principal = await self._authenticator.authenticate(key, client[0] if client else None)
        if not allows(principal, MODELS_USE):
            raise Denied(scope=MODELS_USE)
        return principal

    async def _answer(
        self,
        scope: Scope,
        receive: Receive,
        send: Send,
        direct: Direct | None,
        principal: Principal,
        request_id: UUID,
        headers: Headers,
    ) -> int:
        method, path = scope["method"], scope["path"]
        headers += await gateway_limit(self._services, principal)
        if method == "GET" and path == "/v1/models":
            await _send(send, 200, await models_list(self._services, principal), headers)
            return 200
        asked = _ASKED.get(path)
        if asked is None or method != "POST":
            raise NoSuchPath(path=path[:100])
        body = await self._body(scope, receive)

        def told() -> dict[bytes, bytes]:  # seldom asked for
            return dict(scope["headers"])

        if self._gateway is None:
            self._gateway = self._services.resource(Gateway)
        reply = await self._gateway.ask(principal, asked, body, request_id, told)
        headers += [(b"x-gitu-model", reply.model.encode("ascii", "replace")), (b"x-gitu-cache", reply.cache)]
        if reply.stream is None:
            if direct is None or not direct.answer(reply.status, [_JSON, *headers], reply.body):
                await _send(send, reply.status, reply.body, headers)
        else:
            await _stream(receive, send, direct, reply, headers)
        return reply.status

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        body, more = b"", True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise TooLarge(limit=self._limit) if len(body) > self._limit else asyncio.CancelledError
            body = body + message.get("body", b"") if body else message.get("body", b"")
            if len(body) > self._limit:
                raise TooLarge(limit=self._limit)
            more = message.get("more_body", False)
        return body


def _route(path: str) -> str | None:
    return path if path in _ASKED or path == "/v1/models" else None


async def _send(send: Send, status: int, body: bytes, headers: Headers) -> None:
    own = [_JSON, (b"content-length", b"%d" % len(body)), *headers]
    await send({"type": "http.response.start", "status": status, "headers": own})
    await send({"type": "http.response.body", "body": body})


async def _refuse(send: Send, error: GituError, locale: str, headers: Headers) -> int:
    status, body = error_body(error, locale)
    if error.retry_after is not None:
        headers.append((b"retry-after", b"%d" % max(round(error.retry_after), 1)))
    await _send(send, status, body, headers)
    return status


async def _stream(receive: Receive, send: Send, direct: Direct | None, reply: Reply, headers: Headers) -> None:
    """Pass the stream on; when the client goes, the provider is left at once."""
    assert reply.stream is not None
    passing = asyncio.current_task()
    assert passing is not None
    left = False

    def leave() -> None:
        nonlocal left
        left = True
        passing.cancel()

    gone = None
    if direct is not None:
        direct.when_gone(leave)
    else:
        gone = asyncio.create_task(_gone(receive, leave))
    own = [(b"content-type", reply.content_type), (b"x-accel-buffering", b"no"), *headers]
    try:
        await send({"type": "http.response.start", "status": reply.status, "headers": own})
        async for piece in reply.stream:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        log.info("gateway.client_gone")
    except asyncio.CancelledError:
        if not left:
            raise
        passing.uncancel()
    finally:
        if direct is not None:
            direct.when_gone(None)
        if gone is not None:
            gone.cancel()
        await reply.stream.aclose()


async def _gone(receive: Callable[[], Awaitable[Message]], then: Callable[[], object]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass
        then()
