"""``gitu auth``: link this terminal to an account by a token or a scanned code, without typing a password here."""

import json
import sys
from typing import Any
from urllib.parse import urlsplit

from gitu.doors.cli import credentials, output
from gitu.doors.cli.client import API, Client
from gitu.doors.cli.credentials import Credentials, signed_in
from gitu.doors.cli.errors import MISUSED, SIGN_IN_NEEDED, CliError
from gitu.doors.cli.language import remember_language, say
from gitu.doors.cli.servers import connect, own_server
from gitu.doors.cli.signing import sign_out
from gitu.kernel.settings import LOOPBACK

_LONGEST_WAIT_S = 150.0  # the server says when the two minutes are over; this ends a wait that it forgot
_PREFIX = "gitu_pair_"


def authenticate(word: str | None, server: str | None, *, qr: bool, as_json: bool) -> int:
    """What ``gitu auth`` was asked for: one of its three words, a token, or a code to scan."""
    match word:
        case "status":
            return _status(as_json=as_json)
        case "refresh":
            return _refresh()
        case "logout":
            return sign_out()
        case _:
            return _link(word, server, qr=qr)


def _link(token: str | None, server: str | None, *, qr: bool) -> int:
    url = _address(server)
    if qr:
        tokens = _by_code(url)
        if tokens is not None:
            return _keep(url, server, tokens)
        output.note(say("auth-fall-back"))
    elif token is None:
        output.note(say("auth-how"))
    token = token or _ask_token()
    if not token.startswith(_PREFIX):
        raise CliError("auth-not-a-token", exit_code=MISUSED)
    body = {"token": token, "device_id": str(credentials.device_id())}
    tokens = Client(url).call("POST", "/auth/pairing-token", body)
    return _keep(url, server, tokens)


def _address(server: str | None) -> str:
    if server is None:
        return own_server().url
    return server if "://" in server else f"https://{server}"


def _ask_token() -> str:
    if not sys.stdin.isatty():
        raise CliError("auth-token-needed", exit_code=MISUSED)
    return input(say("auth-ask-token") + " ").strip()


def _keep(url: str, server: str | None, tokens: Any) -> int:  # Any: JSON
    Credentials(
        url=url,
        remote=server is not None,
        login=tokens["me"]["login"],
        access_token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        valid_until=tokens["refresh_expires_at"],
    ).keep()
    remember_language(tokens["me"]["preferences"]["language"])
    output.line(say("cli-signed-in", name=tokens["me"]["name"], url=url))
    return 0


def _by_code(url: str) -> Any:  # Any: JSON
    """The tokens, or None when nobody confirmed it in time or the waiting failed."""
    client = Client(url)
    started = client.call("POST", "/auth/pairings", {"device_id": str(credentials.device_id())})
    _draw(started["link"])
    output.line(say("auth-scan", code=started["code"]))
    output.line(started["link"])
    if urlsplit(str(started["link"])).hostname in LOOPBACK:
        output.note(say("auth-only-here"))
    ended = _wait(url, started["claim"])
    if ended != "confirmed":
        output.note(say(f"auth-{ended}"), "yellow")
        return None
    return client.call("POST", "/auth/pairings/claim", {"claim": started["claim"]})


def _draw(link: str) -> None:
    import segno  # noqa: PLC0415 - only here

    segno.make(link, error="l", micro=False).terminal(sys.stdout, compact=True, border=2)
    sys.stdout.flush()


def _wait(url: str, claim: str) -> str:
    """``confirmed``, ``denied`` or ``expired`` as the server tells it; ``lost`` when it can't be heard."""
    from websockets.exceptions import WebSocketException  # noqa: PLC0415 - only here
    from websockets.sync.client import connect as open_socket  # noqa: PLC0415

    address = "ws" + url.removeprefix("http") + f"{API}/auth/pairings/wait"
    try:
        with open_socket(address, open_timeout=10, close_timeout=2, proxy=None) as socket:
            socket.send(json.dumps({"type": "wait", "claim": claim}))
            told = json.loads(socket.recv(timeout=_LONGEST_WAIT_S))
    except (OSError, WebSocketException, ValueError):
        return "lost"
    return told["type"] if told.get("type") in ("confirmed", "denied", "expired") else "lost"


def _status(*, as_json: bool) -> int:
    signed = signed_in()
    if signed is None:
        if as_json:
            output.as_json({"signed_in": False, "device_id": str(credentials.device_id())})
        else:
            output.line(say("cli-not-signed-in"))
        return SIGN_IN_NEEDED
    me = connect().call("GET", "/me")
    signed = signed_in() or signed  # the call may have renewed it
    if as_json:
        facts = {"url": signed.url, "login": me["login"], "name": me["name"], "valid_until": signed.valid_until}
        output.as_json({"signed_in": True, **facts, "device_id": str(credentials.device_id())})
        return 0
    output.line(say("auth-signed-in", name=me["name"], login=me["login"], url=signed.url))
    if signed.valid_until:
        output.line(say("auth-valid-until", day=signed.valid_until[:10]))
    output.line(say("auth-device", id=str(credentials.device_id())))
    return 0


def _refresh() -> int:
    signed = signed_in()
    if signed is None:
        raise CliError("auth-nothing-to-refresh", exit_code=SIGN_IN_NEEDED)
    url = signed.url if signed.remote else own_server().url
    if not Client(url, credentials=signed).refresh():
        raise CliError("auth-ended", exit_code=SIGN_IN_NEEDED)
    renewed = signed_in() or signed
    output.line(say("auth-refreshed", day=renewed.valid_until[:10]))
    return 0
