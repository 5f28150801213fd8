"""Address fields (From, To, Cc) → addresses and names, as mail programs write them, not only as RFC 5322 demands.

For what is shown; whose letter it is, `intake.parse.sender_field` decides. Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from intake.parse.headers import decode_words, shown

_MOST: Final = 200  # addresses; more is no letter to an office
_LONGEST_FIELD: Final = 50_000  # characters: 200 addresses of 250
LONGEST_ADDRESS: Final = 320
"""Characters (RFC 5321 4.5.3.1): 64 + 1 + 255."""
_BARE: Final = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\",;:@]{1,255}")


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox of an address field."""

    address: str
    """Lower case."""
    name: str
    """The display name, decoded; "" for none."""


def parse_addresses(fields: Iterable[str]) -> tuple[Address, ...]:
    """The mailboxes of some fields (encoded words still encoded), in order, at most 200; without @ there is none."""
    addresses: list[Address] = []
    for field in fields:
        field = field[:_LONGEST_FIELD]
        # Some programs encode the address together with the name.
        field = field if "@" in field else decode_words(field)
        addresses += [address for item in _mailboxes(field) if (address := _parse(item)) is not None]
    return tuple(addresses[:_MOST])


def _mailboxes(field: str) -> list[str]:
    """The field split at commas and semicolons outside of quotations, angle brackets and comments."""
    items: list[str] = []
    quoted = angled = False
    depth = start = 0
    escaped = False
    for at, character in enumerate(field):
        if escaped:
            escaped = False
        elif character == "\\" and quoted:
            escaped = True
        elif character == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif character in "<>":
            angled = character == "<"
        elif character in "()":
            depth = max(0, depth + (1 if character == "(" else -1))
        elif character in ",;" and not angled and not depth:
            items.append(field[start:at])
            start = at + 1
    return [*items, field[start:]]


def _parse(item: str) -> Address | None:
    """One mailbox: `name <address>`, `address (name)`, `address`. The last angle bracket is the address."""
    bracket = item.rfind("<")
    if bracket >= 0:
        inside = item[bracket + 1 :].partition(">")[0].strip().strip('"')
        match = _BARE.search(inside)
        name = item[:bracket]
    else:
        match = _BARE.search(item)
        name = "" if match is None else item[: match.start()] + item[match.end() :]
    if match is None:
        return None
    return Address(match[0][:LONGEST_ADDRESS].lower(), plain_display_name(name))


def plain_display_name(text: str) -> str:
    """A display name without its quotation marks, or the brackets of the comment that it is; decoded."""
    text = text.strip()
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1]
    text = text.strip().strip('"').replace('\\"', '"').replace("\\\\", "\\")
    return shown(text).strip("'\" :")
