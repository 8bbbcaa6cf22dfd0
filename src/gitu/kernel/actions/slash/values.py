"""Typed text into a JSON value of a schema's kind, and a value into the text that gives it back."""

import json
import math
from collections.abc import Mapping
from typing import Any, cast

from gitu.kernel.actions.slash.schemas import Shape, shown_value
from gitu.kernel.actions.slash.words import Word, quoted

TRUE = frozenset({"true", "yes", "on", "1", "نعم"})
FALSE = frozenset({"false", "no", "off", "0", "لا"})
_MOST_DEPTH = 20


class DoesNotFit(Exception):
    """The text is no value of the schema."""


class _NoJson:
    """What unreadable JSON is read as; None would be null."""


_NO_JSON = _NoJson()


def read_value(shape: Shape, word: Word) -> Any:  # Any: JSON of whatever kind the schema asks for
    """The value that ``word`` stands for. Raises DoesNotFit."""
    branches = shape.branches()
    if word.text == "null" and word.is_bare and (shape.nullable or not branches):
        return None
    if len(branches) == 1:
        return _READERS[branches[0].kind](branches[0], word.text)
    return _read_union(branches, word.text)


def _read_union(branches: list[Shape], text: str) -> Any:
    for branch in branches:
        if branch.kind == "enum":
            try:
                return _read_enum(branch, text)
            except DoesNotFit:
                continue
    # A decimal is text with a pattern beside a number: read as text it keeps all its digits.
    decimal = {branch.kind for branch in branches} == {"number", "string"} and any(
        "pattern" in branch.schema for branch in branches
    )
    value = _NO_JSON if decimal else _json(text)
    if value is not _NO_JSON and any(_fits(branch, value) for branch in branches):
        return value
    for branch in sorted(branches, key=lambda branch: branch.kind != "string"):
        try:
            return _READERS[branch.kind](branch, text)
        except DoesNotFit:
            continue
    raise DoesNotFit


def _read_string(_shape: Shape, text: str) -> str:
    return text


def _read_enum(shape: Shape, text: str) -> Any:
    shown = [(shown_value(value), value) for value in shape.values()]
    exact = [value for written, value in shown if written == text]
    similar = [value for written, value in shown if written.lower() == text.lower()]
    if exact or similar:
        return (exact or similar)[0]
    value = _json(text)
    if value is not _NO_JSON and value in shape.values():
        return value
    raise DoesNotFit


def _read_integer(_shape: Shape, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise DoesNotFit from None


def _read_number(_shape: Shape, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise DoesNotFit from None
    if not math.isfinite(number):
        raise DoesNotFit
    return int(text) if text.lstrip("+-").isdecimal() and len(text) < 1000 else number


def _read_boolean(_shape: Shape, text: str) -> bool:
    if text.lower() in TRUE | FALSE:
        return text.lower() in TRUE
    raise DoesNotFit


def _read_object(_shape: Shape, text: str) -> Any:
    value = _json(text)
    if isinstance(value, Mapping):
        return cast("Any", value)
    raise DoesNotFit


def _read_array(shape: Shape, text: str) -> list[Any]:
    value = _json(text)
    if isinstance(value, list):
        return cast("list[Any]", value)
    items = shape.items()
    if isinstance(value, Mapping):
        return [value]
    return [read_value(items, Word(part, 0, 0, len(part))) for part in text.split(",")]


def _read_any(_shape: Shape, text: str) -> Any:
    value = _json(text)
    return text if value is _NO_JSON else value


_READERS = {
    "string": _read_string,
    "enum": _read_enum,
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_boolean,
    "object": _read_object,
    "array": _read_array,
    "any": _read_any,
}


def _json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return _NO_JSON


def _refuse(constant: str) -> None:
    raise ValueError(constant)  # NaN and Infinity are not JSON


_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def _fits(shape: Shape, value: object, depth: int = 0) -> bool:
    # By kind alone: whether lengths and ranges hold is for the action's own type to say.
    if shape.kind == "any":
        return True
    if shape.kind == "enum":
        return value in shape.values()
    # JSON's true is no number, though Python's bool is an int.
    if not isinstance(value, _TYPES[shape.kind]) or (isinstance(value, bool) and shape.kind != "boolean"):
        return False
    if not isinstance(value, list) or depth > _MOST_DEPTH:
        return True
    items = shape.items()
    return all(
        any(_fits(branch, item, depth + 1) for branch in items.branches()) or (item is None and items.nullable)
        for item in cast("list[object]", value)
    )


def write_value(shape: Shape, value: object) -> str:
    """``value`` as a word that ``read_value`` turns back into it."""
    if value is None:
        return "null"
    branches = shape.branches()
    kinds = {branch.kind for branch in branches}
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = kinds in ({"string"}, {"enum"}) or _reads_as_itself(shape, value)
        return quoted(value if plain else _dumped(value))
    if isinstance(value, list):
        return _write_list(branches, cast("list[object]", value))
    return quoted(_dumped(value))


def _reads_as_itself(shape: Shape, text: str) -> bool:
    try:
        return read_value(shape, Word(text, 0, 0, 0)) == text
    except DoesNotFit:
        return False


def _write_list(branches: list[Shape], values: list[object]) -> str:
    plain = (
        values
        and [branch.kind for branch in branches] == ["array"]
        and {inner.kind for inner in branches[0].items().branches()} <= {"string", "enum"}
        and all(isinstance(value, str) and _is_plain(value) for value in values)
    )
    return quoted(",".join(cast("list[str]", values)) if plain else _dumped(values))


def _is_plain(text: str) -> bool:
    return bool(text) and "," not in text and text != "null" and _json(text) is _NO_JSON and text[0] not in "[{"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
