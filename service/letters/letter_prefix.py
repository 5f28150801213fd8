"""Letters by the beginning of their SHA-256, as a person names them on the command line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from archive import letters
from archive.letters import LetterRecord
from service.office import Office
from values.errors import BadUsage

_DIGITS: Final = re.compile("[0-9a-f]{1,64}")


def letters_with_prefix(office: Office, prefix: str) -> Sequence[LetterRecord]:
    """The letters whose SHA-256 begins so, in hexadecimal digits of any case.

    Raises BadUsage for what is no beginning of a SHA-256: nothing at all would name every letter.
    """
    if not _DIGITS.fullmatch(prefix.lower()):
        raise BadUsage(f"“{prefix}”不是来信的编号：要写 sha256 的前几位（0–9、a–f）。用 messages --json 可查看。")
    with office.ledger.reading() as ledger:
        return letters.letters_named(ledger, prefix.lower())
