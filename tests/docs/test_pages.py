"""The documentation names only what is there: links, commands, settings, routes, codes, events."""

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ag_ui.core
import pytest
import typer
import typer.main
from ag_ui.core import BaseEvent
from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from gitu.app import describe_app, load_features
from gitu.doors.cli import privacy
from gitu.doors.cli.catalogue import catalogue
from gitu.doors.cli.main import app
from gitu.kernel.auth.scopes import known_scope
from gitu.kernel.errors import all_errors
from gitu.kernel.events.types import event_types
from gitu.kernel.settings import SETUP_ONLY, Settings
from scripts.check_docs import FENCE, problems_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"(?<!!)\[[^\]]*\]\((?P<target>[^)\s]+)\)")
CODE = re.compile(r"(?<!`)`(?P<code>[^`\n]+)`(?!`)")


def text_of(name: str) -> str:
    """A page of docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def name_of(page: Path) -> str:
    """What a page is called in a test's name."""
    return page.name


# -- links ----------------------------------------------------------------------------------------------


def anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub makes of a page's headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", title).lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    dead: list[str] = []
    for target in LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if "://" in target:
            continue
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            dead.append(target)
    assert not dead


def test_the_pages_are_found_from_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    hidden = [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme]
    assert not hidden


def test_the_decisions_are_listed_in_order_under_their_own_titles() -> None:
    files = sorted(path for path in (DOCS / "decisions").glob("[0-9]*.md"))
    listed = re.findall(r"^\| \[(\d+)\]\(([^)]+)\) \| (.+) \|$", text_of("decisions/README.md"), re.MULTILINE)
    assert [name for _, name, _ in listed] == [path.name for path in files]
    assert all(name.startswith(number) for number, name, _ in listed)


# -- commands -------------------------------------------------------------------------------------------


def commands_of(page: Path) -> Iterator[str]:
    """Every command line of a page that begins with `gitu`, in code spans and in shell blocks."""
    text = page.read_text(encoding="utf-8")
    for fence in FENCE.finditer(text):
        if fence["info"].split()[:1] == ["sh"]:
            for line in re.sub(r"\\\n", " ", fence["body"]).splitlines():
                found = re.search(r"(?:^|[|;(] *|^[A-Z_]+=\S+ )(gitu( .*)?)$", line)
                if found:
                    yield found[1]
    yield from (code for code in CODE.findall(FENCE.sub("", text)) if re.match(r"gitu( |$)", code))


def words_of(line: str) -> list[str]:
    """The words of a command up to a pipe, a redirection, or the command that it runs."""
    words = shlex.split(re.split(r" (?:[|<>]|2>|-- )", line)[0].replace("…", "").rstrip(")"))
    return words[1:]


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "adding-a-feature.md"], ids=name_of)
def test_every_command_of_a_page_is_one(page: Path) -> None:
    problems = [f"{line}: {problem}" for line in commands_of(page) if (problem := problem_of_command(words_of(line)))]
    assert not problems


def problem_of_command(words: list[str]) -> str:
    """What is wrong with a command, if anything: an unknown name, or an option it does not have."""
    actions = {entry["name"].replace(".", " ").replace("_", "-"): entry for entry in catalogue()}
    features = {name.split()[0] for name in actions}
    command: Any = typer.main.get_command(app)  # Any: a command or a group of them, of Typer's own kind
    names = [word for word in words if not word.startswith("-")]
    if names and names[0].isupper():
        return ""  # a placeholder
    if names and names[0] in features:
        if len(names) == 1:
            return ""
        if names[0] == "privacy" and names[1] in (own := own_commands(privacy.add_commands)):
            return unknown_options(words, {option for param in own[names[1]].params for option in param.opts})
        entry = actions.get(" ".join(names[:2]))
        if entry is None:
            return f"there is no action {' '.join(names[:2])}"
        known = {f"--{field.replace('_', '-')}" for field in entry["input_schema"].get("properties", {})}
        return unknown_options(words, known | {"--json", "--help"})
    while names and hasattr(command, "commands"):
        command = command.commands.get(names.pop(0))
        if command is None:
            return "there is no such command"
    return unknown_options(words, {option for param in command.params for option in param.opts} | {"--help"})


def own_commands(add: Callable[[typer.Typer], None]) -> dict[str, Any]:  # Any: Typer's own kind
    """Commands of a feature's group that are written by hand, by name."""
    group = typer.Typer()
    add(group)
    command: Any = typer.main.get_command(group)
    return dict(command.commands)


def unknown_options(words: list[str], known: set[str]) -> str:
    """The options among the words that are not known."""
    given = {word.split("=")[0] for word in words if word.startswith("--")}
    return f"there is no {', '.join(sorted(given - known))}" if given - known else ""


# -- settings -------------------------------------------------------------------------------------------


