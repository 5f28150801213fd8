"""Findings in the margin of a draft: each at its very characters, and the file still sound."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from itertools import count
from pathlib import Path

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from assembler.comments import MOST_IN_A_LINE
from assembler.typeset import typeset
from tests.support.drafts import draft_of, typeset_draft
from tests.support.issues import TEMPLATE, article, issue, no_picture
from tests.support.libreoffice import saved_as
from tests.support.projection import projection
from tests.support.remarks import remarks
from values import rules
from values.finding import Finding, Severity
from values.issue import IssueArticle
from values.manuscript import Block, Cell, Heading, Mark, Paragraph, Picture, Table
from values.rules import rule_named

TYPO = Finding(rules.CONFUSABLE_WORD, Severity.WARNING, "“在接再厉”似应为“再接再厉”", 0, 2, 6, "再接再厉")


RULES = count()


def on(paragraph: int | None, start: int | None = None, end: int | None = None, said: str = "？") -> Finding:
    """A remark of a rule of its own."""
    return Finding(rule_named(f"rule-{next(RULES)}"), Severity.INFO, said, paragraph, start, end)


def draft(written: IssueArticle, *findings: Finding) -> bytes:
    whole = issue(written)
    return typeset_draft(whole, draft_of(whole, *findings))


def under(made: bytes) -> list[str]:
    return [characters for characters, _ in remarks(made)]


def test_a_finding_is_a_comment_on_its_very_characters_with_its_gravity_and_what_to_do() -> None:
    made = draft(article(1, Paragraph("我们在接再厉。")), TYPO)
    assert remarks(made) == [("在接再厉", "【疑问】“在接再厉”似应为“再接再厉” / 建议：再接再厉")]


def test_python_docx_reads_author_initials_and_the_date_of_the_issue() -> None:
    made = draft(article(1, Paragraph("我们在接再厉。")), TYPO)
    [comment] = docx.Document(io.BytesIO(made)).comments
    assert (comment.author, comment.initials) == ("审校", "审")
    assert comment.timestamp is not None
    assert comment.timestamp.date() == date(2022, 11, 8)
    assert comment.text == "【疑问】“在接再厉”似应为“再接再厉”\n建议：再接再厉"


def test_comment_without_a_line_is_attached_to_the_title() -> None:
    written = article(1, Paragraph("甲。"), title=("普惠金融", "落地见效"))
    assert under(draft(written, on(None), on(7, 1, 2), on(0))) == ["普惠金融\n落地见效"] * 2 + ["甲。"]


def test_raised_characters_and_line_breaks_survive_a_comment_that_cuts_through_them() -> None:
    text = "面积１２m2，\n合格。"
    written = article(1, Paragraph(text, (Mark(5, 6, "superscript"),)))
    made = draft(written, on(0, 4, 8), on(0, 5, 6))
    assert under(made) == ["m2，\n", "2"]
    assert "面积１２m^(2)， / 合格。" in projection(made)


def test_a_finding_in_a_table_row_stands_on_its_cell() -> None:
    rows = ((Cell("项目"), Cell("金额\n（万元）")), (Cell("甲", colspan=2),), (Cell("乙"), Cell("")))
    body: tuple[Block, ...] = (Paragraph("见表。"), Table(rows), Paragraph("完。"))
    # 项目⇥金额 （万元）: the second cell begins at 3
    findings = (on(1, 0, 2), on(1, 5, 9), on(1, 1, 5), on(2), on(3, 0, 1), on(4, 0, 1))
    made = draft(article(1, *body), *findings)
    assert sorted(under(made)) == sorted(["项目", "目", "（万元", "甲", "乙", "完"])


def test_headings_and_captions_are_lines_and_pictures_without_caption_are_none() -> None:
    picture = Picture("ab", "image/x-unknown", 100, 100)
    body = (
        Heading("一、做法", 1),
        picture,
        Picture("ab", "image/x-unknown", 100, 100, caption="图1 现场"),
        Paragraph("丙。"),
    )
    assert under(draft(article(1, *body), on(0, 2, 4), on(1, 3, 5), on(2, 0, 1))) == ["做法", "现场", "丙"]


def test_beyond_twenty_in_a_paragraph_the_gravest_stay_and_the_rest_are_counted() -> None:
    many = [on(0, place, place + 1) for place in range(30)]
    made = draft(article(1, Paragraph("字" * 40)), *many, TYPO)
    said = [text for _, text in remarks(made)]
    assert len(said) == MOST_IN_A_LINE + 1
    assert any(text.startswith("【疑问】") for text in said)
    assert said[-1] == "此处另有 11 条意见：提示 11 条。用 articles 命令可查看全部。"


def test_a_message_is_text_and_never_markup() -> None:
    made = draft(article(1, Paragraph("甲。")), on(0, 0, 1, "<w:b/> & \x00\n第二行"))
    assert remarks(made) == [("甲", "【提示】<w:b/> &  / 第二行")]


def test_without_a_draft_there_are_no_comments() -> None:
    made = typeset(issue(article(1, Paragraph("我们在接再厉。"))), TEMPLATE, no_picture)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert [name for name in archive.namelist() if "comment" in name] == []
        assert b"comment" not in archive.read("word/document.xml")


def test_libreoffice_keeps_every_comment(soffice: Path, tmp_path: Path) -> None:
    rows = ((Cell("项目"), Cell("金额")), (Cell("乙"), Cell("3")))
    written = article(1, Paragraph("我们在接再厉。"), Table(rows), Paragraph(""))
    findings = (TYPO, on(None), on(0, 0, 4), on(0, 3, 7), on(0, 2, 6), on(1, 3, 4), on(2, 0, 1), on(3))
    made = draft(written, *findings)
    saved = saved_as(soffice, "docx", made, tmp_path, by="docx:MS Word 2007 XML", called="draft.docx")
    assert len(list(docx.Document(io.BytesIO(saved)).comments)) == len(findings) == len(remarks(made))


spans = st.one_of(st.none(), st.integers(-3, 30))
findings = st.lists(st.builds(on, st.one_of(st.none(), st.integers(-1, 6)), spans, spans), max_size=MOST_IN_A_LINE)
marks = st.lists(st.builds(Mark, st.integers(0, 9), st.integers(0, 12), st.just("subscript")), max_size=3).map(tuple)
texts = st.text("甲乙a\n\t ", max_size=12)
cells = st.lists(st.builds(Cell, texts, st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4).map(tuple)
blocks = st.lists(
    st.one_of(st.builds(Paragraph, texts, marks), st.builds(Table, st.lists(cells, max_size=3).map(tuple))), max_size=4
)


@settings(deadline=None, max_examples=60)
@given(blocks, findings)
def test_any_findings_on_any_article_leave_its_text_and_a_sound_file(body: list[Block], found: list[Finding]) -> None:
    written = article(1, *body)
    made = draft(written, *found)
    clean = typeset(issue(written), TEMPLATE, no_picture)
    without_comments, _, _ = projection(made).partition("\nComment|")
    assert without_comments.endswith(projection(clean))
    assert len(remarks(made)) == len(found)
