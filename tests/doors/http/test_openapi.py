"""The API's description, from which programs and the web app's client are made."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from gitu.app import describe_app
from gitu.doors.http.openapi import bodies_in, bodies_out, operations

Json = dict[str, Any]  # Any: JSON


@pytest.fixture(scope="module")
def document() -> Json:
    return describe_app().openapi()


def bodies(document: Json) -> Iterator[tuple[str, Json]]:
    for operation in operations(document):
        for media in (*bodies_in(operation), *bodies_out(operation)):
            yield operation["operationId"], media


def test_every_body_has_an_example_that_fits_its_own_type(document: Json) -> None:
    wrong: list[str] = []
    for name, media in bodies(document):
        schema = {**media["schema"], "components": document["components"]}
        fits = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        wrong += [
            f"{name}: {problem.instance_path}: {problem.message}" for problem in fits.iter_errors(media["example"])
        ]
    assert wrong == []


NOTHING_IN_OR_OUT = (
    "identity__refresh",
    "identity__remove_openid_provider",
    "identity__revoke_other_devices",
    "identity__sign_out",
)


def test_every_operation_shows_an_example(document: Json) -> None:
    bare = [
        operation["operationId"]
        for operation in operations(document)
        if operation["operationId"] not in NOTHING_IN_OR_OUT
        and not bodies_in(operation)
        and not any("example" in parameter for parameter in operation.get("parameters", []))
        and not any("example" in media for media in bodies_out(operation) if "Problem" not in str(media["schema"]))
    ]
    assert bare == []


def test_an_example_of_what_one_sends_is_taken_by_the_action_itself(document: Json) -> None:
    """Rules that a JSON Schema can't say, such as known time zones, hold as well."""
    from gitu.kernel.actions.registry import registry

    for operation in operations(document):
        action = next((known for known in registry.all() if known.tool_name == operation["operationId"]), None)
        if action is None or not bodies_in(operation):
            continue
        in_path = {field["name"]: field["example"] for field in operation.get("parameters", [])}
        action.input.model_validate({**bodies_in(operation)[0]["example"], **in_path})


def test_an_answer_promises_every_field_that_it_always_carries(document: Json) -> None:
    schemas = document["components"]["schemas"]
    assert "next_cursor" in schemas["Page_Session_"]["required"]
    assert set(schemas["Message"]["required"]) == set(schemas["Message"]["properties"])
    assert schemas["MessageSend"]["required"] == ["text"]


def test_problems_have_their_own_media_type(document: Json) -> None:
    refusals = document["paths"]["/api/v1/sessions"]["post"]["responses"]["default"]["content"]
    assert list(refusals) == ["application/problem+json"]
