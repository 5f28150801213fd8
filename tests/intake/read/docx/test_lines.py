"""Raised and lowered characters, as marks on the text of a paragraph."""

from __future__ import annotations

from tests.support.docx_reading import p, paragraphs, r
from tools.docx_builder import docx
from values.manuscript import Mark


def test_marks_stand_at_the_characters_above_and_below_the_line() -> None:
    up, down = '<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>'
    (found,) = paragraphs(
        docx(p(r("10m") + r("2", up) + r("，CO") + r("2", down) + r("与n") + r("1", up) + r("2", up)))
    )
    assert found.text == "10m2，CO2与n12"
    assert found.marks == (Mark(3, 4, "superscript"), Mark(7, 8, "subscript"), Mark(10, 12, "superscript"))


def test_small_type_moved_off_the_line_is_marked_as_libreoffice_means_it() -> None:
    styles = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults>'
    moved = "".join(
        r(text, f'<w:position w:val="{position}"/>{size}')
        for text, position, size in (("2", 8, '<w:sz w:val="19"/>'), ("3", -4, '<w:sz w:val="19"/>'), ("4", 2, ""))
    )
    (found,) = paragraphs(docx(p(r("m") + moved), styles=styles))
    assert found.marks == (Mark(1, 2, "superscript"), Mark(2, 3, "subscript"))
