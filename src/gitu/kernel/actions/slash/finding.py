"""Which action a command's first words mean: in full, by its verb alone, or by any prefix only it has."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gitu.kernel.actions.slash.errors import CommandAmbiguous, CommandUnknown
from gitu.kernel.actions.slash.schemas import Entry, command_of, entries
from gitu.kernel.actions.slash.words import Word

_MOST_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Found:
    """The action meant, and how many words it took to say so."""

    entry: Entry
    words: int


def find_entry(words: Sequence[Word], catalogue: Sequence[Entry]) -> Found:
    """The action that the first words name. Raises CommandUnknown or CommandAmbiguous."""
    known = entries(catalogue)
    first = _normal(words[0].text) if words else ""
    if not first:
        raise CommandUnknown(name="/", possible=_shown(_features(known)), what="command", id="/")
    if "." in first:
        return Found(known[_only(first, _starting(known, first), known)], 1)
    if first in _features(known):
        return _within_feature(first, words, known)
    verbs = [name for name in known if _verb(name) == first] or [
        name for name in known if _verb(name).startswith(first)
    ]
    features = [feature for feature in _features(known) if feature.startswith(first)]
    if len(verbs) != 1 and len(features) == 1:
        return _within_feature(features[0], words, known)
    return Found(known[_only(first, verbs, known)], 1)


def _within_feature(feature: str, words: Sequence[Word], known: Mapping[str, Entry]) -> Found:
    own = [name for name in known if name.startswith(feature + ".")]
    verb = _normal(words[1].text) if len(words) > 1 else ""
    fitting = _starting(own, f"{feature}.{verb}") if verb else []
    if not fitting:
        said = f"/{feature} {words[1].text}"[:80] if verb else f"/{feature}"
        raise CommandUnknown(name=said, possible=_commands(own, known, verb), what="command", id=said)
    return Found(known[_only(f"{feature} {verb}", fitting, known)], 2)


def _starting(names: Iterable[str], prefix: str) -> list[str]:
    found = [name for name in names if name.startswith(prefix)]
    return [prefix] if prefix in found else found


def _only(said: str, fitting: list[str], known: Mapping[str, Entry]) -> str:
    if len(fitting) == 1:
        return fitting[0]
    shown = "/" + said.replace("_", "-")[:80]
    if fitting:
        raise CommandAmbiguous(name=shown, possible=_commands(fitting, known))
    by_verb = {_verb(name): name for name in known}
    near = difflib.get_close_matches(said[:80], [*by_verb, *known], n=3, cutoff=0.6)
    names = list(dict.fromkeys(by_verb.get(name, name) for name in near))
    possible = _commands(names, known) if names else _shown(_features(known))
    raise CommandUnknown(name=shown, possible=possible, what="command", id=shown)


def _features(known: Mapping[str, Entry]) -> list[str]:
    return list(dict.fromkeys(name.partition(".")[0] for name in known))


def _commands(names: list[str], known: Mapping[str, Entry], said: str = "") -> str:
    order = difflib.get_close_matches(said[:80], [_verb(name) for name in names], n=3, cutoff=0.5) if said else []
    ranked = sorted(names, key=lambda name: order.index(_verb(name)) if _verb(name) in order else len(order))
    return ", ".join(command_of(known[name]) for name in ranked[:_MOST_SHOWN]) + _more(names)


def _shown(features: list[str]) -> str:
    return ", ".join(f"/{feature.replace('_', '-')}" for feature in features[:_MOST_SHOWN]) + _more(features)


def _more(names: list[str]) -> str:
    return ", …" if len(names) > _MOST_SHOWN else ""


def _verb(name: str) -> str:
    return name.partition(".")[2]


def _normal(text: str) -> str:
    return text.removeprefix("/").lower().replace("-", "_")
