"""What a call can cost at most, before it leaves, and what one cost whose provider does not tell."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from pydantic_ai.messages import (
    ImageUrl,
    ModelMessage,
    ModelMessagesTypeAdapter,
    ModelResponseStreamEvent,
    PartDeltaEvent,
    PartStartEvent,
    UserPromptPart,
)
from pydantic_ai.models import ModelRequestParameters
from pydantic_core import to_json

from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.providers import Endpoint

OUTPUT: Final = 8_192  # tokens that an answer may have where nobody says how many
OUTPUT_NEAR_THE_LIMIT: Final = 2_048
_LINKED: Final = 4_000  # tokens of a picture or document that is named by its address; dear models count less
_BYTES_A_TOKEN: Final = 3  # of an ordinary text, in English; Arabic has two bytes a letter


def input_at_most(messages: Sequence[ModelMessage], parameters: ModelRequestParameters) -> int:
    """Tokens, from above: no tokenizer makes more tokens than there are bytes."""
    size = len(ModelMessagesTypeAdapter.dump_json(list(messages)))
    tools = [*parameters.function_tools, *parameters.output_tools]
    size += sum(
        len(to_json(tool.parameters_json_schema)) + len((tool.description or "").encode()) + 50 for tool in tools
    )
    linked = sum(
        isinstance(piece, ImageUrl)
        for message in messages
        for part in message.parts
        if isinstance(part, UserPromptPart) and not isinstance(part.content, str)
        for piece in part.content
    )
    return size + linked * _LINKED


class Estimate:
    """Of one call of one model."""

    def __init__(self, prices: PriceList, endpoint: Endpoint, model: str, *, local: bool, input_bytes: int) -> None:
        self._prices = prices
        self._endpoint = endpoint
        self._model = model
        self._local = local
        self._input_bytes = input_bytes
        self._output_bytes = 0

    def most(self, output: int) -> Decimal | None:
        """USD at most with so many tokens of output; None where the price is unknown."""
        return self._cost(self._input_bytes, output)

    def heard(self, size: int) -> None:
        """So many bytes of the answer have arrived."""
        self._output_bytes += size

    def likely(self) -> Decimal | None:
        """USD of what was sent and has arrived, where the provider tells no usage."""
        return self._cost(self._input_bytes // _BYTES_A_TOKEN + 1, self._output_bytes // _BYTES_A_TOKEN + 1)

    def _cost(self, given: int, written: int) -> Decimal | None:
        endpoint = self._endpoint
        tokens = Tokens(given, written)
        return self._prices.cost(endpoint.provider, endpoint.base_url, self._model, tokens, local=self._local)


def bytes_of(event: ModelResponseStreamEvent) -> int:
    """How much of the answer an event brings."""
    if isinstance(event, PartDeltaEvent):
        piece = getattr(event.delta, "content_delta", None) or getattr(event.delta, "args_delta", None)
    elif isinstance(event, PartStartEvent):
        piece = getattr(event.part, "content", None) or getattr(event.part, "args", None)
    else:
        return 0
    return len(piece.encode()) if isinstance(piece, str) else len(to_json(piece)) if piece else 0
