"""The issue of an ordinary week, printed and measured against GB/T 9704-2012, to the millimetre."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import etree

from assembler import styles
from assembler.typeset import typeset
from tests.support.docx_reading import png
from tests.support.editing import members
from tests.support.issues import MASTHEAD, TEMPLATE, article, issue
from tests.support.libreoffice import ToPdf
from tests.support.page_measures import Line, Sheet, sheets
from tests.support.projection import W
from values.manuscript import Cell, Heading, Paragraph, Picture, Table

pytestmark = pytest.mark.libreoffice

MM = 1.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
CHARACTER = 15.75 / 72 * 25.4

SENTENCE = "章贡区深化放管服改革持续优化营商环境全力打造五型政府"
LONG = "努力建成多元支撑、多层供给、多方参与的居家社区养老服务体系"
LATIN = "区市场监管局2022年贯彻落实《优化营商环境条例》取得ISO9001认证成效明显"
PHOTOGRAPH = Picture("a" * 64, "image/png", 5_040_000, 2_520_000, caption="图1 便民服务中心办事大厅")
NOTICE = Table(
    tuple(tuple(map(Cell, row)) for row in (("序号", "单位名称", "通报事项"), ("1", "水西镇", SENTENCE * 2))), (), 1
)
ISSUE = issue(
    article(
        1,
        Heading("一、加大服务供给", 1),
        Paragraph(SENTENCE * 60),
        Heading("（一）拓宽信贷渠道", 2),
        Paragraph(SENTENCE * 6),
        Heading("1.建立信息库", 3),
        Paragraph(SENTENCE * 2),
        Heading("（1）筛选匹配", 4),
        Paragraph(f"今年以来，新增贷款20412.9万元，GDP增长“5.6%”——{SENTENCE}"),
        title=(LONG,),
        department="区民政局",
    ),
    article(2, Paragraph(SENTENCE * 3), PHOTOGRAPH, Paragraph(SENTENCE), title=(LATIN,), department="区教体局"),
    article(3, NOTICE, section="情况通报", byline=None, title=("2022年10月份全区“五型”政府建设", "工作通报")),
)


@pytest.fixture(scope="module")
def paper(to_pdf: ToPdf) -> list[Sheet]:
    return sheets(to_pdf(typeset(ISSUE, TEMPLATE, lambda sha256: png(200, 100))))


def titles(paper: list[Sheet]) -> list[Line]:
    return [line for sheet in paper for line in sheet.lines if round(line.size) == 22]


def body_lines(sheet: Sheet) -> list[Line]:
    return [line for line in sheet.lines if round(line.size) == 16]


def test_the_text_area_is_156_by_225_millimetres(paper: list[Sheet]) -> None:
    full = paper[2]
    assert (round(full.width), round(full.height)) == (210, 297)
    lines = body_lines(full)
    assert {round(line.left) for line in lines} == {28}
    assert max(line.right for line in lines) == pytest.approx(RIGHT, abs=MM)
    # A line of exactly 28.95 pt stands with its characters in its lower part.
    assert lines[0].baseline - 28.95 * 0.8 / 72 * 25.4 == pytest.approx(TOP, abs=MM)
    assert lines[-1].baseline + 28.95 * 0.2 / 72 * 25.4 == pytest.approx(BOTTOM, abs=MM)


def test_a_full_page_of_body_has_22_lines_of_28_characters(paper: list[Sheet]) -> None:
    lines = body_lines(paper[2])
    assert len(lines) == 22
    assert {len(line.text) for line in lines} == {28}


def test_a_paragraph_begins_two_characters_in_and_goes_on_at_the_margin(paper: list[Sheet]) -> None:
    first = paper[1].line(SENTENCE[:10])
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=MM)
    after = paper[1].lines[paper[1].lines.index(first) + 1]
    assert after.left == pytest.approx(LEFT, abs=MM)


def test_titles_of_22_points_stand_in_the_middle(paper: list[Sheet]) -> None:
    for line in titles(paper):
        # A full-width mark at either end carries half a character of white.
        assert (line.left + line.right) / 2 == pytest.approx(
            (LEFT + RIGHT) / 2, abs=4 if line.text[-1] in "、》" else 2
        )


def test_titles_break_between_words_and_leave_no_character_alone(paper: list[Sheet]) -> None:
    lines = [line.text for line in titles(paper)]
    assert "".join(lines) == f"{LONG}{LATIN}2022年10月份全区“五型”政府建设工作通报"
    assert all(len(line) > 2 for line in lines)
    for before, after in pairwise(lines):
        assert not re.fullmatch(r"[A-Za-z0-9]{2}", before[-1] + after[0])
    assert lines[:2] == ["努力建成多元支撑、多层供给、", "多方参与的居家社区养老服务体系"]
    assert lines[2:5] == ["区市场监管局2022年贯彻", "落实《优化营商环境条例》", "取得ISO9001认证成效明显"]


def test_headings_stand_two_characters_in_and_have_the_fonts_of_their_levels(paper: list[Sheet]) -> None:
    """The fonts by name in the template: on paper they come out as whatever stands in for them here."""
    lines = {line.text: line for sheet in paper for line in sheet.lines}
    for text in ("一、加大服务供给", "（一）拓宽信贷渠道", "1.建立信息库", "（1）筛选匹配"):
        assert lines[text].left == pytest.approx(LEFT + 2 * CHARACTER, abs=MM)
        assert round(lines[text].size) == 16
    named = etree.fromstring(members(TEMPLATE)["word/styles.xml"])
    fonts = {style.get(W + "styleId"): style.find(f"{W}rPr/{W}rFonts") for style in named.iter(W + "style")}
    levels = [element for level in styles.HEADINGS if (element := fonts[level]) is not None]
    assert [level.get(W + "eastAsia") for level in levels] == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]


def test_the_masthead_is_red_above_a_red_rule_as_wide_as_the_text(paper: list[Sheet]) -> None:
    front = paper[0]
    [rule] = front.rules
    assert rule.colour == (255, 0, 0)
    assert [rule.left, rule.right] == pytest.approx([LEFT, RIGHT], abs=MM)
    assert rule.y < TOP + 225 / 3
    for text, size in (("章贡区", 28), ("工作简报", 56)):
        line = front.line(text)
        assert round(line.size) == size
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=2.5)


@pytest.mark.parametrize(
    ("kind", "name"), [("简报", "信访"), ("工作简报", "章贡区“五型”政府建设"), ("信访工作简报", "章贡区")]
)
def test_the_kind_is_large_and_on_a_line_of_its_own(to_pdf: ToPdf, kind: str, name: str) -> None:
    masthead = replace(MASTHEAD, title=name, kind=kind, marking="内部资料 注意保存", registration="赣内资第12号")
    front = sheets(to_pdf(typeset(issue(article(1), masthead=masthead), TEMPLATE, lambda sha256: b"")))[0]
    assert [line.text for line in front.lines[:3]] == ["内部资料注意保存赣内资第12号", name, kind]
    assert front.lines[0].left == pytest.approx(LEFT, abs=MM)
    assert front.lines[0].right == pytest.approx(RIGHT, abs=MM)
    assert front.rules[0].y < TOP + 225 / 3


def test_page_numbers_stand_outside_7_millimetres_below_the_text(paper: list[Sheet]) -> None:
    one_character = 14 / 72 * 25.4
    for number, sheet in enumerate(paper, 1):
        line = sheet.lines[-1]
        assert (line.text, round(line.size)) == (f"—{number}—", 14)
        middle_of_dash = line.baseline - 0.37 * one_character
        assert middle_of_dash == pytest.approx(BOTTOM + 7, abs=MM)
        if number % 2:
            assert line.right == pytest.approx(RIGHT - one_character, abs=MM)
        else:
            assert line.left == pytest.approx(LEFT + one_character, abs=MM)


def test_the_imprint_stands_at_the_foot_of_the_last_page_between_its_rules(paper: list[Sheet]) -> None:
    rules = [rule for rule in paper[-1].rules if rule.y > 150]
    assert len(rules) == 3
    for rule in rules:
        assert [rule.left, rule.right] == pytest.approx([LEFT, RIGHT], abs=MM)
    assert rules[-1].y == pytest.approx(BOTTOM, abs=MM)
    recipients = paper[-1].line("报：")
    assert rules[0].y < recipients.baseline < rules[1].y < paper[-1].line("电话：").baseline < rules[2].y
    assert recipients.left == pytest.approx(LEFT + 14 / 72 * 25.4, abs=MM)


def test_a_wide_table_stands_on_landscape_pages_of_its_own_under_its_header(to_pdf: ToPdf) -> None:
    header = tuple(Cell(f"指标{number}") for number in range(1, 11))
    rows = tuple(tuple(Cell(f"{row}.{column}万元") for column in range(10)) for row in range(30))
    made = issue(article(1, Paragraph("前文。"), Table((header, *rows), (), 1), Paragraph("后文。"), title=("标题",)))
    found = sheets(to_pdf(typeset(made, TEMPLATE, lambda sha256: b"")))
    landscape = [sheet for sheet in found if sheet.width > sheet.height]
    assert [found.index(sheet) for sheet in landscape] == [2, 3]
    for sheet in landscape:
        assert sheet.lines[0].text.startswith("指标1")
        assert min(rule.left for rule in sheet.rules) == pytest.approx(35, abs=MM)
        assert max(rule.right for rule in sheet.rules) == pytest.approx(35 + 225, abs=MM)
    assert [sheet.lines[-1].text for sheet in found] == [f"—{number}—" for number in range(1, 6)]
    assert found[4].lines[0].text == "后文。"
    assert found[4].lines[0].left == pytest.approx(LEFT + 2 * CHARACTER, abs=MM)


def test_the_imprint_never_covers_the_text(to_pdf: ToPdf) -> None:
    """Whatever room the last page leaves."""
    for more in (7, 12, 15, 18, 21, 22):
        made = issue(article(1, *[Paragraph("一行。")] * more, title=("标题",)))
        last = sheets(to_pdf(typeset(made, TEMPLATE, lambda sha256: b"")))[-1]
        first_rule = min(rule.y for rule in last.rules)
        assert all(line.baseline < first_rule for line in last.lines if round(line.size) == 16)
        assert max(rule.y for rule in last.rules) == pytest.approx(BOTTOM, abs=MM)
