"""What a typed command needs of a JSON schema: its arguments, their kinds, what is possible in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

Schema = Mapping[str, Any]  # JSON Schema: each keyword has a type of its own
Entry = Mapping[str, Any]  # one action of the catalogue: name, summary, input_schema and more

_MOST_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Argument:
    """One named input of an action. ``schema`` has its references resolved at the top."""

    name: str
    schema: Schema
    required: bool
    description: str

    @property
    def option(self) -> str:
        """As one types it: ``--quiet-hours``."""
        return "--" + self.name.replace("_", "-")


class Shape:
    """A schema with the definitions its references point to."""

    def __init__(self, schema: Schema, definitions: Mapping[str, Schema]) -> None:
        self._definitions = definitions
        self.schema = self._resolved(schema)

    @classmethod
    def of(cls, entry: Entry) -> "Shape":
        """The input of an action."""
        schema = _mapping(entry.get("input_schema"))
        return cls(schema, cast("Mapping[str, Schema]", _mapping(schema.get("$defs"))))

    def within(self, schema: object) -> "Shape":
        """A part of this schema."""
        return Shape(_mapping(schema), self._definitions)

    def _resolved(self, schema: Schema) -> Schema:
        for _ in range(_MOST_DEPTH):
            if isinstance(schema.get("$ref"), str):
                found = self._definitions.get(str(schema["$ref"]).rpartition("/")[2], {})
                schema = {**_mapping(found), **{key: value for key, value in schema.items() if key != "$ref"}}
            elif len(_list(schema.get("allOf"))) == 1:
                inner = _mapping(_list(schema["allOf"])[0])
                schema = {**inner, **{key: value for key, value in schema.items() if key != "allOf"}}
            else:
                return schema
        return {}

    def properties(self) -> dict[str, "Shape"]:
        """The fields of an object, in their order."""
        return {name: self.within(schema) for name, schema in _mapping(self.schema.get("properties")).items()}

    def property_of(self, name: str) -> "Shape | None":
        """The field ``name`` of an object, or of the one object among its branches."""
        for branch in self.branches():
            fields = _mapping(branch.schema.get("properties"))
            if name in fields:
                return branch.within(fields[name])
            if isinstance(branch.schema.get("additionalProperties"), Mapping):
                return branch.within(branch.schema["additionalProperties"])
        return None

    def required(self) -> list[str]:
        """The names of the fields an object must have."""
        return [str(name) for name in _list(self.schema.get("required"))]

    def branches(self) -> list["Shape"]:
        """What it can be, null left out; a plain schema is its own only branch."""
        return [shape for shape in self._flat(0) if shape.kind != "null"]

    @property
    def nullable(self) -> bool:
        """Whether null is possible."""
        return any(shape.kind in ("null", "any") for shape in self._flat(0))

    def _flat(self, depth: int) -> Iterator["Shape"]:
        choices = _list(self.schema.get("anyOf")) or _list(self.schema.get("oneOf"))
        kinds = self.schema.get("type")
        if choices and depth < _MOST_DEPTH:
            for choice in choices:
                yield from self.within(choice)._flat(depth + 1)
        elif isinstance(kinds, list):
            for kind in cast("list[object]", kinds):
                yield self.within({**self.schema, "type": kind})
        else:
            yield self

    @property
    def kind(self) -> str:
        """JSON Schema's type, or ``enum`` where the values are listed, or ``any``."""
        if self.values():
            return "enum"
        kind = self.schema.get("type")
        if isinstance(kind, str):
            return kind
        return "object" if "properties" in self.schema else "any"

    def values(self) -> list[Any]:  # Any: an enum holds JSON of any kind
        """The only values possible, where they are listed."""
        return [self.schema["const"]] if "const" in self.schema else _list(self.schema.get("enum"))

    def items(self) -> "Shape":
        """What an array holds."""
        return self.within(self.schema.get("items"))

    @property
    def is_free_text(self) -> bool:
        """Whether any text will do."""
        return [branch.kind for branch in self.branches()] == ["string"] and not (
            {"format", "pattern"} & self.branches()[0].schema.keys()
        )

    def expected(self) -> str:
        """What is possible, for a person, in words of no language: ``en, ar`` or ``<number>``."""
        shown: list[str] = []
        for branch in self.branches():
            if branch.kind == "enum":
                shown += [shown_value(value) for value in branch.values()]
            elif branch.kind == "boolean":
                shown += ["true", "false"]
            elif branch.kind == "array":
                shown.append(f"{branch.items().expected()}, …")
            elif branch.kind == "object":
                names = list(_mapping(branch.schema.get("properties")))
                shown.append("{" + ", ".join(f'"{name}": …' for name in names[:6]) + "}")
            else:
                shown.append(f"<{branch.schema.get('format') or branch.kind}>")
        return ", ".join([*dict.fromkeys(shown), *(["null"] if self.nullable else [])])


def arguments_of(entry: Entry) -> list[Argument]:
    """The arguments of an action: the required ones first, each group in the schema's order."""
    shape = Shape.of(entry)
    required = set(shape.required())
    found = [
        Argument(name, field.schema, name in required, str(field.schema.get("description", "")))
        for name, field in shape.properties().items()
    ]
    return sorted(found, key=lambda argument: not argument.required)


def usage_of(entry: Entry) -> str:
    """How to write a command: ``/models test-connection <connection_id> [--deep]``."""
    return " ".join([command_of(entry), *(f"<{arg.name}>" for arg in arguments_of(entry) if arg.required)])


def command_of(entry: Entry) -> str:
    """An action's name as a command: ``/assistant list-sessions``."""
    return "/" + str(entry.get("name", "")).replace(".", " ").replace("_", "-")


def shown_value(value: object) -> str:
    """A JSON value as one types it."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    return str(value)


def entries(catalogue: Sequence[Entry]) -> dict[str, Entry]:
    """The catalogue by action name."""
    return {str(entry["name"]): entry for entry in catalogue if "." in str(entry.get("name", ""))}


def _mapping(value: object) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
