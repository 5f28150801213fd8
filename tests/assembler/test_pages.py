"""Articles on the page: bylines, headings, tables that follow each other."""

from __future__ import annotations

import pytest

from assembler.typeset import typeset
from tests.support.docx_rules import violations
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.projection import projection
from values.issue import Issue
from values.manuscript import Cell, Heading, Paragraph, Table

FRONT = [
    "Masthead|章贡区“五型”政府建设 工作简报",
    "IssueNumber|第70期",
    "IssueLine|区“五型”政府建设领导小组办公室 ⇥ 2022年11月8日",
]


BACK = [
    "ImprintTable|报：区政府区长、副区长 / 发：各镇、街道，全区政府系统部门（单位）",
    "ImprintTable|区“五型”政府建设领导小组办公室编 / 电话：8199917 / 欢迎大家积极投稿！ / 投稿邮箱：zgqwxzfb@163.com",
]


def lines(made: Issue, template: bytes = TEMPLATE) -> list[str]:
    """The projection of the issue, which must be a sound file."""
    data = typeset(made, template, no_picture)
    assert violations(data) == []
    return projection(data).splitlines()


def body(made: Issue) -> list[str]:
    """The lines between masthead and imprint."""
    found = lines(made)
    return [line for line in found if line not in FRONT and line not in BACK]


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
