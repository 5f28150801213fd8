"""What the editor is told about a fixed-layout file."""

from __future__ import annotations

import pytest

from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from tests.support import pdf as make
from tests.support.pdf import lines, pdf, picture, show

_FLAG = ("fixed-layout", "由 PDF 读出，请核对分段与数字", True)


_PAGE = picture("I", 0, 0, make.WIDTH, make.HEIGHT)


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def test_every_pdf_is_flagged_to_be_compared() -> None:
    (only,) = read_pdf(pdf(lines("　　文。"))).omissions
    assert (only.rule.name, only.message, only.serious) == _FLAG


@pytest.mark.parametrize(
    "page",
    [_PAGE + show("　　识别的字", 80, 700, state="3 Tr"), show("识别的字", 112, 700) + _PAGE],
    ids=["invisible over the picture", "under the picture"],
)
def test_searchable_scan_is_read_only_with_a_warning(page: str) -> None:
    data = pdf(page, lines("　　打印的字。"), images={"I": make.image()})
    assert texts(read_pdf(data)) == ["识别的字", "打印的字。"]
    assert reported(data)["scan-with-text"] == ("第 1 页是扫描件，文字由识别而来，须逐字核对。", True)
    assert "hidden-text" not in reported(data)
    assert read_pdf(data).media == ()


def test_scanned_page_among_others_is_reported() -> None:
    data = pdf(lines("　　文。"), _PAGE, images={"I": make.image()})
    assert reported(data)["scan-without-text"] == (
        "第 2 页是扫描件或图片，没有文字，没有读入。请对方发 Word 文稿。",
        True,
    )
