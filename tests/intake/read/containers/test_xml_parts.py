"""XML parts within limits: no document types, no entities, no floods of tags."""

from __future__ import annotations

import time

import pytest

from intake.archives.limits import ArchiveLimits
from intake.read.docx.limits import DocumentLimits
from tests.support.refused_documents import refusal, word_document, word_xml
from tools.docx_builder import docx, paragraph

_COMPLEX = "结构异常复杂"


_DOCTYPE = "DOCTYPE"


_XXE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


_LAUGHS = (
    "<!DOCTYPE a [<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    ["<!DOCTYPE a>", '<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd">', '<!DOCTYPE a SYSTEM "/etc/passwd">', _XXE],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_document_type_is_refused_in_any_encoding(doctype: str, encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{word_xml(paragraph("文")).decode()}'
    assert _DOCTYPE in refusal(word_document(xml.encode(encoding)))


def test_entities_are_never_expanded() -> None:
    text = f"{_LAUGHS}{word_xml('<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>').decode()}"
    attribute = f"{_LAUGHS}{word_xml('<w:p w:x=&quot;&l9;&quot;/>'.replace('&quot;', chr(34))).decode()}"
    for xml in (text, attribute):
        started = time.process_time()
        refusal(word_document(xml.encode()))
        assert time.process_time() - started < 2


def test_document_type_in_any_part_that_is_read_is_refused() -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relationship = f'<Relationship Id="rId7" Type="{office}/styles" Target="styles.xml"/>'
    data = docx(paragraph("文"), relationships=relationship, parts={"word/styles.xml": b"<!DOCTYPE a><a/>"})
    assert _DOCTYPE in refusal(data)
    assert _DOCTYPE in refusal(docx(paragraph("文"), parts={"word/_rels/document.xml.rels": b"<!DOCTYPE a><a/>"}))


def test_markup_without_text_is_limited() -> None:
    assert _COMPLEX in refusal(docx("<w:p/>" * 1_000), DocumentLimits(tags=500))


def test_text_of_more_than_ten_megabytes_in_one_piece_is_refused() -> None:
    data = docx(paragraph("a" * 10_500_000))
    assert _COMPLEX in refusal(data, DocumentLimits(ArchiveLimits(ratio=100_000)))
