"""Manuscripts told apart into title, byline, body and lines for the office, from real bytes."""

from __future__ import annotations

import time

import pytest

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument, SourceParagraph
from intake.read.structure.division import Structured, structure
from tests.support.manuscripts import (
    BODY,
    DEPARTMENTS,
    SECTIONS,
    TITLE,
    centred,
    large,
    parts_of,
    plain,
    read,
)
from tools import sample_manuscripts as samples
from values.errors import UnreadableManuscript
from values.manuscript import Cell, Paragraph, Table


def of_sample(data: bytes) -> Structured:
    return structure(read_docx(data), DEPARTMENTS, SECTIONS, "稿件.docx")


@pytest.mark.parametrize(
    ("name", "data", "department"),
    [
        ("01-jtj", samples.plain("01-jtj"), "区教体局"),
        ("02-rsj", samples.boxed_and_tracked("02-rsj", deleted="印发", inserted="出台"), "区人社局"),
        ("03-jrfwzx", samples.numbered("03-jrfwzx"), "区金融服务中心"),
        ("04-mzj", samples.controlled_and_commented("04-mzj", "请再核对。"), "区民政局"),
        ("11-private-address", samples.plain("11-private-address"), "区民政局"),
    ],
)
def test_sample_manuscript_gives_title_byline_and_paragraphs_as_printed(
    name: str, data: bytes, department: str
) -> None:
    title, byline, *body = samples.lines_of(name)
    result = of_sample(data)
    assert parts_of(result) == ((title,), byline, body, ())
    assert {type(block) for block in result.manuscript.blocks} == {Paragraph}
    assert (result.section, result.findings, result.byline_department) == (None, (), department)


def test_sample_lines_for_the_office_stay_out_of_print() -> None:
    lines = ("撰稿：张敏    审核：刘建军", "联系电话：8190001")
    title, byline, *body = samples.lines_of("01-jtj")
    assert parts_of(of_sample(samples.plain("01-jtj", lines))) == ((title,), byline, body, lines)


def test_sample_notice_names_its_section_and_keeps_its_title_in_two_lines() -> None:
    result = of_sample(samples.notice("05-notice"))
    assert result.section == "情况通报"
    assert result.manuscript.title_lines == ("2022年10月份全区“五型”政府建设", "工作通报")
    assert (result.manuscript.byline, result.findings) == (None, ())
    [table] = result.manuscript.blocks
    assert isinstance(table, Table)
    assert result.manuscript.lines[1].startswith("1\t水西镇\t")


def test_title_and_byline_in_one_paragraph_are_separated() -> None:
    assert parts_of(read(large(f"{TITLE}\n区教体局") + plain(BODY)))[:2] == ((TITLE,), "区教体局")


def test_article_pasted_as_one_paragraph_is_divided_line_by_line() -> None:
    assert parts_of(read(plain(f"{TITLE}\n区教体局\n{BODY}\n{BODY}"))) == ((TITLE,), "区教体局", [BODY, BODY], ())


def test_line_breaks_inside_the_body_part_paragraphs() -> None:
    blocks = read(
        large(TITLE) + centred("区教体局") + centred("一心为民\n两袖清风") + plain(BODY + "\n" + BODY)
    ).manuscript.blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["一心为民", "两袖清风", BODY, BODY]


def test_units_on_several_lines_below_the_title_sign_together() -> None:
    result = read(large(TITLE) + centred("区教体局", "区人社局") + plain(BODY))
    assert parts_of(result) == ((TITLE,), "区教体局、区人社局", [BODY], ())
    assert result.byline_departments == ("区教体局", "区人社局")


def test_byline_in_brackets_after_the_last_sentence_is_reported() -> None:
    assert parts_of(read(large(TITLE) + plain(BODY + "（区教体局 张敏）"))) == (
        (TITLE,),
        "区教体局",
        [BODY],
        ("（区教体局 张敏）",),
    )


@pytest.mark.parametrize(
    "line",
    [
        "联系人：由社区干部担任，做到户户有人管、事事有人问、件件有着落",
        "审核：严把就业援助、高校毕业生、职业培训各项政策的审核关。",
        "目前，全区已建成服务中心94个（含区民政局）",
        "一是区教体局",
        "2022年11月1日起施行",
    ],
)
def test_text_of_the_body_is_never_taken_for_a_line_for_the_office(line: str) -> None:
    assert parts_of(read(large(TITLE) + plain(line, BODY, line))) == ((TITLE,), None, [line, BODY, line], ())


@pytest.mark.parametrize(
    ("head", "section", "title"),
    [
        (plain("【情况通报】") + large("关于外事工作的通报"), "情况通报", "关于外事工作的通报"),
        (large("【情况通报】关于外事工作的通报"), "情况通报", "关于外事工作的通报"),
        (large("全区“五型”政府建设工作通报"), "情况通报", "全区“五型”政府建设工作通报"),
        (large("全区信访情况通报"), "情况通报", "全区信访情况通报"),
        (large("【经验交流】", TITLE), None, f"【经验交流】{TITLE}"),
    ],
)
def test_section_is_recognised_by_its_mark_or_by_the_title(head: str, section: str | None, title: str) -> None:
    result = read(head + plain(BODY))
    assert (result.section, result.manuscript.title) == (section, title)


def test_section_the_bulletin_does_not_have_is_never_given() -> None:
    document = read_docx(samples.notice("05-notice"))
    assert structure(document, DEPARTMENTS, ("",)).section is None


def test_document_without_anything_is_refused_in_words_a_clerk_understands() -> None:
    with pytest.raises(UnreadableManuscript, match="没有文字"):
        structure(SourceDocument((SourceParagraph("　 "),)), DEPARTMENTS, SECTIONS)


@pytest.mark.parametrize(
    "bait",
    [
        "（",
        "一",
        "区教体局",
        "撰稿：",
        "1",
        " ",
        "是",
        "\n",
        "联系电话",
        "张 ",
        "第12期",
        "2022年",
        "——",
        "办：",
        "您好",
    ],
)
def test_very_long_line_is_divided_in_no_time(bait: str) -> None:
    text = "甲" + bait * (100_000 // len(bait)) + "甲"
    cell = Table(((Cell(text[1:]),), (Cell(text),)))
    document = SourceDocument((SourceParagraph(text), SourceParagraph(text[1:]), cell, SourceParagraph(text)))
    begun = time.process_time()
    structure(document, DEPARTMENTS, SECTIONS)
    assert time.process_time() - begun < 5
