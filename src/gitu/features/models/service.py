"""The rules of connections, defaults and what is listed of calls."""

import time
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from gitu.features.models import repository
from gitu.features.models.addresses import checked_url, is_local
from gitu.features.models.bedrock.addresses import is_amazons, runtime_url
from gitu.features.models.bedrock.errors import RegionNeeded
from gitu.features.models.choosing import local, model_id, models_of, split_id
from gitu.features.models.desk import ModelDesk, as_json, sentence
from gitu.features.models.errors import (
    AddressInvalid,
    AddressNeeded,
    ConnectionUnknown,
    KeyNeeded,
    ModelCallFailed,
    ModelUnknown,
    SharingDenied,
    TooManyConnections,
)
from gitu.features.models.events import (
    ConnectionCreated,
    ConnectionDeleted,
    ConnectionUpdated,
    DefaultsChanged,
)
from gitu.features.models.listing import Listed, list_models
from gitu.features.models.pricing import context_window
from gitu.features.models.providers import DEFAULT_URLS, TITLES, plain_client
from gitu.features.models.routing.router import MODES, PREFIX, mode_of
from gitu.features.models.schemas import (
    Complaint,
    Connection,
    ConnectionCreate,
    ConnectionTest,
    ConnectionUpdate,
    Defaults,
    DefaultsSet,
    Model,
    ModelQuery,
)
from gitu.features.models.scopes import MODELS_SHARE
from gitu.features.models.tables import ConnectionRow
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, PageQuery, decode_cursor, encode_cursor
from gitu.kernel.auth.scopes import allows
from gitu.kernel.errors import FieldProblem
from gitu.kernel.i18n import translate
from gitu.kernel.ids import new_id

MOST_CONNECTIONS = 50
TEST_S = 10.0

# -- connections ----------------------------------------------------------------------------------------


def may_share(ctx: Context) -> bool:
    """Whether the caller manages what everyone uses."""
    return allows(ctx.principal, MODELS_SHARE)


