"""A day as a person writes it into a form."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

_DAY: Final = re.compile(
    r"(?:(?P<year>\d{4})\s*[-/.年]\s*)?(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?", re.ASCII
)
_COMPACT: Final = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", re.ASCII)


def date_written(text: str, year: int) -> date | None:
    """The day of 2022-11-08, 2022/11/8, 2022.11.8, 2022年11月8日, 20221108 or 11月8日; None for anything else.

    year: of a day that is written without one. Full-width digits count as digits.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DAY.fullmatch(plain) or _COMPACT.fullmatch(plain)
    if match is None:
        return None
    try:
        return date(int(match["year"] or year), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
