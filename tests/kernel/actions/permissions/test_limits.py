"""The limits of a grant: what is named is allowed, and nothing that only looks like it."""

import os
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from gitu.kernel.actions.effects import Effect, Sum
from gitu.kernel.actions.permissions.limits import Limits, covers_path, is_plain, limits_of, within

STEPS = st.sampled_from(["home", "amal", "amalia", "reports", "..", ".", "", "a b", "é", "e\u0301", "\x00", "*", "~"])
PATHS = st.lists(STEPS, max_size=6).map(lambda steps: "/" + "/".join(steps))
TEXT = st.text(min_size=1, max_size=60)


@given(allowed=PATHS, path=PATHS)
def test_nothing_outside_an_allowed_folder_is_ever_covered(allowed: str, path: str) -> None:
    if not covers_path(allowed, path):
        return
    assert os.path.normpath(path) == path
    assert os.path.commonpath([allowed, path]) == allowed


@given(path=TEXT)
def test_no_text_at_all_gets_out_of_a_folder(path: str) -> None:
    if within(Effect(paths=(path,)), Limits(paths=("/home/amal",))):
        assert os.path.normpath(path) == path
        assert path == "/home/amal" or path.startswith("/home/amal/")


@pytest.mark.parametrize(
    "path",
    [
        "/home/amal/../basim",
        "/home/amalia",
        "/home/amal/./x",
        "/home//amal/x",
        "/home/Amal/x",
        "/home/amal/",
        "home/amal/x",
        "~/x",
        "/home/amal\x00/x",
        "/home",
        "//home/amal",
    ],
)
def test_what_only_looks_like_an_allowed_folder_is_not_covered(path: str) -> None:
    assert not within(Effect(paths=(path,)), Limits(paths=("/home/amal",)))


def test_a_folder_covers_itself_and_all_below_and_the_root_everything() -> None:
    assert within(Effect(paths=("/srv/a", "/srv/a/b/c")), Limits(paths=("/srv/a",)))
    assert within(Effect(paths=("/etc/hosts",)), Limits(paths=("/",)))
    assert is_plain("/")
    assert not is_plain("/a/../b")


def test_limits_name_whole_paths_only() -> None:
    assert Limits(paths=("*", "/home/amal")).paths == ("*", "/home/amal")
    for bad in ("reports", "/home/../etc", "~/x", ""):
        with pytest.raises(ValidationError):
            Limits(paths=(bad,))


@pytest.mark.parametrize(
    ("allowed", "host", "covered"),
    [
        ("example.com", "example.com", True),
        ("example.com", "EXAMPLE.com.", True),
        ("example.com", "example.com:443", True),
        ("example.com:443", "example.com:443", True),
        ("example.com:443", "example.com:22", False),
        ("example.com:443", "example.com", False),
        ("example.com", "www.example.com", False),
        ("example.com", "example.com.evil.example", False),
        ("example.com", "evilexample.com", False),
        ("*.example.com", "a.b.example.com", True),
        ("*.example.com:443", "a.example.com:443", True),
        ("*.example.com:443", "a.example.com:80", False),
        ("*.example.com", "example.com", False),
        ("*.example.com", ".example.com", False),
        ("*.example.com", "evil.example/.example.com", False),
        ("*.example.com", "evil.example?.example.com", False),
        ("*.example.com", "evil.example#.example.com", False),
        ("*.example.com", "evil.example\\.example.com", False),
        ("*.example.com", "eve@x.example.com", False),
        ("*.example.com", "evil.example\n.example.com", False),
        ("*.0.0.1", "127.0.0.1", False),
        ("*.", "example.com", False),
        ("**", "example.com", False),
        ("::1", "[::1]:8080", True),
        ("[::1]:8080", "[::1]:8081", False),
        ("::1", "0:0:0:0:0:0:0:1", True),
        ("::1", "::2", False),
        ("fe80::1", "fe80::1%eth0", False),
        ("127.0.0.1", "127.0.0.1:80", True),
        ("127.0.0.1", "127.0.0.11", False),
        ("[oops]", "[oops]", False),
        ("*", "anything.example", True),
    ],
)
def test_hosts(allowed: str, host: str, covered: bool) -> None:
    assert within(Effect(hosts=(host,)), Limits(hosts=(allowed,))) is covered


@given(host=TEXT)
def test_whatever_is_below_a_domain_ends_in_it_and_is_a_plain_name(host: str) -> None:
    if within(Effect(hosts=(host,)), Limits(hosts=("*.example.com",))):
        name = host.lower().rsplit(":", 1)[0].rstrip(".")
        assert name.endswith(".example.com")
        assert not set(name) & set("/?#@\\ \t\n")


