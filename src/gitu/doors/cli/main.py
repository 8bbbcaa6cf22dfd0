"""``gitu``: the commands, each of them loaded when it runs, so that ``gitu --help`` answers at once."""

import os
import sys
from typing import Annotated, Any

import typer

from gitu.doors.cli import generated, output
from gitu.doors.cli.errors import CliError
from gitu.doors.cli.language import language
from gitu.kernel import __version__

# Imports inside commands keep the start fast; see tests/doors/cli/test_start.py.
# Options are positional in Python only.
# ruff: noqa: PLC0415

app = typer.Typer(
    name="gitu",
    help="Gitu: your own assistant and workbench. Without a command it opens a conversation.",
    epilog="Every action is a command too: gitu identity list-devices --json",
    invoke_without_command=True,
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
config = typer.Typer(help="Look at the settings.", no_args_is_help=True)
keys = typer.Typer(help="The keys that protect stored secrets.", no_args_is_help=True)
audit = typer.Typer(help="The audit log.", no_args_is_help=True)
app.add_typer(config, name="config", rich_help_panel="Server")
app.add_typer(keys, name="keys", rich_help_panel="Server")
app.add_typer(audit, name="audit", rich_help_panel="Server")

Json = Annotated[bool, typer.Option("--json", help="One JSON document instead of text.")]


def _version(wanted: bool) -> None:
    if wanted:
        output.line(f"gitu {__version__}")
        raise typer.Exit


def _use_home(home: str | None) -> None:
    if home:
        os.environ["GITU_HOME"] = os.path.abspath(os.path.expanduser(home))


Home = Annotated[
    str | None,
    typer.Option("--home", help="Folder for data and settings.", callback=_use_home, expose_value=False),
]


@app.callback()
def conversation(
    ctx: typer.Context,
    home: Home = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False,
    model: Annotated[str | None, typer.Option(help="Model for this conversation.")] = None,
    session: Annotated[str | None, typer.Option(help="Conversation to go on with (id).")] = None,
) -> None:
    """Open a conversation."""
    if ctx.invoked_subcommand is None:
        from gitu.doors.cli.repl import converse

        raise typer.Exit(converse(session=session, model=model))


@app.command(rich_help_panel="Server")
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; the next free one if taken.", min=1, max=65535)] = None,
    public_url: Annotated[str | None, typer.Option(help="The address people open.")] = None,
    home: Home = None,
) -> None:
    """Start the server and print the address to open."""
    from gitu.doors.cli.operator import run_server

    raise typer.Exit(run_server(host=host, port=port, public_url=public_url))


@app.command(rich_help_panel="Server")
def stop(home: Home = None) -> None:
    """Stop this machine's server, however it was started."""
    from gitu.doors.cli.stopping import stop as run

    raise typer.Exit(run())


@app.command(rich_help_panel="Server")
def setup(
    owner: Annotated[str | None, typer.Option(envvar="GITU_OWNER", help="The owner's sign-in name.")] = None,
    name: Annotated[str | None, typer.Option(envvar="GITU_OWNER_NAME", help="The owner's name.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password.")] = False,
    language: Annotated[str | None, typer.Option(envvar="GITU_OWNER_LANGUAGE", help="en or ar.")] = None,
    time_zone: Annotated[str | None, typer.Option(envvar="GITU_OWNER_TIME_ZONE", help="Asia/Riyadh …")] = None,
    model_provider: Annotated[str | None, typer.Option(envvar="GITU_MODEL_PROVIDER")] = None,
    model_url: Annotated[str | None, typer.Option(envvar="GITU_MODEL_URL", help="Base URL of a model API.")] = None,
    model_key_stdin: Annotated[bool, typer.Option("--model-key-stdin", help="Read the model's key.")] = False,
    model_key_env: Annotated[str | None, typer.Option(help="Environment variable that holds it.")] = None,
    model: Annotated[str | None, typer.Option(envvar="GITU_MODEL", help="The default model's name.")] = None,
    as_json: Json = False,
    home: Home = None,
) -> None:
    """Make the owner and connect a model; ask for what is not given."""
    from gitu.doors.cli.setup import Wishes, set_up

    wishes = Wishes(
        owner=owner,
        name=name,
        password_stdin=password_stdin,
        language=language,
        time_zone=time_zone,
        model_provider=model_provider,
        model_url=model_url,
        model_key_stdin=model_key_stdin,
        model_key_env=model_key_env,
        model=model,
    )
    raise typer.Exit(set_up(wishes, as_json=as_json))


