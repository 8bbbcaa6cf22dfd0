"""What an OpenAI request needs of a model; read only where the router chooses."""

from typing import Final

import msgspec

from gitu.features.models.gateway.shapes import Fields, number_of
from gitu.features.models.routing.needs import Needs

_SAMPLE: Final = 20_000  # characters of the last words are looked at
_LENGTHS: Final = ("max_completion_tokens", "max_tokens", "max_output_tokens")


class _Part(msgspec.Struct):
    text: str = ""


class _Message(msgspec.Struct):
    role: str = ""
    content: str | list[_Part] | None = None


def needs_of(fields: Fields, size: int) -> Needs:
    """Of the request with these fields and a body of ``size`` bytes."""
    written = fields.get("messages") or fields.get("input")
    vision = written is not None and (b'"image_url"' in bytes(written) or b'"input_image"' in bytes(written))
    return Needs.of(
        _last_words(written),
        size=size,
        tools="tools" in fields,
        vision=vision,
        output_tokens=next((number_of(fields[one]) for one in _LENGTHS if one in fields), None),
    )


def _last_words(written: msgspec.Raw | None) -> str:
    """The text of the last message of the person; of something else, as it stands."""
    if written is None:
        return ""
    try:
        messages = msgspec.json.decode(written, type=list[_Message])
    except msgspec.DecodeError:
        return bytes(written)[:_SAMPLE].decode("utf-8", "replace")  # a text, or what no message is
    said = next((message for message in reversed(messages) if message.role == "user"), None)
    if said is None or said.content is None:
        return ""
    words = said.content if isinstance(said.content, str) else " ".join(part.text for part in said.content)
    return words[:_SAMPLE]
