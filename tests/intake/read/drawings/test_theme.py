"""The theme for documents without one."""

from __future__ import annotations

from lxml import etree

from intake.read.docx.tags import A_NS
from intake.read.drawings.theme import usual_theme


def test_the_theme_has_the_colours_fonts_and_formats_that_the_standard_wants() -> None:
    root = etree.fromstring(usual_theme())
    assert root.tag == f"{{{A_NS}}}theme"
    elements = root[0]
    assert [etree.QName(child).localname for child in elements] == ["clrScheme", "fontScheme", "fmtScheme"]
    assert len(elements[0]) == 12
    assert [len(formats) for formats in elements[2]] == [3, 3, 3, 3]  # at least three of each (20.1.4.1)