async def create_connection(ctx: Context, data: ConnectionCreate) -> Connection:
    """Keep a new connection and try it: one that does not work is kept too, saying why."""
    if data.shared and not may_share(ctx):
        raise SharingDenied()
    connection_id = new_id()
    key = data.api_key.get_secret_value().strip() if data.api_key is not None else ""
    if not key and data.provider != "openai_compatible":
        raise KeyNeeded(provider=TITLES[data.provider], fields=[FieldProblem.of("api_key", "field-missing")])
    row = ConnectionRow(
        id=connection_id,
        owner_id=ctx.user_id,
        shared=data.shared,
        provider=data.provider,
        name=data.name or TITLES[data.provider],
        base_url=_address(ctx, data.provider, data.base_url),
        api_key=_desk(ctx).encrypt(connection_id, key) if key else None,
        key_hint=hint_of(key),
        public_only=not may_share(ctx),
        models=[Listed(name).as_json() for name in data.models or []],
        models_chosen=bool(data.models),
        status="untested",
        last_error=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    async with ctx.transaction() as db:
        if await repository.count_connections(db, ctx.user_id) >= MOST_CONNECTIONS:
            raise TooManyConnections(limit=MOST_CONNECTIONS)
        db.add(row)
    await try_out(ctx, row)
    ctx.emit(ConnectionCreated(connection_id=row.id))
    ctx.audit_detail |= {"connection_id": str(row.id), "shared": row.shared}
    return to_connection(row, ctx.locale)


async def update_connection(ctx: Context, data: ConnectionUpdate) -> Connection:
    """Change what is given. A key does not travel to another address: it has to be entered again."""
    async with ctx.transaction() as db:
        row = await _managed(ctx, db, data.connection_id)
        _change(ctx, row, data)
    if data.model_fields_set & {"base_url", "api_key", "models"}:
        await try_out(ctx, row)
    ctx.emit(ConnectionUpdated(connection_id=row.id))
    ctx.audit_detail |= {"connection_id": str(row.id), "shared": row.shared}
    return to_connection(row, ctx.locale)


def _change(ctx: Context, row: ConnectionRow, data: ConnectionUpdate) -> None:
    if data.shared is not None and data.shared != row.shared:
        if not may_share(ctx):
            raise SharingDenied()
        row.shared = data.shared
    if data.name is not None:
        row.name = data.name
    if data.base_url is not None:
        address = _address(ctx, row.provider, data.base_url)
        if address != row.base_url and data.api_key is None:
            row.api_key, row.key_hint = None, None
        row.base_url = address
        row.public_only = not may_share(ctx)
    if data.api_key is not None:
        key = data.api_key.get_secret_value().strip()
        row.api_key, row.key_hint = _desk(ctx).encrypt(row.id, key), hint_of(key)
    if "models" in data.model_fields_set:
        row.models = [Listed(name).as_json() for name in data.models or []]
        row.models_chosen = bool(data.models)
    row.updated_at = ctx.now


async def delete_connection(ctx: Context, connection_id: UUID) -> None:
    """Forget the connection and its key for good."""
    row = await _managed(ctx, ctx.db, connection_id)
    await repository.delete_connection(ctx.db, row.id)
    ctx.emit(ConnectionDeleted(connection_id=row.id))
    ctx.audit_detail |= {"connection_id": str(row.id), "shared": row.shared}
    desk = _desk(ctx)

    async def forget() -> None:
        desk.clients.forget(row.id)

    ctx.after_commit(forget)


async def test_connection(ctx: Context, connection_id: UUID) -> ConnectionTest:
    """Ask the provider for its models with the stored key, and keep the result."""
    async with ctx.transaction() as db:
        row = await _managed(ctx, db, connection_id)
    began = time.perf_counter()
    error = await try_out(ctx, row)
    latency_ms = round((time.perf_counter() - began) * 1000, 1)
    ctx.emit(ConnectionUpdated(connection_id=row.id))
    complaint = None
    if error is not None:
        complaint = Complaint(code=error.code, detail=error.localised(ctx.locale))
    return ConnectionTest(ok=error is None, models=_names(row), latency_ms=latency_ms, error=complaint)


async def list_connections(ctx: Context, data: PageQuery) -> Page[Connection]:
    """One's own connections and the shared ones."""
    after = decode_cursor(data.cursor, UUID)[0] if data.cursor else None
    rows = await repository.list_connections(ctx.db, ctx.user_id, after, data.limit + 1)
    items = [to_connection(row, ctx.locale) for row in rows[: data.limit]]
    return Page[Connection](items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > data.limit else None)


async def _managed(ctx: Context, db: AsyncSession, connection_id: UUID) -> ConnectionRow:
    row = await repository.find_connection(db, ctx.user_id, connection_id, lock=True)
    if row is None:
        raise ConnectionUnknown(id=str(connection_id))
    if row.shared and not may_share(ctx):
        raise SharingDenied()
    return row


async def try_out(ctx: Context, row: ConnectionRow) -> ModelCallFailed | None:
    """List the provider's models with the connection; keep the outcome, unless the connection changed meanwhile."""
    error = await _ask_for_models(ctx, row)
    async with ctx.transaction() as db:
        await repository.set_tested(db, row)
    return error


async def _ask_for_models(ctx: Context, row: ConnectionRow) -> ModelCallFailed | None:
    endpoint = _desk(ctx).endpoint(row)
    client = plain_client(endpoint, TEST_S)
    try:
        listed = await list_models(endpoint, client, TEST_S)
    except ModelCallFailed as error:
        row.status, row.last_error = "failing", as_json(error)
        return error
    finally:
        await client.aclose()
    row.status, row.last_error = "ok", None
    windows = {one.id: one for one in listed}
    if row.models_chosen:
        row.models = [windows.get(name, Listed(name)).as_json() for name in _names(row)]
    else:
        row.models = [one.as_json() for one in listed]
    return None


def _address(ctx: Context, provider: str, given: str | None) -> str:
    """The address to use. Raises AddressNeeded, RegionNeeded, AddressInvalid."""
    if given is None:
        if provider == "bedrock":
            raise RegionNeeded(fields=[FieldProblem.of("base_url", "field-missing")])
        if provider not in DEFAULT_URLS:
            raise AddressNeeded(fields=[FieldProblem.of("base_url", "field-missing")])
        return DEFAULT_URLS[provider]
    url = checked_url(runtime_url(given) if provider == "bedrock" else given)
    if not may_share(ctx):
        theirs = is_amazons(url) if provider == "bedrock" else url == DEFAULT_URLS.get(provider, url)
        if not theirs:
            raise AddressInvalid(address=url, reason="only the owner and admins may change a provider's address")
        if is_local(url):
            raise AddressInvalid(address=url, reason="only the owner and admins may reach into the local network")
    return url


def hint_of(key: str) -> str | None:
    """How the key ends; nothing of one so short that its end would give it away."""
    return f"…{key[-4:]}" if len(key) >= 12 else ("…" if key else None)


def to_connection(row: ConnectionRow, locale: str) -> Connection:
    """The connection as people see it."""
    return Connection.model_validate(
        {
            "id": row.id,
            "provider": row.provider,
            "name": row.name,
            "base_url": row.base_url,
            "has_key": row.api_key is not None,
            "key_hint": row.key_hint,
            "shared": row.shared,
            "models": _names(row),
            "status": row.status,
            "last_error": sentence(row.last_error, locale),
            "created_at": row.created_at,
        }
    )


def _names(row: ConnectionRow) -> list[str]:
    return [str(entry["id"]) for entry in row.models]


def _desk(ctx: Context) -> ModelDesk:
    return ctx.services.resource(ModelDesk)


# -- models and defaults --------------------------------------------------------------------------------


async def list_all_models(ctx: Context, data: ModelQuery) -> Page[Model]:
    """Every model one may use: of one's own connections first."""
    prices, wanted = _desk(ctx).prices, data.query.lower()
    rows = await repository.usable_connections(ctx.db, ctx.user_id)
    found = _ways(ctx, rows, wanted)
    for row in rows:
        for name, window in models_of(row):
            if wanted and wanted not in f"{name} {row.name}".lower():
                continue
            price = prices.price(row.provider, row.base_url, name, local=local(row))
            found.append(
                Model.model_validate(
                    {
                        "id": model_id(row.id, name),
                        "name": name,
                        "connection_id": row.id,
                        "connection_name": row.name,
                        "provider": row.provider,
                        "context_window": window or context_window(row.provider, row.base_url, name),
                        "input_price": price.input if price else None,
                        "output_price": price.output if price else None,
                        "local": local(row),
                    }
                )
            )
    start = _offset(data.cursor)
    page = found[start : start + data.limit]
    more = start + data.limit < len(found)
    return Page[Model](items=page, next_cursor=encode_cursor(start + data.limit) if more else None)


def _ways(ctx: Context, rows: Sequence[ConnectionRow], wanted: str) -> list[Model]:
    """The ways of choosing, once there is a choice."""
    if sum(len(row.models) for row in rows) < 2:
        return []
    here = any(local(row) for row in rows)
    found: list[Model] = []
    for mode in MODES:
        name = translate(f"way-{mode}", ctx.locale)
        if (mode == "local" and not here) or (wanted and wanted not in f"{PREFIX}{mode} {name}".lower()):
            continue
        found.append(
            Model(
                id=f"{PREFIX}{mode}",
                name=name,
                connection_id=None,
                connection_name="Gitu",
                provider="gitu",
                context_window=None,
                input_price=None,
                output_price=None,
                local=mode == "local",
            )
        )
    return found


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    offset: int = decode_cursor(cursor, int)[0]
    return offset


async def get_defaults(ctx: Context, *, instance: bool) -> Defaults:
    """What is in force for the person, or the instance's own."""
    rows = await repository.defaults(ctx.db, ctx.user_id)
    own = None if instance else rows.get(ctx.user_id)
    row = own if own is not None and (own.model or own.fallbacks) else rows.get(repository.INSTANCE)
    return Defaults(default=row.model, fallbacks=row.fallbacks) if row is not None else Defaults()


async def set_defaults(ctx: Context, data: DefaultsSet) -> Defaults:
    """Keep the choice. Raises ModelUnknown for a model of a connection one can't use."""
    if data.instance and not may_share(ctx):
        raise SharingDenied()
    usable = {row.id: row for row in await repository.usable_connections(ctx.db, ctx.user_id)}
    for chosen in [data.default, *data.fallbacks]:
        if chosen is None:
            continue
        if mode_of(chosen) is not None:
            continue
        connection_id, _ = split_id(chosen)
        row = usable.get(connection_id)
        if row is None or (data.instance and not row.shared):
            raise ModelUnknown(model=chosen)
    owner_id = repository.INSTANCE if data.instance else ctx.user_id
    fallbacks = [name for name in dict.fromkeys(data.fallbacks) if name != data.default]
    await repository.set_defaults(ctx.db, owner_id, data.default, fallbacks, ctx.now)
    ctx.emit(DefaultsChanged(instance=data.instance))
    return Defaults(default=data.default, fallbacks=fallbacks)
