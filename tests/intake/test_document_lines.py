"""The lines of a file that no letter brought."""

from __future__ import annotations

from intake.document_lines import lines_of_file
from programs.conversion import NO_CONVERSIONS
from tests.support.manuscripts import BODY, TITLE, large, plain
from tools.docx_builder import docx


def test_paragraphs_of_a_docx_are_lines() -> None:
    read = lines_of_file(docx(large(TITLE) + plain(BODY)), "第70期.docx", NO_CONVERSIONS)
    assert (read.lines, read.refusal, read.unconverted) == ((TITLE, BODY), "", ())


def test_short_text_of_notepad_is_read() -> None:
    assert lines_of_file("甲\r\n\r\n乙".encode("gb18030"), "第70期.TXT", NO_CONVERSIONS).lines == ("甲", "乙")


def test_older_document_asks_for_libreoffice() -> None:
    [request] = lines_of_file(rb"{\rtf1 abc}", "第70期.doc", NO_CONVERSIONS).unconverted
    assert request.extension == ".rtf"


def test_unreadable_file_is_refused_with_its_reason() -> None:
    read = lines_of_file(b"PK\x03\x04 broken", "第70期.docx", NO_CONVERSIONS)
    assert read.lines == ()
    assert read.refusal
