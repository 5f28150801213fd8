"""Articles on the page: bylines, headings, tables that follow each other."""

from __future__ import annotations

import pytest

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.editing import members
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import projection
from tests.support.typeset_issues import body, lines
from values.manuscript import Cell, Heading, Paragraph, Table


def test_typeset_signs_with_the_register_s_name_and_else_as_the_author_signed() -> None:
    made = issue(article(1, department="区教体局", byline="区教育局"), article(2, department="", byline="某镇"))
    assert [line for line in lines(made) if line.startswith("Byline")] == ["Byline|区教体局", "Byline|某镇"]


def test_typeset_signs_a_notice_only_when_its_author_did() -> None:
    made = issue(
        article(1, section="情况通报", byline=None, department="区督查室"),
        article(2, section="情况通报", byline="督查室", department="区督查室"),
    )
    assert [line for line in lines(made) if line.startswith("Byline")] == ["Byline|区督查室"]


def test_typeset_shows_that_a_title_is_missing() -> None:
    assert "ArticleTitle|〔无标题〕" in lines(issue(article(title=())))


@pytest.mark.parametrize(("level", "style"), [(-1, 1), (1, 1), (2, 2), (3, 3), (4, 4), (9, 4)])
def test_typeset_sets_headings_by_level(level: int, style: int) -> None:
    assert body(issue(article(1, Heading("标题", level))))[-1] == f"Heading{style}|标题"


def test_typeset_keeps_tables_that_follow_each_other_apart() -> None:
    one = Table(((Cell("甲"),),))
    data = typeset(issue(article(1, one, one, Paragraph("文"), one)), TEMPLATE, no_picture)
    assert violations(data) == []
    assert projection(data).count("BulletinTable|甲") == 3


NUMBERS = Table(((Cell("单位"), Cell("完成数")), (Cell("水西镇"), Cell("123.5"))), (), 1)
WIDE = Table((tuple(Cell(f"栏目{number}") for number in range(14)),))
WIDE_LINE = "BulletinTable|" + "|".join(f"栏目{number}" for number in range(14))


@pytest.mark.parametrize("unit", ["单位：万元", "（单位：万元）", "计量单位: 人次", "金额单位：万元、%"])
def test_a_unit_line_stays_with_the_table_below_it_and_the_name_above_it_with_both(unit: str) -> None:
    made = issue(article(1, Heading("一、进度", 1), Paragraph("表1 各镇完成情况"), Paragraph(unit), NUMBERS))
    assert body(made)[-4:] == [
        "PictureCaption|表1 各镇完成情况",
        f"PictureCaption|{unit}",
        "BulletinTable|单位|完成数",
        "BulletinTable|水西镇|123.5",
    ]
    document = members(typeset(made, TEMPLATE, no_picture))["word/document.xml"].decode()
    assert document.count("<w:keepNext/>") == 2
    assert document.count('<w:keepNext/><w:jc w:val="right"/>') == 1


def test_a_unit_is_no_unit_line_in_a_sentence_or_without_a_table() -> None:
    sentence = "单位：区教体局，区人社局，区民政局。"
    made = issue(
        article(1, Paragraph("文。"), Paragraph(sentence), NUMBERS, Paragraph("单位：万元"), Paragraph("文。"))
    )
    assert [line for line in body(made) if line.startswith("PictureCaption")] == []


PASSED_BY = ["BodyText|后文。", "PictureCaption|表1 完成情况", WIDE_LINE, "Heading1|一、做法"]
IN_PLACE = ["PictureCaption|表1 完成情况", WIDE_LINE, "BodyText|后文。", "Heading1|一、做法"]


@pytest.mark.parametrize(
    ("reference", "after"),
    [
        ("完成情况见表1。", PASSED_BY),
        ("表1显示，进展顺利。", PASSED_BY),
        ("完成情况见表2。", IN_PLACE),
        ("完成情况见表12。", IN_PLACE),
        ("人大代表1人、村民代表1名参加。", IN_PLACE),
        ("填写登记表1份、统计表1张。", IN_PLACE),
    ],
)
def test_text_passes_by_a_wide_table_that_it_refers_to_by_its_number(reference: str, after: list[str]) -> None:
    blocks = (Paragraph(reference), Paragraph("表1 完成情况"), WIDE, Paragraph("后文。"), Heading("一、做法", 1))
    found = [line for line in body(issue(article(1, *blocks, Paragraph("文。")))) if not line.startswith("BreakLine")]
    lines_of_text = [line for line in found if line.partition("|")[2]]
    assert lines_of_text[lines_of_text.index(f"BodyText|{reference}") + 1 :][:4] == after


def test_two_wide_tables_with_a_reference_each_keep_their_order_on_one_page() -> None:
    second = (Paragraph("表2 完成情况"), WIDE)
    made = issue(article(1, Paragraph("见表1、表2。"), Paragraph("表1 完成情况"), WIDE, *second, Paragraph("后文。")))
    document = members(typeset(made, TEMPLATE, no_picture))["word/document.xml"].decode()
    assert document.count('w:orient="landscape"') == 2
    assert document.index("表1 完成情况") < document.index("表2 完成情况")
    assert document.index("后文。") < document.index("表2 完成情况")
