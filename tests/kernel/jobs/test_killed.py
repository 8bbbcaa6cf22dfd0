"""Jobs of a process killed in the middle go on in another one, and a job that kills is given up."""

import asyncio
from pathlib import Path

import pytest

from gitu.kernel.jobs import Jobs, workflow
from gitu.kernel.jobs.identity import executor_lock
from gitu.kernel.services import Services
from tests.support.processes import line_of, python

pytestmark = [pytest.mark.anyio, pytest.mark.alone]

_WORKER = """
    import asyncio, os, sys
    from pathlib import Path
    from pydantic import SecretStr
    from gitu.app import open_services
    from gitu.kernel.jobs import Jobs, step, workflow
    from gitu.kernel.settings import Settings

    @workflow("testing.long")
    async def long(services, notes):
        async def note():
            with open(notes, "a") as file:
                file.write("step\\n")
            return 1
        await step("note", note)
        print("waiting", flush=True)
        await asyncio.sleep(600)

    @workflow("testing.deadly", max_attempts=2)
    async def deadly(services):
        os._exit(9)

    async def main():
        url, home, job, argument = sys.argv[1:]
        services = await open_services(Settings(home=Path(home), database_url=SecretStr(url)), url)
        jobs = services.resource(Jobs)
        await jobs.start()
        print("up", flush=True)
        if job != "-":
            await jobs.start_workflow(job, *([argument] if argument else []), workflow_id="the-job")
        await asyncio.sleep(600)

    asyncio.run(main())
"""

taken: list[str] = []


@workflow("testing.long")
async def long(services: Services, notes: str) -> None:
    from gitu.kernel.jobs import step

    async def note() -> int:
        await asyncio.to_thread(Path(notes).write_text, "again\n")
        return 1

    await step("note", note)
    taken.append(notes)


async def test_a_killed_process_s_job_is_taken_over_and_its_steps_are_not_repeated(
    services: Services, database_url: str, tmp_path: Path
) -> None:
    taken.clear()
    notes = tmp_path / "notes"
    jobs = services.resource(Jobs)
    await jobs.start()
    with python(_WORKER, database_url, str(tmp_path / "other"), "testing.long", str(notes)) as worker:
        assert await asyncio.to_thread(line_of, worker) == "up"
        assert await asyncio.to_thread(line_of, worker) == "waiting"
        await asyncio.sleep(3)
        assert taken == []  # while it lives, its jobs are its own
    async with asyncio.timeout(30):
        while not (await jobs.status("the-job")).ended:
            await asyncio.sleep(0.1)
    assert taken == [str(notes)]
    assert notes.read_text() == "step\n"


async def test_a_job_that_takes_its_process_down_every_time_is_given_up(
    services: Services, database_url: str, tmp_path: Path
) -> None:
    jobs = services.resource(Jobs)
    for job in ("testing.deadly", "-", "-"):
        with python(_WORKER, database_url, str(tmp_path / "other"), job, "") as worker:
            for _ in range(200):
                ended = worker.poll() is not None
                if ended or (job == "-" and (await jobs.status("the-job")).ended):
                    break
                await asyncio.sleep(0.1)
    assert (await jobs.status("the-job")).state == "given_up"


def test_an_executor_s_lock_fits_postgresql_s_signed_numbers() -> None:
    for number in range(1_000):
        first, second = executor_lock(f"executor-{number}")
        assert first > 0
        assert -(2**31) <= second < 2**31
