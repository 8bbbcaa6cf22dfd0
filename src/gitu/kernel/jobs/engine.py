"""The job engine of one process: DBOS, started and stopped with the services.

Facts of DBOS 3.4.0 this rests on, each with a test: executors need an id of their own; a fixed application
version keeps jobs across updates; nobody takes over a dead executor's jobs, so the leading process does.
"""

import asyncio
import contextlib
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

import structlog

from gitu.kernel.audit.sealer import Sealer
from gitu.kernel.db.leader import Leader
from gitu.kernel.events.dispatcher import Dispatcher
from gitu.kernel.ids import new_id
from gitu.kernel.jobs.identity import APPLICATION, executor_lock
from gitu.kernel.jobs.registry import Workflow, all_workflows, find_workflow
from gitu.kernel.jobs.schedules import run_schedules
from gitu.kernel.jobs.views import Job, JobUnknown, job_of
from gitu.kernel.telemetry.metrics import metrics

if TYPE_CHECKING:
    from dbos import DBOS, DBOSClient, EnqueueOptions
    from sqlalchemy.ext.asyncio import AsyncSession

    from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

VERSION = "1"  # raise it only when workflows of the version before can't be finished by this code
TAKE_OVER_EVERY_S = 2.0


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: jobs at once in one process, and seconds between two looks into it."""

    name: str
    worker_concurrency: int
    poll_s: float


# Looking is not free: ten times a second cost 4 % of a core for nothing. Turns need no queue, they start at once.
QUEUES = (Queue("interactive", 32, 0.5), Queue("default", 32, 1.0))


class HasSession(Protocol):
    """An action's context, as far as enqueueing needs it."""

    @property
    def db(self) -> "AsyncSession":
        """The transaction the job is enqueued with."""
        ...


