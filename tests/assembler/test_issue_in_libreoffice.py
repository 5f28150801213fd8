"""The issue on paper. GB/T 9704-2012: 22 lines of 28 characters on a page, page numbers — 1 —."""

from __future__ import annotations

import re

import pytest

from assembler.typeset import typeset
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.libreoffice import ToPdf, page_lines
from values.manuscript import Cell, Paragraph, Table

pytestmark = pytest.mark.libreoffice

LONG = "章贡区深化放管服改革持续优化营商环境全力打造五型政府" * 60
NOTICE = Table(
    ((Cell("序号"), Cell("单位名称"), Cell("通报事项")), (Cell("1"), Cell("水西镇"), Cell(LONG[:60]))), (), 1
)


@pytest.fixture(scope="module")
def pages(to_pdf: ToPdf) -> list[list[str]]:
    """The pages of an issue of two articles over several pages, and a notice."""
    made = issue(
        article(
            1,
            Paragraph(LONG),
            Paragraph("二是全力打造。"),
            title=("内外兼修提升学前教育改革发展品质",),
            department="区教体局",
        ),
        article(2, Paragraph("文"), title=("普惠金融改革推动惠企政策落地见效",), department="区金融服务中心"),
        article(3, NOTICE, section="情况通报", byline=None, title=("工作通报",)),
    )
    return page_lines(to_pdf(typeset(made, TEMPLATE, no_picture)))


PAGE_NUMBER = re.compile(r"—\s*\d+\s*—")


def dense(line: str) -> str:
    """Without spaces and the leader before a page number."""
    return re.sub(r"\s|\.{3,}", "", line)


def test_page_one_has_the_masthead_and_the_contents_and_no_article(pages: list[list[str]]) -> None:
    assert [dense(line) for line in pages[0]] == [
        "章贡区“五型”政府建设",
        "工作简报",
        "第70期",
        "区“五型”政府建设领导小组办公室2022年11月8日",
        "1.区教体局",
        "内外兼修提升学前教育改革发展品质2",
        "2.区金融服务中心",
        "普惠金融改革推动惠企政策落地见效4",
        "—1—",
    ]


def test_the_first_article_begins_on_page_two(pages: list[list[str]]) -> None:
    assert [dense(line) for line in pages[1][:2]] == ["内外兼修提升学前教育改革发展品质", "区教体局"]


def test_a_full_page_has_22_lines_of_28_characters(pages: list[list[str]]) -> None:
    body = pages[2][:-1]
    assert len(body) == 22
    assert {len(line) for line in body} == {28}


def test_the_pages_are_numbered(pages: list[list[str]]) -> None:
    numbers = [dense(line) for page in pages for line in page if PAGE_NUMBER.fullmatch(line)]
    assert numbers == [f"—{number}—" for number in range(1, len(pages) + 1)]


def test_the_issue_ends_with_the_notice_and_the_imprint(pages: list[list[str]]) -> None:
    lines = [dense(line) for page in pages[2:] for line in page if not PAGE_NUMBER.fullmatch(line)]
    imprint = lines.index("报：区政府区长、副区长")
    assert lines.index("【情况通报】") < imprint
    assert lines[imprint:] == [
        "报：区政府区长、副区长",
        "发：各镇、街道，全区政府系统部门（单位）",
        "区“五型”政府建设领导小组办公室编",
        "电话：8199917",
        "欢迎大家积极投稿！",
        "投稿邮箱：zgqwxzfb@163.com",
    ]
