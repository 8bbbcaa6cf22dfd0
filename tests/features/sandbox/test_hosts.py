"""Which hosts a rule covers, and which addresses are of the internet."""

import contextlib
import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitu.features.sandbox import hosts
from gitu.features.sandbox.errors import HostRuleInvalid

NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16", "100.64.0.0/10")
PRIVATE = [ipaddress.IPv4Network(one) for one in (*NETWORKS, "0.0.0.0/8", "224.0.0.0/4")]

private_addresses = st.sampled_from(PRIVATE).flatmap(lambda net: st.ip_addresses(v=4, network=net))


def covered(rule: str, host: str, port: int = 443) -> bool:
    return hosts.allowed([hosts.parse(rule)], hosts.normal(host)[0], port)


@pytest.mark.parametrize(
    ("rule", "host", "port"),
    [
        ("pypi.org", "pypi.org", 443),
        ("pypi.org", "PyPI.org.", 80),
        ("*.pythonhosted.org", "files.pythonhosted.org", 443),
        ("example.org:8443", "example.org", 8443),
        ("example.org:*", "example.org", 1),
        ("*", "anything.example", 443),
        ("مثال.إختبار", "xn--mgbh0fb.xn--kgbechtv", 443),
    ],
)
def test_a_rule_covers_what_it_names(rule: str, host: str, port: int) -> None:
    assert covered(rule, host, port)


@pytest.mark.parametrize(
    ("rule", "host", "port"),
    [
        ("pypi.org", "pypi.org", 22),
        ("pypi.org", "files.pypi.org", 443),
        ("pypi.org", "pypi.org.evil.example", 443),
        ("pypi.org", "notpypi.org", 443),
        ("*.pypi.org", "pypi.org", 443),
        ("*.pypi.org", "evilpypi.org", 443),
        ("example.org:8443", "example.org", 443),
        ("10.0.0.5:80", "example.org", 80),
    ],
)
def test_a_rule_covers_nothing_else(rule: str, host: str, port: int) -> None:
    assert not covered(rule, host, port)


@given(private_addresses)
def test_a_private_address_is_not_of_the_internet_in_whatever_it_is_wrapped(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    wrapped = [
        f"::ffff:{address}",
        f"::{address}",
        f"64:ff9b::{address}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
    ]
    wrapped += [str(number), hex(number), f"0{number:o}", str(address), f"[{address}]", f"{address}."]
    for written in wrapped:
        name, found = hosts.normal(written)
        assert found is not None, written
        assert name is None
        assert not hosts.is_public(found), written
        assert not hosts.reachable([hosts.parse("*:*")], found, 80, by_name=True)


@given(private_addresses, st.integers(1, 65_535))
def test_a_private_address_is_reached_only_where_it_is_named_itself(address: ipaddress.IPv4Address, port: int) -> None:
    assert hosts.reachable([hosts.parse(f"{address}:{port}")], address, port, by_name=False)
    assert hosts.reachable(
        [hosts.parse(f"{address}:{port}")], ipaddress.ip_address(f"::ffff:{address}"), port, by_name=True
    )
    assert not hosts.reachable([hosts.parse(f"{address}:{port}")], address, port % 65_535 + 1, by_name=True)


@given(st.text(max_size=300))
def test_any_text_is_a_name_an_address_or_nothing(text: str) -> None:
    name, address = hosts.normal(text)
    assert name is None or address is None
    assert name is None or (name.isascii() and name == name.lower() and not set(name) & set(" /:@[]%?#\\"))


@given(st.text(max_size=80))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    with contextlib.suppress(HostRuleInvalid):
        hosts.parse(text)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700:4700::1111", "::ffff:1.1.1.1"])
def test_ordinary_addresses_are_of_the_internet(address: str) -> None:
    assert hosts.is_public(ipaddress.ip_address(address))
