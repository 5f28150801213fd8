"""Sections: a wide table stands on a landscape page of its own, between pages as the template has them.

GB/T 9704-2012 9: A4 横排表格. The number of a landscape page stands at the foot of the page as it is read.
"""

from __future__ import annotations

import copy
from typing import Final

from lxml import etree

from assembler.wordml import W

# What a section of its own must not do again: number from the start, or have a first page unlike the others.
_ONCE: Final = (W + "pgNumType", W + "titlePg")
_BREAK: Final = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "{}</w:pPr></w:p>"
)


class Sections:
    """The breaks around landscape pages, made of the section in which the articles stand.

    section: the w:sectPr of the template that governs the articles, None where it has none. It is the last section of
    the articles; with the first landscape page it loses what only a first section has.
    """

    def __init__(self, section: etree._Element | None) -> None:
        self._section = section
        self._turned = "" if section is None else _BREAK.format(_xml(_landscape(section)))

    def on_landscape(self, content: str) -> str:
        """The content on pages of its own, beginning and ending with a section break; as it is without a section."""
        if self._section is None:
            return content
        before = _BREAK.format(_xml(self._section))
        for once in _ONCE:
            for found in self._section.findall(once):
                self._section.remove(found)
        return f"{before}{content}{self._turned}"

    def with_more(self, landscape: str, content: str) -> str | None:
        """What `on_landscape` made, with more content on the same pages. None when it made no such thing."""
        if not self._turned or not landscape.endswith(self._turned):
            return None
        return f"{landscape.removesuffix(self._turned)}{content}{self._turned}"


def _landscape(section: etree._Element) -> etree._Element:
    """The page turned to the left: what was its head is at the left (ECMA-376 17.6.13)."""
    turned = copy.deepcopy(section)
    for once in (*_ONCE, W + "type"):
        for found in turned.findall(once):
            turned.remove(found)
    size, margins = turned.find(W + "pgSz"), turned.find(W + "pgMar")
    if size is not None:
        width, height = size.get(W + "w", "11906"), size.get(W + "h", "16838")
        size.attrib.update({W + "w": height, W + "h": width, W + "orient": "landscape"})
    if margins is not None:
        top, right, bottom, left = (margins.get(W + side, "0") for side in ("top", "right", "bottom", "left"))
        margins.attrib.update({W + "top": left, W + "right": top, W + "bottom": right, W + "left": bottom})
        # The lower margin is another now: a footer as far from the edge as before would stand in the text.
        if right.isdecimal():
            margins.set(W + "footer", str(int(right) // 2))
    return turned


def _xml(section: etree._Element) -> str:
    return etree.tostring(section, encoding="unicode", with_tail=False)
