"""Which hosts a sandbox may reach: rules, and the addresses behind names."""

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

from gitu.features.sandbox.errors import HostRuleInvalid

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

WEB_PORTS = frozenset({80, 443})
TRANSITION = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""IPv6 ranges that carry an IPv4 address, which would slip by the other checks."""
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
_RULE = re.compile(r"(?P<host>\[[0-9a-f:.]+\]|[^:\[\]]+)(:(?P<port>\d{1,5}|\*))?")


@dataclass(frozen=True, slots=True)
class Rule:
    """One allowed host. ``name`` is a name, ``*`` or empty; ``ports`` is None for every port."""

    name: str
    subdomains: bool
    address: Address | None
    ports: frozenset[int] | None

    def covers_port(self, port: int) -> bool:
        """Whether the rule is about this port."""
        return self.ports is None or port in self.ports

    def covers_name(self, name: str) -> bool:
        """Whether the rule allows this normal name."""
        if self.name == "*":
            return True
        return name.endswith(f".{self.name}") if self.subdomains else bool(self.name) and name == self.name


def parse(rule: str) -> Rule:
    """A rule as people write it: ``pypi.org``, ``*.example.org:443``, ``10.0.0.5:8080``, ``[::1]:*``, ``*``.

    Raises HostRuleInvalid.
    """
    found = _RULE.fullmatch(rule.strip().lower())
    if found is None:
        raise HostRuleInvalid(rule=rule)
    port, host = found["port"], found["host"]
    if port not in (None, "*") and not 0 < int(port) < 65_536:
        raise HostRuleInvalid(rule=rule)
    ports = WEB_PORTS if port is None else None if port == "*" else frozenset({int(port)})
    if host == "*":
        return Rule("*", subdomains=False, address=None, ports=ports)
    subdomains = host.startswith("*.")
    name, address = normal(host.removeprefix("*."))
    if (subdomains and address is not None) or (address is None and name is None):
        raise HostRuleInvalid(rule=rule)
    return Rule(name or "", subdomains, address, ports)


def normal(host: str) -> tuple[str | None, Address | None]:
    """A host as programs write it: its name in lower-case ASCII, or its address however it is spelt; else two None."""
    bare = host.strip().removeprefix("[").removesuffix("]").removesuffix(".").lower()
    try:
        return None, ipaddress.ip_address(bare)
    except ValueError:
        pass
    try:  # 2130706433, 0x7f.1, 0177.0.0.1: C libraries take them for addresses
        return None, ipaddress.IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError):  # ValueError: a NUL in it
        pass
    try:
        name = bare if bare.isascii() else bare.encode("idna").decode("ascii")
    except UnicodeError:
        return None, None
    return (name, None) if len(name) < 254 and _NAME.fullmatch(name) else (None, None)


def is_public(address: Address) -> bool:
    """Whether the address is of the internet, and of no private, local or special network."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSITION):
            return False
    special = address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
    return address.is_global and not (special or address.is_reserved or address.is_unspecified)


def allowed(rules: Iterable[Rule], name: str | None, port: int) -> bool:
    """Whether a name may be looked up and reached on this port, so far as its addresses permit."""
    return name is not None and any(rule.covers_port(port) and rule.covers_name(name) for rule in rules)


def reachable(rules: Iterable[Rule], address: Address, port: int, *, by_name: bool) -> bool:
    """Whether this address may be reached: named itself, or public and come by (an allowed name or ``*``)."""
    mapped = getattr(address, "ipv4_mapped", None)
    plain = mapped or address
    about = [rule for rule in rules if rule.covers_port(port)]
    if any(rule.address == plain for rule in about):
        return True
    return is_public(plain) and (by_name or any(rule.name == "*" for rule in about))
