"""Texts of articles: what was written comes back character for character, and every text stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from archive import articles, revisions
from archive.database import Ledger
from archive.schema import revision
from tests.support.ledger_rows import AT, add_article, keep_letter, new_article, sha256
from values import rules
from values.finding import Finding, Severity
from values.issue import ArticleStatus
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


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_looking_for_the_same_manuscript_takes_as_long_among_many_articles_as_among_few(ledger: Ledger) -> None:
    def steps() -> int:
        """Hundreds of steps of SQLite's machine."""
        counted = 0

        def count() -> int:
            nonlocal counted
            counted += 1
            return 0

        with ledger.reading() as reading:
            driver = reading.sql.connection.driver_connection
            assert driver is not None
            driver.set_progress_handler(count, 100)
            assert revisions.same_article(reading, new_article("在哪里都没有")) is None
            driver.set_progress_handler(None, 0)
        return counted

    for names in (("甲",), tuple(map(str, range(200)))):
        with ledger.writing() as writing:
            for name in names:
                add_article(writing, new_article(name))
        assert steps() <= 1
