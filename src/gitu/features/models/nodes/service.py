"""The rules of nodes."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from gitu.features.models.addresses import checked_url
from gitu.features.models.desk import ModelDesk
from gitu.features.models.errors import ModelCallFailed
from gitu.features.models.events import ConnectionCreated, ConnectionDeleted, ConnectionUpdated
from gitu.features.models.listing import Listed, list_models
from gitu.features.models.nodes import repository
from gitu.features.models.nodes.errors import NodeExists, NodeUnknown, TooManyNodes
from gitu.features.models.nodes.events import NodeChanged, NodeRemoved
from gitu.features.models.nodes.probe import Look
from gitu.features.models.nodes.schemas import (
    Node,
    NodeCheck,
    NodeCreate,
    NodeHistory,
    NodeHistoryQuery,
    NodePoint,
    NodeProbe,
    NodesQuery,
    NodeStatus,
    NodeUpdate,
)
from gitu.features.models.nodes.tables import NodeRow
from gitu.features.models.nodes.watching import MOST_NODES, NodeWatch
from gitu.features.models.providers import Endpoint, plain_client
from gitu.features.models.repository import delete_connection
from gitu.features.models.service import hint_of, try_out
from gitu.features.models.tables import ConnectionRow
from gitu.kernel import __version__
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page, decode_cursor, encode_cursor
from gitu.kernel.i18n import translate
from gitu.kernel.ids import new_id

LIST_S = 5.0
_STEPS = ((2, timedelta(minutes=1)), (30, timedelta(minutes=15)), (168, timedelta(hours=2)))

# -- what is shown --------------------------------------------------------------------------------------


async def list_nodes(ctx: Context, data: NodesQuery) -> Page[Node]:
    """All nodes, by name."""
    after = decode_cursor(data.cursor, str)[0] if data.cursor else None
    rows = await repository.list_nodes(ctx.db, after, data.limit + 1)
    items = [_node(ctx, *row) for row in rows[: data.limit]]
    return Page[Node](items=items, next_cursor=encode_cursor(items[-1].name) if len(rows) > data.limit else None)


async def get_status(ctx: Context, name: str) -> NodeStatus:
    """One node with its last day. Raises NodeUnknown."""
    node, connection = await _known(ctx, name)
    shown = _node(ctx, node, connection)
    checks, failures = await repository.totals(ctx.db, node.id, ctx.now - timedelta(days=1))
    return NodeStatus(
        **shown.model_dump(),
        checks=checks,
        failures=failures,
        availability=round(1 - failures / checks, 5) if checks else None,
        gitu_version=__version__,
        same_version=None if shown.version is None else shown.version == __version__,
    )


async def get_history(ctx: Context, data: NodeHistoryQuery) -> NodeHistory:
    """Latency and throughput of the last hours, in at most some hundred stretches. Raises NodeUnknown."""
    node, _ = await _known(ctx, data.name)
    step = next(step for hours, step in _STEPS if data.hours <= hours)
    since = ctx.now - timedelta(hours=data.hours)
    rows = await repository.minutes(ctx.db, node.id, since, step, 200)
    return NodeHistory(name=node.name, step_s=round(step.total_seconds()), points=[_point(row) for row in rows])


def _point(row: Any) -> NodePoint:  # Any: a row of repository.minutes
    seconds = 60 * row.minutes
    return NodePoint(
        at=row.at,
        checks=row.checks,
        failures=row.failures,
        latency_ms=None if row.latency_ms is None else round(row.latency_ms, 2),
        latency_p95_ms=None if row.latency_p95_ms is None else round(row.latency_p95_ms, 2),
        tokens_per_s=None if row.tokens is None else round(row.tokens / seconds, 2),
        requests_per_s=None if row.requests is None else round(row.requests / seconds, 3),
        queue_length=row.queue_length,
        gpu_memory_bytes=row.gpu_memory_bytes,
    )


def _node(ctx: Context, node: NodeRow, connection: ConnectionRow) -> Node:
    """As this process sees it; where it has not looked yet, as the leading one wrote it down."""
    watched = ctx.services.resource(NodeWatch).find(node.id)
    look = watched.look if watched is not None else None
    facts = (look.facts if look is not None else None) or node.facts or {}
    counts: dict[str, int] = look.counts if look is not None else {}
    load = node.load or {}
    reason = look.reason if look is not None else node.reason
    return Node.model_validate(
        {
            "name": node.name,
            "address": _address_of(connection),
            "has_key": connection.api_key is not None,
            "key_hint": connection.key_hint,
            "state": look.state if look is not None else node.state,
            "state_since": watched.since if watched is not None and look is not None else node.state_since,
            "reason": None if reason is None else _why(ctx, reason, connection),
            "checked_at": watched.checked_at if watched is not None else None,
            "latency_ms": None if watched is None or watched.latency_ms is None else round(watched.latency_ms, 2),
            "models": [str(model["id"]) for model in connection.models],
            "device": facts.get("device"),
            "backend": facts.get("backend"),
            "compute_type": facts.get("compute_type"),
            "version": facts.get("version"),
            "queue_length": counts.get("queue_length"),
            "running": counts.get("running"),
            "tokens_per_s": load.get("tokens_per_s"),
            "requests_per_s": load.get("requests_per_s"),
            "gpus": load.get("gpus", []),
        }
    )


def _why(ctx: Context, reason: str, connection: ConnectionRow) -> str:
    return translate(f"node-reason-{reason.replace('_', '-')}", ctx.locale, address=_address_of(connection))


def _address_of(connection: ConnectionRow) -> str:
    return connection.base_url.removesuffix("/").removesuffix("/v1")


async def _known(ctx: Context, name: str) -> repository.Both:
    found = await repository.find_node(ctx.db, name)
    if found is None:
        raise NodeUnknown(name=name)
    return found


# -- what changes ---------------------------------------------------------------------------------------


async def create_node(ctx: Context, data: NodeCreate) -> Node:
    """Keep a new node, shared with everyone, and try it: one that does not answer is kept too.

    Raises AddressInvalid, NodeExists, TooManyNodes.
    """
    connection_id, base_url = new_id(), _base_url(data.address)
    key = data.api_key.get_secret_value().strip() if data.api_key is not None else ""
    connection = ConnectionRow(
        id=connection_id,
        owner_id=ctx.user_id,
        shared=True,
        provider="openai_compatible",
        name=data.name,
        base_url=base_url,
        api_key=_desk(ctx).encrypt(connection_id, key) if key else None,
        key_hint=hint_of(key),
        public_only=False,
        models=[],
        models_chosen=False,
        status="untested",
        last_error=None,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    node = NodeRow(
        id=new_id(),
        connection_id=connection_id,
        name=data.name,
        state="unknown",
        reason=None,
        state_since=ctx.now,
        facts=None,
        load=None,
        created_at=ctx.now,
    )
    try:
        async with ctx.transaction() as db:
            if await repository.count_nodes(db) >= MOST_NODES:
                raise TooManyNodes(limit=MOST_NODES)
            if await repository.is_there(db, data.name):
                raise NodeExists(name=data.name)
            db.add(connection)
            await db.flush()
            db.add(node)
    except IntegrityError:  # somebody was faster
        raise NodeExists(name=data.name) from None
    await try_out(ctx, connection)
    ctx.emit(ConnectionCreated(connection_id=connection.id))
    _changed(ctx, node)
    return _node(ctx, node, connection)


async def update_node(ctx: Context, data: NodeUpdate) -> Node:
    """Change what is given. A key does not travel to another address: it has to be entered again.

    Raises AddressInvalid, NodeExists, NodeUnknown.
    """
    try:
        async with ctx.transaction() as db:
            found = await repository.find_node(db, data.name, lock=True)
            if found is None:
                raise NodeUnknown(name=data.name)
            node, connection = found
            _change(ctx, node, connection, data)
    except IntegrityError:
        raise NodeExists(name=data.new_name) from None
    if data.address is not None or data.api_key is not None:
        await try_out(ctx, connection)
    ctx.emit(ConnectionUpdated(connection_id=connection.id))
    _changed(ctx, node)
    return _node(ctx, node, connection)


def _change(ctx: Context, node: NodeRow, connection: ConnectionRow, data: NodeUpdate) -> None:
    if data.new_name is not None:
        if connection.name == node.name:
            connection.name = data.new_name
        node.name = data.new_name
    if data.address is not None:
        base_url = _base_url(data.address)
        if base_url != connection.base_url and data.api_key is None:
            connection.api_key, connection.key_hint = None, None
        connection.base_url = base_url
        connection.public_only = False
    if data.api_key is not None:
        key = data.api_key.get_secret_value().strip()
        connection.api_key, connection.key_hint = _desk(ctx).encrypt(connection.id, key), hint_of(key)
    connection.updated_at = ctx.now


async def delete_node(ctx: Context, name: str) -> None:
    """Remove it with its connection, its key and all that was measured. Raises NodeUnknown."""
    found = await repository.find_node(ctx.db, name, lock=True)
    if found is None:
        raise NodeUnknown(name=name)
    node, connection = found
    await delete_connection(ctx.db, connection.id)
    ctx.emit(NodeRemoved(node_id=node.id, name=node.name))
    ctx.emit(ConnectionDeleted(connection_id=connection.id))
    ctx.audit_detail |= {"node": node.name, "connection_id": str(connection.id)}
    desk = _desk(ctx)

    async def forget() -> None:
        desk.clients.forget(connection.id)

    ctx.after_commit(forget)


# -- trying ---------------------------------------------------------------------------------------------


async def check_node(ctx: Context, name: str) -> NodeCheck:
    """Look at a node now. Raises NodeUnknown, KeyUnreadable."""
    async with ctx.transaction() as db:
        found = await repository.find_node(db, name)
    if found is None:
        raise NodeUnknown(name=name)
    return await _tried(ctx, _desk(ctx).endpoint(found[1]), found[1])


async def probe_node(ctx: Context, data: NodeProbe) -> NodeCheck:
    """Look at an address before it is kept; a stored key goes to its own address only.

    Raises AddressInvalid, NodeUnknown, KeyUnreadable.
    """
    base_url = _base_url(data.address)
    key = data.api_key.get_secret_value().strip() or None if data.api_key is not None else None
    if data.name is not None and key is None:
        async with ctx.transaction() as db:
            found = await repository.find_node(db, data.name)
        if found is None:
            raise NodeUnknown(name=data.name)
        if found[1].base_url == base_url:
            key = _desk(ctx).endpoint(found[1]).api_key
    connection = ConnectionRow(name=data.name or base_url, base_url=base_url)
    endpoint = Endpoint(UUID(int=0), "probe", "openai_compatible", connection.name, base_url, key)
    return await _tried(ctx, endpoint, connection)


async def _tried(ctx: Context, endpoint: Endpoint, connection: ConnectionRow) -> NodeCheck:
    look = await ctx.services.resource(NodeWatch).look_now(endpoint)
    models: Sequence[Listed] = ()
    problem = None if look.reason is None else _why(ctx, look.reason, connection)
    if look.state == "up":
        client = plain_client(endpoint, LIST_S)
        try:
            models = await list_models(endpoint, client, LIST_S)
        except ModelCallFailed as error:
            problem = error.localised(ctx.locale)
        finally:
            await client.aclose()
    return _check(look, problem, models)


def _check(look: Look, problem: str | None, models: Sequence[Listed]) -> NodeCheck:
    return NodeCheck(
        ok=look.state == "up" and problem is None,
        state=look.state,
        latency_ms=look.latency_ms,
        problem=problem,
        models=[model.id for model in models],
        device=look.facts.get("device"),
        version=look.facts.get("version"),
    )


def _base_url(address: str) -> str:
    """The connection's address: OpenAI's door at the node. Raises AddressInvalid."""
    return checked_url(address).removesuffix("/v1") + "/v1"


def _changed(ctx: Context, node: NodeRow) -> None:
    ctx.emit(NodeChanged(node_id=node.id, name=node.name, state=node.state))
    ctx.audit_detail |= {"node": node.name, "connection_id": str(node.connection_id)}


def _desk(ctx: Context) -> ModelDesk:
    return ctx.services.resource(ModelDesk)
