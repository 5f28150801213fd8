"""Searching finds every text that stands anywhere, however it is written, and nothing can be said to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update

from archive import article_changes, issue_changes, issues, letters, revisions, search
from archive.articles import article_named
from archive.database import Ledger
from archive.issue_changes import NewIssueRevision
from archive.letters import LetterDetails
from archive.revisions import NewEdit
from archive.schema import searchable
from tests.support.ledger_rows import AT, BULLETIN, add_article, keep_letter, new_article
from tests.support.ledgers import empty_ledger
from values.draft import News
from values.folding import words_of_query
from values.issue import IssueNumber
from values.letter import AttachedFile, LetterContent, Verdict
from values.manuscript import Cell, Manuscript, Paragraph, Picture, Table

CONTENT = LetterContent(
    "张三", (("From", "张三"),), "请查收附件，谢谢！", (AttachedFile("惠企政策.docx", "Word 文档", 9),)
)
BODY = Manuscript(
    ("普惠金融改革", "落地见效"),
    "区金融服务中心",
    (
        Paragraph("全区共发放贷款２０２２笔，ＡＢＣ银行参与。"),
        Table(((Cell("指标"), Cell("增长50%")),)),
        Picture("0" * 64, "image/png", 1, 1, "无", "图为签约现场"),
    ),
    ("撰稿：李四",),
)


def found(ledger: Ledger, query: str, kind: search.Kind = "article", most: int = 50) -> list[int]:
    words = words_of_query(query)
    with ledger.reading() as reading:
        if kind == "article":
            return [one.id for one in search.find_articles(reading, BULLETIN, words, most=most).latest]
        return [one.id for one in search.find(reading, BULLETIN, kind, words, most=most)]


def rows(ledger: Ledger) -> list[tuple[object, ...]]:
    columns = [column for column in searchable.c if column.name != "id"]
    with ledger.reading() as reading:
        chosen = searchable.select().with_only_columns(*columns).order_by("kind", "subject_id", "number")
        return [tuple(row) for row in reading.sql.execute(chosen)]


@pytest.mark.parametrize(
    "query",
    [
        "普惠金融",
        "改革落地",
        "融",
        "区民政局",
        "区金融服务中心",
        "2022",
        "２０２２",
        "abc",
        "ＡＢＣ银行",
        "增长50%",
        "签约现场",
        "李四",
        "普惠 签约 abc",
        "  贷款  ",
        "，",
    ],
)
def test_an_article_is_found_by_any_of_its_texts(ledger: Ledger, query: str) -> None:
    with ledger.writing() as writing:
        wanted = add_article(writing, new_article("甲", manuscript=BODY))
        add_article(writing, new_article("乙", department="区水利局", manuscript=Manuscript(("别的",), None, ())))
    assert found(ledger, query) == [wanted]


@pytest.mark.parametrize(
    "query", ["改革xx", "普惠 没有", "落地改革", '"', "%", "_", "*", "普惠*", "NEAR(普惠 金融)", "' OR 1=1 --"]
)
def test_query_that_occurs_nowhere_matches_nothing_and_is_no_syntax(ledger: Ledger, query: str) -> None:
    with ledger.writing() as writing:
        add_article(writing, new_article("甲", manuscript=Manuscript(("普惠改革",), None, (Paragraph("落地金融"),))))
    assert found(ledger, query) == []


def test_a_query_of_white_space_asks_for_nothing() -> None:
    assert words_of_query(" \n\u3000\t") == ()
    assert words_of_query("甲 " * 300) == ("甲",)


def test_every_text_of_an_article_is_found_and_the_article_once(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = add_article(writing, new_article("初稿"))
        record = article_named(writing, id)
        revisions.add_edit(writing, record, NewEdit(Manuscript(("改稿",), None, ()), (), "1" * 64, "王编辑"), at=AT)
        [hit] = search.find_articles(writing, BULLETIN, ("稿",), most=9).latest
        [earlier] = search.find_articles(writing, BULLETIN, words_of_query("初稿"), most=9).latest
    assert (hit.id, hit.number, hit.heading) == (id, 2, "改稿")
    assert (earlier.id, earlier.number, earlier.heading) == (id, 1, "初稿")


def test_an_article_is_found_by_the_department_it_was_given(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        letter_id = keep_letter(writing, "a")
        letters.settle(writing, letter_id, Verdict.UNCONFIRMED, "等待确认来源", at=AT)
        new = new_article("甲", department=None, confirmed=False, manuscript=Manuscript(("题",), None, ()))
        id = revisions.add_article(writing, letter_id, new, at=AT)
        letters.settle(writing, letter_id, Verdict.UNCONFIRMED, "等待确认来源", at=AT, articles=[id])
        article_changes.confirm(writing, id, "区水利局", Verdict.ARTICLE, "来源已由编辑确认", at=AT)
    assert found(ledger, "水利") == [id]
    assert found(ledger, "由编辑确认", "letter") == [letter_id]
    assert found(ledger, "等待确认", "letter") == []


@pytest.mark.parametrize(
    "query", ["关于报送", "mzj@example", "已成稿", "查收附件", "惠企政策.docx", "张三", "查收 惠企"]
)
def test_a_letter_is_found_by_any_of_its_texts(ledger: Ledger, query: str) -> None:
    with ledger.writing() as writing:
        id = keep_letter(writing, "a")
        letters.settle(
            writing,
            id,
            Verdict.ARTICLE,
            "已成稿",
            at=AT,
            details=LetterDetails(sender="mzj@example.org", subject="关于报送", content=CONTENT),
        )
    assert found(ledger, query, "letter") == [id]
    assert found(ledger, query) == []


def test_a_letter_that_is_opened_again_is_found_by_its_reason_alone_until_it_is_read(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        id = keep_letter(writing, "a")
        letters.settle(
            writing,
            id,
            Verdict.QUARANTINED,
            "文件损坏",
            at=AT,
            details=LetterDetails(subject="信息", content=CONTENT),
        )
        assert letters.reopen(writing, id)
    assert found(ledger, "等待重读", "letter") == [id]
    assert found(ledger, "信息", "letter") == []
    assert found(ledger, "查收", "letter") == []


def sign_off(ledger: Ledger, number: int, *article_ids: int) -> int:
    with ledger.writing() as writing:
        id = issue_changes.begin_issue(
            writing, BULLETIN, IssueNumber(number, "running", 2022), date(2022, 11, 8), at=AT
        )
        contents = [(article, article_named(writing, article).revision) for article in article_ids]
        issue_changes.write_revision(
            writing,
            id,
            NewIssueRevision(
                number=1,
                dated=date(2022, 11, 8),
                contents=contents,
                path=f"{number}.docx",
                sha256="0" * 64,
                news=News(),
            ),
            at=AT,
        )
        issue_changes.sign_off(writing, issues.issue_with_id(writing, id), who="王编辑", at=AT + timedelta(days=number))
    return id


def test_past_issues_are_found_by_number_date_and_editor(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(name)) for name in ("甲", "乙", "丙")]
    seventy, next_one = sign_off(ledger, 70, ids[0], ids[1]), sign_off(ledger, 71, ids[2])
    assert found(ledger, "第71期", "issue") == [next_one]
    assert found(ledger, "2022年11月8日 王编辑", "issue") == [next_one, seventy]


def test_an_article_is_found_once_by_any_of_its_texts(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(name)) for name in ("甲", "乙")]
        record = article_named(writing, ids[1])
        revisions.add_edit(writing, record, NewEdit(Manuscript(("未印",), None, ()), (), "1" * 64, "王编辑"), at=AT)
        by_first_text = search.find_articles(writing, BULLETIN, words_of_query("的正文"), most=1)
        assert [match.id for match in by_first_text.latest] == [ids[1]]
        assert by_first_text.ids == set(ids)
        assert search.find_articles(writing, BULLETIN, ("未印",), most=9).ids == {ids[1]}


def test_the_latest_come_first_and_at_most_so_many(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [
            add_article(writing, new_article(f"{n}号", received_at=AT + timedelta(days=days)))
            for n, days in enumerate((2, 5, 1, 4))
        ]
    assert found(ledger, "正文") == [ids[1], ids[3], ids[0], ids[2]]
    assert found(ledger, "正文", most=2) == [ids[1], ids[3]]


def test_another_bulletin_is_not_searched(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        add_article(writing, new_article("甲", bulletin="other"))
    assert found(ledger, "甲") == []


def test_made_anew_it_is_what_it_was(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        ids = [add_article(writing, new_article(name, manuscript=BODY)) for name in "甲乙"]
        keep_letter(writing, "not read yet")
        for nth in range(450):
            id = keep_letter(writing, f"letter {nth}")
            letters.settle(
                writing,
                id,
                Verdict.IGNORED,
                "自动回复",
                at=AT,
                details=LetterDetails(subject=f"第{nth}封", content=CONTENT),
            )
    sign_off(ledger, 70, *ids)
    before = rows(ledger)
    with ledger.writing() as writing:
        assert search.count_unindexed(writing) == 0
        writing.sql.execute(delete(searchable).where(searchable.c.subject_id % 2 == 1))
        writing.sql.execute(update(searchable).values(text="错", folded="错"))
        assert search.count_unindexed(writing) > 200
        search.rebuild(writing)
        assert search.count_unindexed(writing) == 0
    assert rows(ledger) == before
    assert len(before) == 453


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@contextmanager
def a_ledger() -> Iterator[Ledger]:
    with TemporaryDirectory() as folder, empty_ledger(Path(folder, "jianbao.sqlite3")) as ledger:
        yield ledger


def test_any_piece_of_any_text_finds_it() -> None:
    with a_ledger() as ledger:

        @settings(max_examples=150, deadline=None)
        @given(TEXTS, st.data())
        def every_piece(text: str, data: st.DataObject) -> None:
            begin = data.draw(st.integers(0, len(text) - 1))
            piece = text[begin : data.draw(st.integers(begin + 1, len(text)))]
            with ledger.writing() as writing:
                id = keep_letter(writing, text)
                letters.settle(
                    writing,
                    id,
                    Verdict.IGNORED,
                    "理由",
                    at=AT,
                    details=LetterDetails(content=LetterContent(text=text)),
                )
                hits = search.find(writing, BULLETIN, "letter", words_of_query(piece), most=10_000)
                assert piece.isspace() or id in [one.id for one in hits]

        every_piece()
