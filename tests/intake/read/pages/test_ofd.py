"""What is read from an OFD: characters by their steps, templates, pictures; what is refused."""

from __future__ import annotations

import pytest

from intake.read.pages.ofd import is_ofd, read_ofd
from intake.read.source import SourceDocument, SourceParagraph
from tests.support.docx_reading import png
from tests.support.ofd import image, lines, ofd, path, text
from tools.docx_builder import docx, paragraph, zipped
from values.errors import UnreadableManuscript
from values.manuscript import Picture, Table

_FULL = "甲" * 26


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_ofd(data).omissions}


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableManuscript) as caught:
        read_ofd(data)
    return str(caught.value)


def test_ofd_is_recognised_by_its_bytes() -> None:
    assert is_ofd(ofd(lines("文")))
    assert not is_ofd(docx(paragraph("文")))
    assert not is_ofd(b"%PDF-1.7 OFD.xml")


def test_lines_become_paragraphs_over_the_end_of_a_page() -> None:
    first = text("区教体局工作落实见效", 68, 30, 7.76, more='Weight="700"')
    first += lines(f"　　{_FULL}", "乙乙。", f"　　{_FULL}", y=60)
    document = read_ofd(ofd(first, lines("丙丙丙，", "　　丁丁。")))
    assert document.blocks == (
        SourceParagraph("区教体局工作落实见效", size=22, centred=True, bold=True),
        SourceParagraph(f"{_FULL}乙乙。", size=16),
        SourceParagraph(f"{_FULL}丙丙丙，", size=16),
        SourceParagraph("丁丁。", size=16),
    )
    assert reported(ofd(lines("文")))["fixed-layout"] == ("由 OFD 读出，请核对分段与数字", True)


def test_template_is_part_of_each_page_and_taken_for_a_running_head() -> None:
    data = ofd(lines("　　文一。", y=80), lines("　　文二。", y=80), template=text("内部资料", 90, 15))
    assert texts(read_ofd(data)) == ["文一。", "文二。"]
    assert reported(data)["header-footer"] == ("页眉页脚的文字没有收入：“内部资料”。", False)


def test_picture_stands_in_place_and_an_unknown_format_is_reported() -> None:
    page = lines("　　图前。") + image("7", 50, 60, 60, 40) + image("8", 50, 120, 60, 40) + lines("　　图后。", y=200)
    data = ofd(page, images={"7": ("a.png", png(9, 6)), "8": ("b.jb2", b"\x97JB2 of some kind")})
    before, shown, after = read_ofd(data).blocks
    assert isinstance(shown, Picture)
    assert (shown.content_type, shown.width // 36_000, shown.height // 36_000) == ("image/png", 60, 40)
    assert (type(before), type(after)) == (SourceParagraph, SourceParagraph)
    assert reported(data)["picture-format"] == ("有 1 张图片的格式（如 JBIG2）排版时无法放入，没有收入。", True)


@pytest.mark.parametrize("page", ["", image("7", 0, 0, 210, 297), path(20, 20, 100, 0.2)])
def test_ofd_without_text_asks_for_the_word_file(page: str) -> None:
    assert reason(ofd(page, images={"7": ("a.png", png())})) == "扫描件或图片，没有文字，请发 Word 文稿（.docx）。"


def test_ruling_lines_are_a_table() -> None:
    rules = "".join(path(28, y, 100, 0.2) for y in (60, 80, 100)) + "".join(path(x, 60, 0.2, 40) for x in (28, 128))
    cells = lines("单位", y=70) + lines("区教体局", y=90)
    document = read_ofd(ofd(lines("文") + rules + cells))
    assert [
        [cell.text for cell in row] for block in document.blocks if isinstance(block, Table) for row in block.rows
    ] == [
        ["单位"],
        ["区教体局"],
    ]
    assert "table-as-text" not in reported(ofd(lines("文") + rules + cells))


def test_seal_attachment_and_remark_are_reported() -> None:
    data = ofd(
        lines("文"),
        bodies="<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures>",
        document="<ofd:Annotations>A.xml</ofd:Annotations><ofd:Attachments>B.xml</ofd:Attachments>",
    )
    assert [(rule, serious) for rule, (_, serious) in reported(data).items()] == [
        ("fixed-layout", True),
        ("seal", False),
        ("embedded-object", True),
        ("annotation", True),
    ]


def test_damaged_and_too_large_are_refused() -> None:
    assert "文件损坏" in reason(ofd(lines("文"))[:-40])
    assert reason(zipped({"OFD.xml": b"<OFD/>"})) == "文件损坏，无法打开。请发 Word 文稿（.docx）。"
    assert reason(ofd(*[""] * 201)).startswith("文件有 201 页，超过上限 200 页")
    assert "外部声明" in reason(zipped({"OFD.xml": b"<!DOCTYPE x []><OFD/>"}))
    assert "异常复杂" in reason(ofd(text("文文", 28, 60, steps="g 99999 1 g 99999 1")))
