"""Who wrote a letter that came through a mailing list, as far as the list's rewriting of the From field still tells.

Lists put their own address into From, since a letter with the writer's would fail the DMARC check of his domain
(RFC 7960 4.1.3.1). The writer is then named by X-Original-From and X-Original-Sender (Google Groups), by Reply-To
(Mailman's dmarc_moderation_action), within the address (groups.io, `.invalid` of others), or by "… via 投稿群". Whoever
writes a letter can write these too, so nothing is trusted because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intake.parse.addresses import LONGEST_ADDRESS, parse_addresses
from intake.parse.message import Message
from values.department import Department, department_named_in, department_of_sender

_FIELDS: Final = ("x-original-from", "x-original-sender", "reply-to", "x-google-original-from", "resent-from")
_VIA: Final = re.compile(r"(?P<writer>.{1,200}?)[\s'\"“”]*(?:\bvia\b|（经由|\(经由|经由|通过|代表)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListWriter:
    """The registered writer whom a list's rewriting names."""

    named_as: str
    """An address, or the display name before "via"."""
    department: str
    """Canonical name."""


def list_writer(message: Message, departments: Sequence[Department]) -> ListWriter | None:
    """The first registered writer whom the rewriting names; None for none, where the sender is registered itself, and
    where no list is at work: a person's Reply-To is no rewriting."""
    via = _VIA.match(message.sender_name)
    if department_of_sender(message.sender, departments) or not (via or _is_through_list(message)):
        return None
    for address in dict.fromkeys(_addresses(message)):
        owners = department_of_sender(address, departments)
        if owners:
            return ListWriter(address, owners[0].name)
    named = department_named_in(via["writer"], departments) if via else None
    return ListWriter(via["writer"].strip(" '\"“”"), named.name) if via and named else None


def _is_through_list(message: Message) -> bool:
    precedence = " ".join(message.headers.get("precedence", ())).lower()
    return "list" in precedence or any(name.startswith(("list-", "x-original-")) for name in message.headers)


def _addresses(message: Message) -> Iterator[str]:
    for field in _FIELDS:
        for mailbox in parse_addresses(message.headers.get(field, ())):
            yield _without_invalid(mailbox.address)
    yield from _within(message.sender)


def _within(address: str) -> Iterator[str]:
    """mzj=civil.example@list.example stands for mzj@civil.example, mzj@civil.example.invalid too."""
    if len(address) > LONGEST_ADDRESS:
        return
    yield _without_invalid(address)
    local = address.rpartition("@")[0]
    name, _, domain = local.rpartition("=")
    if name and "." in domain:
        yield f"{name}@{domain}"


def _without_invalid(address: str) -> str:
    """Some lists add this top-level domain, which nobody has (RFC 2606 2)."""
    return address.lower().removesuffix(".invalid")
