"""The turns this process answers from the moment they were asked.

An answer begins at once. What lasts longer than a moment gets a durable job, which joins it; should the process die
before, ``start_stranded_turns`` finds the turn.
"""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import structlog

from gitu.features.assistant.tables import MessageRow, TurnRow
from gitu.kernel.auth.principal import Principal
from gitu.kernel.jobs import Jobs
from gitu.kernel.services import Services

WORKFLOW = "assistant.run_turn"
PREFIX = "turn-"

REGISTER_AFTER_S = 0.25  # registering a job costs as much as a short answer, whose first word it would hold up

log = structlog.get_logger(__name__)


def workflow_id(turn_id: UUID) -> str:
    """The durable job that answers a turn; one id, so that it never runs twice."""
    return f"{PREFIX}{turn_id}"


def new_runner(services: Services) -> str:
    """A name for one attempt at a turn, so that whoever lost it notices."""
    return f"{services.bus.process_id}:{uuid4().hex[:8]}"


class Answering:
    """Each task answers one turn; it ends by itself, with its job, or with the process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._turns: dict[UUID, asyncio.Task[None]] = {}
        self._registering: set[asyncio.Task[None]] = set()

    def begin(self, turn: TurnRow, asked: MessageRow, answer: MessageRow, asker: Principal) -> None:
        """Answer a turn that was just committed as this process's."""
        from gitu.features.assistant.runner import TurnRunner  # noqa: PLC0415 - loads the agent library

        assert turn.runner is not None, "the turn was committed without its runner"
        runner = TurnRunner(self._services, turn.id, turn.runner)
        task = asyncio.create_task(runner.run_first(turn, asked, answer, asker), name=f"answering-{turn.id}")
        self._turns[turn.id] = task
        task.add_done_callback(lambda _: self._over(turn.id, task))
        registering = asyncio.create_task(self._register(turn.id, task), name=f"registering-{turn.id}")
        self._registering.add(registering)
        registering.add_done_callback(self._registering.discard)

    def find(self, turn_id: UUID) -> asyncio.Task[None] | None:
        """The task that answers it here. Whoever awaits it and is cancelled ends it too."""
        return self._turns.get(turn_id)

    async def aclose(self) -> None:
        """End what goes on, as it is; another process goes on from its last checkpoint."""
        tasks: list[asyncio.Task[Any]] = [*self._turns.values(), *self._registering]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _over(self, turn_id: UUID, task: asyncio.Task[None]) -> None:
        self._turns.pop(turn_id, None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("turn.lost", turn=str(turn_id), error=type(error).__name__, exc_info=error)

    async def _register(self, turn_id: UUID, answering: asyncio.Task[None]) -> None:
        over, _ = await asyncio.wait({answering}, timeout=REGISTER_AFTER_S)
        if over:
            return
        try:
            await self._services.resource(Jobs).start_workflow(WORKFLOW, str(turn_id), workflow_id=workflow_id(turn_id))
        except Exception as error:
            log.warning("turn.not_registered", turn=str(turn_id), error=type(error).__name__)
