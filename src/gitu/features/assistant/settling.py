"""Settling held calls: the conversation and the model learn what became of what waited for the person."""

from typing import Any
from uuid import UUID

from gitu.features.assistant import repository
from gitu.features.assistant.events import MessageUpdated
from gitu.features.assistant.schemas import ACTIVE, ToolCallPart
from gitu.features.assistant.tables import MessageRow
from gitu.features.assistant.views import dump_parts, parse_parts
from gitu.features.assistant.waiting import CUT, DENIED, EXPIRED, FAILED, from_outside
from gitu.features.identity import api as identity
from gitu.features.trust import api as trust
from gitu.kernel import clock
from gitu.kernel.actions.registry import Origin, registry
from gitu.kernel.errors import OutcomeUnknown
from gitu.kernel.events.store import append_events
from gitu.kernel.i18n import translate
from gitu.kernel.services import Services


async def settle_turn(services: Services, owner_id: UUID, turn_id: UUID) -> None:
    """Write down what became of the held calls of a turn that is over; those still undecided stay as they are."""
    locale = await identity.locale_of(services, owner_id)
    async with services.database.transaction() as db:
        turn = await repository.lock_own_turn(db, owner_id, turn_id)
        if turn is None or turn.state in ACTIVE:
            return
        changed: list[MessageRow] = []
        for row in await repository.messages_of_turn(db, turn.id):
            waiting = held(row)
            found = await trust.decisions(db, owner_id, waiting) if waiting else []
            if found:
                _settle(row, found, locale)
                await repository.write_answer(db, row.id, {"parts": row.parts, "raw": row.raw})
                changed.append(row)
        events = [(owner_id, MessageUpdated(session_id=turn.session_id, message_id=row.id)) for row in changed]
        told = await append_events(db, services.bus.process_id, [*events], clock.now())
    services.bus.publish_local(told)


def held(row: MessageRow) -> list[UUID]:
    """The requests that calls in the message wait for."""
    if not any(part.get("status") == "held" for part in row.parts):
        return []  # as nearly always: without taking the whole message apart
    calls = [part for part in parse_parts(row.parts) if isinstance(part, ToolCallPart) and part.status == "held"]
    return [call.approval_id for call in calls if call.approval_id is not None]


def _settle(row: MessageRow, decisions: list[trust.Decision], locale: str) -> None:
    known = {decision.approval_id: decision for decision in decisions}
    parts = parse_parts(row.parts)
    for part in parts:
        if not isinstance(part, ToolCallPart) or part.status != "held" or part.approval_id is None:
            continue
        if part.approval_id not in known:
            continue
        decision = known[part.approval_id]
        told: Any = DENIED
        if decision.state == "approved":
            part.status, part.output, part.receipt = "done", decision.output, decision.approval_id
            told = decision.output
            action = registry.find(part.name.replace("__", ".", 1))
            if action is not None and action.origin is Origin.OUTSIDE:
                part.origin, told = "outside", from_outside(decision.output)
        elif decision.state == "denied":
            part.status, part.error = "failed", translate("assistant-call-denied", locale)
        elif decision.state == "expired":
            part.status, part.error = "failed", translate("assistant-call-expired", locale)
            told = EXPIRED
        elif decision.error_code == OutcomeUnknown.code:
            part.status, part.error = "failed", translate("assistant-call-cut", locale)
            told = CUT
        else:
            part.status, part.error = "failed", translate("assistant-call-failed", locale)
            told = FAILED.format(code=decision.error_code)
        row.raw = _with_result(row.raw, part.id, told)
    row.parts = dump_parts(parts)


def _with_result(raw: list[Any] | None, call_id: str, result: Any) -> list[Any] | None:  # pydantic-ai's messages
    """The stored messages, the held call's answer replaced by what really came of it."""
    for message in raw or []:
        for part in message.get("parts", []):
            if part.get("part_kind") == "tool-return" and part.get("tool_call_id") == call_id:
                part["content"] = result
    return raw
