"""``gitu sign-in`` and ``sign-out``: as someone else than the owner, or on another machine's Gitu."""

import sys

from gitu.doors.cli import credentials, output, secrets
from gitu.doors.cli.client import Client
from gitu.doors.cli.credentials import Credentials, signed_in
from gitu.doors.cli.errors import MISUSED, CliError
from gitu.doors.cli.language import remember_language, say
from gitu.doors.cli.servers import connect, own_server


def sign_in(server: str | None, login: str | None, *, password_stdin: bool) -> int:
    """Ask for what is not given and keep the device's tokens."""
    url = server
    if url is None:
        url = own_server().url
    elif "://" not in url:
        url = f"https://{url}"
    if login is None:
        if not sys.stdin.isatty():
            raise CliError("cli-login-needed", exit_code=MISUSED)
        login = input(say("cli-ask-login") + " ").strip()
    password = secrets.from_stdin() if password_stdin else secrets.ask("cli-ask-password")
    tokens = Client(url).call("POST", "/auth/tokens", {"login": login, "password": password})
    if "ticket" in tokens:
        code = secrets.from_stdin() if password_stdin else secrets.ask("cli-ask-code")
        tokens = Client(url).call("POST", "/auth/tokens/second-step", {"ticket": tokens["ticket"], "code": code})
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


def sign_out() -> int:
    """Revoke this terminal's tokens and forget them; forgets them where the server can't be reached too."""
    signed = signed_in()
    if signed is None:
        output.line(say("cli-not-signed-in"))
        return 0
    try:
        client = Client(signed.url, credentials=signed) if signed.remote else connect()
        client.call("POST", "/auth/sign-out")
    except CliError as error:
        output.note(error.sentence(), "yellow")
    credentials.forget()
    output.line(say("cli-signed-out", login=signed.login))
    return 0
