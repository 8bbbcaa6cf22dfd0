"""A chain of models: the next is asked while nothing of an answer has been streamed yet."""

from collections.abc import Sequence

from pydantic_ai.models.fallback import FallbackModel

from gitu.features.models.errors import ModelCallFailed
from gitu.features.models.metering import MeteredModel
from gitu.features.models.notices import Notice, OnNotice, Spent

__all__ = ["TurnModel"]


class TurnModel(FallbackModel):
    """The chosen model and those that step in for it. ``spent`` sums up all of their calls.

    A model that failed is not asked again in the same turn.
    """

    def __init__(
        self, models: Sequence[MeteredModel], spent: Spent, on_notice: OnNotice | None, *, window: int | None = None
    ) -> None:
        super().__init__(models[0], *models[1:], fallback_on=self._steps_on)
        self.spent = spent
        self.window = window  # tokens, of the model that is asked first; None when nobody knows
        self.chain = list(models)
        models[-1].alone = True
        self._on_notice = on_notice

    @property
    def id(self) -> str:
        """The model that answered last, or that will be asked first."""
        return self.spent.model_id or self.chain[0].id

    async def _steps_on(self, error: Exception) -> bool:
        """Whether the next model shall try; tells of it once for each model that failed."""
        if not isinstance(error, ModelCallFailed) or not error.fallback:
            return False
        place = next((at for at, model in enumerate(self.chain) if model.id == error.model_id), None)
        if place is None or place + 1 >= len(self.chain):
            return False
        failed, following = self.chain[place], self.chain[place + 1]
        if failed.tripped is None:
            failed.tripped = error
            if self._on_notice is not None:
                told = self._on_notice(Notice(failed.id, failed.name, error, following.id, following.name))
                if told is not None:
                    await told
        return True
