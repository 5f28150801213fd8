"""Landscape pages for wide tables, as sections between the pages of the template (GB/T 9704-2012 9: A4 横排表格).

The number of a landscape page is at its foot as it is read.
"""

from __future__ import annotations

import copy
from typing import Final

from lxml import etree

from assembler.imprint import begin_even_page
from assembler.wordml import W

_FIRST_SECTION_ONLY: Final = (W + "pgNumType", W + "titlePg")
"""Settings that later sections must not repeat: the start of page numbers, and a first page unlike the others."""
_BREAK: Final = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "{}</w:pPr></w:p>"
)
_THIN_LINE: Final = _BREAK.format("")


class LandscapePages:
    """Puts content on landscape pages. The section breaks around them repeat the section of the articles."""

    def __init__(self, section: etree._Element | None) -> None:
        """section: the w:sectPr of the template that governs the articles, None where it has none.

        With the first landscape page that element loses what only the first section of a document may have: it then
        governs the articles after the last landscape page.
        """
        self._section = section
        self._turned = _BREAK.format("" if section is None else _xml(_landscape(section)))

    def page(self, content: str) -> str:
        """The content between two section breaks. Without a section the content is returned unchanged."""
        if self._section is None:
            return content
        return f"{self._break_here()}{content}{self._turned}"

    def ended(self, articles: str, *, even_page: bool) -> str:
        """The articles, and what has to stand between them and the rest of the template.

        even_page: the rest begins an even page. A section of its own begins with a paragraph: LibreOffice takes a
        floating table at its head into the section before.
        """
        if self._section is None:
            return articles
        if even_page and not articles.endswith(self._turned):
            articles += self._break_here()
        elif not articles.endswith(self._turned):
            return articles
        if even_page:
            begin_even_page(self._section)
        return articles + _THIN_LINE

    def _break_here(self) -> str:
        """The end of a section like that of the template, which then governs a later section."""
        assert self._section is not None
        ended = _BREAK.format(_xml(self._section))
        for name in _FIRST_SECTION_ONLY:
            for setting in self._section.findall(name):
                self._section.remove(setting)
        return ended

    def extended(self, landscape: str, content: str) -> str | None:
        """The result of `page` with more content on the same pages. None when `landscape` is no result of `page`."""
        if not landscape.endswith(self._turned):
            return None
        return f"{landscape.removesuffix(self._turned)}{content}{self._turned}"


def _landscape(section: etree._Element) -> etree._Element:
    """A copy of the section with the page turned anticlockwise: the former top margin is on the left (ECMA-376
    17.6.13)."""
    turned = copy.deepcopy(section)
    for name in (*_FIRST_SECTION_ONLY, W + "type"):
        for setting in turned.findall(name):
            turned.remove(setting)
    size, margins = turned.find(W + "pgSz"), turned.find(W + "pgMar")
    if size is not None:
        width, height = size.get(W + "w", "11906"), size.get(W + "h", "16838")
        size.attrib.update({W + "w": height, W + "h": width, W + "orient": "landscape"})
    if margins is not None:
        top, right, bottom, left = (margins.get(W + side, "0") for side in ("top", "right", "bottom", "left"))
        margins.attrib.update({W + "top": left, W + "right": top, W + "bottom": right, W + "left": bottom})
        # The bottom margin is a narrower one now; with the old distance the footer would overlap the text.
        if right.isdecimal():
            margins.set(W + "footer", str(int(right) // 2))
    return turned


def _xml(section: etree._Element) -> str:
    return etree.tostring(section, encoding="unicode", with_tail=False)
