"""What the command line knows of every action, as JSON, so that it starts without loading the features.

``python -m gitu.doors.cli.catalogue`` prints it anew; ``make check`` compares it with the committed file.
"""

import importlib
import json
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

FILE = Path(__file__).with_name("catalogue.json")

Entry = Mapping[str, Any]  # JSON: name, summary, input_schema and more


@lru_cache(maxsize=1)
def catalogue() -> list[Entry]:
    """The actions that can be run from here, by name."""
    return cast("list[Entry]", json.loads(FILE.read_text(encoding="utf-8")))


def render() -> str:
    """The catalogue of the actions registered in this process."""
    from gitu.kernel.actions.registry import Door, registry  # noqa: PLC0415 - only when it is made

    # By name, since doors stand below the composition root.
    importlib.import_module("gitu.app").load_features()
    found = [
        {
            "name": action.name,
            "summary": action.summary,
            "feature": action.feature,
            "risk": action.risk.value,
            "http": action.http,
            "input_schema": action.input.model_json_schema(),
        }
        for action in registry.all()
        if Door.CLI in action.doors and action.http is not None
    ]
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # a text stream, unless a test replaced it
    print(render())  # noqa: T201
