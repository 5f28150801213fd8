"""Which reader a manuscript gets, by its bytes and not by its name."""

from __future__ import annotations

import pytest

from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.message import Part
from intake.read.docx.package import OpenedPackages
from intake.read.formats import is_fixed_layout, is_word, read_manuscript, with_formats
from intake.read.source import SourceParagraph
from tests.support.legacy import compound_file, flat_opc, rtf
from tests.support.pdf import lines, pdf
from tools.docx_builder import docx, paragraph
from values.errors import UnreadableManuscript

WORD = docx(paragraph("文"))
PDF = pdf(lines("　　文。"))


def part(data: bytes, name: str = "稿件") -> Part:
    return Part(name, "application/octet-stream", "", data, inline=False, forwarded=False, origin="")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (WORD, ManuscriptFormat.WORD),
        (flat_opc(WORD), ManuscriptFormat.WORD),
        (PDF, ManuscriptFormat.FIXED_LAYOUT),
        (b"\xef\xbb\xbf\r\n" + PDF, ManuscriptFormat.FIXED_LAYOUT),
        (compound_file("WordDocument"), ManuscriptFormat.LEGACY),
        (rtf(), ManuscriptFormat.LEGACY),
        (compound_file("Workbook"), ManuscriptFormat.NONE),
        (b"plain text", ManuscriptFormat.NONE),
        (b"", ManuscriptFormat.NONE),
    ],
)
def test_a_manuscript_is_recognised_by_its_bytes(data: bytes, form: ManuscriptFormat) -> None:
    [recognised] = with_formats([part(data, "照片.jpg")], OpenedPackages())
    assert recognised.manuscript_format is form


def test_word_and_fixed_layout_are_separated() -> None:
    assert is_word(WORD)
    assert not is_word(PDF)
    assert is_fixed_layout(part(PDF))
    assert not is_fixed_layout(part(WORD))


@pytest.mark.parametrize("data", [WORD, flat_opc(WORD)])
def test_a_manuscript_is_read_by_the_reader_of_its_format(data: bytes) -> None:
    [block] = read_manuscript(part(data), {}).blocks
    assert isinstance(block, SourceParagraph)
    assert block.text == "文"


def test_any_other_file_is_refused_as_what_it_is() -> None:
    with pytest.raises(UnreadableManuscript, match="这是图片"):
        read_manuscript(part(b"\x89PNG\r\n\x1a\n", "投稿.docx"), {})