def test_the_table_of_settings_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `GITU_([A-Z_]+)` \| (.+?) \| (.+) \|$", text_of("administration.md"), re.MULTILINE)
    documented = {name.lower(): (default, about) for name, default, about in rows}
    assert list(documented) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        default, about = documented[name]
        assert field.description is not None
        assert about.startswith(field.description), name
        if field.default is None:
            assert default == "–", name
        elif field.default is not PydanticUndefined:
            assert default == f"`{field.default}`".replace("True", "true").replace("False", "false"), name


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_variable_of_a_page_is_read_by_gitu(page: Path) -> None:
    text = page.read_text(encoding="utf-8").replace("GITU_PROT", "")  # shown as a typing mistake
    named = {name.lower() for name in re.findall(r"\bGITU_([A-Z_]+[A-Z])\b", text)}
    assert named <= {*Settings.model_fields, *SETUP_ONLY}


def test_secret_settings_have_no_default_that_a_page_could_show() -> None:
    secret = [field for field in Settings.model_fields.values() if "SecretStr" in str(field.annotation)]
    assert secret
    assert not any(isinstance(field.default, SecretStr) for field in secret)


# -- the API --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:  # Any: JSON
    """The API's own description."""
    load_features()
    return describe_app().openapi()


def test_the_routes_the_api_page_names_are_there(described: dict[str, Any]) -> None:
    named = re.findall(r"`(GET|POST|PUT|PATCH|DELETE) (?:/api/v1)?(/[\w/{}-]+)`", text_of("api.md"))
    named += [("POST", "/approvals/{approval_id}/deny")]
    assert len(named) > 8
    missing = [
        f"{method} {path}"
        for method, path in named
        if method.lower() not in described["paths"].get(f"/api/v1{path}", {})
    ]
    assert not missing


def test_the_error_codes_the_api_page_names_are_there() -> None:
    load_features()
    known = {error.code for error in all_errors()}
    named = set(re.findall(r"`((?:auth|action|input|idempotency|request)\.[a-z_]+)`", text_of("api.md")))
    assert named
    assert named <= known


def test_the_scopes_the_pages_give_to_keys_are_there() -> None:
    load_features()
    named = {
        scope
        for page in PAGES
        for given in re.findall(r"--scopes (\S+)", page.read_text())
        for scope in given.split(",")
    }
    assert named
    assert not [scope for scope in named if known_scope(scope) is None]


def test_the_live_events_of_the_api_page_are_all_there_are() -> None:
    load_features()
    paragraph = re.search(r"^Event types today:(.*?)\n\n", text_of("api.md"), re.DOTALL | re.MULTILINE)
    assert paragraph is not None
    ours = {name for name, kind in event_types().items() if kind.__module__.startswith("gitu.")}
    assert set(CODE.findall(paragraph[1])) == ours


def test_the_turn_events_of_the_api_page_are_those_that_are_sent() -> None:
    sources = [ROOT / "src/gitu/features/assistant" / name for name in ("recorder.py", "replay.py", "runner.py")]
    code = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    # Nothing is imported there that is not sent.
    classes = [getattr(ag_ui.core, name) for name in dir(ag_ui.core) if re.search(rf"\b{name}\b", code)]
    events = [one for one in classes if isinstance(one, type) and issubclass(one, BaseEvent) and one is not BaseEvent]
    kinds = {event.model_fields["type"].default.value for event in events}
    table = text_of("api.md").split("| event | carries |")[1].split("\n\n")[0]
    assert {word for word in CODE.findall(table) if word.isupper()} == kinds
    customs = set(re.findall(r'CustomEvent\(name="(\w+)"', code))
    assert set(re.findall(r"`CUSTOM` `(\w+)`", table)) == customs


@pytest.mark.slow
def test_the_examples_of_the_api_page_run_against_a_real_server() -> None:
    problems, ran = problems_of(DOCS / "api.md")
    assert not problems
    assert ran > 1


def test_the_examples_of_frames_are_json() -> None:
    table = text_of("api.md").split("| you send | |")[1].split("| you get | |")[0]
    frames = [json.loads(code) for code in CODE.findall(table) if code.startswith("{")]
    of_runs = {"watch_run", "unwatch_run", "run_input", "run_resize", "stop_run"}
    assert {frame["type"] for frame in frames} == {"execute", "watch", "unwatch", "ping", *of_runs}


# -- the screens ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "language", "root"), [("first-steps.md", "en", "Settings"), ("first-steps.ar.md", "ar", "الإعدادات")]
)
def test_the_settings_a_page_sends_people_to_are_called_so(page: str, language: str, root: str) -> None:
    words = json.loads((ROOT / "web/src/locales" / language / "settings.json").read_text(encoding="utf-8"))
    assert words["title"] == root
    named = re.findall(rf"\*\*{root} › ([^*]+)\*\*", text_of(page))
    assert len(named) > 3
    assert set(named) <= set(words["section"].values())
