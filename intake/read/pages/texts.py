"""Every text on the pages of a PDF or OFD, as lines, also running heads and invisible words: for the gate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from intake.read.texts import FileText

_FIRST_PAGE: Final = 80
"""Lines of the first page that count as its head: a file's order of drawing is not that of reading, and a text box may
come last."""
_TOP: Final = 8
_BOTTOM: Final = 4
"""Lines of later pages where a header or footer may be, or another paper begin."""


def page_texts(pages: Sequence[Sequence[str]]) -> Iterator[FileText]:
    """The texts of pages. pages: the lines of each."""
    for number, page in enumerate(pages, 1):
        lines = tuple(line for line in page if line.strip())
        top, bottom = (_FIRST_PAGE, 0) if number == 1 else (_TOP, _BOTTOM)
        yield FileText(f"第 {number} 页", lines[:top])
        yield FileText(f"第 {number} 页", lines[max(top, len(lines) - bottom) :])
        yield FileText(f"第 {number} 页", lines, at_head=False)
