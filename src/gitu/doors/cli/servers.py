"""Which server a command talks to: the one signed in to, else this machine's own."""

from gitu.doors.cli import files
from gitu.doors.cli.background import start_server
from gitu.doors.cli.client import Client
from gitu.doors.cli.credentials import signed_in
from gitu.doors.cli.errors import UNREACHABLE, CliError
from gitu.doors.cli.running import running_server


def local_client() -> Client | None:
    """This machine's running server as its owner; None when none runs."""
    running = running_server()
    if running is None:
        return None
    try:
        token = files.home().local_token_file.read_text(encoding="utf-8").strip()
    except OSError:
        token = None
    return Client(running.url, token=token)


def own_server() -> Client:
    """This machine's server as its owner, started if it does not run. Raises CliError."""
    client = local_client()
    if client is None:
        start_server()
        client = local_client()
    if client is None:
        raise CliError("cli-server-gone", exit_code=UNREACHABLE)
    return client


def connect() -> Client:
    """The server one has signed in to, else this machine's own. Raises CliError."""
    signed = signed_in()
    if signed is None:
        return own_server()
    return Client(signed.url if signed.remote else own_server().url, credentials=signed)
