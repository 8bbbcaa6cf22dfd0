"""The ports that have to be open, by whom they must be reached, how they stand, and the firewall's commands."""

import asyncio
import contextlib
import ipaddress
import socket
from typing import Final
from urllib.parse import urlsplit

import orjson

from gitu.features.models.nodes import repository
from gitu.features.models.nodes.schemas import FirewallCommands, Port, Ports
from gitu.features.models.nodes.watching import MOST_NODES, NodeWatch
from gitu.kernel import firewall
from gitu.kernel.actions.context import Context
from gitu.kernel.db.engine import plain_url
from gitu.kernel.i18n import translate
from gitu.kernel.services import Services

_PROBE_S: Final = 0.5
_SOMEWHERE: Final = ("192.0.2.1", 9)  # of a network for documentation (RFC 5737): nothing is sent to it
_OF_NODES: Final[tuple[firewall.Tool, ...]] = ("ufw", "firewalld", "nftables", "windows")


async def list_ports(ctx: Context) -> Ports:
    """The server's own, the database's, and one for each node."""
    own = await own_address(*_SOMEWHERE)
    items = [_server(ctx), await _database(ctx, own)]
    found = await repository.all_nodes(ctx.db, MOST_NODES)
    watch = ctx.services.resource(NodeWatch)
    for node, connection in found:
        known = watch.find(node.id)
        state = known.state if known is not None and known.look is not None else node.state
        items.append(await _node(ctx, node.name, connection.base_url, state))
    return Ports(items=items)


def _server(ctx: Context) -> Port:
    settings, port = ctx.services.settings, own_port(ctx.services)
    if settings.loopback_only:
        text = translate("port-server-local", ctx.locale, host=settings.host, port=str(port))
        return Port(what="server", node=None, port=port, source=None, state="local", text=text, commands=[])
    text = translate("port-server-open", ctx.locale, port=str(port))
    return Port(
        what="server", node=None, port=port, source=None, state="unknown", text=text, commands=_commands(port, None)
    )


async def _database(ctx: Context, own: str | None) -> Port:
    """Gitu's own is for this machine only; whether it keeps to that is tried at this machine's outer address."""
    services = ctx.services
    parts = urlsplit(plain_url(services.database.url))
    host, port = parts.hostname or "localhost", parts.port or 5432
    if not _is_loopback(host):
        text = translate("port-database-elsewhere", ctx.locale, host=host, port=str(port))
        return Port(what="database", node=None, port=port, source=None, state="open", text=text, commands=[])
    exposed = own is not None and not _is_loopback(own) and await _answers(own, port)
    key = "port-database-exposed" if exposed else "port-database-local"
    text = translate(key, ctx.locale, address=own or host, port=str(port))
    state = "exposed" if exposed else "local"
    return Port(what="database", node=None, port=port, source=None, state=state, text=text, commands=[])


async def _node(ctx: Context, name: str, base_url: str, state: str) -> Port:
    parts = urlsplit(base_url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    source = await own_address(host, port)
    if source is not None and _is_loopback(source):
        text = translate("port-node-local", ctx.locale, node=name, port=str(port))
        return Port(what="node", node=name, port=port, source=source, state="local", text=text, commands=[])
    closed = state == "down"
    text = translate(
        "port-node-closed" if closed else "port-node-open",
        ctx.locale,
        node=name,
        host=host,
        port=str(port),
        source=source or "–",
    )
    commands = [FirewallCommands(tool=tool, commands=firewall.opening(tool, port, source)) for tool in _OF_NODES]
    shown = "unknown" if state == "unknown" else "closed" if closed else "open"
    return Port(what="node", node=name, port=port, source=source, state=shown, text=text, commands=commands)


def _commands(port: int, source: str | None) -> list[FirewallCommands]:
    return [FirewallCommands(tool=tool, commands=firewall.opening(tool, port, source)) for tool in firewall.installed()]


def own_port(services: Services) -> int:
    """Where this server listens: the next free port may have been taken."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        said: dict[str, str] = orjson.loads(services.home.server_file.read_bytes())
        return urlsplit(said["url"]).port or services.settings.port
    return services.settings.port


async def own_address(host: str, port: int) -> str | None:
    """The address of this machine from which it reaches that one; nothing is sent to find out."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(_PROBE_S):
            family, kind, proto, _, address = (await loop.getaddrinfo(host, port, type=socket.SOCK_DGRAM))[0]
        with socket.socket(family, kind, proto) as way:
            way.connect(address)
            return str(way.getsockname()[0]).split("%")[0]
    except (OSError, TimeoutError, UnicodeError):
        return None


async def _answers(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(_PROBE_S):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.startswith("/")
