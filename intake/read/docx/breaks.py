"""Page breaks before a paragraph, and section breaks after one."""

from __future__ import annotations

from typing import Final

from intake.read.docx.tags import P_PR, Element, flag, val, w

_SECTION: Final = w("sectPr")
_IN_PARAGRAPH: Final = f"{P_PR}/{_SECTION}"
_TYPE: Final = w("type")
_BREAK_BEFORE: Final = w("pageBreakBefore")
_SAME_PAGE: Final = ("continuous", "nextColumn")


def begins_page(properties: Element | None) -> bool:
    """Whether a w:pPr puts its paragraph on a new page (段前分页)."""
    return properties is not None and bool(flag(properties, _BREAK_BEFORE))


def ends_page(paragraph: Element, properties: Element | None) -> bool:
    """Whether a section ends with this w:p and the next one begins on a new page.

    The w:type of the next section decides, which is given in its own w:sectPr, at its end (ECMA-376 17.6.22).
    """
    if properties is None or properties.find(_SECTION) is None:
        return False
    for sibling in paragraph.itersiblings():
        following = sibling if sibling.tag == _SECTION else sibling.find(_IN_PARAGRAPH)
        if following is not None:
            return val(following, _TYPE) not in _SAME_PAGE
    return True
