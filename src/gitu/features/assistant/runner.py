"""Answers one turn: asks the model, runs its tools, streams, and leaves a checkpoint after every step.

The tables are the checkpoint. Whoever picks the turn up after a crash goes on from the last settled step;
a tool call that was under way is asked again under the same idempotency key, so no action runs twice.
"""

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import structlog
from ag_ui.core import CustomEvent, RunStartedEvent
from pydantic_ai import Agent
from pydantic_ai.capabilities import ToolSearch
from pydantic_ai.exceptions import UsageLimitExceeded
from pydantic_ai.messages import ModelMessage
from pydantic_ai.usage import UsageLimits

from gitu.features.assistant import history, repository
from gitu.features.assistant.claims import unproven
from gitu.features.assistant.errors import TooManySteps, TurnCut, TurnFailed, TurnTooLong
from gitu.features.assistant.events import MessageUpdated, SessionUpdated, TurnFinished
from gitu.features.assistant.prompt import instructions
from gitu.features.assistant.recorder import Recorder
from gitu.features.assistant.replay import last_event
from gitu.features.assistant.schemas import ToolCallPart
from gitu.features.assistant.sealing import sealed
from gitu.features.assistant.settling import held, settle_turn
from gitu.features.assistant.streams import TurnStream, TurnStreams
from gitu.features.assistant.tables import MessageRow, TurnRow
from gitu.features.assistant.toolset import ActionToolset
from gitu.features.assistant.views import dump_parts, parse_parts, preview_of, text_of
from gitu.features.identity import api as identity
from gitu.features.models import api as models
from gitu.features.trust import api as trust
from gitu.kernel import clock
from gitu.kernel.actions.registry import registry
from gitu.kernel.errors import GituError
from gitu.kernel.events.store import append_events
from gitu.kernel.events.types import Event, Recorded
from gitu.kernel.i18n import translate
from gitu.kernel.money import to_short_text
from gitu.kernel.services import Services

if TYPE_CHECKING:
    from gitu.kernel.auth.principal import Principal

log = structlog.get_logger(__name__)

_SMALLEST_COST = Decimal("1e-10")  # as the table keeps it
MOST_ATTEMPTS = 3
MOST_REQUESTS = 30

# Local search only: a provider's own would need every tool's description in every request.
_agent = Agent(name="gitu", capabilities=[ToolSearch(strategy="keywords")])


class Superseded(Exception):
    """Another process answers this turn now."""


