"""What is rewritten in the copy of a .docx that LibreOffice lays out, and what is left alone."""

from __future__ import annotations

import pytest

from programs.docx_for_libreoffice import docx_for_libreoffice
from tests.support.editing import members
from tools.docx_builder import docx, paragraph, zipped
from tools.zip_builder import UTF8_NAME, Member, archive

JOINER = "\u2060"
OWN_EVEN_PAGE = '<w:sectPr><w:type w:val="evenPage"/></w:sectPr>'
"""Of a template, in a section before that of the 版记."""
BAD_NAME = archive([Member(b"\xff.xml", b"", UTF8_NAME)])


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('<w:overflowPunct w:val="0"/>', '<w:overflowPunct w:val="1"/>'),
        ('<w:overflowPunct w:val="false" />', '<w:overflowPunct w:val="1"/>'),
        ('<w:overflowPunct w:val="true"/>', '<w:overflowPunct w:val="0"/>'),
        ("<w:overflowPunct/>", '<w:overflowPunct w:val="0"/>'),
        ("<w:t>0797</w:t><w:noBreakHyphen/><w:t>1</w:t>", f"<w:t>0797</w:t><w:t>-{JOINER}</w:t><w:t>1</w:t>"),
        ("<w:t>http://www.gov.cn/a//b</w:t>", f"<w:t>http://{JOINER}www.gov.cn/a//b</w:t>"),
        ("<w:t>2019—2021年，5G……</w:t>", f"<w:t>2019{JOINER}—2021年，5G{JOINER}……</w:t>"),
        (
            f'{OWN_EVEN_PAGE}<w:bookmarkStart w:name="imprint13"/><w:sectPr><w:type w:val="evenPage"/></w:sectPr>',
            f'{OWN_EVEN_PAGE}<w:bookmarkStart w:name="imprint13"/>'
            '<w:sectPr><w:type w:val="nextPage"/><w:pgNumType w:start="14"/></w:sectPr>',
        ),
        ("<w:instrText>2019—2021</w:instrText><w:tab/>", "<w:instrText>2019—2021</w:instrText><w:tab/>"),
    ],
)
def test_what_ends_lines_otherwise_is_rewritten(written: str, read: str) -> None:
    parts = {"word/document.xml": f"<w:p>{written}</w:p>".encode(), "word/media/a.png": written.encode()}
    made = members(docx_for_libreoffice(zipped(parts)))
    assert made == parts | {"word/document.xml": f"<w:p>{read}</w:p>".encode()}


@pytest.mark.parametrize("data", [b"", b"{\\rtf1}", b"PK\x03\x04 cut short", BAD_NAME, docx(paragraph("工作简报"))])
def test_what_has_nothing_of_it_or_cannot_be_read_is_returned_unchanged(data: bytes) -> None:
    assert docx_for_libreoffice(data) is data
