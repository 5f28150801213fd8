"""Addresses of the network: where a connection may go, and which ones count as one client."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final

_LONGEST_COUNTED: Final = 64
"""Characters of what is no address: a name that a proxy has written."""


def is_loopback(host: str) -> bool:
    """127.0.0.0/8, ::1 and localhost: a connection there never leaves this machine."""
    if host.lower() == "localhost":
        return True
    ip = ip_of(host)
    return ip is not None and ip.is_loopback


def ip_of(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address without its zone (RFC 4007 11); None for what is none. An IPv4 client of a socket for both versions,
    ::ffff:192.0.2.1 (RFC 4291 2.5.5.2), has its IPv4 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, ipaddress.IPv6Address) else ip


def is_within(address: str, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    """Whether it is an address of one of the networks."""
    ip = ip_of(address)
    return ip is not None and any(ip in network for network in networks)


def counted_address(address: str) -> str:
    """What counts as one client: of IPv6 a whole /64, since one host can use all of it (RFC 8981)."""
    ip = ip_of(address)
    if ip is None:
        return address[:_LONGEST_COUNTED]
    if isinstance(ip, ipaddress.IPv6Address) and not ip.is_loopback:
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
