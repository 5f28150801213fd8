"""Whole numbers that come as text from outside: from an address, a form, a header, a setting."""

from __future__ import annotations

from typing import Final

LARGEST_ID: Final = 2**63 - 1
"""The largest integer that SQLite and PostgreSQL hold in a row (8 bytes, signed)."""
_LONGEST: Final = len(str(LARGEST_ID))


def whole_number(text: str, largest: int = LARGEST_ID) -> int | None:
    """The number written in ASCII digits, without sign or blanks; None for anything else, and above `largest`.

    `str.isdigit` is true for "²", which `int` refuses; `int` also refuses more than 4,300 digits, whatever they are.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST):
        return None
    number = int(text)
    return number if number <= largest else None
