"""What goes into and comes out of the nodes' actions."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gitu.features.models.schemas import ApiKey, BaseUrl
from gitu.kernel.actions.paging import PageQuery
from gitu.kernel.actions.validation import Input
from gitu.kernel.i18n import Unfit

State = Literal["unknown", "up", "loading", "draining", "unavailable", "down"]
Reason = Literal["refused", "unreachable", "silent", "name", "tls", "not_a_node", "key", "behind"]


def _url_safe(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
        raise Unfit("field-node-name")
    return name


NodeName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40),
    AfterValidator(_url_safe),
    Field(examples=["workshop"]),
]


class NodeCreate(Input):
    name: NodeName = Field(description="How it is called, also in addresses: small letters, digits and dashes.")
    address: BaseUrl = Field(description="Where it listens, such as http://10.0.0.7:9090.")
    api_key: ApiKey | None = Field(default=None, description="The node's key; kept encrypted, never shown again.")


class NodeUpdate(Input):
    """Only what is given changes."""

    name: NodeName
    new_name: NodeName | None = None
    address: BaseUrl | None = None
    api_key: ApiKey | None = None


class NodeRef(Input):
    name: NodeName


class NodeProbe(Input):
    address: BaseUrl = Field(description="Where it listens, such as http://10.0.0.7:9090.")
    api_key: ApiKey | None = Field(default=None, description="The node's key; it is not kept.")
    name: NodeName | None = Field(default=None, description="The node whose stored key is used at its own address.")


class NodeHistoryQuery(Input):
    name: NodeName
    hours: int = Field(default=1, ge=1, le=168, description="How many hours back.")


class Gpu(BaseModel):
    """One GPU of a node; ``busy`` is the share of time that it works, 0 to 1."""

    number: int
    used_bytes: int
    total_bytes: int
    busy: float | None


class Node(BaseModel):
    """A node as it is now. ``reason`` says why it can't be asked; a figure that nobody knows is null.

    ``queue_length`` and ``running`` are requests at the node, the two rates means of the last quarter of a minute.
    """

    name: str
    address: str
    has_key: bool
    key_hint: str | None
    state: State
    state_since: datetime
    reason: str | None
    checked_at: datetime | None
    latency_ms: float | None
    models: list[str]
    device: str | None
    backend: str | None
    compute_type: str | None
    version: str | None
    queue_length: int | None
    running: int | None
    tokens_per_s: float | None
    requests_per_s: float | None
    gpus: list[Gpu]


class NodeStatus(Node):
    """The same with what the last 24 hours were like: looks, how many failed, and the share that was answered."""

    checks: int
    failures: int
    availability: float | None  # 0 to 1
    gitu_version: str  # of this server
    same_version: bool | None


class NodeCheck(BaseModel):
    """What one look found. ``problem`` says in the reader's language what is wrong and the way out."""

    ok: bool
    state: State
    latency_ms: float | None
    problem: str | None
    models: list[str]
    device: str | None
    version: str | None


class NodePoint(BaseModel):
    """A stretch of time that begins ``at``."""

    at: datetime
    checks: int
    failures: int
    latency_ms: float | None  # median; of longer stretches the mean of medians
    latency_p95_ms: float | None
    tokens_per_s: float | None
    requests_per_s: float | None
    queue_length: int | None
    gpu_memory_bytes: int | None


class NodeHistory(BaseModel):
    """Oldest first, without stretches in which nobody looked. ``step_s`` is how long each is, in seconds."""

    name: str
    step_s: int
    points: list[NodePoint]


class NodesQuery(PageQuery):
    """A page of nodes, by name."""


class PortsQuery(Input):
    """Nothing to ask for."""


class FirewallCommands(BaseModel):
    """What opens the port on one kind of system; each line is one command."""

    tool: Literal["ufw", "firewalld", "nftables", "iptables", "windows"]
    commands: list[str]


class Port(BaseModel):
    """A port, who must reach it, and how it stands. ``node`` names the machine where it is, null for this one."""

    what: Literal["server", "node", "database"]
    node: str | None
    port: int
    source: str | None  # the address that must reach it; null for everyone
    state: Literal["open", "closed", "local", "exposed", "unknown"]
    text: str
    commands: list[FirewallCommands]


class Ports(BaseModel):
    items: list[Port]
