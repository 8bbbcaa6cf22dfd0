"""What a request to /responses may not ask for, whoever would answer it.

An answer must end with its request, cost tokens alone, and leave nothing at the provider: else budgets and the log
would not tell the truth, and another model could not step in.
"""

import re
from typing import Final

import msgspec

from gitu.features.models.gateway.errors import (
    FieldRefused,
    FieldUnfit,
    NoBackground,
    NothingKept,
    TierRefused,
    ToolRefused,
)
from gitu.features.models.gateway.shapes import Fields, is_true, number_of, text_of
from gitu.features.models.tiers import FASTER, FLEX

_KEPT: Final = ("previous_response_id", "conversation", "prompt")
_TIERS: Final = ("auto", "default", FLEX, *FASTER)  # what these cost at most is known
# What the client itself runs costs tokens alone.
_TOOLS: Final = frozenset({"function", "custom", "local_shell", "apply_patch"})
_ITEMS: Final = frozenset(
    {None, "message", "reasoning", "function_call", "function_call_output", "custom_tool_call", "compaction"}
    | {"custom_tool_call_output", "local_shell_call", "local_shell_call_output"}
    | {"apply_patch_call", "apply_patch_call_output"}
)
_PLACE: Final = re.compile(r" - at `\$(.*)`$")


class _Typed(msgspec.Struct):
    type: str | None = None


_typed = msgspec.json.Decoder(list[_Typed] | str | None)


def refuse(fields: Fields) -> None:
    """Raise what is wrong with the request, if anything is: FieldRefused and its kin, each naming the field."""
    for name in _KEPT:
        if bytes(fields.get(name, b"null")) != b"null":
            raise NothingKept(field=name)
    if is_true(fields.get("background")):
        raise NoBackground(field="background")
    longest = fields.get("max_output_tokens", b"null")
    if bytes(longest) != b"null" and (number_of(msgspec.Raw(longest)) or 0) < 1:
        raise FieldUnfit(field="max_output_tokens")
    tier = text_of(fields.get("service_tier"))
    if tier is not None and tier not in _TIERS:
        raise TierRefused(field="service_tier", tier=tier[:50])
    for place, tool in enumerate(_listed(fields, "tools")):
        if tool.type not in _TOOLS:
            raise ToolRefused(field=f"tools[{place}]", type=(tool.type or "?")[:50])
    for place, item in enumerate(_listed(fields, "input")):
        if item.type == "item_reference":
            raise NothingKept(field=f"input[{place}]")
        if item.type not in _ITEMS:
            raise FieldRefused(field=f"input[{place}]", what=(item.type or "?")[:50])


def unfit(error: msgspec.DecodeError, root: str = "") -> FieldUnfit:
    """The refusal that names the place where decoding failed. ``root``: the field that was decoded, if not all."""
    found = _PLACE.search(str(error))
    place = found[1].removeprefix("." if not root else "") if found else ""
    return FieldUnfit(field=(root + place)[:100] or "input")


def _listed(fields: Fields, name: str) -> list[_Typed]:
    given = fields.get(name)
    if given is None:
        return []
    try:
        found = _typed.decode(given)
    except msgspec.DecodeError as error:
        raise unfit(error, name) from None
    return found if isinstance(found, list) else []
