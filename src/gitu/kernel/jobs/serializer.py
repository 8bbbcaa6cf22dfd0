"""How jobs' arguments, answers and errors are kept: JSON, never Python's own format, which could run code."""

import json
from typing import Any

from dbos import Serializer

_ERROR = "$error"


class JobFailed(Exception):
    """The error that ended a job, as it was kept: its type's name and its sentence."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class JsonSerializer(Serializer):
    """Plain JSON. Raises TypeError for anything that is not, at the call that passes it."""

    def serialize(self, data: Any) -> str:  # Any: DBOS's own signature
        """The value as JSON text."""
        return json.dumps(data, default=_exception_as_json, ensure_ascii=False, separators=(",", ":"))

    def deserialize(self, serialized_data: str) -> Any:  # Any: DBOS's own signature
        """The value that ``serialize`` wrote; an error comes back as JobFailed."""
        value: Any = json.loads(serialized_data)  # Any: whatever JSON was kept
        match value:
            case {"$error": {"kind": str(kind), "message": str(message)}}:
                return JobFailed(kind, message)
            case _:
                pass
        return value

    def name(self) -> str:
        """What rows say they were written with."""
        return "gitu_json"


def _exception_as_json(value: object) -> dict[str, dict[str, str]]:
    if isinstance(value, BaseException):
        return {_ERROR: {"kind": type(value).__name__, "message": str(value)[:2_000]}}
    raise TypeError(f"A job's arguments and answers are plain JSON; {type(value).__name__} is not")
