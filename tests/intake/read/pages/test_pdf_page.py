"""The characters of a PDF page: which a reader sees, where, and how large."""

from __future__ import annotations

import pytest

from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from tests.support.pdf import lines, pdf, show


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, SourceParagraph)]


def reported(data: bytes) -> dict[str, tuple[str, bool]]:
    return {one.rule.name: (one.message, one.serious) for one in read_pdf(data).omissions}


def test_font_name_and_size_tell_what_is_bold_and_large() -> None:
    document = read_pdf(pdf(show("标题", 275.5, 760, 22, font="F2") + lines("　　正文第一段。", "　　正文第二段。")))
    assert document.blocks[:2] == (
        SourceParagraph("标题", size=22, centred=True, bold=True),
        SourceParagraph("正文第一段。", size=16),
    )


def test_raised_small_characters_are_superscripts() -> None:
    found = read_pdf(pdf(show("m", 100, 600) + show("2", 108.5, 606, 8) + show("的面积", 113, 600)))
    (paragraph,) = found.blocks
    assert isinstance(paragraph, SourceParagraph)
    assert (paragraph.text, [(mark.start, mark.end, mark.kind) for mark in paragraph.marks]) == (
        "m2的面积",
        [(1, 2, "superscript")],
    )


def test_radicals_that_stand_for_characters_become_those() -> None:
    assert texts(read_pdf(pdf(lines("⼯作ﬁle")))) == ["工作file"]


def test_rotated_page_is_read_as_it_is_shown() -> None:
    assert texts(read_pdf(pdf(show("横放的一页", 100, 200, turn="0 1 -1 0"), page="/Rotate 90"))) == ["横放的一页"]


@pytest.mark.parametrize(
    "hidden",
    [
        show("看不见的话", 100, 400, state="3 Tr"),
        show("看不见的话", 100, 400, state="1 g"),
        show("看不见的话", 100, 400, size=2),
        show("看不见的话", 700, 400),
        show("看不见的话", 100, 400) + "0 g 90 390 300 40 re f\n",
    ],
    ids=["invisible", "white", "tiny", "off the page", "painted over"],
)
def test_text_that_nobody_sees_is_left_out_and_reported(hidden: str) -> None:
    data = pdf(lines("　　看得见。") + hidden)
    assert texts(read_pdf(data)) == ["看得见。"]
    assert reported(data)["hidden-text"] == ("有 5 个看不见的文字没有收入：“看不见的话”。", True)


def test_white_text_on_a_dark_ground_is_seen() -> None:
    data = pdf("0 0 0.6 rg 70 700 400 40 re f\n" + show("白字", 100, 712, state="1 g"))
    assert texts(read_pdf(data)) == ["白字"]
    assert list(reported(data)) == ["fixed-layout"]


def test_slanted_text_is_left_out_and_reported() -> None:
    data = pdf(lines("　　文。") + show("机密", 200, 300, 60, turn="0.7 0.7 -0.7 0.7"))
    assert texts(read_pdf(data)) == ["文。"]
    assert reported(data)["turned-text"] == ("有 2 个斜排或竖排的文字（如水印）没有收入。", True)
