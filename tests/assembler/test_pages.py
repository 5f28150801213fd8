"""Articles on the page: bylines, headings, tables that follow each other."""

from __future__ import annotations

import pytest

from assembler.typeset import typeset
from tests.support.docx_rules import violations
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