@pytest.mark.parametrize(
    ("allowed", "recipient", "covered"),
    [
        ("amal@example.com", "Amal@Example.COM", True),
        ("amal@example.com", "amal@example.com.evil.example", False),
        ("amal@example.com", "amal@example.com,eve@evil.example", False),
        ("strasse@example.com", "straße@example.com", False),
        ("*@example.com", "basim@example.com", True),
        ("*@example.com", "@example.com", False),
        ("*@example.com", "eve@evil.example@example.com", False),
        ("*@example.com", "eve@evil.example, x@example.com", False),
        ("*@example.com", "eve%evil.example@example.com", False),
        ("*@example.com", "evil.example!eve@example.com", False),
        ("*@example.com", '"eve@evil.example"@example.com', False),
        ("*@example.com", "eve x@example.com", False),
        ("*@example.com", "eve\nbcc:x@example.com", False),
        ("*@example.com", "basim@sub.example.com", False),
        ("*@example.com", "basim@evilexample.com", False),
        ("*", "anyone@anywhere.example", True),
    ],
)
def test_recipients(allowed: str, recipient: str, covered: bool) -> None:
    assert within(Effect(recipients=(recipient,)), Limits(recipients=(allowed,))) is covered


@pytest.mark.parametrize(
    ("allowed", "command", "covered"),
    [
        ("git status", "git status", True),
        ("git status", "git status -s", False),
        ("git *", "git status -s", True),
        ("git log *", "git log 'one two'", True),
        ("git log *", "git push", False),
        ("git *", "github", False),
        ("git *", "git status; rm -rf /", False),
        ("git *", "git status && rm x", False),
        ("git *", "git status | sh", False),
        ("git *", "git $(rm x)", False),
        ("git *", "git `rm x`", False),
        ("git *", 'git "$HOME"', False),
        ("git *", "git > /etc/passwd", False),
        ("git *", "git status\nrm x", False),
        ("git *", "git status\rrm x", False),
        ("git *", "git status\x0brm", False),
        ("git *", "git \\\nx", False),
        ("git *", "git\u00a0status", False),
        ("git *", "git\u2003status", False),
        ("git *", "git 'open", False),
        ("git *", "x=1 git status", False),
        ("git *", "GIT status", False),
        ("'open *", "open x", False),
        (" *", "rm x", False),
        ("git log *", "git log *", False),  # the shell would put names of files there
        ("*", "rm -rf /", True),
    ],
)
def test_commands(allowed: str, command: str, covered: bool) -> None:
    assert within(Effect(command=command), Limits(commands=(allowed,))) is covered


@example(tail="*")
@given(tail=st.text(max_size=30))
def test_no_tail_joins_a_second_command_to_allowed_words(tail: str) -> None:
    command = f"git log {tail}"
    if within(Effect(command=command), Limits(commands=("git log *",))):
        assert not set(command) & set(";&|<>()$`\\\n\r*?[]{}~#!")


@pytest.mark.parametrize(
    ("most", "amount", "covered"),
    [
        (("10", "EUR"), ("10.00", "EUR"), True),
        (("10", "EUR"), ("10.01", "EUR"), False),
        (("10", "EUR"), ("1", "USD"), False),
        (None, ("0", "EUR"), False),
    ],
)
def test_amounts(most: tuple[str, str] | None, amount: tuple[str, str], covered: bool) -> None:
    limit = None if most is None else Sum(amount=Decimal(most[0]), currency=most[1])
    effect = Effect(amount=Sum(amount=Decimal(amount[0]), currency=amount[1]))
    assert within(effect, Limits(most=limit)) is covered


def test_a_kind_that_is_not_named_is_not_allowed_and_all_that_is_touched_must_be() -> None:
    whole = Effect(paths=("/a",), hosts=("x.example",), recipients=("a@x.example",), command="ls")
    assert not within(whole, Limits())
    assert within(whole, limits_of(whole))
    for kind in ("paths", "hosts", "recipients", "commands"):
        assert not within(whole, limits_of(whole).model_copy(update={kind: ()}))
    assert not within(Effect(paths=("/a", "/b")), Limits(paths=("/a",)))
    assert within(Effect(), Limits())


@pytest.mark.parametrize(
    "effect",
    [
        Effect(hosts=("*",)),
        Effect(hosts=("*.example.com",)),
        Effect(recipients=("*",)),
        Effect(recipients=("*@example.com",)),
        Effect(command="rm *"),
        Effect(command="*"),
        Effect(paths=("*",)),
        Effect(paths=("relative/x",)),
    ],
)
def test_remembering_what_reads_as_a_pattern_does_not_widen_it(effect: Effect) -> None:
    assert limits_of(effect) == Limits()
    assert not within(effect, limits_of(effect))
