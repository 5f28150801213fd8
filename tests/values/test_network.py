"""Addresses as they are counted and compared."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from values.network import counted_address, is_loopback, is_within


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::1", "::1"),
        ("testclient", "testclient"),
        ("", ""),
        ("x" * 100, "x" * 64),
    ],
)
def test_network_of_ipv6_is_one_address(address: str, counted: str) -> None:
    assert counted_address(address) == counted


@pytest.mark.parametrize(
    ("address", "network", "within"),
    [
        ("10.0.0.9", "10.0.0.0/8", True),
        ("::ffff:10.0.0.9", "10.0.0.0/8", True),
        ("::ffff:11.0.0.9", "10.0.0.0/8", False),
        ("2001:db8::9", "2001:db8::9/128", True),
        ("2001:db8::8", "2001:db8::9/128", False),
        ("fe80::1%eth0", "fe80::1/128", True),
        ("proxy", "10.0.0.0/8", False),
    ],
)
def test_address_is_within_a_network_in_whichever_form_it_is_written(address: str, network: str, within: bool) -> None:
    assert is_within(address, [ip_network(network)]) is within


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.9", True), ("::1", True), ("::ffff:127.0.0.1", True), ("LOCALHOST", True), ("10.0.0.1", False)],
)
def test_loopback_never_leaves_the_machine(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback
