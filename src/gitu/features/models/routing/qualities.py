"""How well models do, and what they can read: a list by names, which one of your own in the home folder overrides."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import structlog

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Quality:
    """From 0 to 100, in general and for answers in Arabic."""

    general: int
    arabic: int
    vision: bool

    def of(self, *, arabic: bool) -> int:
        """The one that counts for a request."""
        return self.arabic if arabic else self.general


_MAKER: Final = re.compile(r"^(?:[a-z]{2,6}\.)?[a-z0-9]+\.(?=[a-z])")  # as in Bedrock's eu.anthropic.claude-…
UNKNOWN: Final = Quality(45, 35, vision=False)  # of a model that nobody has rated: good enough for what is easy


class Qualities:
    """``file`` (models.toml, optional) overrides what comes with Gitu, in the same form."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._stamp: float | None = None
        self._own: Mapping[str, Quality] = {}
        self._found: dict[str, Quality] = {}

    def of(self, model: str) -> Quality:
        """What is known of a model by its name, with or without its maker before it."""
        own = self._overrides()
        found = self._found.get(model)
        if found is None:
            found = self._found[model] = _longest(own, model) or _longest(_bundled(), model) or UNKNOWN
        return found

    def _overrides(self) -> Mapping[str, Quality]:
        if self._file is None:
            return self._own
        try:
            stamp = self._file.stat().st_mtime
        except OSError:
            stamp = None
        if stamp != self._stamp:
            self._stamp = stamp
            self._found.clear()
            self._own = {} if stamp is None else _read(self._file)
        return self._own


def _longest(known: Mapping[str, Quality], model: str) -> Quality | None:
    name = model.lower()
    short = name.rpartition("/")[2]
    shortest = _MAKER.sub("", short)
    matching = [beginning for beginning in known if any(one.startswith(beginning) for one in (name, short, shortest))]
    return known[max(matching, key=len)] if matching else None


@cache
def _bundled() -> Mapping[str, Quality]:
    text = (files("gitu.features.models.routing") / "qualities.toml").read_text(encoding="utf-8")
    return {name: _entry(entry) for name, entry in tomllib.loads(text).items()}


def _read(file: Path) -> Mapping[str, Quality]:
    """The file's; none, with a line in the log, when it can't be read."""
    try:
        return {name.lower(): _entry(entry) for name, entry in tomllib.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("models.qualities_unreadable", file=str(file), error=f"{type(error).__name__}: {error}")
        return {}


def _entry(entry: Mapping[str, Any]) -> Quality:  # Any: TOML's own values, checked here
    general = int(entry["quality"])
    arabic = int(entry.get("arabic", general))
    if not (0 <= general <= 100 and 0 <= arabic <= 100):
        raise ValueError("a quality lies between 0 and 100")
    return Quality(general, arabic, vision=bool(entry.get("vision", False)))
