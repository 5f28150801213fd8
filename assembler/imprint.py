"""版记 on an even page, which is the back of a sheet that is printed on both sides (GB/T 9704-2012 7.4.2).

Where the last page comes to be is not known before the pages are laid out. So a bookmark is put there; when it is on an
odd page, the issue is made again with the 版记 in a section of its own, which begins an even page. Word, WPS and
LibreOffice leave an empty page before it where one is needed, and print no number on that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from lxml import etree

from assembler.wordml import W
from values.issue import Issue

IMPRINT: Final = "imprint"
"""The key of its page among those of the articles, and the name of its bookmark."""
_NAMED: Final = re.compile(rf'w:name="{IMPRINT}(\d+)"'.encode())
_BEFORE_TYPE: Final = frozenset(
    f"{W}{name}" for name in ("headerReference", "footerReference", "footnotePr", "endnotePr")
)
"""The elements of a w:sectPr that precede w:type (ECMA-376 17.6.17)."""


def needs_even_page(issue: Issue, pages: Mapping[str, int]) -> bool:
    """Whether the 版记 is to begin an even page: it was counted on an odd one, and both sides are printed."""
    return issue.imprint.double_sided and pages.get(IMPRINT, 0) % 2 == 1


def mark_imprint(articles: etree._Element, bookmark_id: int, pages: Mapping[str, int]) -> None:
    """Puts the bookmark on the last paragraph after the mark of the articles, where there is any.

    It bears the counted page in its name, so that the file itself shows how it was laid out.
    """
    lines = list(articles.itersiblings(W + "p"))
    if not lines:
        return
    page = pages.get(IMPRINT, 0)
    start = etree.Element(W + "bookmarkStart", {W + "id": str(bookmark_id), W + "name": f"{IMPRINT}{page or ''}"})
    end = etree.Element(W + "bookmarkEnd", {W + "id": str(bookmark_id)})
    place = 0 if lines[-1].find(W + "pPr") is None else 1
    lines[-1].insert(place, start)
    lines[-1].insert(place + 1, end)


def imprint_shown(document: bytes) -> Mapping[str, int]:
    """The page of the 版记 by IMPRINT, as `mark_imprint` was given it; {} where it was not counted."""
    named = _NAMED.search(document)
    return {IMPRINT: int(named[1])} if named else {}


def begin_even_page(section: etree._Element) -> None:
    """Has a w:sectPr begin an even page."""
    for kind in section.findall(W + "type"):
        section.remove(kind)
    place = sum(1 for child in section if child.tag in _BEFORE_TYPE)
    section.insert(place, etree.Element(W + "type", {W + "val": "evenPage"}))
