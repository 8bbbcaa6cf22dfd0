"""The limits of a grant, and whether an effect stays within them. A kind for which nothing is named is not granted."""

import ipaddress
import re
import shlex
from collections.abc import Callable, Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from gitu.kernel.actions.effects import Effect, Many, Sum
from gitu.kernel.i18n import Unfit

ANY = "*"

# In a shell these join, redirect or expand; a line that holds one is more than the words it begins with.
_SHELL_SYNTAX = re.compile(r"[;&|<>()$`\\\n\r*?\[\]{}~#!^\x00-\x08\x0b-\x1f\x7f]")
# A name or an IPv4 address; or an IPv6 address, with brackets where a port follows.
_HOST = re.compile(r"(?:([\w-]+(?:\.[\w-]+)*)\.?|\[([0-9a-f:.]+)\])(?::(\d{1,5}))?")
# What mail servers read more into than a name: routes, comments, lists, quotes.
_LOCAL_PART = re.compile(r"[^\s\x00-\x1f,;:<>()\[\]\"\\%!@]+")


class Limits(BaseModel):
    """Each kind names what is allowed, ``*`` alone for anything; an empty kind allows nothing of it.

    ``paths``: absolute folders and files, each with all that lies below. ``hosts``: names, ``*.example.com`` for all
    below one; with a port, that port alone. ``recipients``: addresses, ``*@example.com`` for all of one domain.
    ``commands``: a whole command line, or its first words with `` *`` behind. ``most``: the highest amount of one call.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    paths: Many = ()
    hosts: Many = ()
    recipients: Many = ()
    commands: Many = ()
    most: Annotated[Sum | None, Field()] = None

    @field_validator("paths")
    @classmethod
    def _absolute(cls, paths: tuple[str, ...]) -> tuple[str, ...]:
        for path in paths:
            if path != ANY and not is_plain(path):
                raise Unfit("field-whole-path")
        return paths


def within(effect: Effect, limits: Limits) -> bool:
    """Whether everything that the effect touches is allowed."""
    return (
        _all(effect.paths, limits.paths, covers_path)
        and _all(effect.hosts, limits.hosts, covers_host)
        and _all(effect.recipients, limits.recipients, covers_recipient)
        and (effect.command is None or _all([effect.command], limits.commands, covers_command))
        and (effect.amount is None or covers_amount(limits.most, effect.amount))
    )


def limits_of(effect: Effect) -> Limits:
    """The narrowest limits: exactly what the effect touches.

    What would read as a pattern (a host named ``*``, a command that ends in `` *``) is left out, since as a limit it
    would allow more than the effect; such an effect is not within these limits.
    """
    command = effect.command
    return Limits(
        paths=tuple(path for path in effect.paths if is_plain(path)),
        hosts=tuple(host for host in effect.hosts if not host.startswith(ANY)),
        recipients=tuple(one for one in effect.recipients if not one.startswith(ANY)),
        commands=() if command is None or command == ANY or command.endswith(" *") else (command,),
        most=effect.amount,
    )


def _all(touched: Iterable[str], allowed: Iterable[str], covers: Callable[[str, str], bool]) -> bool:
    patterns = tuple(allowed)
    return all(any(pattern == ANY or covers(pattern, one) for pattern in patterns) for one in touched)


def is_plain(path: str) -> bool:
    """Whether a path is absolute and says where it is without ``.``, ``..`` or doubled slashes."""
    if path == "/":
        return True
    steps = path.split("/")
    return path.startswith("/") and "\x00" not in path and not any(step in {"", ".", ".."} for step in steps[1:])


def covers_path(allowed: str, path: str) -> bool:
    """The path itself, or what lies below it. A path that is not plain is never covered."""
    if not is_plain(path) or not is_plain(allowed):
        return False
    return path == allowed or path.startswith(allowed.rstrip("/") + "/")


def covers_host(allowed: str, host: str) -> bool:
    """The same host, or a name below ``*.``; whatever the case and the final dot.

    Where ``allowed`` names a port, only that port. What is no plain name or address is never covered.
    """
    below = allowed.startswith("*.")
    pattern, wanted = _host(allowed.removeprefix("*.")), _host(host)
    if pattern is None or wanted is None or pattern[1] not in {"", wanted[1]}:
        return False
    if below:
        return wanted[0].endswith("." + pattern[0]) and not _is_address(wanted[0])
    return wanted[0] == pattern[0]


def _host(name: str) -> tuple[str, str] | None:
    """The host and its port, if it names one; None for what is neither a name nor an address."""
    found = _HOST.fullmatch(name.lower())
    if found is not None and found[1] is not None:
        return found[1], found[3] or ""
    bare, port = (name.lower(), "") if found is None else (found[2], found[3] or "")
    return (ipaddress.ip_address(bare).compressed, port) if _is_address(bare) else None


def _is_address(name: str) -> bool:
    try:
        return "%" not in name and bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def covers_recipient(allowed: str, recipient: str) -> bool:
    """The same address, or a plain one of the domain in ``*@domain``, without case."""
    wanted, pattern = recipient.lower(), allowed.lower()
    if pattern.startswith("*@"):
        local = wanted.removesuffix(pattern[1:])
        return local != wanted and _LOCAL_PART.fullmatch(local) is not None
    return wanted == pattern


def covers_command(allowed: str, command: str) -> bool:
    """The same line; or, where ``allowed`` ends in `` *``, a line of plain words that begins with its words."""
    if not allowed.endswith(" *"):
        return allowed == command
    if _SHELL_SYNTAX.search(command):
        return False
    try:
        beginning, words = shlex.split(allowed[:-2]), shlex.split(command)
    except ValueError:  # an open quote
        return False
    return bool(beginning) and words[: len(beginning)] == beginning


def covers_amount(most: Sum | None, amount: Sum) -> bool:
    """At most as much, in the same currency."""
    return most is not None and most.currency == amount.currency and amount.amount <= most.amount
