"""Notifications to systemd (sd_notify(3)): one datagram each. Without systemd, nothing happens."""

from __future__ import annotations

import socket
from collections.abc import Mapping

import structlog

_log = structlog.get_logger(__name__)


def notify_systemd(environ: Mapping[str, str], *lines: str) -> None:
    """Sends lines as "READY=1" and "STATUS=…" to $NOTIFY_SOCKET, whose address is abstract when it begins with @.

    A socket that takes nothing is no reason to stop serving: it is logged.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as channel:
        try:
            channel.sendto("\n".join(lines).encode(), address)
        except OSError as error:
            _log.warning("systemd not notified", reason=str(error), lines=lines)
