"""Workflows by name. Declaring one imports nothing of the job engine: ``gitu --help`` must not pay for it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from gitu.kernel.services import Services

P = ParamSpec("P")
R = TypeVar("R")
Function = Callable[..., Awaitable[object]]

MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Workflow:
    """A declared workflow. ``max_attempts`` ends the loop of one that takes its process down every time."""

    name: str
    function: Function
    max_attempts: int


_workflows: dict[str, Workflow] = {}


def workflow(
    name: str, *, max_attempts: int = MAX_ATTEMPTS
) -> Callable[[Callable[Concatenate["Services", P], Awaitable[R]]], Callable[Concatenate["Services", P], Awaitable[R]]]:
    """Declare ``async def function(services, *arguments)`` as the workflow ``name`` (``feature.verb_noun``).

    Arguments and answer are plain JSON. The name is kept with running jobs: changing it strands them. After
    ``max_attempts`` starts that each ended with the process, the job is given up. Raises ValueError for a
    name that another function has.
    """

    def register(
        function: Callable[Concatenate["Services", P], Awaitable[R]],
    ) -> Callable[Concatenate["Services", P], Awaitable[R]]:
        known = _workflows.get(name)
        if known is not None and _origin(known.function) != _origin(function):
            raise ValueError(f"Two workflows call themselves {name}")
        _workflows[name] = Workflow(name, function, max_attempts)
        return function

    return register


def find_workflow(name: str) -> Workflow | None:
    """The workflow of that name, if any."""
    return _workflows.get(name)


def all_workflows() -> list[Workflow]:
    """Every declared workflow, by name."""
    return sorted(_workflows.values(), key=lambda found: found.name)


def _origin(function: Function) -> tuple[str, str]:
    return (function.__module__, getattr(function, "__qualname__", ""))
