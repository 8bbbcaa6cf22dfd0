"""A typed command into the action it means and the payload for it. Every failure is a GituError."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gitu.kernel.actions.slash.errors import (
    ArgumentEmpty,
    ArgumentMissing,
    ArgumentRepeated,
    ArgumentUnfit,
    ArgumentUnknown,
    ArgumentUnplaced,
)
from gitu.kernel.actions.slash.finding import find_entry
from gitu.kernel.actions.slash.schemas import Argument, Entry, Shape, arguments_of, command_of, usage_of
from gitu.kernel.actions.slash.values import FALSE, TRUE, DoesNotFit, read_value
from gitu.kernel.actions.slash.words import Word, split

Payload = dict[str, Any]  # JSON of whatever shape the action's schema gives it


@dataclass(frozen=True, slots=True)
class Command:
    """What a typed command means."""

    name: str
    payload: Payload


def parse_command(text: str, catalogue: Sequence[Entry]) -> Command:
    """``/feature verb …`` as an action of the catalogue with its payload.

    Raises CommandUnreadable, CommandTooLong, CommandUnknown, CommandAmbiguous or an ArgumentError. That ranges
    and lengths hold is for the action's own validation to say.
    """
    words = split(text)
    found = find_entry(words, catalogue)
    return Command(str(found.entry["name"]), _Arguments(found.entry).read(words[found.words :]))


def parse_arguments(arguments: Sequence[str], entry: Entry) -> Payload:
    """The payload for one action from the words of a shell, which has taken the quotes off already.

    Raises an ArgumentError.
    """
    return _Arguments(entry).read([Word(text, 0, 0, len(text)) for text in arguments])


class _Arguments:
    """Reads the words behind one command, once."""

    def __init__(self, entry: Entry) -> None:
        self._entry = entry
        self._shape = Shape.of(entry)
        self._arguments = {argument.name: argument for argument in arguments_of(entry)}
        self._payload: Payload = {}
        self._unnamed: list[Word] = []

    def read(self, words: Sequence[Word]) -> Payload:
        at, only_values = 0, False
        while at < len(words):
            word = words[at]
            at += 1
            if word.text == "--" and word.is_bare and not only_values:
                only_values = True
            elif word.bare >= 2 and word.text.startswith("--") and not only_values:
                at += self._option(word.after(2), words[at : at + 1])
            elif not self._field(word):
                self._unnamed.append(word)
        self._place_unnamed()
        for argument in self._arguments.values():
            if argument.required and argument.name not in self._payload:
                raise ArgumentMissing(
                    argument=argument.name, command=command_of(self._entry), usage=usage_of(self._entry)
                )
        return self._payload

    def _option(self, word: Word, following: Sequence[Word]) -> int:
        """Take ``name``, ``name=value`` or ``no-name``; answers how many of the following words it took."""
        name, equals, _ = word.text[: word.bare].partition("=")
        path, negated = self._path(name)
        shape = self._at(path)
        if equals:
            self._set(path, shape, word.after(len(name) + 1))
            return 0
        is_flag = {branch.kind for branch in shape.branches()} == {"boolean"}
        if is_flag and (negated or not (following and _is_truth(following[0]))):
            self._set(path, shape, Word("false" if negated else "true", 0, 0, 0))
            return 0
        if not following or (following[0].bare >= 2 and following[0].text.startswith("--")):
            raise ArgumentEmpty(argument=".".join(path), expected=shape.expected())
        self._set(path, shape, following[0])
        return 1

    def _field(self, word: Word) -> bool:
        """Take ``field=value`` if the field is one of this action's."""
        name, equals, _ = word.text[: word.bare].partition("=")
        steps = name.replace("-", "_").split(".")
        if not equals or steps[0] not in self._arguments:
            return False
        self._set(steps, self._at(steps), word.after(len(name) + 1))
        return True

    def _path(self, name: str) -> tuple[list[str], bool]:
        """The argument that an option names, in full or by a prefix only it has; and whether it says no."""
        first, *rest = name.replace("-", "_").split(".")
        for candidate, negated in ((first, False), (first.removeprefix("no_"), first.startswith("no_"))):
            fitting = [known for known in self._arguments if candidate and known.startswith(candidate)]
            if candidate in fitting:
                fitting = [candidate]
            if negated:
                fitting = [known for known in fitting if self._is_flag(known)]
            if len(fitting) == 1:
                return [fitting[0], *rest], negated
        raise self._unknown(name, list(self._arguments))

    def _is_flag(self, name: str) -> bool:
        field = self._shape.property_of(name)
        return field is not None and {branch.kind for branch in field.branches()} == {"boolean"}

    def _at(self, path: list[str]) -> Shape:
        shape = self._shape
        for depth, step in enumerate(path):
            field = shape.property_of(step)
            if field is None and (dashed := shape.property_of(step.replace("_", "-"))):
                field, path[depth] = dashed, step.replace("_", "-")
            if field is None:
                names = [name for branch in shape.branches() for name in branch.properties()]
                raise self._unknown(".".join(path), [".".join([*path[:depth], name]) for name in names])
            shape = field
        return shape

    def _unknown(self, said: str, possible: list[str]) -> ArgumentUnknown:
        near = difflib.get_close_matches(said.replace("-", "_")[:80], possible, n=3, cutoff=0.5)
        names = near or possible
        return ArgumentUnknown(
            argument=said[:80],
            command=command_of(self._entry),
            possible=", ".join("--" + name.replace("_", "-") for name in names) or "–",
        )

    def _set(self, path: list[str], shape: Shape, word: Word) -> None:
        try:
            value = read_value(shape, word)
        except DoesNotFit:
            raise ArgumentUnfit(
                argument=".".join(path), value=word.text[:80] or '""', expected=shape.expected()
            ) from None
        target = self._payload
        for step in path[:-1]:
            inner: Payload | list[Any] = target.setdefault(step, {})
            if isinstance(inner, list) or type(inner) is not dict:
                raise self._repeated(path)
            target = inner
        last = path[-1]
        if last not in target:
            target[last] = value
        elif isinstance(target[last], list) and isinstance(value, list):
            target[last] = [*target[last], *value]
        else:
            raise self._repeated(path)

    def _repeated(self, path: list[str]) -> ArgumentRepeated:
        return ArgumentRepeated(argument=".".join(path), command=command_of(self._entry))

    def _place_unnamed(self) -> None:
        open_places = [
            argument
            for argument in self._arguments.values()
            if argument.required and argument.name not in self._payload
        ]
        words = list(self._unnamed)
        while words:
            if not open_places:
                raise ArgumentUnplaced(
                    argument="",
                    command=command_of(self._entry),
                    value=words[0].text[:80] or '""',
                    possible=", ".join(argument.option for argument in self._arguments.values()) or "–",
                )
            argument = open_places.pop(0)
            words = words[self._fill(argument, words, last=not open_places) :]

    def _fill(self, argument: Argument, words: list[Word], *, last: bool) -> int:
        """Give an argument its word; the last one takes all that are left if it is a list or plain text."""
        shape = self._at([argument.name])
        if last and len(words) > 1 and shape.is_free_text:
            joined = " ".join(word.text for word in words)
            self._set([argument.name], shape, Word(joined, 0, 0, 0))
            return len(words)
        taken = words if last and [branch.kind for branch in shape.branches()] == ["array"] else words[:1]
        for word in taken:
            self._set([argument.name], shape, word)
        return len(taken)


def _is_truth(word: Word) -> bool:
    return word.text.lower() in (TRUE | FALSE) - {"0", "1"}