class TurnRunner:
    """One attempt at one turn."""

    def __init__(self, services: Services, turn_id: UUID, runner: str) -> None:
        self._services = services
        self._turn_id = turn_id
        self._runner = runner
        self._stopping = False
        self._work: asyncio.Task[None] | None = None
        self._model: Any = None  # TurnModel, whose module loads the agent library
        self._asker: Principal | None = None
        self._raw: list[ModelMessage] = []
        self._outside: set[str] = set()  # the actions that brought content from outside into the context
        self._turn: TurnRow
        self._answer: MessageRow
        self._principal: Principal
        self._stream: TurnStream
        self._recorder: Recorder

    async def run(self) -> None:
        """Until the turn is over, or until it is someone else's."""
        if await self._claim():
            await self._run_claimed()

    async def run_first(self, turn: TurnRow, asked: MessageRow, answer: MessageRow, asker: "Principal") -> None:
        """The first attempt, at a turn that was committed as this runner's, for the one who just asked."""
        self._turn, self._asked, self._answer, self._asker = turn, asked, answer, asker
        await self._run_claimed()

    async def _run_claimed(self) -> None:
        streams = self._services.resource(TurnStreams)
        self._stream = await streams.open(self._turn_id, first_attempt=self._turn.attempts == 1)
        self._recorder = Recorder(self._answer.id, self._stream.send, self._title_of)
        unlisten = self._services.bus.listen(self._heard, owner_id=self._turn.owner_id)
        keep = True
        try:
            await self._attempt()
            keep = False
        except Superseded:
            log.info("turn.superseded", turn=str(self._turn_id))
            keep = False  # what this attempt had not stored is someone else's to tell, or the turn was deleted
        finally:
            unlisten()
            await streams.close(self._turn_id, keep=keep)

    async def _claim(self) -> bool:
        async with self._services.database.transaction() as db:
            turn = await repository.claim_turn(db, self._turn_id, self._runner, clock.now())
            if turn is None:
                return False
            messages = await repository.messages_of_turn(db, self._turn_id)
        self._turn = turn
        self._answer = next(row for row in messages if row.role == "assistant")
        self._asked = next(row for row in messages if row.role == "person")
        self._stopping = turn.stop_requested_at is not None
        return True

    async def _attempt(self) -> None:
        self._stream.send(RunStartedEvent(thread_id=str(self._turn.session_id), run_id=str(self._turn_id)))
        self._work = asyncio.create_task(self._answer_it(), name=f"turn-{self._turn_id}")
        if self._stopping:
            self._work.cancel()
        error: GituError | None = None
        try:
            await self._work
            state = "done"
        except asyncio.CancelledError:
            if not self._stopping:
                self._work.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await self._work
                raise  # the server stops: whoever starts next goes on from the last checkpoint
            state = "stopped"
        except Superseded:
            raise
        except UsageLimitExceeded:
            state, error = "failed", TooManySteps(steps=MOST_REQUESTS)
        except TurnCut as cut:
            state, error = "cut", cut
        except GituError as failure:
            state, error = "failed", failure
        except Exception as failure:
            log.exception("turn.failed", turn=str(self._turn_id), error=type(failure).__name__)
            state, error = "failed", TurnFailed(turn=str(self._turn_id))
        await self._finish(state, error)

    def _heard(self, event: Recorded) -> None:
        ours = event.data.get("turn_id") == str(self._turn_id)
        if ours and event.type == "turn.stop_requested":
            self._stopping = True  # before the work begins, too
            if self._work is not None:
                self._work.cancel()

    async def _answer_it(self) -> None:
        if self._turn.attempts > MOST_ATTEMPTS:
            raise TurnCut()
        before = await self._prepare()
        if self._answer.raw or self._answer.parts:
            self._raw = history.load_raw(self._answer.raw)
            self._recorder.resume(parse_parts(self._answer.parts))
        elif self._turn.attempts > 1:
            self._recorder.resume([])
        tools = ActionToolset(
            self._services,
            self._principal,
            self._turn.session_id,
            self._turn_id,
            self._recorder,
            outside=self._outside | history.outside_of(self._recorder.parts),
        )
        async with _agent.iter(
            None,
            model=self._model,
            message_history=[*before, *self._raw],
            instructions=instructions(self._principal, clock.now()),
            toolsets=[tools],
            usage_limits=UsageLimits(request_limit=MOST_REQUESTS),
        ) as run:
            async for node in run:
                if Agent.is_model_request_node(node):
                    if any(part.part_kind == "tool-return" for part in node.request.parts):
                        await self._checkpoint([*run.all_messages()[len(before) :], node.request])
                    async with node.stream(run.ctx) as responses:
                        async for event in responses:
                            self._recorder.model_event(event)
                    self._tell_usage()
                elif Agent.is_call_tools_node(node):
                    self._raw = run.all_messages()[len(before) :]
                    if node.model_response.tool_calls:
                        await self._checkpoint(self._raw)
                        await self._refuse_if_stopped()
                    async with node.stream(run.ctx) as calls:
                        async for event in calls:
                            self._recorder.tool_event(event)
            self._raw = run.all_messages()[len(before) :]
        self._mark_unproven()

    def _mark_unproven(self) -> None:
        """An answer that says that something was done, without a receipt that fits, is shown as what it is."""
        parts = self._recorder.parts
        ran = [part for part in parts if isinstance(part, ToolCallPart) and part.receipt is not None]
        actions = [registry.find(part.name.replace("__", ".", 1)) for part in ran]
        if unproven(text_of(parts), [action.proves for action in actions if action is not None]):
            text = translate("assistant-unproven", self._principal.locale)
            self._recorder.notice("assistant.unproven", text)

    async def _prepare(self) -> list[ModelMessage]:
        """Who asks, which model, and what was said before: read side by side."""
        owner_id = self._turn.owner_id
        opening = asyncio.create_task(
            models.open_model(
                self._services,
                owner_id,
                self._turn.model,
                feature="assistant",
                session_id=self._turn.session_id,
                on_notice=self._on_notice,
                needs=models.Needs.of(self._asked.text, tools=True),
            )
        )
        reading = asyncio.create_task(self._earlier())
        try:
            person, limits = self._asker, self._turn.limited_to
            if person is None:
                person = await identity.principal_of(self._services, owner_id)
            limited_to = None if limits is None else frozenset(limits)
            self._principal = replace(person, limited_to=limited_to, key_id=self._turn.key_id).as_agent()
            self._model = await opening
            return self._context(await reading)
        finally:
            opening.cancel()
            reading.cancel()

    async def _earlier(self) -> Sequence[MessageRow]:
        rows = await self._history()
        # Nobody hears of a request that only ran out of time; whoever reads of the call next settles it.
        waiting = {row.turn_id for row in rows if held(row)}
        for turn_id in waiting:
            await settle_turn(self._services, self._turn.owner_id, turn_id)
        return await self._history() if waiting else rows

    async def _history(self) -> Sequence[MessageRow]:
        async with self._services.database.reader() as db:
            return await repository.history_before(db, self._turn.session_id, self._asked.id, history.MOST_LOADED)

    def _context(self, rows: Sequence[MessageRow]) -> list[ModelMessage]:
        window = self._model.window
        room = history.room_for(window) - history.tokens_of(self._asked.text)
        if room < 0:
            raise TurnTooLong(model=self._model.id, window=str(window or history.DEFAULT_WINDOW), summary="")
        context = history.build(rows, room)
        if context.left_out:
            text = translate("assistant-context-trimmed", self._principal.locale, count=context.left_out)
            self._recorder.notice("assistant.context_trimmed", text)
        self._outside = context.outside | history.outside_of(parse_parts(self._asked.parts))
        return [*context.messages, *history.to_model(self._asked)]

    async def _on_notice(self, notice: models.Notice) -> None:
        self._recorder.notice("models.fallback", notice.text(self._principal.locale))

    async def _refuse_if_stopped(self) -> None:
        # The event may have been missed with a lost connection; before a tool runs, the table decides.
        async with self._services.database.reader() as db:
            if await repository.stop_requested(db, self._turn_id):
                self._stopping = True
                raise asyncio.CancelledError

    def _title_of(self, tool_name: str) -> str:
        action = registry.find(tool_name.replace("__", ".", 1))
        return trust.title_of(action, self._principal.locale) if action else tool_name

    def _usage(self) -> dict[str, Any]:
        spent = self._model.spent if self._model is not None else None
        earlier = self._turn.cost or Decimal(0)
        known = None if spent is None else spent.known_cost
        cost = None if known is None else (earlier + known).quantize(_SMALLEST_COST)
        return {
            "input_tokens": self._turn.input_tokens + (spent.input_tokens if spent else 0),
            "output_tokens": self._turn.output_tokens + (spent.output_tokens if spent else 0),
            "cost": cost,
        }

    def _tell_usage(self) -> None:
        usage = self._usage()
        cost = None if usage["cost"] is None else to_short_text(usage["cost"])
        self._stream.send(CustomEvent(name="usage", value={**usage, "cost": cost, "model": self._model.id}))

    async def _checkpoint(self, settled: list[ModelMessage]) -> None:
        """Store the steps so far. Raises Superseded when the turn is someone else's by now."""
        self._raw = settled
        if not settled:
            return
        async with self._services.database.transaction() as db:
            if await repository.hold_turn(db, self._turn_id, self._runner) is None:
                raise Superseded
            await repository.write_answer(db, self._answer.id, self._written(self._raw))

    def _written(self, raw: list[ModelMessage]) -> dict[str, Any]:
        parts = self._recorder.parts
        return {"parts": dump_parts(parts), "text": text_of(parts), "raw": history.dump_raw(raw)}

    async def _finish(self, state: str, error: GituError | None) -> None:
        self._recorder.cut_open_parts()
        raw = self._raw if state == "done" else sealed(self._raw, self._recorder.parts)
        usage, now = self._usage(), clock.now()
        locale = await identity.locale_of(self._services, self._turn.owner_id)
        told = None if error is None else {"code": error.code, "detail": error.localised(locale)}
        status = "complete" if state == "done" else state
        await self._stream.pause()
        async with self._services.database.transaction() as db:
            turn = await repository.hold_turn(db, self._turn_id, self._runner)
            if turn is None:
                raise Superseded
            turn.state, turn.error, turn.finished_at = state, told, now
            turn.model = self._model.id if self._model is not None else turn.model
            turn.input_tokens, turn.output_tokens = usage["input_tokens"], usage["output_tokens"]
            spent = None if usage["cost"] is None else usage["cost"] - (turn.cost or 0)
            turn.cost = usage["cost"]
            shown = {**usage, "cost": None if usage["cost"] is None else to_short_text(usage["cost"])}
            values = {"status": status, "error": told, "model": turn.model, "usage": shown}
            await repository.write_answer(db, self._answer.id, {**self._written(raw), **values})
            text = text_of(self._recorder.parts)
            await repository.touch_session(db, turn.session_id, now, preview_of(text) if text else None, spent)
            await repository.delete_stream(db, self._turn_id)
            recorded = await append_events(db, self._services.bus.process_id, self._events(turn), now)
        self._services.bus.publish_local(recorded)
        self._stream.send(last_event(turn))

    def _holds(self) -> bool:
        return any(isinstance(part, ToolCallPart) and part.status == "held" for part in self._recorder.parts)

    def _events(self, turn: TurnRow) -> list[tuple[UUID | None, Event]]:
        session_id, owner = turn.session_id, turn.owner_id
        return [
            (owner, MessageUpdated(session_id=session_id, message_id=self._answer.id)),
            (owner, SessionUpdated(session_id=session_id)),
            (owner, TurnFinished(session_id=session_id, turn_id=turn.id, state=turn.state, held=self._holds())),
        ]
