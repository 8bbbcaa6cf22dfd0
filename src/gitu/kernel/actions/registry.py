"""The declaration of an action, and the registry every door is derived from.

Importing a feature's ``actions.py`` registers what it declares; whatever is missing fails right there.
"""

import difflib
import inspect
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar, get_type_hints

from pydantic import BaseModel

from gitu.kernel.actions.claims import Claim, proven_by
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.effects import Effect
from gitu.kernel.actions.kinds import ALL_DOORS, PEOPLE_DOORS, Door, Origin, Risk
from gitu.kernel.auth.scopes import known_scope
from gitu.kernel.errors import ActionUnknown

__all__ = [
    "ALL_DOORS",
    "PEOPLE_DOORS",
    "Action",
    "Door",
    "Nothing",
    "Origin",
    "Registry",
    "Risk",
    "action",
    "action_key",
    "registry",
]


def action_key(name: str) -> str:
    """The message id of an action's summary in Arabic: ``models.list_calls`` -> ``action-models-list-calls``."""
    return "action-" + name.replace(".", "-").replace("_", "-")


In = TypeVar("In", bound=BaseModel)
Out = TypeVar("Out", bound=BaseModel)
Handler = Callable[[Context, Any], Awaitable[BaseModel]]  # Any: each handler has its own input type
Foretell = Callable[[Context, Any], Awaitable[Effect]]

_NAME = re.compile(r"^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z0-9]+)*$")
_HTTP = re.compile(r"^(GET|POST|PUT|PATCH|DELETE) /[a-z0-9/_{}-]+$")


class Nothing(BaseModel):
    """An empty input, or an empty answer."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the system can do. ``scope`` is None for what anyone may call before signing in."""

    name: str
    scope: str | None
    risk: Risk
    summary: str
    description: str
    input: type[BaseModel]
    output: type[BaseModel]
    handler: Handler
    http: str | None
    doors: frozenset[Door]
    secret_output: bool
    core_tool: bool
    untracked: bool
    effect: Foretell | None = None
    origin: Origin = Origin.GITU
    external: bool = False
    always_ask: bool = False
    claims: frozenset[Claim] = frozenset()

    @property
    def proves(self) -> frozenset[Claim]:
        """What a receipt of it stands behind; nothing for what only reads."""
        return frozenset() if self.risk is Risk.READ else self.claims or proven_by(self.verb)

    @property
    def feature(self) -> str:
        """The part before the dot."""
        return self.name.split(".")[0]

    @property
    def verb(self) -> str:
        """The part after the dot."""
        return self.name.split(".")[1]

    @property
    def tool_name(self) -> str:
        """The name as a model's tool: dots become two underscores."""
        return self.name.replace(".", "__")

    @property
    def command(self) -> str:
        """The name as one types it: ``assistant list-sessions``."""
        return self.name.replace(".", " ").replace("_", "-")


class Registry:
    """Every declared action by name."""

    def __init__(self) -> None:
        self._actions: dict[str, Action] = {}

    def add(self, action: Action) -> None:
        """Register. Raises ValueError when the name is taken or the declaration is incomplete."""
        if not _NAME.match(action.name):
            raise ValueError(f"Action name {action.name!r} is not of the form feature.verb_noun")
        if len(action.tool_name) > 52:
            raise ValueError(f"Action name {action.name!r} is too long for a tool name (52 characters)")
        if action.scope is not None and known_scope(action.scope) is None:
            raise ValueError(f"Action {action.name} needs the scope {action.scope}, which nobody declared")
        if not action.summary:
            raise ValueError(f"Action {action.name} has no docstring")
        if action.http is not None and not _HTTP.match(action.http):
            raise ValueError(f"Action {action.name} has a malformed http={action.http!r}")
        if action.http is not None and action.http.startswith("GET ") != (action.risk is Risk.READ):
            raise ValueError(f"Action {action.name}: reads, and only reads, are GET")
        if action.external and action.risk is Risk.READ:
            raise ValueError(f"Action {action.name}: a read has no transaction anyway")
        if action.always_ask and action.risk is not Risk.DANGEROUS:
            raise ValueError(f"Action {action.name}: only what is dangerous is asked about every time")
        if action.name in self._actions:
            raise ValueError(f"Action {action.name} is declared twice")
        self._actions[action.name] = action

    def get(self, name: str) -> Action:
        """The action of that name. Raises ActionUnknown with the nearest name."""
        action = self._actions.get(name)
        if action is None:
            nearest = difflib.get_close_matches(name, self._actions, n=1, cutoff=0.3)
            raise ActionUnknown(name=name[:80], nearest=nearest[0] if nearest else "/help")
        return action

    def find(self, name: str) -> Action | None:
        """The action of that name, if any."""
        return self._actions.get(name)

    def all(self) -> list[Action]:
        """Every action, by name."""
        return sorted(self._actions.values(), key=lambda action: action.name)


registry = Registry()


def action(
    name: str,
    *,
    scope: str | None,
    risk: Risk,
    http: str | None = None,
    doors: frozenset[Door] = ALL_DOORS,
    secret_output: bool = False,
    core_tool: bool = False,
    untracked: bool = False,
    effect: Foretell | None = None,
    origin: Origin = Origin.GITU,
    external: bool = False,
    always_ask: bool = False,
    claims: frozenset[Claim] = frozenset(),
) -> Callable[[Callable[[Context, In], Awaitable[Out]]], Callable[[Context, In], Awaitable[Out]]]:
    """Declare ``async def handler(ctx, data: Input) -> Output`` as an action.

    ``secret_output`` keeps the answer out of what is stored for replays and out of conversations;
    ``core_tool`` puts it into every prompt instead of behind the tool search; ``untracked`` is for the few
    reads that screens poll, which would drown the audit log.

    ``effect`` tells, before anything runs, exactly what a call touches beyond Gitu's own tables: it is shown with a
    request for approval, and grants are measured by it. ``origin`` says where the answer comes from; what comes from
    outside never counts as an order. ``external`` actions reach a network or run programs: they run without a
    transaction, open short ones of their own with ``ctx.transaction()``, and never a second time under one key.
    ``always_ask``: what acts for a person needs their approval for every single call; no grant can name it.
    ``claims``: what an answer may say was done once it ran, where the verb in its name does not tell.
    """

    def register(
        handler: Callable[[Context, In], Awaitable[Out]],
    ) -> Callable[[Context, In], Awaitable[Out]]:
        hints = get_type_hints(handler)
        parameters = list(inspect.signature(handler).parameters)
        if len(parameters) != 2 or not _is_model(hints.get(parameters[1])) or not _is_model(hints.get("return")):
            raise ValueError(f"Action {name} must be (ctx, data: Input) -> Output with pydantic models")
        description = inspect.cleandoc(handler.__doc__ or "")
        registry.add(
            Action(
                name=name,
                scope=scope,
                risk=risk,
                summary=description.split("\n")[0].rstrip("."),
                description=description,
                input=hints[parameters[1]],
                output=hints["return"],
                handler=handler,
                http=http,
                doors=PEOPLE_DOORS & doors if secret_output else doors,
                secret_output=secret_output,
                core_tool=core_tool,
                untracked=untracked,
                effect=effect,
                origin=origin,
                external=external,
                always_ask=always_ask,
                claims=claims,
            )
        )
        return handler

    return register


def _is_model(hint: object) -> bool:
    return isinstance(hint, type) and issubclass(hint, BaseModel)