class Jobs:
    """Made as ``services.resource(Jobs)``. ``start`` makes this process run jobs; enqueueing needs none."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self.executor_id = f"{os.getpid()}-{uuid4().hex[:12]}"
        self._dbos: DBOS | None = None
        self._client: DBOSClient | None = None
        self._leader: Leader | None = None
        self._functions: dict[str, Callable[..., Any]] = {}  # Any: as DBOS wraps them

    async def start(self) -> None:
        """Bring the engine up and take jobs; at most one engine runs in a process.

        The leading process also takes over jobs, seals the audit log, delivers events, runs the schedules.
        """
        quiet_logs(logging.WARNING)
        loop = asyncio.get_running_loop()
        services = self._services
        duties: list[Callable[[], Awaitable[None]]] = [
            self._take_over,
            Sealer(services.database, services.home).run,
            Dispatcher(services).run,
            lambda: run_schedules(services),
        ]
        self._leader = Leader(services.database, duties, held_lock=executor_lock(self.executor_id))
        # The lock first: a job owned by an executor without one looks abandoned.
        await self._leader.start()
        await asyncio.to_thread(self._launch, loop)

    async def aclose(self) -> None:
        """Stop within two seconds. Jobs that still run stay as they are, and go on in another process."""
        if self._dbos is not None:
            quiet_logs(logging.ERROR)
            running = list(self._dbos._workflow_tasks)  # pyright: ignore[reportPrivateUsage] - no public way
            for task in running:
                task.cancel()
            if running:
                await asyncio.wait(running, timeout=1)
            self._dbos = None
            # DBOS made its own threads the loop's default. The leader's duties go on until the jobs have ended.
            loop = asyncio.get_running_loop()
            loop.set_default_executor(ThreadPoolExecutor())
            await _in_thread(self._destroy)
            loop.set_default_executor(ThreadPoolExecutor())  # a job that would not end may have made them so again
        if self._leader is not None:
            await self._leader.aclose()
        if self._client is not None:
            await _in_thread(self._client.destroy)
            self._client = None

    @property
    def leads(self) -> bool:
        """Whether this process is the one of all that does what only one may do."""
        return self._leader is not None and self._leader.leads.is_set()

    async def start_workflow(self, name: str, *arguments: object, workflow_id: str | None = None) -> str:
        """Start at once in this process and return the job's id; the same id again starts nothing."""
        from dbos import DBOS, SetWorkflowID  # noqa: PLC0415

        assert self._dbos is not None, "Jobs.start() comes first"
        chosen = workflow_id or str(new_id())
        function = self._functions[_known(name).name]
        with SetWorkflowID(chosen):
            await DBOS.start_workflow_async(function, *arguments)
        return chosen

    async def enqueue(
        self,
        ctx: HasSession,
        name: str,
        *arguments: object,
        queue: str = "default",
        workflow_id: str | None = None,
        delay_s: float | None = None,
        priority: int | None = None,
    ) -> str:
        """Enqueue with the action's transaction (rolled back, there is no job) and return the job's id.

        ``priority`` 1 comes before 2; without one a job comes first of all. The same id again adds nothing.
        """
        chosen = workflow_id or str(new_id())
        options: EnqueueOptions = {
            "workflow_name": _known(name).name,
            "queue_name": queue,
            "workflow_id": chosen,
        }
        if delay_s is not None:
            options["delay_seconds"] = delay_s
        if priority is not None:
            options["priority"] = priority
        client = await self._get_client()

        def insert(session: Any) -> None:  # Any: SQLAlchemy's Session, as run_sync gives it
            client.enqueue_in_transaction(session, options, *arguments)

        await ctx.db.run_sync(insert)
        return chosen

    async def send(self, workflow_id: str, message: object, topic: str, *, key: str | None = None) -> None:
        """Send plain JSON to a workflow that waits in ``receive``; the same ``key`` again sends nothing."""
        client = await self._get_client()
        await client.send_async(workflow_id, message, topic, idempotency_key=key)

    async def cancel(self, workflow_id: str) -> None:
        """Cancel: queued jobs never start, running ones stop before their next step."""
        client = await self._get_client()
        await client.cancel_workflow_async(workflow_id)

    async def status(self, workflow_id: str) -> Job:
        """The job. Raises JobUnknown."""
        found = await self.list(workflow_ids=[workflow_id], limit=1)
        if not found:
            raise JobUnknown(id=workflow_id[:80])
        return found[0]

    async def list(
        self,
        *,
        name: str | None = None,
        workflow_ids: list[str] | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[Job]:
        """Jobs, newest first, a page at a time."""
        client = await self._get_client()
        rows = await client.list_workflows_async(
            name=name,
            workflow_ids=workflow_ids,
            limit=min(limit, 100),
            offset=offset,
            sort_desc=True,
            load_input=False,
        )
        return [job_of(row) for row in rows]

    async def _get_client(self) -> "DBOSClient":
        if self._client is None:
            self._client = await asyncio.to_thread(self._open_client)
        return self._client

    def _open_client(self) -> "DBOSClient":
        from dbos import DBOSClient  # noqa: PLC0415

        from gitu.kernel.jobs.serializer import JsonSerializer  # noqa: PLC0415

        return DBOSClient(
            system_database_url=self._services.database.url,
            serializer=JsonSerializer(),
            application_name=APPLICATION,
            system_database_pool_size=2,
            lazy=True,
        )

    def _launch(self, loop: asyncio.AbstractEventLoop) -> None:
        from dbos import DBOS  # noqa: PLC0415

        from gitu.kernel.jobs.serializer import JsonSerializer  # noqa: PLC0415

        dbos = DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": self._services.database.url,
                "application_version": VERSION,
                "executor_id": self.executor_id,
                # Each idle connection costs PostgreSQL 2 to 3 MB: few are kept, more are opened under load.
                "sys_db_pool_size": 2,
                "db_engine_kwargs": {"max_overflow": 6, "pool_use_lifo": True},
                "serializer": JsonSerializer(),
                "log_level": "WARNING",
                "scheduler_polling_interval_sec": 3600.0,
                "notification_coalesce_sec": 1.0,  # of what no job of ours uses; a thread wakes as often
            }
        )
        self._functions = {found.name: self._registered(dbos, found) for found in all_workflows()}
        # Workflows use connections of the process's own loop; from this thread, DBOS would not find it.
        dbos._background_event_loop._main_loop = loop  # pyright: ignore[reportPrivateUsage]
        DBOS.launch()
        self._dbos = dbos
        for queue in QUEUES:
            DBOS.register_queue(
                queue.name,
                worker_concurrency=queue.worker_concurrency,
                polling_interval_sec=queue.poll_s,
                on_conflict="always_update",
            )

    def _registered(self, dbos: "DBOS", found: Workflow) -> Callable[..., Any]:
        services = self._services

        async def run(*arguments: Any) -> Any:  # Any: each workflow has its own plain JSON
            metrics().job_started()
            outcome = "cancelled"  # also when the process stops
            try:
                answer = await found.function(services, *arguments)
                outcome = "done"
            except Exception as error:
                outcome = "failed"
                log.warning("jobs.failed", job=found.name, error=type(error).__name__)
                raise
            finally:
                metrics().job_ended(found.name, outcome)
            return answer

        run.__qualname__ = run.__name__ = found.name
        return dbos.workflow(name=found.name, max_recovery_attempts=found.max_attempts - 1)(run)

    @staticmethod
    def _destroy() -> None:
        from dbos import DBOS  # noqa: PLC0415

        DBOS.destroy(destroy_registry=True)

    async def _take_over(self) -> None:
        from gitu.kernel.jobs.takeover import abandoned_jobs  # noqa: PLC0415

        while True:
            await asyncio.sleep(TAKE_OVER_EVERY_S)
            if self._dbos is None:
                continue
            system = self._dbos._sys_db  # pyright: ignore[reportPrivateUsage] - no public way
            async for job_id, executor_id in abandoned_jobs(self._services.database, self.executor_id):
                log.warning("jobs.taken_over", job=job_id, executor=executor_id)
                await asyncio.to_thread(system.reenqueue_for_recovery, job_id, [executor_id], "interactive")


def quiet_logs(level: int) -> None:
    """DBOS's warnings through our own handlers; a handler of its own would write past the redaction."""
    logger = logging.getLogger("dbos")
    logger.handlers[:] = [logging.NullHandler()]
    logger.propagate = True
    logger.setLevel(level)


def _known(name: str) -> Workflow:
    found = find_workflow(name)
    if found is None:
        raise LookupError(f"No workflow is called {name}; its module must be imported before")
    return found


async def _in_thread(function: Callable[[], None]) -> None:
    """Run in a thread of its own: the loop's executor is among what is being stopped."""
    loop = asyncio.get_running_loop()
    done = loop.create_future()

    def run() -> None:
        error: Exception | None = None
        try:
            function()
        except Exception as raised:
            error = raised
        with contextlib.suppress(RuntimeError):  # the loop is gone: nobody waits
            loop.call_soon_threadsafe(_settle, done, error)

    threading.Thread(target=run, daemon=True, name="jobs-stop").start()
    await done


def _settle(done: "asyncio.Future[None]", error: Exception | None) -> None:
    if done.cancelled():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
