"""To which address a letter to a department goes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from intake.register import Register
from values.address import is_sendable, is_unattended
from values.department import department_of_sender

NO_ADDRESS: Final = "名录里没有这个单位的投稿邮箱（只登记了整个域的不算），请另行通知"


def unit_address(register: Register, department: str, senders: Iterable[str]) -> str:
    """The first of the senders that the register has for the department, or else the first address that is registered
    for it; "" for none. Nothing is ever written to an address that the register does not have.

    senders: addresses that have sent articles of the department, the preferred one first.
    """
    registered = next((entry.senders for entry in register.departments if entry.name == department), ())
    own_senders = [sender for sender in senders if _is_of(register, sender, department)]
    for address in (*own_senders, *registered):
        usable = is_sendable(address) and not address.startswith("@") and not is_unattended(address)
        if usable and address.lower() not in register.own_addresses:
            return address
    return ""


def _is_of(register: Register, sender: str, department: str) -> bool:
    return any(owner.name == department for owner in department_of_sender(sender, register.departments))
