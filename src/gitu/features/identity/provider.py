"""An OpenID provider as we speak with it: discovery, the code flow with PKCE, and the proof of an ID token.

https://openid.net/specs/openid-connect-core-1_0.html, https://www.rfc-editor.org/rfc/rfc7636
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from gitu.features.identity.errors import ProviderFailed
from gitu.kernel import clock
from gitu.kernel.services import Services
from gitu.kernel.settings import LOOPBACK
from gitu.kernel.tls import trusted

TIMEOUT_S = 10.0
LEEWAY_S = 60
MOST_BYTES = 1_000_000
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by a key that the provider alone has; never ``none``, nor a secret that we hold too."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What an admin or the settings say of it."""

    name: str
    issuer: str
    client_id: str
    client_secret: str | None
    fixed: bool

    def __repr__(self) -> str:
        """Without the secret, so that it ends up in no error."""
        return f"Provider({self.issuer!r})"


@dataclass(frozen=True, slots=True)
class Discovered:
    """What the provider says of itself."""

    authorization: str
    token: str
    keys: str
    post_secret: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the provider says it is."""

    subject: str
    name: str | None
    login: str | None
    email: str | None


def derived(browser: str, purpose: str) -> str:
    """A secret of one sign-in, told from the one that the browser keeps, so that none has to be stored."""
    return _b64(hmac.digest(browser.encode(), purpose.encode(), "sha256"))


def check_address(url: str, issuer: str) -> None:
    """Raises ProviderFailed unless it is https, or plain http on this machine for an issuer that is there too."""
    parts = urlsplit(url)
    here = parts.scheme == "http" and parts.hostname in LOOPBACK and urlsplit(issuer).hostname in LOOPBACK
    if not parts.hostname or (parts.scheme != "https" and not here):
        raise _failed(f"{url[:100] or 'an empty address'} is not an https address")


class ProviderClient:
    """One per process: the HTTP connections to providers. No redirects, short waits, small answers."""

    def __init__(self, services: Services) -> None:
        import httpx2  # noqa: PLC0415 - only where a provider is in use

        del services
        self._http = httpx2.AsyncClient(timeout=TIMEOUT_S, verify=trusted(), follow_redirects=False)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def discover(self, issuer: str) -> Discovered:
        """Read what the issuer publishes. Raises ProviderFailed."""
        check_address(issuer, issuer)
        told = await self._json("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise _failed(f"it calls itself {str(told.get('issuer'))[:100]}, not {issuer}")
        addresses = [str(told.get(name, "")) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        for address in addresses:
            check_address(address, issuer)
        methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Discovered(*addresses, post_secret="client_secret_basic" not in methods)

    def authorization_url(
        self, found: Discovered, provider: Provider, *, redirect_uri: str, state: str, browser: str
    ) -> str:
        """Where the browser goes to be asked."""
        challenge = _b64(hashlib.sha256(derived(browser, "verifier").encode()).digest())
        query = {
            "response_type": "code",
            "client_id": provider.client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid profile email",
            "state": state,
            "nonce": derived(browser, "nonce"),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return found.authorization + ("&" if "?" in found.authorization else "?") + urlencode(query)

    async def identify(self, provider: Provider, *, code: str, redirect_uri: str, browser: str) -> Identity:
        """Trade the code for an ID token and prove it. Raises ProviderFailed."""
        found = await self.discover(provider.issuer)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "client_id": provider.client_id,
            "code_verifier": derived(browser, "verifier"),
        }
        more: dict[str, Any] = {"data": form}  # httpx2's own types
        if provider.client_secret is not None and found.post_secret:
            form["client_secret"] = provider.client_secret
        elif provider.client_secret is not None:
            more["auth"] = (provider.client_id, provider.client_secret)
        tokens = await self._json("POST", found.token, **more)
        keys = await self._json("GET", found.keys)
        return prove(provider, str(tokens.get("id_token", "")), keys, nonce=derived(browser, "nonce"))

    async def _json(self, method: str, url: str, **more: Any) -> dict[str, Any]:
        import httpx2  # noqa: PLC0415 - as above

        try:
            answer = await self._http.request(method, url, headers={"accept": "application/json"}, **more)
            found = answer.json() if answer.status_code == 200 and len(answer.content) <= MOST_BYTES else None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
            raise _failed(f"it does not answer as it should ({type(error).__name__})") from None
        if not isinstance(found, dict):
            raise _failed(f"it answered {answer.status_code}")
        return cast("dict[str, Any]", found)


def prove(provider: Provider, id_token: str, keys: dict[str, Any], *, nonce: str) -> Identity:
    """Signature, issuer, audience, times and nonce of an ID token (section 3.1.3.7). Raises ProviderFailed."""
    from joserfc import jwt  # noqa: PLC0415 - only where a provider is in use
    from joserfc.errors import JoseError  # noqa: PLC0415
    from joserfc.jwk import KeySet  # noqa: PLC0415

    now = int(clock.now().timestamp())
    registry = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        claims = jwt.decode(id_token, KeySet.import_key_set(cast("Any", keys)), algorithms=ALGORITHMS).claims
        registry.validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise _failed(f"its proof does not hold ({type(error).__name__})") from None
    audience = claims["aud"]
    if isinstance(audience, list) and len(cast("list[str]", audience)) > 1 and claims.get("azp") != provider.client_id:
        raise _failed("its proof is for another program too")
    return Identity(
        subject=str(claims["sub"])[:300],
        name=_text(claims.get("name")),
        login=_text(claims.get("preferred_username")),
        email=_text(claims.get("email")),
    )


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return "".join(character for character in value if character.isprintable()).strip()[:200] or None


def _failed(reason: str) -> ProviderFailed:
    return ProviderFailed(service="The sign-in provider", reason=reason)


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
