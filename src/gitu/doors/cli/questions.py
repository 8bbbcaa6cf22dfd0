"""What ``gitu setup`` asks a person in the terminal."""

import contextlib
import getpass
import os
import signal
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from gitu.doors.cli import output, secrets
from gitu.doors.cli.language import language, say
from gitu.kernel.crypto.passwords import password_problem

if TYPE_CHECKING:
    from gitu.doors.cli.setup import Wishes

PROVIDERS = ("openai", "anthropic", "google", "mistral", "groq", "openrouter", "bedrock", "openai_compatible")


def ask_for_owner(wishes: "Wishes") -> "Wishes":
    """Ask for everything an owner needs."""
    with _interruptible():
        return _ask_for_owner(wishes)


def _ask_for_owner(wishes: "Wishes") -> "Wishes":
    output.line(say("setup-welcome"))
    login = _ask("setup-ask-login", default=wishes.owner or getpass.getuser())
    name = _ask("setup-ask-name", default=wishes.name or login)
    spoken = _ask("setup-ask-language", default=wishes.language or language(), choices=("en", "ar"))
    zone = _ask("setup-ask-time-zone", default=wishes.time_zone or _system_zone(), choices=available_timezones())
    password = wishes.password or _new_password(login, name)
    return replace(wishes, owner=login, name=name, language=spoken, time_zone=zone, password=password)


def ask_for_model(wishes: "Wishes", offers: list[Any]) -> "Wishes":  # Any: JSON of the offers
    """Ask which model to connect; nothing chosen is an answer too."""
    with _interruptible():
        return _ask_for_model(wishes, offers)


@contextlib.contextmanager
def _interruptible() -> Generator[None]:
    """Let Ctrl-C end a question at once: asyncio would wait for the next await."""
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, previous)


def _ask_for_model(wishes: "Wishes", offers: list[Any]) -> "Wishes":  # Any: JSON of the offers
    output.line()
    output.line(say("setup-models"))
    for number, offer in enumerate(offers, start=1):
        output.line(f"  {number}. {offer['name']} ({offer.get('variable') or offer['base_url']})")
    output.line(f"  {len(offers) + 1}. {say('setup-model-other')}")
    output.line(f"  {len(offers) + 2}. {say('setup-model-later')}")
    numbers = [str(number) for number in range(1, len(offers) + 3)]
    chosen = int(_ask("setup-ask-choice", default=numbers[0 if offers else -1], choices=numbers)) - 1
    if chosen < len(offers):
        offer = offers[chosen]
        key = os.environ.get(offer.get("variable") or "")
        return replace(wishes, model_provider=offer["provider"], model_url=offer["base_url"], model_key=key)
    if chosen > len(offers):
        return wishes
    provider = _ask("setup-ask-provider", default="openai_compatible", choices=PROVIDERS)
    question = {"openai_compatible": "setup-ask-url", "bedrock": "setup-ask-region"}.get(provider)
    url = _ask(question) if question else None
    key = secrets.ask("setup-ask-key").strip() or None
    return replace(wishes, model_provider=provider, model_url=url, model_key=key)


def _ask(key: str, *, default: str = "", choices: Any = ()) -> str:  # any container of words
    while True:
        shown = f" [{default}]" if default else ""
        given = input(f"{say(key)}{shown} ").strip() or default
        if given and (not choices or given in choices):
            return given
        output.line(say("setup-ask-again", value=given or "–"))


def _new_password(login: str, name: str) -> str:
    while True:
        password = secrets.ask("setup-ask-password")
        problem = password_problem(password, login=login, name=name, locale=language())
        if problem is not None:
            output.line(problem)
        elif secrets.ask("setup-ask-password-again") != password:
            output.line(say("setup-passwords-differ"))
        else:
            return password


def _system_zone() -> str:
    candidates = [os.environ.get("TZ", "")]
    with contextlib.suppress(OSError):
        candidates.append(str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2])
    return next((zone for zone in candidates if zone in available_timezones()), "UTC")
