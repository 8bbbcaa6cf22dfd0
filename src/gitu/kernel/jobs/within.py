"""What a workflow's own code calls."""

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from dbos import StepOptions

T = TypeVar("T")


async def step(
    name: str,
    function: Callable[..., Awaitable[T]],
    *arguments: object,
    attempts: int = 1,
    interval_s: float = 1.0,
) -> T:
    """Run ``function(*arguments)`` once: its answer (plain JSON) is kept and given again after a crash.

    Tried up to ``attempts`` times, with pauses that double from ``interval_s``; then its error is raised.
    A crash while it runs makes it run again, so what it does outside must bear being done twice.
    """
    from dbos import DBOS  # noqa: PLC0415 - slow to import; the engine has done it by now

    run = cast("Callable[..., Coroutine[Any, Any, T]]", function)
    options: StepOptions = {
        "name": name,
        "retries_allowed": attempts > 1,
        "max_attempts": attempts,
        "interval_seconds": interval_s,
    }
    return await DBOS.run_step_async(options, run, *arguments)


async def sleep(seconds: float) -> None:
    """Wait; after a crash, only what is left of the time."""
    from dbos import DBOS  # noqa: PLC0415

    await DBOS.sleep_async(seconds)


async def receive(topic: str, *, timeout_s: float) -> Any:  # Any: whatever JSON was sent
    """The next message sent to this workflow under ``topic``, or None after ``timeout_s`` seconds."""
    from dbos import DBOS  # noqa: PLC0415

    return await DBOS.recv_async(topic, timeout_seconds=timeout_s)


def current_workflow_id() -> str | None:
    """The id of the workflow this code runs in, if any."""
    from dbos import DBOS  # noqa: PLC0415

    return DBOS.workflow_id
