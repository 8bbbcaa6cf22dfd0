"""The assistant's durable jobs."""

from datetime import timedelta
from uuid import UUID

from gitu.features.assistant import repository
from gitu.features.assistant.answering import PREFIX, WORKFLOW, Answering, new_runner, workflow_id
from gitu.features.assistant.events import SessionUpdated
from gitu.kernel import clock
from gitu.kernel.events.store import append_events
from gitu.kernel.jobs import Jobs, system_schedule, unknown_jobs, workflow
from gitu.kernel.services import Services

STRANDED_AFTER = timedelta(seconds=20)
BATCH = 500


@workflow(WORKFLOW)
async def run_turn(services: Services, turn_id: str) -> None:
    """Answer a turn, or go on with it where a dead process left it."""
    from gitu.features.assistant.runner import TurnRunner  # noqa: PLC0415 - loads the agent library

    begun = services.resource(Answering).find(UUID(turn_id))
    await (begun or TurnRunner(services, UUID(turn_id), new_runner(services)).run())


@system_schedule("assistant.start_stranded_turns", every=timedelta(seconds=10))
async def start_stranded_turns(services: Services) -> None:
    """Go on with turns whose process died before their job was registered."""
    jobs, before, last = services.resource(Jobs), clock.now() - STRANDED_AFTER, UUID(int=0)
    while True:
        async with services.database.reader() as db:
            turns = await repository.active_turns(db, before, last, BATCH)
        for job_id in await unknown_jobs(services.database, [workflow_id(turn_id) for turn_id in turns]):
            await jobs.start_workflow(WORKFLOW, job_id.removeprefix(PREFIX), workflow_id=job_id)
        if len(turns) < BATCH:
            return
        last = turns[-1]


@system_schedule("assistant.end_idle_sessions", every=timedelta(hours=1))
async def end_idle_sessions(services: Services) -> None:
    """End the conversations nobody has touched for days; they can be resumed."""
    before = clock.now() - timedelta(hours=services.settings.session_idle_hours)
    while True:
        async with services.database.transaction() as db:
            ended = await repository.end_idle_sessions(db, before, BATCH)
            events = [(owner, SessionUpdated(session_id=session)) for session, owner in ended]
            recorded = await append_events(db, services.bus.process_id, [*events], clock.now())
        services.bus.publish_local(recorded)
        if len(ended) < BATCH:
            return
