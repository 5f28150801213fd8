"""The addresses of the office itself: nothing that comes from them is a submission."""

from __future__ import annotations

from settings.model import BulletinSettings, Settings


def own_addresses(settings: Settings, bulletin: BulletinSettings) -> frozenset[str]:
    """The addresses that receive the bulletin's letters and those that send ours, in lower case."""
    addresses = (bulletin.mailbox.username, settings.smtp.username, settings.smtp.sender)
    return frozenset(address.lower() for address in addresses if address)
