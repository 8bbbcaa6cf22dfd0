"""Where the wire connects to, and how that fails."""

import asyncio
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from gitu.features.models.addresses import is_public


class WireError(ConnectionError):
    """The connection failed. ``phase``: connect, write or read, as upstream.explain asks."""

    def __init__(self, phase: str, reason: str) -> None:
        super().__init__(reason)
        self.phase = phase


class WireTimeout(TimeoutError):
    """Nothing came for too long."""

    def __init__(self, phase: str) -> None:
        super().__init__(phase)
        self.phase = phase


@dataclass(frozen=True, slots=True)
class Origin:
    """Where to connect. ``public_only``: for somebody who may not reach into the private network."""

    host: str
    port: int
    tls: bool
    public_only: bool

    @classmethod
    def of(cls, url: str, *, public_only: bool) -> "Origin":
        """The origin of an address."""
        parts = urlsplit(url)
        tls = parts.scheme == "https"
        return cls(parts.hostname or "", parts.port or (443 if tls else 80), tls, public_only)


async def public_address(origin: Origin) -> str:
    """The address to connect to, checked in the moment of connecting. Raises OSError for one that is not public."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(origin.host, origin.port, type=1)
    addresses = [str(one[4][0]).split("%")[0] for one in sorted(found, key=lambda one: one[0])]  # IPv4 before IPv6
    if not all(is_public(ipaddress.ip_address(address)) for address in addresses):
        raise OSError("the host is at an address that is closed to models")
    return addresses[0]
