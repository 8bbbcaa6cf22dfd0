"""Tools' schemas in each provider's dialect, translated once instead of before every request.

An assistant has dozens of tools whose schemas never change; translating them took longer than all that is read
from the database for a turn.
"""

from functools import cache
from typing import Any

from pydantic_ai.profiles import JsonSchemaTransformer, ModelProfile

_MOST = 500  # a tool that is made anew for each turn is remembered in vain
_KEY = "json_schema_transformer"


def remember_schemas(profile: ModelProfile) -> ModelProfile:
    """The same profile with a transformer that remembers; for a model's ``profile=``."""
    transformer = profile.get(_KEY)
    if transformer is None:
        return profile
    return {**profile, "json_schema_transformer": _remembering(transformer)}


@cache
def _remembering(transformer: type[JsonSchemaTransformer]) -> type[JsonSchemaTransformer]:
    # The schema is kept with its translation, so that its id can't become another's.
    walked: dict[tuple[int, bool | None], tuple[dict[str, Any], dict[str, Any], bool]] = {}  # JSON schemas

    class Remembering(transformer):
        def walk(self) -> dict[str, Any]:
            key = (id(self.schema), self.strict)
            known = walked.get(key)
            if known is None:
                if len(walked) >= _MOST:
                    walked.clear()
                known = walked[key] = (self.schema, super().walk(), self.is_strict_compatible)
            self.is_strict_compatible = known[2]
            return known[1]

    return Remembering
