"""The actions as a model's tools: a small core always, the others found through the tool search."""

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, Protocol, cast
from uuid import UUID

import orjson
import structlog
from pydantic import BaseModel
from pydantic_ai import ModelRetry, RunContext
from pydantic_ai.exceptions import ToolFailed
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.toolsets import AbstractToolset
from pydantic_ai.toolsets.abstract import ToolsetTool
from pydantic_core import SchemaValidator, core_schema

from gitu.features.assistant.outputs import told_while_running
from gitu.features.assistant.waiting import OUTSIDE_ERROR, decision_on, from_outside
from gitu.kernel.actions.execute import Call, execute
from gitu.kernel.actions.registry import Action, Door, Origin, Risk, registry
from gitu.kernel.auth.principal import Principal
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import ApprovalNeeded, GituError, Invalid
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

MOST_RETRIES = 3
MOST_OUTPUT_BYTES = 24_000

# The action validates its own input; the model gets one kind of answer, whoever finds the fault.
_ANYTHING = SchemaValidator(schema=core_schema.any_schema())


WAITS = "waiting for the person's approval; it has not run"


class Told(Protocol):
    """Who hears what becomes of calls."""

    def held(self, tool_call_id: str, approval_id: str) -> None:
        """The call waits for the person."""
        ...

    def decided(self, tool_call_id: str) -> None:
        """The person has decided on the held call."""
        ...

    def failed(self, tool_call_id: str, sentence: str) -> None:
        """The action refused or failed."""
        ...

    def ran(self, tool_call_id: str, receipt: UUID) -> None:
        """The action changed something; its audit row names the receipt."""
        ...

    def output(self, tool_call_id: str, stream: str, text: str) -> None:
        """The command that the call runs writes this."""
        ...

    def from_outside(self, tool_call_id: str) -> None:
        """The answer is content from outside."""
        ...


@dataclass
class ActionToolset(AbstractToolset[object]):
    """Every action the person's assistant may run. Each call goes through ``execute`` and nothing else.

    ``outside`` names the actions whose answers, content from outside, stand in what the model reads.
    """

    services: Services
    principal: Principal
    session_id: UUID
    turn_id: UUID
    told: Told
    outside: set[str] = field(default_factory=set[str])

    @property
    def id(self) -> str:
        """The name pydantic-ai knows it by."""
        return "actions"

    async def get_tools(self, ctx: RunContext[object]) -> dict[str, ToolsetTool[object]]:
        """The tools by name; all but the core ones are only described once they were searched for."""
        return {
            action.tool_name: ToolsetTool(
                toolset=self,
                tool_def=definition(action),
                max_retries=MOST_RETRIES,
                args_validator=_ANYTHING,
            )
            for action in offered(self.principal)
        }

    async def call_tool(
        self, name: str, tool_args: dict[str, Any], ctx: RunContext[object], tool: ToolsetTool[object]
    ) -> Any:
        """Run the action. The key makes a call that is repeated after a crash answer instead of run again."""
        # The provider makes the id up: PostgreSQL takes no NUL, and a key has an end.
        call_id = (ctx.tool_call_id or "").replace("\x00", "")[:200]
        action_name = name.replace("__", ".", 1)
        try:
            tell = partial(self.told.output, call_id)
            async with told_while_running(self.services, action_name, self.turn_id, call_id, tell):
                answer = await self._execute(action_name, tool_args, call_id)
        except Invalid as error:
            self.told.failed(call_id, error.localised(self.principal.locale))
            raise ModelRetry(error.english()) from None
        except GituError as error:
            self.told.failed(call_id, error.localised(self.principal.locale))
            # An error may quote what the world outside said, and that is no more an order than an answer is.
            outside = self._note_outside(action_name, call_id)
            raise ToolFailed(f"{OUTSIDE_ERROR} {error.english()}" if outside else error.english()) from None
        except Exception as error:
            log.exception("tool.failed", action=name, error=type(error).__name__)
            self.told.failed(call_id, GituError(request_id=str(self.turn_id)).localised(self.principal.locale))
            raise ToolFailed("This failed inside Gitu; tell the person, and don't try it again now.") from None
        if answer is None:
            return {"status": WAITS}
        output = bounded(answer.model_dump(mode="json", exclude_none=True))
        return from_outside(output) if self._note_outside(action_name, call_id) else output

    def _note_outside(self, action_name: str, call_id: str) -> bool:
        """Whether what the action says comes from outside; from then on it stands in what the model reads."""
        action = registry.find(action_name)
        if action is None or action.origin is not Origin.OUTSIDE:
            return False
        self.outside.add(action_name)
        self.told.from_outside(call_id)
        return True

    async def _execute(self, name: str, tool_args: dict[str, Any], call_id: str) -> BaseModel | None:
        """Run the action; while it is held, wait for the person. None when they did not answer in time."""
        call = Call(
            door=Door.AGENT,
            idempotency_key=f"{self.turn_id}:{call_id}",
            origin={
                "turn_id": str(self.turn_id),
                "session_id": str(self.session_id),
                "tool_call_id": call_id,
            },
            outside=frozenset(self.outside),
            on_receipt=lambda receipt: self.told.ran(call_id, receipt.call_id) if receipt.changed else None,
        )
        try:
            return await execute(self.services, self.principal, name, tool_args, call)
        except ApprovalNeeded as held:
            approval_id = UUID(str(held.params["approval_id"]))
            self.told.held(call_id, str(approval_id))
            assert self.principal.user_id is not None, "a delegate acts for somebody"
            patience = self.services.settings.approval_wait_s
            decision = await decision_on(self.services, self.principal.user_id, approval_id, patience)
            if decision is None:
                return None
            self.told.decided(call_id)
        if decision.state == "approved":
            self.told.ran(call_id, approval_id)
        # Asked again under its key, it answers what the approved run answered, or says why there is none.
        asked = replace(call, idempotency_key=decision.key or call.idempotency_key)
        return await execute(self.services, self.principal, name, tool_args, asked)


def offered(principal: Principal) -> list[Action]:
    """The actions the assistant may run for this person."""
    return [
        action
        for action in registry.all()
        if Door.AGENT in action.doors and action.scope is not None and allows(principal, action.scope)
    ]


@cache
def definition(action: Action) -> ToolDefinition:
    """The action as a tool, its schema without what a model does not need; made once, as actions never change."""
    held = " Needs the person's approval." if action.risk is Risk.DANGEROUS else ""
    return ToolDefinition(
        name=action.tool_name,
        description=f"{action.summary}.{held}",
        parameters_json_schema=cast("dict[str, Any]", _lean(action.input.model_json_schema())),
        defer_loading=not action.core_tool,
        metadata={"risk": action.risk.value},
    )


def _lean(schema: Json) -> Json:
    if isinstance(schema, dict):
        return {
            key: _lean(value)
            for key, value in schema.items()
            if key != "default" and not (key == "title" and isinstance(value, str))
        }
    if isinstance(schema, list):
        return [_lean(item) for item in schema]
    return schema


def bounded(output: Any) -> Any:  # JSON
    """The answer, or the beginning of one that would crowd everything else out of the model's window."""
    raw = orjson.dumps(output)
    if len(raw) <= MOST_OUTPUT_BYTES:
        return output
    return {
        "cut": f"The answer had {len(raw)} bytes; these are the first {MOST_OUTPUT_BYTES}. Ask for less.",
        "beginning": raw[:MOST_OUTPUT_BYTES].decode(errors="ignore"),
    }
