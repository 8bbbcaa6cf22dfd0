"""A model's folder: CTranslate2's files, tokenizer.json, and gitu-model.json, which says what the others don't."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from gitu_lab.serving.errors import NodeProblem

DESCRIPTION, WEIGHTS, TOKENIZER = "gitu-model.json", "model.bin", "tokenizer.json"
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
_MOST_DESCRIBED = 256 * 1024

Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[\w.:/@-]+$")]
Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Description(BaseModel):
    """gitu-model.json."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name = Field(description="What requests call the model.")
    context_length: int = Field(ge=2, le=10_000_000, description="Most tokens of a prompt and its answer together.")
    start: Token | None = Field(default=None, description="Token put before a plain prompt, if the model wants one.")
    end: list[Token] = Field(min_length=1, max_length=20, description="Tokens that end an answer.")
    chat_template: str | None = Field(
        default=None, max_length=200_000, description="Jinja, or the name of a plain one: chatml."
    )


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """A folder that holds a model, as far as can be told without loading it."""

    path: Path
    description: Description
    size_bytes: int

    @property
    def tokenizer(self) -> Path:
        """tokenizer.json."""
        return self.path / TOKENIZER

    @property
    def weights(self) -> Path:
        """model.bin."""
        return self.path / WEIGHTS


def open_folder(path: Path) -> ModelFolder:
    """Look at a folder. Raises NodeProblem naming what is missing or wrong in it."""
    if not path.is_dir():
        raise NodeProblem("node-no-folder", folder=str(path))
    missing = [name for name in (DESCRIPTION, WEIGHTS, TOKENIZER) if not (path / name).is_file()]
    if not any((path / name).is_file() for name in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    if missing:
        raise NodeProblem("node-no-model", folder=str(path), missing=", ".join(missing))
    described = path / DESCRIPTION
    if described.stat().st_size > _MOST_DESCRIBED:
        raise NodeProblem("node-bad-description", file=str(described), reason=f"over {_MOST_DESCRIBED} bytes")
    try:
        description = Description.model_validate_json(described.read_bytes())
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in found["loc"])
        reason = f"{where}: {found['msg']}" if where else found["msg"]
        raise NodeProblem("node-bad-description", file=str(described), reason=reason) from None
    return ModelFolder(path, description, (path / WEIGHTS).stat().st_size)
