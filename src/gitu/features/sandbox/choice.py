"""Which backend is used: the one the setting names, else the first that works here."""

import asyncio

from gitu.features.sandbox.backends.base import Backend, Plan, numbers
from gitu.features.sandbox.backends.bubblewrap import Bubblewrap
from gitu.features.sandbox.backends.containers import Containers
from gitu.features.sandbox.box import Sandbox
from gitu.features.sandbox.errors import CommandNotStarted, SandboxFailed, SandboxGone, SandboxUnavailable
from gitu.features.sandbox.reasons import Reason, because
from gitu.features.sandbox.schemas import Availability, Choice, Command, SandboxSpec


def candidates(choice: Choice, image: str) -> list[Backend]:
    """The backends to try, the best first."""
    every: list[Backend] = [Bubblewrap(), Containers("podman", image), Containers("docker", image)]
    if choice == "off":
        return []
    return every if choice == "auto" else [backend for backend in every if backend.name == choice]


async def choose(choice: Choice, image: str) -> Backend:
    """The backend to use, found by running a command in it. Raises SandboxUnavailable with the way out."""
    backend, problems = await _first(choice, image)
    if backend is None:
        raise SandboxUnavailable(reason=problems[0])
    return backend


async def check(choice: Choice, image: str, locale: str = "en") -> Availability:
    """Whether commands can be confined here: really starts a sandbox and runs a command in it."""
    backend, problems = await _first(choice, image)
    if backend is None:
        return Availability(backend=None, problem=problems[0].localised(locale))
    notes = tuple(note.localised(locale) for note in backend.notes())
    return Availability(backend=backend.name, version=backend.version(), notes=notes)


async def _first(choice: Choice, image: str) -> tuple[Backend | None, list[Reason]]:
    """The first backend that works, and what is wrong with those before it."""
    problems = [because("off")] if choice == "off" else []
    for backend in candidates(choice, image):
        problem = await asyncio.to_thread(backend.problem) or await _tried(backend)
        if problem is None:
            return backend, problems
        problems.append(problem)
    return None, problems


async def _tried(backend: Backend) -> Reason | None:
    """Why a sandbox of this backend does not start, else None."""
    plan = Plan(next(numbers), SandboxSpec(), [], None)
    try:
        box = Sandbox("check", plan, await backend.start(plan), backend.name)
        await box.open([])
        try:
            outcome = await box.run(Command(argv=("true",), timeout_s=20))
        finally:
            await box.aclose()
    except (SandboxFailed, SandboxGone, CommandNotStarted) as error:
        return error.reason
    except OSError as error:
        return because("said", said=error)
    return (
        None if outcome.exit_code == 0 else because("trial-failed", code=outcome.exit_code, said=outcome.stderr.text())
    )
