"""The commands that let one port in, for the firewalls that people have. Nothing here runs any of them."""

import ipaddress
import shutil
import sys
from typing import Final, Literal

Tool = Literal["ufw", "firewalld", "nftables", "iptables", "windows"]
TOOLS: Final[tuple[Tool, ...]] = ("ufw", "firewalld", "nftables", "iptables", "windows")
_PROGRAMS: Final[dict[Tool, str]] = {
    "ufw": "ufw",
    "firewalld": "firewall-cmd",
    "nftables": "nft",
    "iptables": "iptables",
}


def installed() -> list[Tool]:
    """The firewall of this machine: the most comfortable that is there; none where there is none."""
    if sys.platform == "win32":
        return ["windows"]
    places = "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"  # sbin is not in everyone's PATH
    found: list[Tool] = [tool for tool, program in _PROGRAMS.items() if shutil.which(program, path=places)]
    return found[:1]


def opening(tool: Tool, port: int, source: str | None) -> list[str]:
    """Commands that let ``source`` (an address; everyone for None) reach the TCP port on the machine they run on."""
    six = source is not None and ipaddress.ip_address(source).version == 6
    match tool:
        case "ufw":
            who = f"from {source} to any port {port} proto tcp" if source else f"{port}/tcp"
            return [f"sudo ufw allow {who}"]
        case "firewalld":
            family = "ipv6" if six else "ipv4"
            rule = f"rule family={family} source address={source} port port={port} protocol=tcp accept"
            let_in = f"--add-rich-rule='{rule}'" if source else f"--add-port={port}/tcp"
            return [f"sudo firewall-cmd --permanent {let_in}", "sudo firewall-cmd --reload"]
        case "nftables":  # the table and chain of the usual /etc/nftables.conf
            who = f"{'ip6' if six else 'ip'} saddr {source} " if source else ""
            return [f"sudo nft insert rule inet filter input {who}tcp dport {port} accept"]
        case "iptables":
            program, who = ("ip6tables" if six else "iptables"), f"-s {source} " if source else ""
            return [f"sudo {program} -I INPUT -p tcp {who}--dport {port} -j ACCEPT"]
        case "windows":
            who = f" -RemoteAddress {source}" if source else ""
            return [
                f'New-NetFirewallRule -DisplayName "Gitu {port}" -Direction Inbound -Protocol TCP'
                f" -LocalPort {port}{who} -Action Allow"
            ]
