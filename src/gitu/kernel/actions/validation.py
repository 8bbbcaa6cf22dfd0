"""Input into its type, and pydantic's errors into sentences that name the field."""

import hashlib
import re

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticSerializationError

from gitu.kernel.errors import FieldProblem, Invalid, Summary
from gitu.kernel.i18n.findings import words_of

_MOST_SHOWN = 5

_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class Input(BaseModel):
    """The base of every action's input: an unknown field is an error, not silently dropped."""

    model_config = ConfigDict(extra="forbid")


def validate(model: type[BaseModel], payload: object) -> BaseModel:
    """``payload`` as ``model``. Raises Invalid naming every field that does not fit."""
    if type(payload) is model:
        return payload
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        raise invalid(error) from None


def invalid(error: ValidationError) -> Invalid:
    """Pydantic's findings as one error; the offending values are left out, since they may be secret."""
    return invalid_fields(
        [
            FieldProblem.told(".".join(str(step) for step in item["loc"]), words_of(item))
            for item in error.errors(include_url=False, include_input=False)
        ]
    )


def invalid_fields(fields: list[FieldProblem]) -> Invalid:
    """An Invalid whose sentence lists the first problems; all of them stand in ``fields``."""
    return Invalid(fields=fields, summary=Summary(fields[:_MOST_SHOWN]))


def digest(data: BaseModel) -> str:
    """SHA-256 of an input's JSON, in which secrets are masked: a digest of a password could be guessed.

    Raises Invalid for text that PostgreSQL can't hold: a NUL character or half a surrogate pair.
    """
    try:
        raw = data.model_dump_json().encode()
    except (PydanticSerializationError, UnicodeEncodeError):
        raise invalid_fields([FieldProblem.of("", "field-unicode")]) from None
    if _NUL.search(raw):
        raise invalid_fields([FieldProblem.of("", "field-nul")])
    return hashlib.sha256(raw).hexdigest()
