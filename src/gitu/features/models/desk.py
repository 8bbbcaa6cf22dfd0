"""The feature's own objects in a process: HTTP clients, the recorder of calls, prices, health."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DBAPIError

from gitu.features.models import repository
from gitu.features.models.budgets.ledger import Ledger
from gitu.features.models.budgets.loops import LoopBreaker
from gitu.features.models.calls import CallRecorder
from gitu.features.models.catalog import Catalog
from gitu.features.models.errors import (
    KeyUnreadable,
    ModelCallFailed,
    ModelKeyRefused,
    ModelQuotaUsedUp,
    ModelRedirected,
    ModelUnreachable,
)
from gitu.features.models.pricing import PriceList
from gitu.features.models.providers import Endpoint, ModelClients
from gitu.features.models.routing.health import Health
from gitu.features.models.routing.qualities import Qualities
from gitu.features.models.routing.router import Router
from gitu.features.models.tables import ConnectionRow
from gitu.kernel import clock
from gitu.kernel.crypto.columns import column_context, register_encrypted_column
from gitu.kernel.crypto.errors import CryptoError
from gitu.kernel.db.tables import Base
from gitu.kernel.services import Services

log = structlog.get_logger(__name__)

KEY_CONTEXT = "models_connections.api_key"
_ABANDONED = timedelta(hours=6)  # no call lasts so long
_TELLING = (ModelKeyRefused, ModelUnreachable, ModelQuotaUsedUp, ModelRedirected)

register_encrypted_column(Base.metadata.tables[ConnectionRow.__tablename__], "api_key", KEY_CONTEXT)


class ModelDesk:
    """One per process, made on first use; ``services.resource(ModelDesk)``."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self.idle_s = services.settings.model_timeout_s
        self.catalog = Catalog(services)
        self.clients = ModelClients(idle_s=self.idle_s)
        self.ledger = Ledger(services)
        self.recorder = CallRecorder(services.database, self.ledger)
        self.loops = LoopBreaker()
        self.health = Health()
        self.qualities = Qualities(services.home.root / "models.toml")
        self.prices = PriceList(services.home.root / "prices.toml")
        self.router = Router(self.prices, self.qualities, self.health)
        self._kept: dict[UUID, str | None] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def encrypt(self, connection_id: UUID, key: str) -> bytes:
        """The key as it is stored."""
        context = column_context(KEY_CONTEXT, connection_id)
        return self._services.keyring.encrypt(key.encode(), context=context)

    def endpoint(self, row: ConnectionRow) -> Endpoint:
        """The connection ready for use. Raises KeyUnreadable."""
        key = None
        if row.api_key is not None:
            try:
                context = column_context(KEY_CONTEXT, row.id)
                key = self._services.keyring.decrypt(row.api_key, context=context).decode()
            except CryptoError:
                raise KeyUnreadable(connection=row.name) from None
        return Endpoint(
            id=row.id,
            version=row.updated_at.isoformat(),
            provider=row.provider,
            name=row.name,
            base_url=row.base_url,
            api_key=key,
            public_only=row.public_only,
        )

    def noticed(self, connection_id: UUID, error: ModelCallFailed | None) -> None:
        """A call ended: when that changes what is known of the connection, note it beside the stream."""
        self.health.ended(connection_id, error)
        if error is not None and not isinstance(error, _TELLING):
            return
        state = error.code if error is not None else None
        if self._kept.get(connection_id, "?") == state:
            return
        self._kept[connection_id] = state
        task = asyncio.get_running_loop().create_task(self._keep_health(connection_id, error))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep_health(self, connection_id: UUID, error: ModelCallFailed | None) -> None:
        try:
            async with self._services.database.transaction() as db:
                status = "ok" if error is None else "failing"
                await repository.set_health(db, connection_id, status, as_json(error))
            self.catalog.forget()
        except (DBAPIError, OSError) as lost:
            log.warning("models.health_not_kept", error=type(lost).__name__)

    async def close_abandoned(self) -> None:
        """End the records of calls whose process died; run once at start."""
        async with self._services.database.transaction() as db:
            await repository.close_abandoned(db, clock.now(), _ABANDONED)

    async def settled(self) -> None:
        """Wait until what was noticed is kept."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)

    async def aclose(self) -> None:
        """Write what is left, close every client."""
        await self.settled()
        await self.recorder.aclose()
        await self.ledger.aclose()
        await self.clients.aclose()
        self.catalog.close()


def as_json(error: ModelCallFailed | None) -> dict[str, Any] | None:
    """An error as it is kept: code and parameters, so that each reader gets their own language."""
    if error is None:
        return None
    return {"code": error.code, "params": {name: str(value) for name, value in error.params.items()}}


def sentence(kept: dict[str, Any] | None, locale: str) -> str | None:
    """The kept error in the reader's language."""
    if kept is None:
        return None
    found = _by_code().get(str(kept.get("code")), ModelCallFailed)
    return found(**kept.get("params", {})).localised(locale)


def _by_code() -> dict[str, type[ModelCallFailed]]:
    classes = [ModelCallFailed]
    for one in classes:
        classes.extend(one.__subclasses__())
    return {one.code: one for one in classes}
