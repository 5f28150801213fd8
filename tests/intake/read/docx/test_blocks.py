"""Paragraphs, tables and text boxes, in the order in which a reader sees them."""

from __future__ import annotations

import pytest

from intake.read.docx.reader import read_docx
from intake.read.source import SourceParagraph
from tests.support.docx_reading import box, lines, p, paragraphs, r, tbl, tc, tr
from tools.docx_builder import docx, paragraph
from values.manuscript import Table


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:customXml>{}</w:customXml>",
        "<w:sdt><w:sdtContent><w:customXml>{}</w:customXml></w:sdtContent></w:sdt>",
    ],
)
def test_paragraphs_inside_block_wrappers_are_read(wrapper: str) -> None:
    assert lines(docx(wrapper.format(paragraph("甲") + paragraph("乙")))) == ["甲", "乙"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>", "<w:vanish/><w:specVanish/>"])
def test_deleted_or_hidden_paragraph_mark_joins_two_paragraphs(mark: str) -> None:
    body = p(r("上半"), f"<w:rPr>{mark}</w:rPr>") + paragraph("下半") + paragraph("另一段")
    assert lines(docx(body)) == ["上半下半", "另一段"]


def test_deleted_paragraph_leaves_nothing_before_a_table() -> None:
    gone = p("<w:del><w:r><w:delText>全删</w:delText></w:r></w:del>", "<w:rPr><w:del/></w:rPr>")
    blocks = read_docx(docx(gone + tbl(tr(tc("格"))) + paragraph("后"))).blocks
    assert [type(block) for block in blocks] == [Table, SourceParagraph]


def test_joined_paragraph_at_the_end_is_not_lost() -> None:
    assert lines(docx(p(r("末段"), "<w:rPr><w:del/></w:rPr>"))) == ["末段"]


def test_drop_cap_belongs_to_the_paragraph_after_it() -> None:
    body = p(r("近", '<w:sz w:val="96"/>'), '<w:framePr w:dropCap="drop"/>') + p(
        r("日，区教体局", '<w:sz w:val="32"/>')
    )
    assert [(each.text, each.size) for each in paragraphs(docx(body))] == [("近日，区教体局", 16.0)]


def test_text_box_is_read_once_before_its_paragraph() -> None:
    found = paragraphs(docx(paragraph("前") + p(r("锚") + box(paragraph("框一") + paragraph("框二")))))
    assert [(each.text, each.boxed) for each in found] == [
        ("前", False),
        ("框一", True),
        ("框二", True),
        ("锚", False),
    ]


def test_text_box_of_an_old_program_and_word_art_are_read() -> None:
    content = f"<w:txbxContent>{paragraph('框')}</w:txbxContent>"
    old = f"<w:r><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></w:r>"
    art = '<w:r><w:pict><v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    assert lines(docx(p(old + art))) == ["框", "艺术字"]


def test_table_in_a_text_box_is_read() -> None:
    (table,) = read_docx(docx(p(box(tbl(tr(tc("格"))))))).blocks
    assert isinstance(table, Table)


def test_table_or_paragraph_inside_a_paragraph_is_read_on_lines_of_its_own() -> None:
    inner = tbl(tr(tc("乙"), tc(p(r("丙") + p(r("丁"))))))
    assert lines(docx(p(r("甲") + inner + r("戊")))) == ["甲", "乙", "丙", "丁戊"]
    assert lines(docx(p(inner))) == ["乙", "丙", "丁"]


def test_every_body_of_a_document_is_read() -> None:
    between = "</w:body><w:body>"
    assert lines(docx(paragraph("甲") + between + paragraph("乙"))) == ["甲", "乙"]
