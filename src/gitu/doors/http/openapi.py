"""The API's description: ``python -m gitu.doors.http.openapi`` prints it without starting anything.

FastAPI writes it from the types; what it can't know is added here: that an answer carries every field, that
problems have a media type of their own, and an example of everything that goes in and out.
"""

import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import orjson
from fastapi import FastAPI

from gitu.doors.http.examples import example_of
from gitu.doors.http.problems import MEDIA_TYPE

Json = dict[str, Any]  # Any: JSON
_JSON = "application/json"
_REF = "#/components/schemas/"
_WITHOUT_NONE = ("Problem", "FieldProblem")  # written without the fields that have no value


def complete(app: FastAPI) -> None:
    """Have the application describe itself in full, at its ``openapi_url`` too."""
    plain: Callable[[], Json] = app.openapi

    def described() -> Json:
        if app.openapi_schema is None:
            _complete(plain())
        return cast("Json", app.openapi_schema)

    app.openapi = described  # type: ignore[method-assign] # FastAPI's own way of extending it


def render(app: FastAPI) -> bytes:
    """The OpenAPI document as sorted JSON, so that a change shows as a small difference."""
    return orjson.dumps(app.openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)


def operations(document: Json) -> Iterator[Json]:
    """Every operation of the document."""
    for item in document["paths"].values():
        yield from item.values()


def bodies_in(operation: Json) -> list[Json]:
    """The media types of its request, each with a schema."""
    return [media for media in operation.get("requestBody", {}).get("content", {}).values() if "schema" in media]


def bodies_out(operation: Json) -> list[Json]:
    """The media types of its answers, each with a schema."""
    return [
        media
        for answer in operation["responses"].values()
        for media in answer.get("content", {}).values()
        if "schema" in media
    ]


def _complete(document: Json) -> None:
    schemas: dict[str, Json] = document["components"]["schemas"]
    _require_in_answers(document, schemas)
    for operation in operations(document):
        problem = operation["responses"].get("default", {}).get("content", {})
        if _JSON in problem:
            problem[MEDIA_TYPE] = problem.pop(_JSON)
        for media in (*bodies_in(operation), *bodies_out(operation)):
            media.setdefault("example", example_of(media["schema"], schemas))
        for parameter in operation.get("parameters", []):
            if parameter["required"]:
                parameter.setdefault("example", example_of(parameter["schema"], schemas))


def _require_in_answers(document: Json, schemas: dict[str, Json]) -> None:
    """A default is the sender's comfort; the server writes every field, and a client may rely on that."""
    given = [media["schema"] for operation in operations(document) for media in bodies_in(operation)]
    answered = [media["schema"] for operation in operations(document) for media in bodies_out(operation)]
    for name in _named(answered, schemas) - _named(given, schemas) - set(_WITHOUT_NONE):
        if "properties" in schemas[name]:
            schemas[name]["required"] = list(schemas[name]["properties"])


def _named(found: Any, schemas: dict[str, Json]) -> set[str]:  # Any: JSON
    """The names of every schema reachable from here."""
    names: set[str] = set()
    left = [found]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            inner = cast("Json", value)
            name = str(inner.get("$ref", "")).removeprefix(_REF)
            if name in schemas and name not in names:
                names.add(name)
                left.append(schemas[name])
            left.extend(inner.values())
        elif isinstance(value, list):
            left.extend(cast("list[Any]", value))
    return names


def main() -> int:
    """Print it."""
    import importlib  # noqa: PLC0415 - doors stand below the composition root, so it is found by name

    app = importlib.import_module("gitu.app").describe_app()
    sys.stdout.buffer.write(render(app) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
