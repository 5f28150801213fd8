"""正文: headings on lines of their own, and their levels."""

from __future__ import annotations

import pytest

from tests.support.manuscripts import (
    BODY,
    TITLE,
    centred,
    large,
    plain,
    read,
    styled,
)
from values.manuscript import Heading, Paragraph


def test_headings_alone_on_their_line_get_the_level_of_their_label() -> None:
    body = plain(
        "一、加大服务供给", "（一）摸清底数", BODY, "1.建立台账", BODY, "（1）分类登记", BODY, "二、创新引流资金", BODY
    )
    blocks = read(large(TITLE) + body).manuscript.blocks
    assert [(block.text, block.level) for block in blocks if isinstance(block, Heading)] == [
        ("一、加大服务供给", 1),
        ("（一）摸清底数", 2),
        ("1.建立台账", 3),
        ("（1）分类登记", 4),
        ("二、创新引流资金", 1),
    ]


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        (styled("摸清底数", "H2") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 1]),
        (styled("摸清底数", "H1") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 2]),
        (styled("一、摸清底数", "H1") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [1, 2]),
        (styled("（一）摸清底数", "H2") + plain(BODY) + styled("建立台账", "H2") + plain(BODY), [2, 1]),
        (styled("1.摸清底数", "H1") + plain(BODY), [3]),
    ],
)
def test_styled_headings_begin_at_level_one_unless_their_label_gives_the_level(body: str, levels: list[int]) -> None:
    blocks = read(styled(TITLE, "T") + plain(BODY) + body).manuscript.blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


@pytest.mark.parametrize(
    "text",
    [
        "一、加大服务供给。制定普惠金融改革试验区建设工作方案",
        "一、加大服务供给。",
        "二、主要做法：",
        "一、" + "大力引进金融服务主体" * 4,
        "1.5亿元资金已经到位",
        "2022年全区工作情况",
    ],
)
def test_run_in_heading_and_sentence_stay_paragraphs(text: str) -> None:
    assert read(large(TITLE) + plain(BODY, text, BODY)).manuscript.blocks[1] == Paragraph(text)


def test_labelled_lines_without_text_between_are_a_list() -> None:
    blocks = read(large(TITLE) + plain(BODY, "1.身份证", "2.户口簿", "3.申请表")).manuscript.blocks
    assert [type(block) for block in blocks] == [Paragraph] * 4


def set_as(run: str, text: str) -> str:
    return plain(text).replace('<w:sz w:val="32"/>', f'{run}<w:sz w:val="32"/>')


BOLD, HEI = "<w:b/>", '<w:rFonts w:ascii="Times New Roman" w:eastAsia="黑体"/>'


@pytest.mark.parametrize("run", [BOLD, HEI])
@pytest.mark.parametrize(
    ("body", "levels"),
    [
        (["*夯实办园基础", BODY, "*提升保教质量", BODY], [1, 1]),
        (["*一、夯实办园基础", BODY, "*提升保教质量", BODY], [1, 1]),
        (["一、夯实办园基础", "*建好园舍", BODY, "*配齐教师", BODY], [1, 2, 2]),
        (["*夯实办园基础", BODY, BODY], []),
        (["*建好园舍", "*配齐教师", "*用好资源"], []),
        (["*夯实办园基础。", BODY, "*提升保教质量。", BODY], []),
        (["*夯实基础，提升质量，", BODY, "*用好资源：", BODY], []),
    ],
)
def test_lines_set_off_alike_above_their_text_are_headings(run: str, body: list[str], levels: list[int]) -> None:
    lines = "".join(set_as(run, text[1:]) if text.startswith("*") else plain(text) for text in body)
    blocks = read(large(TITLE) + centred("区教体局") + plain(BODY) + lines).manuscript.blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


def test_centred_lines_alike_are_headings_and_verses_are_not() -> None:
    headings = centred("夯实办园基础") + plain(BODY) + centred("提升保教质量") + plain(BODY)
    verses = centred("一心为民", "两袖清风", "三尺讲台")
    blocks = read(large(TITLE) + plain("区教体局", BODY) + headings + verses).manuscript.blocks
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["夯实办园基础", "提升保教质量"]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [
        (("第一部分　工作情况", "一、主要做法", "（一）摸清底数"), [1, 2, 3]),
        (("第一章　总则", "一、适用范围"), [1, 2]),
        (("第一编　总论", "第一章 总则", "第一节 范围", "一、对象"), [1, 2, 3, 4]),
        (("一、前言", "第一章　总则", "二、对象"), [1, 1, 2]),
        (("第一条的规定", "一、对象"), [1]),
    ],
)
def test_chapters_are_above_labelled_headings(lines: tuple[str, ...], levels: list[int]) -> None:
    body = "".join(plain(line, BODY) for line in lines)
    blocks = read(large(TITLE) + plain(BODY) + body).manuscript.blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == levels


def test_chapter_named_in_a_sentence_is_text() -> None:
    blocks = read(large(TITLE) + plain(BODY, "第一章规定了适用范围，第二章规定了对象。")).manuscript.blocks
    assert all(isinstance(block, Paragraph) for block in blocks)
