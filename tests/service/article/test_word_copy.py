"""A copy of a Word file with findings as comments, in a new file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service.article.word_copy import word_bytes, write_annotated
from tests.support.manuscripts import BODY, TITLE, large, plain
from tests.support.remarks import remarks
from tools.docx_builder import docx
from values import rules
from values.errors import BadUsage
from values.manuscript import Manuscript, Paragraph

DATA = docx(large(TITLE) + plain(BODY))
READ = Manuscript((TITLE,), None, (Paragraph(BODY),))
FINDING = rules.CONFUSABLE_WORD.finding("？", 0, 0, 2)


def test_docx_needs_no_conversion() -> None:
    assert word_bytes(DATA, None) == DATA


def test_older_document_needs_libreoffice() -> None:
    with pytest.raises(BadUsage, match="本机没有 LibreOffice"):
        word_bytes(rb"{\rtf1 abc}", None)


@pytest.mark.parametrize("data", [b"%PDF-1.4", "文字".encode()])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(BadUsage, match="只能用于 Word 文件"):
        word_bytes(data, None)


def test_older_document_is_converted(soffice: Path) -> None:
    assert word_bytes(rb"{\rtf1\ansi abc}", soffice).startswith(b"PK")


def test_copy_is_a_new_file_and_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "批注.docx"
    write_annotated(DATA, READ, [FINDING], path, date(2022, 11, 8))
    assert [characters for characters, _ in remarks(path.read_bytes())] == [BODY[:2]]
    written = path.read_bytes()
    with pytest.raises(BadUsage, match="没有覆盖"):
        write_annotated(DATA, READ, [], path, date(2022, 11, 8))
    assert path.read_bytes() == written
    assert list(tmp_path.iterdir()) == [path]


def test_document_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="没有能加批注的文字"):
        write_annotated(docx(""), READ, [], tmp_path / "a.docx", date(2022, 11, 8))
