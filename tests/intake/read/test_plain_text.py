"""Manuscripts in text files, in the encodings that Windows' editor and others write."""

from __future__ import annotations

import pytest

from intake.parse.message import Part
from intake.read.plain_text import is_plain_text, read_plain_text, text_of_file
from intake.read.source import SourceParagraph
from tests.support.pasted_articles import ARTICLE, FIRST, SECOND, THIRD, TITLE, lines, read
from tests.support.submissions import MANUSCRIPT, File
from values.errors import UnreadableManuscript

ENCODINGS = ["gb18030", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]


def text_file(data: bytes, name: str = "稿件.txt", content_type: str = "text/plain") -> Part:
    return Part(name, content_type, "attachment", data)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_text_is_read_in_every_encoding(encoding: str, line_end: str) -> None:
    data = ARTICLE.replace("\n", line_end).encode(encoding)
    assert text_of_file(data, "gb2312") == ARTICLE
    texts = [block.text for block in read_plain_text(text_file(data)).blocks if isinstance(block, SourceParagraph)]
    assert texts == ARTICLE.split("\n")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_attached_text_is_an_article(encoding: str) -> None:
    found = read("请查收。", File("稿件.txt", ARTICLE.encode(encoding), "application/octet-stream"))
    assert lines(found) == [TITLE, "区教体局", FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "part",
    [
        text_file(b"password: 123456\r\n" * 40),
        text_file("请查收。".encode()),
        text_file(ARTICLE.encode(), name="稿件.log", content_type="application/octet-stream"),
        text_file(b"PK\x03\x04" + ARTICLE.encode()),
    ],
)
def test_note_or_another_file_is_no_manuscript(part: Part) -> None:
    assert not is_plain_text(part)


def test_text_beside_a_document_is_no_second_article() -> None:
    found = read("请查收。", MANUSCRIPT, File("说明.txt", ARTICLE.encode(), "text/plain"))
    assert "说明.txt" not in [article.attachment for article in found.articles]


def test_file_without_text_is_refused() -> None:
    with pytest.raises(UnreadableManuscript, match="没有文字"):
        read_plain_text(text_file(b"\r\n \r\n"))
