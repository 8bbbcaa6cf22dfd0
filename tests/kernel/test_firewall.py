"""The commands for firewalls: for one address or for everyone, in both families."""

import pytest

from gitu.kernel.firewall import TOOLS, Tool, installed, opening


@pytest.mark.parametrize(
    ("tool", "one", "everyone"),
    [
        ("ufw", "sudo ufw allow from 10.0.0.5 to any port 9090 proto tcp", "sudo ufw allow 9090/tcp"),
        (
            "firewalld",
            "sudo firewall-cmd --permanent --add-rich-rule="
            "'rule family=ipv4 source address=10.0.0.5 port port=9090 protocol=tcp accept'",
            "sudo firewall-cmd --permanent --add-port=9090/tcp",
        ),
        (
            "nftables",
            "sudo nft insert rule inet filter input ip saddr 10.0.0.5 tcp dport 9090 accept",
            "sudo nft insert rule inet filter input tcp dport 9090 accept",
        ),
        (
            "iptables",
            "sudo iptables -I INPUT -p tcp -s 10.0.0.5 --dport 9090 -j ACCEPT",
            "sudo iptables -I INPUT -p tcp --dport 9090 -j ACCEPT",
        ),
        (
            "windows",
            'New-NetFirewallRule -DisplayName "Gitu 9090" -Direction Inbound -Protocol TCP -LocalPort 9090'
            " -RemoteAddress 10.0.0.5 -Action Allow",
            'New-NetFirewallRule -DisplayName "Gitu 9090" -Direction Inbound -Protocol TCP -LocalPort 9090'
            " -Action Allow",
        ),
    ],
)
def test_a_port_is_opened_for_one_address_or_for_everyone(tool: Tool, one: str, everyone: str) -> None:
    assert opening(tool, 9090, "10.0.0.5")[0] == one
    assert opening(tool, 9090, None)[0] == everyone


def test_addresses_of_the_sixth_version_have_words_of_their_own() -> None:
    assert "ip6 saddr fd00::5" in opening("nftables", 9090, "fd00::5")[0]
    assert opening("iptables", 9090, "fd00::5")[0].startswith("sudo ip6tables")
    assert "family=ipv6" in opening("firewalld", 9090, "fd00::5")[0]


def test_at_most_one_firewall_is_taken_for_this_machines() -> None:
    found = installed()
    assert len(found) <= 1
    assert set(found) <= set(TOOLS)
