"""Numbers and texts as the XML of an OFD has them (GB/T 33190-2016, table 2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

NAMESPACE: Final = 'xmlns:ofd="http://www.ofdspec.org/2016"'
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
MILLIMETRES: Final = 25.4 / 72
"""Of a point."""
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow."""
_REPEATED: Final = 3
"""From how many equal steps on `g` is shorter."""


def number(value: float) -> str:
    """At most four digits after the point: a tenth of a micrometre."""
    written = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def numbers(*values: float) -> str:
    """Separated by spaces."""
    return " ".join(map(number, values))


def steps(values: Iterable[float]) -> str:
    """A DeltaX (11.3): "g 3 4.2" stands for three times 4.2."""
    words: list[str] = []
    for word, same in groupby(map(number, values)):
        count = len(list(same))
        words += ["g", str(count), word] if count >= _REPEATED else [word] * count
    return " ".join(words)


def text(value: str) -> str:
    """As the content of an element."""
    return escape(_allowed(value))


def attribute(value: str) -> str:
    """As the value of an attribute, with its quotation marks."""
    return quoteattr(_allowed(value))


def _allowed(value: str) -> str:
    return _FORBIDDEN.sub("\ufffd", value)
