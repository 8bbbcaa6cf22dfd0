"""What a call can cost at most, before it leaves, and what one cost whose provider does not tell."""

from decimal import Decimal
from typing import Final

from gitu.features.models.pricing import PriceList, Tokens
from gitu.features.models.providers import Endpoint
from gitu.features.models.tiers import at_most

OUTPUT: Final = 8_192  # tokens that an answer may have where nobody says how many
OUTPUT_NEAR_THE_LIMIT: Final = 2_048
LINKED: Final = 4_000  # tokens of a picture or document that is named by its address; dear models count less
_BYTES_A_TOKEN: Final = 3  # of an ordinary text, in English; Arabic has two bytes a letter


class Estimate:
    """Of one call of one model."""

    def __init__(
        self,
        prices: PriceList,
        endpoint: Endpoint,
        model: str,
        *,
        local: bool,
        input_bytes: int,
        tier: str | None = None,
    ) -> None:
        """``tier``: of service, that the request names."""
        self._prices = prices
        self._endpoint = endpoint
        self._model = model
        self._local = local
        self._input_bytes = input_bytes
        self._tier = tier
        self.heard_bytes = 0  # of the answer, so far

    def most(self, output: int) -> Decimal | None:
        """USD at most with so many tokens of output; None where the price is unknown."""
        return self._cost(self._input_bytes, output)

    def likely(self) -> Decimal | None:
        """USD of what was sent and has arrived, where the provider tells no usage."""
        return self._cost(self._input_bytes // _BYTES_A_TOKEN + 1, self.heard_bytes // _BYTES_A_TOKEN + 1)

    def _cost(self, given: int, written: int) -> Decimal | None:
        endpoint = self._endpoint
        tokens = Tokens(given, written)
        if self._tier is not None:
            return at_most(self._prices, endpoint, self._model, tokens, self._tier, local=self._local)
        return self._prices.cost(endpoint.provider, endpoint.base_url, self._model, tokens, local=self._local)
