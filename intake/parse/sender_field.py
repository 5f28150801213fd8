"""The From field → whose letter it is, by the grammar of RFC 5322 (section 3.4, with the obsolete forms of 4.4).

`intake.parse.addresses` reads what people are shown, and takes every form that mail programs write. Here a field that
is not exactly one mailbox has no sender: two programs that read it may see two different ones (docs/decisions/0050).
Never raises.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.errors import MessageError, NonASCIILocalPartDefect, ObsoleteHeaderDefect
from email.headerregistry import HeaderRegistry
from functools import lru_cache
from typing import Any, Final

from intake.parse.addresses import LONGEST_ADDRESS, parse_addresses, plain_display_name
from intake.parse.headers import clean, shown

_LONGEST_FIELD: Final = 2_000
"""Characters: an address and a name in encoded words need 700. The grammar takes 0.1 s for the worst field of this
length, and the time grows with its square."""
_LONGEST_SHOWN: Final = 320
_ENCODED_WORD: Final = re.compile(r"=\?[!->@-~]{1,75}\?[BbQq]\?[^\s?<>()@,;:\\\"]*+\?=")
_PLACEHOLDER: Final = "encoded-word"
_BESIDE_AT: Final = re.compile(r"@\s*=\?|\?=\s*@")
_ROUTE: Final = re.compile(r"<\s*@")
_DOT_ATOM: Final = re.compile(r"[^\s<>()\[\]\",;:@\\.]+(?:\.[^\s<>()\[\]\",;:@\\.]+)*")
_OWN_NAME: Final = re.compile(r"\s*([^\s<>()\[\]\",;:@\\]+@[^\s<>()\[\]\",;:@\\]+)\s*<\s*([^\s<>]+)\s*>\s*")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_REFUSALS: Final = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What Python's parser raises for damaged fields (python/cpython#136063), and for deeply nested comments."""
_ALLOWED_DEFECTS: Final = (ObsoleteHeaderDefect, NonASCIILocalPartDefect)
"""What RFC 5322 section 4 still allows, and what RFC 6532 does: an address in UTF-8."""
_registry: Final = HeaderRegistry()


@dataclass(frozen=True, slots=True)
class SenderField:
    """The From fields of a letter."""

    address: str
    """Lower case; "" unless there is one field, and it is exactly one well-formed mailbox."""
    name: str
    """All that stands beside the address, comments too, decoded; where there is no address, the first display name."""
    written: tuple[str, ...]
    """Every address that a reader may see in the fields, lower case, each once."""
    text: str
    """The fields as a reader sees them; "" for none."""


def sender_field(fields: Sequence[str]) -> SenderField:
    """The sender that the From fields (encoded words still encoded) name, if they name one."""
    addresses = parse_addresses(fields)
    address = sole_mailbox(fields)
    return SenderField(
        address=address,
        name=_name_beside(fields[0], address) if address else next((each.name for each in addresses), ""),
        written=tuple(dict.fromkeys(each.address for each in addresses)),
        text="、".join(shown(field[:_LONGEST_FIELD]) for field in fields[:2])[:_LONGEST_SHOWN],
    )


def sole_mailbox(fields: Sequence[str]) -> str:
    """The address, lower case, when the fields are one field and that is exactly one mailbox; "" otherwise.

    Stricter than the grammar: an address with a quoted local part, a route, a comment or white space inside, or a
    domain literal is none, since no department has one and programs disagree on them. Wider in one thing: some programs
    repeat the address, unquoted, as the name before it.
    """
    if len(fields) != 1 or len(fields[0]) > _LONGEST_FIELD or _CONTROL.search(fields[0]):
        return ""
    field = fields[0]
    own_name = _OWN_NAME.fullmatch(field)
    if own_name is not None and own_name[1].lower() == own_name[2].lower():
        field = own_name[2]
    if _BESIDE_AT.search(field) or _ROUTE.search(field):
        return ""
    plain = _ENCODED_WORD.sub(f" {_PLACEHOLDER} ", field)
    address = "" if "=?" in plain else _by_grammar(plain).lower()
    local, _, domain = address.rpartition("@")
    well_formed = _DOT_ATOM.fullmatch(local) and _DOT_ATOM.fullmatch(domain) and clean(address) == address
    return address if well_formed and len(address) <= LONGEST_ADDRESS and address in field.lower() else ""


@lru_cache(maxsize=256)  # the same departments write again and again; a field has 2,000 characters at most
def _by_grammar(field: str) -> str:
    """The address of a field without encoded words; "" when it is not one mailbox, or is one only with defects.

    Encoded words are replaced before: they may stand in names alone, where programs put them without the white space
    that the grammar asks for, or in quotation marks.
    """
    try:
        header: Any = _registry("From", field)  # an AddressHeader made at run time
        groups = header.groups
        if any(not isinstance(defect, _ALLOWED_DEFECTS) for defect in header.defects):
            return ""
        if len(groups) != 1 or groups[0].display_name is not None or len(groups[0].addresses) != 1:
            return ""
        return str(groups[0].addresses[0].addr_spec)
    except _REFUSALS:
        return ""


def _name_beside(field: str, address: str) -> str:
    at = field.lower().rfind(address)
    rest = f"{field[:at].rstrip().removesuffix('<')} {field[at + len(address) :].lstrip().removeprefix('>')}"
    return plain_display_name(rest)
