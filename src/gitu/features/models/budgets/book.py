"""The budgets of each person, kept in memory and forgotten when one changes anywhere."""

from uuid import UUID

from gitu.features.models.budgets import repository
from gitu.features.models.budgets.events import BudgetChanged
from gitu.features.models.budgets.rules import NOBODY, Rule
from gitu.kernel.events.remembered import Remembered
from gitu.kernel.services import Services


class Book:
    """One per process."""

    def __init__(self, services: Services) -> None:
        self._database = services.database
        self._known = Remembered(services.bus, [BudgetChanged.type], self._read)

    def known(self, owner_id: UUID) -> list[Rule] | None:
        """The budgets over the person, where they need not be read."""
        return self._known.known(owner_id)

    async def rules(self, owner_id: UUID) -> list[Rule]:
        """The budgets over the person; the same list until one changes."""
        return await self._known.get(owner_id)

    async def _read(self, owner_id: UUID) -> list[Rule]:
        return [Rule(*row) for row in await repository.budgets_over(self._database, [owner_id, NOBODY])]

    def close(self) -> None:
        """Stop listening."""
        self._known.close()
