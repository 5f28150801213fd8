"""Articles in the ledger: what was written comes back character for character; every decision is on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from archive import article_changes, articles, letters, revisions
from archive.database import Ledger
from archive.manuscripts import findings_json
from archive.revisions import NewArticle
from archive.schema import decision, revision
from tests.support.ledger_rows import AT, BULLETIN, add_article, keep_letter, new_article, sha256
from values import rules
from values.errors import BadUsage
from values.finding import Finding, Severity
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

FULL = Manuscript(
    title_lines=("普惠金融改革推动", "惠企政策落地见效——𠮷田镇🎉"),
    byline="区金融服务中心",
    blocks=(
        Heading("一、加大服务供给", 1),
        Paragraph(
            "共120m2，CO2减排；㛃、𬭬、👨‍👩‍👧、e\u0301。\n第二行", (Mark(5, 6, "superscript"), Mark(9, 10, "subscript"))
        ),
        Table(
            ((Cell("单位", rowspan=2), Cell("投稿", colspan=2)), (Cell("篇数"), Cell("采用\n篇数")), (Cell("\t"),)),
            widths=(2000, 1500, 1500),
            header_rows=2,
        ),
        Picture(sha256("picture"), "image/png", 914_400, 457_200, "现场“照片”", "图1 现场"),
        Paragraph(""),
    ),
    house_lines=("撰稿：张三  电话：8199917",),
)
FINDINGS = (
    Finding(rules.NO_BYLINE, Severity.WARNING, "没有署名"),
    Finding(rules.DOUBLED_MARK, Severity.ERROR, "标点重复", 1, 3, 5, "，"),
)


def decisions(ledger: Ledger) -> list[tuple[int, str, str, str, str]]:
    with ledger.reading() as reading:
        rows = reading.sql.execute(select(decision).order_by(decision.c.id)).mappings().all()
    assert all(row["decided_at"] == AT for row in rows)
    return [(row["article_id"], row["before"], row["after"], row["who"], row["note"]) for row in rows]


def change(ledger: Ledger, article_id: int, to: ArticleStatus, note: str = "") -> articles.ArticleRecord:
    with ledger.writing() as writing:
        return article_changes.change_status(
            writing, articles.article_named(writing, article_id), to, who="王编辑", note=note, at=AT
        )


def test_picture_written_before_there_were_captions_has_none(ledger: Ledger) -> None:
    picture = Picture(sha256("picture"), "image/png", 914_400, 457_200)
    with ledger.writing() as writing:
        one = add_article(writing, new_article("投稿", manuscript=Manuscript(("标题",), None, (picture,))))
        old = writing.sql.execute(select(revision.c.manuscript)).scalar_one().replace('"caption":"",', "")
        assert "caption" not in old
        writing.sql.execute(update(revision).values(manuscript=old))
    with ledger.reading() as reading:
        assert articles.article_named(reading, one).manuscript.blocks == (picture,)


def test_article_comes_back_as_it_was_written(ledger: Ledger) -> None:
    new = new_article("投稿", manuscript=FULL, findings=FINDINGS, section="情况通报", department="区金融服务中心")
    with ledger.writing() as writing:
        article_id = add_article(writing, new)
    with ledger.reading() as reading:
        found = articles.article_named(reading, article_id)
    assert found.manuscript == FULL
    assert found.findings == FINDINGS
    assert (found.section, found.department, found.confirmed) == ("情况通报", "区金融服务中心", True)
    assert (found.status, found.revision, found.issue) == (ArticleStatus.DRAFT, 1, None)
    assert (found.attachment, found.letter_sha256) == ("投稿.docx", sha256("letter with 投稿.docx"))


def test_revision_is_the_article_from_then_on_and_the_earlier_one_stays(ledger: Ledger) -> None:
    first = new_article("投稿", department="区民政局")
    better = replace(first, manuscript=FULL, findings=FINDINGS, text_sha256=sha256("better"), department="别的单位")
    with ledger.writing() as writing:
        article_id = add_article(writing, first)
        letter_id = keep_letter(writing, "letter with 投稿.docx")
        revisions.add_revision(writing, articles.article_named(writing, article_id), letter_id, better, at=AT)
        record = articles.article_named(writing, article_id)
        same = [
            revisions.same_article(writing, replace(first, content_sha256="")),
            revisions.same_article(writing, better),
        ]
        kept = writing.sql.execute(select(revision.c.number, revision.c.text_sha256).order_by(revision.c.number)).all()
    assert (record.revision, record.manuscript, record.findings) == (2, FULL, FINDINGS)
    assert (record.department, record.status) == ("区民政局", ArticleStatus.DRAFT)
    assert [tuple(row) for row in kept] == [(1, first.text_sha256), (2, better.text_sha256)]
    assert same == [record, record]


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
paragraphs = st.builds(Paragraph, texts, st.lists(st.builds(Mark, st.integers(0, 9), st.integers(0, 9))).map(tuple))
cells = st.builds(Cell, texts, st.integers(1, 4), st.integers(1, 4))
tables = st.builds(
    Table,
    st.lists(st.lists(cells, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(st.integers(0, 9000), max_size=3).map(tuple),
    st.integers(0, 2),
)
pictures = st.builds(Picture, texts, texts, st.integers(0, 2**40), st.integers(0, 2**40), texts)
blocks = st.one_of(paragraphs, st.builds(Heading, texts, st.integers(1, 4)), tables, pictures)
manuscripts = st.builds(
    Manuscript,
    st.lists(texts, max_size=2).map(tuple),
    st.none() | texts,
    st.lists(blocks, max_size=4).map(tuple),
    st.lists(texts, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(manuscript=manuscripts)
def test_any_manuscript_comes_back_as_it_was_written(ledger: Ledger, manuscript: Manuscript) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("任何稿件", manuscript=manuscript))
        assert articles.article_named(writing, article_id).manuscript == manuscript


@pytest.mark.parametrize(
    ("changes", "known"),
    [
        pytest.param({}, True, id="the same file"),
        pytest.param({"content_sha256": sha256("saved again")}, True, id="the same text in another file"),
        pytest.param({"text_sha256": sha256("read by a newer version")}, True, id="the same file, read otherwise"),
        pytest.param({"content_sha256": sha256("x"), "text_sha256": sha256("y")}, False, id="another text"),
        pytest.param({"bulletin": "xinxi"}, False, id="another bulletin"),
    ],
)
def test_same_article_is_known_by_file_or_by_text(ledger: Ledger, changes: dict[str, str], known: bool) -> None:
    first = new_article("投稿")
    with ledger.writing() as writing:
        article_id = add_article(writing, first)
        add_article(writing, new_article("别的稿件"))
        found = revisions.same_article(writing, replace(first, **changes))  # type: ignore[arg-type]
    assert (found.id if found else None) == (article_id if known else None)


def test_articles_stand_in_the_order_they_were_received(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        for name, hours in (("c", 3), ("a", 1), ("b", 1)):
            add_article(writing, new_article(name, received_at=AT + timedelta(hours=hours)))
        assert [found.manuscript.title for found in articles.articles(writing)] == ["a", "b", "c"]


BY_HAND = [status for status in ArticleStatus if status is not ArticleStatus.PUBLISHED]


@pytest.mark.parametrize("before", BY_HAND)
@pytest.mark.parametrize("after", BY_HAND)
def test_editor_may_change_any_status_to_any_other(ledger: Ledger, before: ArticleStatus, after: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, before, "先这样")
    assert change(ledger, article_id, after, "“再想想”").status is after
    assert decisions(ledger) == [
        (article_id, "draft", before.value, "王编辑", "先这样"),
        (article_id, before.value, after.value, "王编辑", "“再想想”"),
    ]


@pytest.mark.parametrize("before", BY_HAND)
def test_published_is_not_given_by_hand(ledger: Ledger, before: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, before)
    with pytest.raises(BadUsage, match="“已刊发”由签发产生，不能手工设定。请用 sign-off"):
        change(ledger, article_id, ArticleStatus.PUBLISHED)
    with ledger.reading() as reading:
        assert articles.article_named(reading, article_id).status is before
    assert len(decisions(ledger)) == 1


@pytest.mark.parametrize("to", list(ArticleStatus))
def test_published_article_stays_published(ledger: Ledger, to: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
        article_changes.mark_published(writing, article_id, who="王编辑", note="第70期签发", at=AT)
    with pytest.raises(BadUsage, match=f"稿件 {article_id} 已在.*刊发，不能再改状态"):
        change(ledger, article_id, to)
    assert decisions(ledger) == [(article_id, "draft", "published", "王编辑", "第70期签发")]


@pytest.mark.parametrize("status", [ArticleStatus.HELD, ArticleStatus.RETURNED, ArticleStatus.REJECTED])
def test_article_decided_against_is_not_published(ledger: Ledger, status: ArticleStatus) -> None:
    with ledger.writing() as writing:
        article_id = add_article(writing, new_article("投稿"))
    change(ledger, article_id, status)
    with (
        pytest.raises(BadUsage, match=f"《投稿》已改为{status.chinese}，但还在草稿里。请先重新编排"),
        ledger.writing() as writing,
    ):
        article_changes.mark_published(writing, article_id, who="王编辑", note="", at=AT)
    with ledger.reading() as reading:
        assert articles.article_named(reading, article_id).status is status


def test_unknown_article_is_said(ledger: Ledger) -> None:
    with pytest.raises(BadUsage, match="没有编号为 12 的稿件。用 articles 命令"):
        change(ledger, 12, ArticleStatus.ADOPTED)


def wait_for_confirmation(ledger: Ledger, new: NewArticle) -> tuple[int, Callable[[], tuple[Verdict, str]]]:
    """An article whose letter waits for a person; and what is said of that letter."""
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "from a stranger")
        article_id = revisions.add_article(writing, letter_id, new, at=AT)
        letters.settle(writing, letter_id, Verdict.UNCONFIRMED, "等待确认来源", at=AT, articles=[article_id])

    def said() -> tuple[Verdict, str]:
        with ledger.reading() as reading:
            found = {letter.id: letter for letter in letters.letters(reading)}[letter_id]
            return found.verdict, found.reason

    return article_id, said


def test_unconfirmed_article_waits_and_confirming_lets_it_in(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False, department=None))
    with ledger.writing() as writing:
        assert articles.articles_for_issue(writing, BULLETIN) == []
        article_changes.confirm(writing, article_id, "区民政局", Verdict.DUPLICATE, "后由区民政局确认", at=AT)
        (found,) = articles.articles_for_issue(writing, BULLETIN)
    assert (found.id, found.department, found.confirmed) == (article_id, "区民政局", True)
    assert said() == (Verdict.DUPLICATE, "后由区民政局确认")


def test_confirming_leaves_letters_that_do_not_wait(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False))
    with ledger.writing() as writing:
        other = keep_letter(writing, "settled before")
        letters.settle(writing, other, Verdict.DUPLICATE, "早已处理", at=AT, articles=[article_id])
        article_changes.confirm(writing, article_id, "区民政局", Verdict.ARTICLE, "已确认", at=AT)
        found = {letter.id: letter.reason for letter in letters.letters(writing)}
    assert found[other] == "早已处理"
    assert said() == (Verdict.ARTICLE, "已确认")


def test_adopting_an_unconfirmed_article_confirms_it(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False, department=None))
    assert change(ledger, article_id, ArticleStatus.ADOPTED).confirmed
    assert said() == (Verdict.ARTICLE, f"来源已由编辑确认（王编辑），稿件 {article_id}")


def test_other_decisions_leave_an_unconfirmed_article_unconfirmed(ledger: Ledger) -> None:
    article_id, said = wait_for_confirmation(ledger, new_article("投稿", confirmed=False))
    for status in (ArticleStatus.HELD, ArticleStatus.REJECTED, ArticleStatus.DRAFT):
        assert not change(ledger, article_id, status).confirmed
    assert said() == (Verdict.UNCONFIRMED, "等待确认来源")


def test_issue_takes_confirmed_articles_in_draft_or_adopted(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(status.value)) for status in BY_HAND]
        published = add_article(writing, new_article("published"))
        article_changes.mark_published(writing, published, who="王编辑", note="", at=AT)
        add_article(writing, new_article("of another bulletin", bulletin="xinxi"))
        add_article(writing, new_article("unconfirmed", confirmed=False))
    for article_id, status in zip(ids, BY_HAND, strict=True):
        change(ledger, article_id, status)
    with ledger.reading() as reading:
        taken = [found.id for found in articles.articles_for_issue(reading, BULLETIN)]
    assert taken == [ids[BY_HAND.index(status)] for status in (ArticleStatus.DRAFT, ArticleStatus.ADOPTED)]


def test_finding_of_a_rule_that_this_version_does_not_have_is_read_and_written_as_it_is(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        one = add_article(writing, new_article("投稿", findings=FINDINGS))
        stored = writing.sql.execute(select(revision.c.findings)).scalar_one()
        old = stored.replace('"rule":"no-byline"', '"rule":"of-another-version"').replace(',"replacement":null', "")
        assert "of-another-version" in old
        assert "replacement" not in old
        writing.sql.execute(update(revision).values(findings=old))
    with ledger.reading() as reading:
        [unknown, registered] = articles.article_named(reading, one).findings
    assert (unknown.rule.name, unknown.message, unknown.replacement) == ("of-another-version", "没有署名", None)
    assert registered == FINDINGS[1]
    assert json.loads(findings_json([unknown, registered])) == [
        dict.fromkeys(("paragraph", "start", "end", "suggestion", "replacement"))
        | {"rule": "of-another-version", "severity": "warning", "message": "没有署名"},
        FINDINGS[1].as_json(),
    ]
