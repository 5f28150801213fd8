"""Taking over an edited draft: one transaction, each change the editor's, what was not touched byte for byte."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from archive import article_comments, articles, issues, preparations
from archive.changes import changes_of
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.edited_draft.hand_in import hand_in, handed_in
from service.edited_draft.kept_file import KeptFile, kept_file
from service.edited_draft.proposal import Proposal
from service.edited_draft.read import proposal_of, read_file
from service.edited_draft.take_over import take_over
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.removal.remove import erase
from tests.service.edited_draft.conftest import Propose
from tests.support.draft_edits import (
    OpenedDraft,
    add_after,
    comment,
    copies,
    edited,
    opened,
    paragraph,
    put_words,
    remove,
    retype,
    swap,
    text_of,
)
from tests.support.draft_office import EDITOR, draft_bytes
from tests.support.draft_round_trip import taken_back
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import add_article, new_article
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph


def file_of(office: Office, proposal: Proposal, data: bytes) -> KeptFile:
    return kept_file(office.bulletin(None), proposal, "送审稿.docx", data)


def rows_of_revisions(office: Office) -> list[tuple[object, ...]]:
    with office.ledger.reading() as ledger:
        return [tuple(row) for row in ledger.sql.execute(text("select * from revision order by id"))]


def test_whole_week_of_edits_is_taken_over_at_once(
    office: Office, pool: ReadingPool, ids: list[int], propose: Propose
) -> None:
    def edit(draft: OpenedDraft) -> None:
        new = (paragraph("卫健工作简讯", "ArticleTitle"), paragraph("区卫健委", "Byline"), paragraph("开展义诊。"))
        add_after(draft.article(3)[-1], *new)
        retype(draft.article(1)[0], "养老服务有新招")
        remove(draft.article(3))
        swap(draft, 1, 2)
        put_words(next(line for line in draft.body if text_of(line).startswith("并结合实际")), 0, "请")

    before = rows_of_revisions(office)
    data = comment(edited(draft_bytes(office), edit), "可加一张照片。", on="开展义诊")
    trip = taken_back(office, pool, data)
    assert trip.printed == trip.wanted
    assert trip.taken.in_words == (
        "改了《多元社区居家养老服务体系建设成效明显》，加了《卫健工作简讯》，留用《推行包容审慎监管优化营商环境》，"
        "调整了先后，改了按语"
    )
    with office.ledger.reading() as ledger:
        records = {record.id: record for record in articles.articles(ledger)}
        prepared = preparations.preparation_of(ledger, "wuxing")
        notes = article_comments.comments_on(ledger, ids[-1] + 1)
    added = records[ids[-1] + 1]
    assert (records[ids[0]].manuscript.title, records[ids[0]].made_by) == ("养老服务有新招", EDITOR)
    assert records[ids[2]].status is ArticleStatus.HELD
    assert (added.department, added.made_by, added.confirmed) == ("区卫健委", EDITOR, True)
    assert [note.text for note in notes] == ["送审稿上的批注（王编辑）“开展义诊。”：可加一张照片。"]
    assert prepared.editors_note.endswith("请并结合实际抓好落实。")
    assert rows_of_revisions(office)[: len(before)] == before
    assert [record.revision for record in records.values()] == [2, 1, 1, 1, 1]
    assert broken_promises(office.data_dir) == []


def test_taking_the_same_file_twice_changes_nothing_twice(office: Office, ids: list[int], propose: Propose) -> None:
    def edit(draft: OpenedDraft) -> None:
        add_after(draft.article(1)[-1], paragraph("卫健工作简讯", "ArticleTitle"), paragraph("开展义诊。"))
        put_words(draft.paragraphs(1)[0], 0, "近日，")
        remove(draft.article(4))

    data = comment(edited(draft_bytes(office), edit), "请再核。", on="投入资金")
    first = propose(data)
    take_over(office, office.bulletin(None), first, file_of(office, first, data), EDITOR)
    rows = rows_of_revisions(office)
    second = propose(data)
    assert second.is_empty
    take_over(office, office.bulletin(None), second, file_of(office, second, data), EDITOR)
    assert rows_of_revisions(office) == rows
    with office.ledger.reading() as ledger:
        assert len(article_comments.comments_on(ledger, ids[0])) == 1


def test_only_what_is_picked_is_taken_conflicts_included(office: Office, ids: list[int], propose: Propose) -> None:
    base = draft_bytes(office)
    edit_title(office, ids[2], "监管有温度", "李编辑", seen=None)

    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 0, "近日，")
        put_words(draft.paragraphs(3)[0], 0, "近日，")

    data = edited(base, edit)
    made = propose(data)
    assert made.picked == {str(ids[0])}
    take_over(office, office.bulletin(None), made, file_of(office, made, data), EDITOR, picked=[str(ids[2])])
    with office.ledger.reading() as ledger:
        records = [articles.article_named(ledger, id) for id in ids]
    assert [record.revision for record in records] == [1, 1, 3, 1]
    assert records[2].manuscript.title == "推行包容审慎监管优化营商环境"
    with pytest.raises(BadUsage, match="没有可以采纳的改动：99"):
        take_over(office, office.bulletin(None), made, file_of(office, made, data), EDITOR, picked=["99"])


def test_nothing_is_written_when_an_article_was_changed_since_it_was_compared(
    office: Office, ids: list[int], propose: Propose
) -> None:
    def edit(draft: OpenedDraft) -> None:
        for number in (1, 2):
            put_words(draft.paragraphs(number)[0], 0, "近日，")

    data = edited(draft_bytes(office), edit)
    made = propose(data)
    edit_title(office, ids[1], "评估通过", "李编辑", seen=None)
    rows = rows_of_revisions(office)
    with pytest.raises(Changed, match="刚被别人改过"):
        take_over(office, office.bulletin(None), made, file_of(office, made, data), EDITOR)
    assert rows_of_revisions(office) == rows


def test_new_article_with_a_marking_of_secrecy_is_refused_and_nothing_is_written(
    office: Office, ids: list[int], propose: Propose
) -> None:
    def edit(draft: OpenedDraft) -> None:
        new = (paragraph("专项工作情况", "ArticleTitle"), paragraph("机密★10年"), paragraph("有关情况如下。"))
        add_after(draft.article(1)[-1], *new)

    data = edited(draft_bytes(office), edit)
    made = propose(data)
    rows = rows_of_revisions(office)
    with pytest.raises(BadUsage, match="新写的《专项工作情况》标有“机密★10年”"):
        take_over(office, office.bulletin(None), made, file_of(office, made, data), EDITOR)
    assert rows_of_revisions(office) == rows


def test_byline_gives_the_article_to_the_departments_that_it_names(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    def edit(draft: OpenedDraft) -> None:
        retype(draft.article(1)[1], "区卫健委")
        retype(draft.article(2)[1], "区教体局、区卫健委")
        retype(draft.article(3)[1], "区市监局、区某某局")

    trip = taken_back(office, pool, edited(draft_bytes(office), edit))
    with office.ledger.reading() as ledger:
        owners = [articles.article_named(ledger, id).departments for id in ids[:3]]
    assert owners == [("区卫健委",), ("区教体局", "区卫健委"), ("区市监局",)]
    bylines = {blocks[0][1] for _, _, blocks in trip.printed}
    assert bylines >= {"区卫健委", "区教体局、区卫健委", "区市监局"}
    assert [edit.notices for edit in trip.proposal.edits if edit.notices] == [
        ("署名改成了“区市监局、区某某局”：名录里没有这个单位，没有改",)
    ]


def test_each_change_is_a_line_of_the_record(office: Office, ids: list[int], propose: Propose) -> None:
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 0, "近日，"))
    made = propose(data)
    take_over(office, office.bulletin(None), made, file_of(office, made, data), EDITOR)
    with office.ledger.reading() as ledger:
        lines = [(change.who, change.summary) for change in changes_of(ledger, "issue", str(made.issue.id))]
    assert lines == [(EDITOR, "照改过的送审稿（第70期第 1 稿）改了《多元社区居家养老服务体系建设成效明显》")]


def test_article_that_was_held_is_printed_where_the_editor_put_it_back(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    pasted = list(copies(opened(draft_bytes(office)).article(3)))
    decide(office, DecisionRequest(ids[2], ArticleStatus.HELD, "李编辑"))
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    data = edited(draft_bytes(office), lambda draft: add_after(draft.article(1)[-1], *pasted))
    trip = taken_back(office, pool, data)
    assert trip.taken.in_words == "放回《推行包容审慎监管优化营商环境》，调整了先后"
    assert trip.printed == trip.wanted
    with office.ledger.reading() as ledger:
        assert articles.article_named(ledger, ids[2]).status is ArticleStatus.ADOPTED
        assert len(articles.articles(ledger)) == len(ids)


def test_articles_among_the_corrections_change_places_too(office: Office, pool: ReadingPool, ids: list[int]) -> None:
    for article in ids[2:]:
        move_article(office, article, "李编辑", section="更正")
    assemble(office, office.bulletin(None), office.now().date(), mailed_to=())
    trip = taken_back(office, pool, edited(draft_bytes(office), lambda draft: swap(draft, 3, 4)))
    assert trip.taken.in_words == "调整了先后"
    assert trip.printed == trip.wanted


def test_published_article_is_named_and_everything_else_is_taken(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    pasted = list(copies(opened(draft_bytes(office)).article(3)))
    bulletin = office.bulletin(None)
    sign_off(office, bulletin, 70, EDITOR)
    with office.ledger.writing() as ledger:
        text = Manuscript(("卫健工作简讯",), "区卫健委", (Paragraph("开展义诊。"),))
        new = new_article(text.title, manuscript=text, department="区卫健委", received_at=office.now())
        add_article(ledger, replace(new, text_sha256=text.text_sha256))
    assemble(office, bulletin, office.now().date(), mailed_to=())

    def edit(draft: OpenedDraft) -> None:
        add_after(draft.article(1)[-1], *pasted)
        put_words(draft.paragraphs(1)[0], 0, "近日，")

    data = edited(newest_draft(office, 71), edit)
    made = proposal_of(office, pool, bulletin, read_file(office, pool, "送审稿.docx", data))
    assert [edit.notices for edit in made.edits] == [(), ("已在第70期刊发，不再收入本期",)]
    taken = take_over(office, bulletin, made, file_of(office, made, data), EDITOR)
    assert taken.in_words == "改了《卫健工作简讯》"


def newest_draft(office: Office, number: int) -> bytes:
    with office.ledger.reading() as ledger:
        issue = next(record for record in issues.issues(ledger) if record.number.number == number)
    return (office.data_dir / issue.draft).read_bytes()


def test_file_whose_letter_is_erased_while_it_is_looked_at_writes_nothing(
    office: Office, pool: ReadingPool, ids: list[int]
) -> None:
    bulletin = office.bulletin(None)
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 0, "近日，"))
    letter = hand_in(office, pool, bulletin, "送审稿.docx", data, who=EDITOR)
    shown = handed_in(office, pool, bulletin, letter)
    kept = file_of(office, shown.proposal, data)
    erase(office, bulletin, letter, "对方要求", who=EDITOR)
    rows = rows_of_revisions(office)
    for file in (shown.file, kept):
        with pytest.raises(BadUsage, match="删除"):
            take_over(office, bulletin, shown.proposal, file, EDITOR)
    assert rows_of_revisions(office) == rows


def test_two_editors_files_of_one_draft_are_taken_over_one_after_the_other(
    office: Office, ids: list[int], propose: Propose
) -> None:
    base = draft_bytes(office)
    mine = edited(base, lambda draft: put_words(draft.paragraphs(1)[0], 0, "近日，"))

    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 0, "日前，")
        put_words(draft.paragraphs(3)[0], 0, "近日，")

    theirs = edited(base, edit)
    first, early = propose(mine), propose(theirs)
    take_over(office, office.bulletin(None), first, file_of(office, first, mine), EDITOR)
    with pytest.raises(Changed):
        take_over(office, office.bulletin(None), early, file_of(office, early, theirs), "李编辑")
    second = propose(theirs)
    assert second.edits[0].conflict == "送审稿之后已有第 2 稿（王编辑）"
    taken = take_over(office, office.bulletin(None), second, file_of(office, second, theirs), "李编辑")
    assert taken.in_words == "改了《推行包容审慎监管优化营商环境》"
