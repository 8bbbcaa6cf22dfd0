"""An OpenID provider on loopback, from OpenID Connect Core 1.0, Discovery 1.0 and RFC 7636; it can be told to cheat.

Whoever comes to its page is ``someone``; a real one would ask them first.
"""

import base64
import functools
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENT_ID, CLIENT_SECRET = "gitu-test", "a secret of the provider's"


@functools.cache
def _own_key() -> RSAKey:
    """The key of every such provider of a process; making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": "one"})


class OpenIdServer:
    """A context manager. ``someone`` are the claims of who signs in; ``spoil`` changes an ID token's claims."""

    def __init__(self) -> None:
        self.key = _own_key()
        self.signing_key = self.key
        self.someone: dict[str, Any] = {"sub": "s-1", "name": "Amal Haddad", "preferred_username": "amal-h"}
        self.spoil: Callable[[dict[str, Any]], None] = lambda claims: None
        self.discovery: dict[str, Any] = {}
        self.methods = ["client_secret_basic"]
        self.secret: str | None = CLIENT_SECRET
        self._asked: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def get(self, request: BaseHTTPRequestHandler) -> None:
        """Discovery, keys, and the page that asks who one is."""
        path, query = urlsplit(request.path).path, parse_qs(urlsplit(request.path).query)
        if path == "/.well-known/openid-configuration":
            _answer(request, 200, self._described())
        elif path == "/keys":
            _answer(request, 200, {"keys": [self.key.as_dict(private=False)]})
        elif path == "/authorize":
            asked = {name: values[0] for name, values in query.items()}
            assert asked["client_id"] == CLIENT_ID
            assert asked["code_challenge_method"] == "S256"
            assert "openid" in asked["scope"].split()
            code = secrets.token_urlsafe(20)
            self._asked[code] = asked
            request.send_response(302)
            request.send_header(
                "location", f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"
            )
            request.send_header("content-length", "0")
            request.end_headers()
        else:
            _answer(request, 404, {})

    def post(self, request: BaseHTTPRequestHandler) -> None:
        """The token endpoint: a code counts once, with its verifier and the client's secret."""
        raw = request.rfile.read(int(request.headers["content-length"])).decode()
        form = {name: values[0] for name, values in parse_qs(raw).items()}
        asked = self._asked.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if (
            asked is None
            or not self._knows(request, form)
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            _answer(request, 400, {"error": "invalid_grant"})
            return
        now = int(time.time())
        claims = {
            "iss": self.url,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.someone,
        }
        self.spoil(claims)
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing_key)
        _answer(request, 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token})

    def _knows(self, request: BaseHTTPRequestHandler, form: dict[str, str]) -> bool:
        if self.secret is None:
            return form.get("client_id") == CLIENT_ID
        if "client_secret_basic" in self.methods:
            given = request.headers.get("authorization", "").removeprefix("Basic ")
            return base64.b64decode(given).decode() == f"{CLIENT_ID}:{self.secret}"
        return form.get("client_secret") == self.secret

    def _described(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": self.methods,
            **self.discovery,
        }


def _answer(request: BaseHTTPRequestHandler, status: int, body: dict[str, Any]) -> None:
    raw = json.dumps(body).encode()
    request.send_response(status)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", str(len(raw)))
    request.end_headers()
    request.wfile.write(raw)