@app.command(rich_help_panel="Server")
def node(
    model: Annotated[str | None, typer.Option(help="Folder of the model to serve.")] = None,
    upstream: Annotated[str | None, typer.Option(help="Another server to stand in front of: its base URL.")] = None,
    host: Annotated[str, typer.Option(help="Address to listen on; beyond this machine only with a key.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port.", min=1, max=65535)] = 9090,
    key_file: Annotated[str | None, typer.Option(help="File with the key to ask for; or set GITU_NODE_KEY.")] = None,
    upstream_key_file: Annotated[
        str | None, typer.Option(help="File with the other server's key; or set GITU_NODE_UPSTREAM_KEY.")
    ] = None,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    compute_type: Annotated[
        str, typer.Option(help="default (as saved), auto, int8, int8_float16, int8_float32, float16 or float32.")
    ] = "default",
    workers: Annotated[int, typer.Option(help="Batches at once; 0 chooses.", min=0, max=256)] = 0,
    threads: Annotated[int, typer.Option(help="Threads for each batch; 0 chooses.", min=0, max=1024)] = 0,
    max_batch: Annotated[int, typer.Option(help="Requests of a batch; 0 chooses.", min=0, max=1024)] = 0,
    max_queue: Annotated[int, typer.Option(help="Requests that may wait.", min=0, max=100_000)] = 256,
    drain_s: Annotated[int, typer.Option(help="Seconds that running answers get at the end.", min=0, max=3600)] = 30,
) -> None:
    """Serve a local model, or stand in front of another server, with OpenAI's API."""
    from gitu.doors.cli.node import Wanted, run_node

    wanted = Wanted(
        model,
        upstream,
        host,
        port,
        key_file,
        upstream_key_file,
        device,
        compute_type,
        workers,
        threads,
        max_batch,
        max_queue,
        drain_s,
    )
    raise typer.Exit(run_node(wanted))


@app.command(rich_help_panel="Server")
def doctor(as_json: Json = False, home: Home = None) -> None:
    """Check everything and say what to do about what is wrong."""
    from gitu.doors.cli.doctor import examine

    raise typer.Exit(examine(as_json=as_json))


@config.command("check")
def config_check(as_json: Json = False, home: Home = None) -> None:
    """Name every setting that is unknown or does not fit."""
    from gitu.doors.cli.configuration import check

    raise typer.Exit(check(as_json=as_json))


@config.command("show")
def config_show(as_json: Json = False, home: Home = None) -> None:
    """Show the settings in force and where each comes from."""
    from gitu.doors.cli.configuration import show

    raise typer.Exit(show(as_json=as_json))


@keys.command("rotate")
def keys_rotate(as_json: Json = False, home: Home = None) -> None:
    """Make a new master key and put every stored secret under it."""
    from gitu.doors.cli.operator import rotate_keys

    raise typer.Exit(rotate_keys(as_json=as_json))


@audit.command("verify")
def audit_verify(as_json: Json = False, home: Home = None) -> None:
    """Prove that nobody changed the audit log."""
    from gitu.doors.cli.operator import verify_audit

    raise typer.Exit(verify_audit(as_json=as_json))


