"""What may come next while a command is being typed: commands, then their arguments, then possible values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gitu.kernel.actions.slash.finding import find_entry
from gitu.kernel.actions.slash.schemas import (
    Argument,
    Entry,
    Shape,
    arguments_of,
    command_of,
    entries,
    shown_value,
)
from gitu.kernel.actions.slash.words import Word, quoted, split
from gitu.kernel.errors import GituError

_MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Completion:
    """Put ``text`` in place of what stands from character ``start`` up to the cursor."""

    text: str
    start: int
    label: str
    detail: str


def complete(text: str, cursor: int, catalogue: Sequence[Entry]) -> list[Completion]:
    """What may stand at ``cursor``; empty when the text is no command, or nothing fits."""
    typed = text[: max(0, cursor)]
    if not typed.lstrip().startswith("/"):
        return []
    try:
        words = split(typed, lenient=True)
    except GituError:
        return []
    if not words or words[-1].end < len(typed) or typed[-1:].isspace():
        words.append(Word("", len(typed), len(typed), 0))
    try:
        found = find_entry(words[:-1], catalogue) if len(words) > 1 else None
    except GituError:
        found = None
    if found is None or found.words >= len(words):
        return list(_commands(words, catalogue))[:_MOST_OFFERED]
    return list(_arguments(words[found.words :], found.entry))[:_MOST_OFFERED]


def _commands(words: Sequence[Word], catalogue: Sequence[Entry]) -> Iterator[Completion]:
    start = words[0].start
    said = " ".join(word.text for word in words).removeprefix("/").lower().replace("_", "-")
    by_verb: list[Completion] = []
    for entry in entries(catalogue).values():
        command = command_of(entry)
        offer = Completion(command + " ", start, command, str(entry.get("summary", "")))
        if command[1:].startswith(said):
            yield offer
        elif len(words) == 1 and said in command.partition(" ")[2]:
            by_verb.append(offer)
    yield from by_verb


def _arguments(words: Sequence[Word], entry: Entry) -> Iterator[Completion]:
    *before, current = words
    shape = Shape.of(entry)
    arguments = {argument.name: argument for argument in arguments_of(entry)}
    name, equals, _ = current.text.partition("=")
    named = arguments.get(_name(name)) if equals else None
    if named is not None:
        yield from _values(shape, named, current.text[len(name) + 1 :], current.start, name + "=")
        return
    waiting = arguments.get(_name(before[-1].text)) if before and _is_option(before[-1]) else None
    if waiting is not None and not _is_flag(shape, waiting):
        yield from _values(shape, waiting, current.text, current.start)
        return
    used = {_name(word.text.partition("=")[0]) for word in before}
    if not current.text.startswith("-"):
        for argument in arguments.values():
            if argument.required and argument.name not in used:
                yield from _values(shape, argument, current.text, current.start)
                break
    for argument in arguments.values():
        field = shape.property_of(argument.name)
        many = field is not None and any(branch.kind == "array" for branch in field.branches())
        if (argument.name not in used or many) and argument.option.startswith(current.text or "--"):
            detail = argument.description or (field.expected() if field else "")
            yield Completion(argument.option + " ", current.start, argument.option, detail)


def _values(shape: Shape, argument: Argument, said: str, start: int, prefix: str = "") -> Iterator[Completion]:
    field = shape.property_of(argument.name)
    for branch in field.branches() if field else []:
        held = branch.items() if branch.kind == "array" else branch
        values = ["true", "false"] if held.kind == "boolean" else [shown_value(value) for value in held.values()]
        for value in values:
            if value.lower().startswith(said.lower()):
                yield Completion(f"{prefix}{quoted(value)} ", start, value, argument.description)


def _is_flag(shape: Shape, argument: Argument) -> bool:
    field = shape.property_of(argument.name)
    return field is not None and {branch.kind for branch in field.branches()} == {"boolean"}


def _is_option(word: Word) -> bool:
    return word.text.startswith("--")


def _name(text: str) -> str:
    return text.removeprefix("--").replace("-", "_")
