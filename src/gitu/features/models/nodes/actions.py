"""What can be done with nodes."""

from gitu.features.models.nodes import ports, service
from gitu.features.models.nodes.schemas import (
    Node,
    NodeCheck,
    NodeCreate,
    NodeHistory,
    NodeHistoryQuery,
    NodeProbe,
    NodeRef,
    NodesQuery,
    NodeStatus,
    NodeUpdate,
    Ports,
    PortsQuery,
)
from gitu.features.models.scopes import MODELS_READ, MODELS_SHARE
from gitu.kernel.actions.context import Context
from gitu.kernel.actions.paging import Page
from gitu.kernel.actions.registry import PEOPLE_DOORS, Nothing, Risk, action


@action("models.list_nodes", scope=MODELS_READ, risk=Risk.READ, http="GET /nodes", untracked=True)
async def list_nodes(ctx: Context, data: NodesQuery) -> Page[Node]:
    """List the inference nodes with their state, latency and load."""
    return await service.list_nodes(ctx, data)


@action("models.get_node_status", scope=MODELS_READ, risk=Risk.READ, http="GET /nodes/{name}/status", untracked=True)
async def get_node_status(ctx: Context, data: NodeRef) -> NodeStatus:
    """Show how an inference node is now, and how well it answered in the last day."""
    return await service.get_status(ctx, data.name)


@action("models.get_node_history", scope=MODELS_READ, risk=Risk.READ, http="GET /nodes/{name}/history", untracked=True)
async def get_node_history(ctx: Context, data: NodeHistoryQuery) -> NodeHistory:
    """Show an inference node's latency and throughput over the last hours."""
    return await service.get_history(ctx, data)


@action(
    "models.create_node",
    scope=MODELS_SHARE,
    risk=Risk.WRITE,
    http="POST /nodes",
    doors=PEOPLE_DOORS,
    external=True,
)
async def create_node(ctx: Context, data: NodeCreate) -> Node:
    """Add an inference node, whose models everyone may use.

    It is tried at once. One that does not answer is kept too, and used as soon as it does.
    """
    return await service.create_node(ctx, data)


@action(
    "models.update_node",
    scope=MODELS_SHARE,
    risk=Risk.WRITE,
    http="PATCH /nodes/{name}",
    doors=PEOPLE_DOORS,
    external=True,
)
async def update_node(ctx: Context, data: NodeUpdate) -> Node:
    """Change an inference node's name, address or key.

    A key does not travel to another address: with a new address, give the key again.
    """
    return await service.update_node(ctx, data)


@action("models.delete_node", scope=MODELS_SHARE, risk=Risk.DANGEROUS, http="DELETE /nodes/{name}")
async def delete_node(ctx: Context, data: NodeRef) -> Nothing:
    """Remove an inference node with its key and what was measured of it."""
    await service.delete_node(ctx, data.name)
    return Nothing()


@action("models.check_node", scope=MODELS_SHARE, risk=Risk.WRITE, http="POST /nodes/{name}/check", external=True)
async def check_node(ctx: Context, data: NodeRef) -> NodeCheck:
    """Look at an inference node now."""
    return await service.check_node(ctx, data.name)


@action(
    "models.probe_node",
    scope=MODELS_SHARE,
    risk=Risk.WRITE,
    http="POST /nodes/probe",
    doors=PEOPLE_DOORS,
    external=True,
)
async def probe_node(ctx: Context, data: NodeProbe) -> NodeCheck:
    """Look whether an inference node answers at an address, before it is added."""
    return await service.probe_node(ctx, data)


@action("models.list_ports", scope=MODELS_SHARE, risk=Risk.READ, http="GET /nodes/ports")
async def list_ports(ctx: Context, data: PortsQuery) -> Ports:
    """List the ports that have to be open, how they stand, and the firewall's commands."""
    return await ports.list_ports(ctx)