@app.command("sign-in")
def sign_in(
    server: Annotated[str | None, typer.Option(help="Address of another Gitu; this machine's otherwise.")] = None,
    login: Annotated[str | None, typer.Option(help="Your sign-in name.")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password.")] = False,
) -> None:
    """Sign this terminal in, here or on another machine's Gitu."""
    from gitu.doors.cli.signing import sign_in as run

    raise typer.Exit(run(server, login, password_stdin=password_stdin))


@app.command("sign-out")
def sign_out() -> None:
    """Sign this terminal out again."""
    from gitu.doors.cli.signing import sign_out as run

    raise typer.Exit(run())


@app.command()
def auth(
    word: Annotated[str | None, typer.Argument(metavar="TOKEN|status|refresh|logout", help="A pairing token.")] = None,
    server: Annotated[str | None, typer.Option(help="Address of another Gitu; this machine's otherwise.")] = None,
    qr: Annotated[bool, typer.Option("--qr", help="Draw a code that your phone scans.")] = False,
    as_json: Json = False,
) -> None:
    """Link this terminal to your account with a token from the web app, or by a scanned code."""
    from gitu.doors.cli.linking import authenticate

    raise typer.Exit(authenticate(word, server, qr=qr, as_json=as_json))


@app.command()
def status(as_json: Json = False) -> None:
    """Show how this Gitu is doing."""
    from gitu.doors.cli.servers import connect

    with connect() as client:
        found = client.call("GET", "/status")
    (output.as_json if as_json else output.answer)(found)


@app.command(context_settings={"allow_extra_args": True})
def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="What to ask; what is piped in goes along.")] = "",
    session: Annotated[str | None, typer.Option(help="Conversation to go on with (id).")] = None,
    model: Annotated[str | None, typer.Option(help="Model to ask.")] = None,
    as_json: Json = False,
) -> None:
    """Ask one question: gitu ask "why?" < log.txt"""
    from gitu.doors.cli.ask import ask_once

    words = " ".join([question, *ctx.args]).strip()
    raise typer.Exit(ask_once(words, session=session, model=model, as_json=as_json))


@app.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
def run(
    command: Annotated[list[str], typer.Argument(help="One line of shell, or a program and its arguments.")],
    sandbox: Annotated[
        bool, typer.Option("--sandbox/--no-sandbox", help="In the sandbox, or with Gitu's rights.")
    ] = True,
    timeout: Annotated[float, typer.Option(help="Seconds until it is ended.", min=1, max=600)] = 120,
    host: Annotated[list[str] | None, typer.Option(help="A host it may reach; none otherwise.")] = None,
    folder: Annotated[list[str] | None, typer.Option(help="An allowed folder to mount as /folders/NAME.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Don't ask before running without the sandbox.")] = False,
    as_json: Json = False,
) -> None:
    """Run a command on the server: gitu run -- make test"""
    from gitu.doors.cli.commands import Wanted
    from gitu.doors.cli.commands import run as run_command

    wanted = Wanted(command, sandbox, timeout, tuple(host or ()), tuple(folder or ()), yes)
    raise typer.Exit(run_command(wanted, as_json=as_json))


generated.add_commands(app)


def main() -> None:
    """Run the command line. Whatever goes wrong becomes one sentence and an exit code."""
    output.prepare()
    try:
        _run()
    except CliError as error:
        output.fail(error.sentence())
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # Whoever read the pipe has seen enough; Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except Exception as error:
        sys.exit(_unforeseen(error))


def _run() -> None:
    if language() == "en" or "_GITU_COMPLETE" in os.environ:
        app(prog_name="gitu")
        return
    from gitu.doors.cli import localised

    localised.run(app)


def _unforeseen(error: Exception) -> int:
    localised: Any = getattr(error, "localised", None)  # a GituError, without loading its module for every start
    if localised is not None:
        output.fail(localised(language()))
        return 2 if getattr(error, "status", 500) == 422 else 1
    if os.environ.get("GITU_LOG_LEVEL") == "debug":
        raise error
    from gitu.doors.cli.language import say

    output.fail(say("cli-unforeseen", kind=type(error).__name__, reason=str(error)))
    return 1


if __name__ == "__main__":
    main()
