"""An action and its payload as the command one would type for it."""

from collections.abc import Mapping
from typing import Any

from gitu.kernel.actions.slash.schemas import Entry, Shape, command_of
from gitu.kernel.actions.slash.values import write_value


def render_command(entry: Entry, payload: Mapping[str, Any]) -> str:  # Any: JSON, as the schema says
    """The command that ``parse_command`` reads back into ``payload``."""
    shape = Shape.of(entry)
    words = [command_of(entry)]
    for name, value in payload.items():
        field = shape.property_of(name) or shape.within({})
        option = name.replace("_", "-")
        if isinstance(value, bool) and {branch.kind for branch in field.branches()} == {"boolean"}:
            words.append(f"--{option}" if value else f"--{option}=false")
        else:
            words.append(f"--{option}={write_value(field, value)}")
    return " ".join(words)
