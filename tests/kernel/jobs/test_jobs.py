"""Jobs: started at once or with a transaction, kept through crashes, given up when hopeless."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gitu.kernel.jobs import Job, Jobs, JobUnknown, receive, sleep, step, system_schedule, workflow
from gitu.kernel.jobs.registry import find_workflow
from gitu.kernel.jobs.schedules import run_schedules
from gitu.kernel.services import Services

pytestmark = [pytest.mark.anyio, pytest.mark.alone]

heard: list[Any] = []


@dataclass
class Ctx:
    """An action's context, as far as enqueueing needs it."""

    db: AsyncSession


@workflow("testing.note")
async def note(services: Services, what: str) -> dict[str, str]:
    async with services.database.reader() as db:  # the process's own connections work inside a job
        await db.execute(text("SELECT 1"))
    heard.append(what)
    return {"noted": what}


@workflow("testing.fail")
async def fail(services: Services, what: str) -> None:
    raise ValueError(what)


@workflow("testing.ask")
async def ask(services: Services) -> object:
    return await receive("answer", timeout_s=30)


@workflow("testing.steps")
async def in_steps(services: Services) -> int:
    tries: list[int] = []

    async def shaky() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise OSError("not yet")
        return len(tries)

    await sleep(0.01)
    return await step("shaky", shaky, attempts=3, interval_s=0.01)


@workflow("testing.forever")
async def forever(services: Services) -> None:
    heard.append("begun")
    await asyncio.sleep(600)


@pytest.fixture
async def jobs(services: Services) -> AsyncGenerator[Jobs]:
    heard.clear()
    jobs = services.resource(Jobs)
    await jobs.start()
    yield jobs
    await jobs.aclose()


async def ended(jobs: Jobs, job_id: str, within_s: float = 15) -> Job:
    async with asyncio.timeout(within_s):
        while not (job := await jobs.status(job_id)).ended:
            await asyncio.sleep(0.02)
    return job


async def test_a_started_workflow_runs_at_once_in_this_process(jobs: Jobs) -> None:
    job = await ended(jobs, await jobs.start_workflow("testing.note", "hello"))
    assert (job.state, heard) == ("success", ["hello"])


async def test_the_same_id_starts_nothing_twice(jobs: Jobs) -> None:
    for _ in range(3):
        await jobs.start_workflow("testing.note", "once", workflow_id="note-1")
    await ended(jobs, "note-1")
    assert heard == ["once"]


async def test_a_job_is_enqueued_with_the_transaction_and_runs_after_its_commit(services: Services, jobs: Jobs) -> None:
    async with services.database.transaction() as db:
        job_id = await jobs.enqueue(Ctx(db), "testing.note", "committed", queue="interactive")
        with pytest.raises(JobUnknown):
            await jobs.status(job_id)
    assert (await ended(jobs, job_id)).state == "success"
    assert heard == ["committed"]


async def test_a_rolled_back_transaction_leaves_no_job(services: Services, jobs: Jobs) -> None:
    async with services.database.transaction() as db:
        job_id = await jobs.enqueue(Ctx(db), "testing.note", "never")
        await db.rollback()
    with pytest.raises(JobUnknown, match="There is no job"):
        await jobs.status(job_id)


async def test_a_delayed_job_waits_and_can_be_cancelled(services: Services, jobs: Jobs) -> None:
    async with services.database.transaction() as db:
        job_id = await jobs.enqueue(Ctx(db), "testing.note", "later", delay_s=600, priority=3)
    assert (await jobs.status(job_id)).state == "delayed"
    await jobs.cancel(job_id)
    assert (await jobs.status(job_id)).state == "cancelled"


async def test_a_failed_job_says_why_in_words_and_stores_no_python_objects(services: Services, jobs: Jobs) -> None:
    job = await ended(jobs, await jobs.start_workflow("testing.fail", "the cat sat on it"))
    assert (job.state, job.error) == ("error", "the cat sat on it")
    async with services.database.reader() as db:
        kept = await db.execute(text("SELECT serialization FROM dbos.workflow_status"))
    assert kept.scalar_one() == "gitu_json"


async def test_arguments_that_are_not_plain_json_are_refused(jobs: Jobs) -> None:
    with pytest.raises(TypeError, match="plain JSON; object is not"):
        await jobs.start_workflow("testing.note", object())


async def test_an_unknown_workflow_is_refused_by_name(jobs: Jobs) -> None:
    with pytest.raises(LookupError, match="No workflow is called testing.nothing"):
        await jobs.start_workflow("testing.nothing")


async def test_a_waiting_workflow_hears_what_is_sent_to_it(jobs: Jobs) -> None:
    job_id = await jobs.start_workflow("testing.ask")
    await jobs.send(job_id, {"ok": True}, "answer", key="first")
    assert (await ended(jobs, job_id)).state == "success"


async def test_a_step_is_tried_again(jobs: Jobs) -> None:
    assert (await ended(jobs, await jobs.start_workflow("testing.steps"))).state == "success"


async def test_jobs_are_listed_newest_first_a_page_at_a_time(jobs: Jobs) -> None:
    ids = [await jobs.start_workflow("testing.note", str(number)) for number in range(3)]
    for job_id in ids:
        await ended(jobs, job_id)
    assert [job.id for job in await jobs.list(name="testing.note", limit=2)] == [ids[2], ids[1]]
    assert [job.id for job in await jobs.list(limit=2, offset=2)] == [ids[0]]


async def test_stopping_is_quick_and_leaves_running_jobs_for_the_next_process(services: Services, jobs: Jobs) -> None:
    job_id = await jobs.start_workflow("testing.forever")
    while heard != ["begun"]:
        await asyncio.sleep(0.01)
    async with asyncio.timeout(2):
        await jobs.aclose()
    assert (await jobs.status(job_id)).state == "running"
    # Threads still work after the engine took its own away.
    assert await asyncio.to_thread(lambda: 7) == 7


async def test_what_a_stopped_process_left_is_taken_up_by_the_next(services: Services, jobs: Jobs) -> None:
    job_id = await jobs.start_workflow("testing.forever")
    await jobs.aclose()
    heard.clear()
    again = Jobs(services)
    await again.start()
    async with asyncio.timeout(10):
        while heard != ["begun"]:
            await asyncio.sleep(0.05)
    await again.cancel(job_id)
    await again.aclose()


async def test_the_engine_writes_its_logs_through_ours(jobs: Jobs) -> None:
    logger = logging.getLogger("dbos")
    assert logger.propagate
    assert [type(handler) for handler in logger.handlers] == [logging.NullHandler]


async def test_two_workflows_or_schedules_of_one_name_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="Two workflows call themselves testing.note"):

        @workflow("testing.note")
        async def other(services: Services) -> None: ...

    assert find_workflow("testing.note") is not None

    @system_schedule("testing.twice", every=timedelta(hours=1))
    async def chore(services: Services) -> None: ...

    with pytest.raises(ValueError, match="Two schedules call themselves testing.twice"):

        @system_schedule("testing.twice", every=timedelta(hours=1))
        async def another(services: Services) -> None: ...


async def test_chores_run_again_and_again_even_when_one_fails(services: Services) -> None:
    runs: list[str] = []

    @system_schedule("testing.often", every=timedelta(0))
    async def often(services: Services) -> None:
        runs.append("often")

    @system_schedule("testing.broken", every=timedelta(0))
    async def broken(services: Services) -> None:
        runs.append("broken")
        raise OSError("always")

    task = asyncio.create_task(run_schedules(services))
    async with asyncio.timeout(10):
        while runs.count("often") < 2 or runs.count("broken") < 2:
            await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
