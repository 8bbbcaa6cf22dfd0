"""Which addresses a connection may use.

Local models are a feature, so owner and admins may name any machine but the link-local ones (cloud metadata
services live there). Everyone else's personal connections reach public addresses only, checked at the moment
of connecting, so that a name that changes its address in between gains nothing.
"""

import asyncio
import ipaddress
import socket
from functools import lru_cache
from urllib.parse import urlsplit

import httpx2

from gitu.features.models.errors import AddressInvalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def checked_url(url: str) -> str:
    """``url`` without a trailing slash. Raises AddressInvalid unless it is plain http or https."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise AddressInvalid(address=url[:200], reason="it is not a URL") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise AddressInvalid(address=url[:200], reason="it must begin with http:// or https://")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise AddressInvalid(
            address=f"{parts.scheme}://{host}", reason="it may hold no name, password, query or fragment"
        )
    literal = _literal(host)
    if literal is not None and is_metadata(literal):
        raise AddressInvalid(address=url, reason="link-local addresses are closed to models")
    return url.rstrip("/")


@lru_cache(1_000)
def is_local(url: str) -> bool:
    """Whether the address names this machine or the private network (names are not looked up)."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    literal = _literal(host)
    if literal is not None:
        return not literal.is_global
    return (
        host == "localhost"
        or host.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))
        or "." not in host
    )


def is_loopback(url: str) -> bool:
    """Whether the address names this machine itself."""
    host = urlsplit(url).hostname or ""
    return host in {"localhost", "::1"} or host.startswith("127.")


def is_metadata(address: Address) -> bool:
    """Whether a cloud's metadata service may listen there."""
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_link_local) or mapped == ipaddress.ip_address("fd00:ec2::254")


def is_public(address: Address) -> bool:
    """Whether the address is on the open internet."""
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_global) and not mapped.is_multicast


class PublicTransport(httpx2.AsyncHTTPTransport):
    """Resolves the host itself, refuses what is not public, and connects to the very address it checked.

    TLS still verifies the name, which httpcore takes from the ``sni_hostname`` extension. One transport
    serves one connection only: its pool knows machines by address, and a line kept for another name must
    not be reused.
    """

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        host = request.url.host
        address = await self._resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        if str(address) != host:
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=str(address))
        return await super().handle_async_request(request)

    async def _resolve(self, host: str, port: int) -> Address:
        literal = _literal(host)
        addresses = [literal] if literal is not None else await _look_up(host, port)
        for address in addresses:
            if not is_public(address):
                raise httpx2.ConnectError(f"{host} is at an address that is closed to models")
        return addresses[0]


async def _look_up(host: str, port: int) -> list[Address]:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise httpx2.ConnectError(f"{host} can't be found: {error}") from error
    # IPv4 first: a name with both must also work where IPv6 is announced but not routed
    found.sort(key=lambda one: one[0] != socket.AF_INET)
    return [ipaddress.ip_address(str(one[4][0]).split("%")[0]) for one in found]


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]").split("%")[0])
    except ValueError:
        return None
