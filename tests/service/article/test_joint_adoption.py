"""Several articles become one with all departments credited, and are what they were when that is undone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import statistics
from archive.articles import ArticleRecord
from archive.decisions import last_decisions
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title, restore_revision
from service.article.joint_adoption import MergeRequest, merge_articles, undo_merger
from service.article.split import NewPart, SplitRequest, split_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.joint_office import article, in_issue, joint_office_setup, recorded, written
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.manuscript import Block, Cell, Heading, Paragraph, Picture, Table


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


def three(office: Office) -> list[int]:
    return [
        written(office, "食堂", Paragraph("民政局开了 12 家。")),
        written(office, "校园", Paragraph("教体局开了,30家。"), department="区教体局"),
        written(office, "摊点", Paragraph("城管局设了五处。"), department="区城管局"),
    ]


def merged(office: Office, *ids: int, into: int, **more: object) -> ArticleRecord:
    return merge_articles(office, MergeRequest(ids, into, "王编辑", **more))  # type: ignore[arg-type]


def test_the_texts_follow_in_the_order_given_and_all_departments_share_the_result(office: Office) -> None:
    three(office)
    before = [article(office, id) for id in (1, 2, 3)]
    joint = merged(office, 2, 1, 3, into=1, title="各部门齐抓食堂", why="同一件事")
    assert joint.manuscript.blocks == sum((before[at].manuscript.blocks for at in (1, 0, 2)), ())
    assert (joint.id, joint.revision, joint.status) == (1, 2, ArticleStatus.DRAFT)
    assert joint.departments == ("区教体局", "区民政局", "区城管局")
    assert (joint.department, joint.manuscript.byline) == ("区教体局", "区教体局、区民政局、区城管局")
    assert [(f.rule.name, f.paragraph) for f in joint.findings] == [("half-width-punctuation", 0), ("digit-space", 1)]
    assert in_issue(office) == [1]
    assert [article(office, id).status for id in (2, 3)] == [ArticleStatus.HELD] * 2
    with office.ledger.reading() as ledger:
        assert last_decisions(ledger, [2])[2].note == "并入稿件 1"
    assert recorded(office, 1)[0] == "《食堂》并入了稿件 2、3，成为第 2 稿，单位：区教体局、区民政局、区城管局"
    assert recorded(office, 3) == ["《摊点》并入稿件 1（综合采用）"]


def test_titles_become_headings_where_that_is_wanted(office: Office) -> None:
    three(office)
    blocks = merged(office, 1, 2, into=1, headings=True).manuscript.blocks
    assert blocks == (
        Heading("食堂", 1),
        Paragraph("民政局开了 12 家。"),
        Heading("校园", 1),
        Paragraph("教体局开了,30家。"),
    )


def test_undoing_restores_texts_departments_and_statuses(office: Office) -> None:
    three(office)
    decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, "王编辑"))
    decide(office, DecisionRequest(3, ArticleStatus.HELD, "王编辑"))
    before = [article(office, id) for id in (1, 2, 3)]
    joint = merged(office, 3, 1, 2, into=1)
    edit_title(office, 1, "改过的题目", "王编辑", seen=joint.version)
    office.now.now = AT.replace(minute=30)  # type: ignore[attr-defined]
    undone = undo_merger(office, 1, "王编辑", seen=None)
    assert [record.id for record in undone] == [1, 3, 2]
    for record in before:
        now = article(office, record.id)
        assert (now.manuscript, now.findings, now.status) == (record.manuscript, record.findings, record.status)
        assert now.departments == record.departments
    assert article(office, 1).revision == 4
    assert in_issue(office) == [1, 2]
    with pytest.raises(BadUsage, match="第 3 稿是合并时的，里面有别的稿件的文字"):
        restore_revision(office, 1, 3, "王编辑", seen=None)
    with pytest.raises(BadUsage, match="没有别的稿件并入稿件 1"):
        undo_merger(office, 1, "王编辑")
    merged(office, 1, 2, into=2)


def test_mergers_are_undone_one_after_the_other(office: Office) -> None:
    three(office)
    merged(office, 1, 2, into=1)
    office.now.now = AT.replace(minute=30)  # type: ignore[attr-defined]
    merged(office, 1, 3, into=1)
    assert [record.id for record in undo_merger(office, 1, "王编辑")] == [1, 3]
    assert article(office, 1).departments == ("区民政局", "区教体局")
    assert [record.id for record in undo_merger(office, 1, "王编辑")] == [1, 2]
    assert article(office, 1).departments == ("区民政局",)


def test_a_merged_article_is_decided_about_and_edited_with_the_other(office: Office) -> None:
    three(office)
    merged(office, 1, 2, into=1)
    with pytest.raises(BadUsage, match="稿件 2 已并入稿件 1；要单独处理，请先撤销稿件 1 的合并"):
        decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, "王编辑"))
    with pytest.raises(BadUsage, match="已并入稿件 1"):
        edit_title(office, 2, "别的", "王编辑", seen=None)
    with pytest.raises(BadUsage, match="已并入稿件 1"):
        merged(office, 2, 3, into=3)
    with pytest.raises(BadUsage, match="第 1 稿是合并以前的"):
        restore_revision(office, 1, 1, "王编辑", seen=None)
    with pytest.raises(BadUsage, match="稿件 1 已有别的稿件并入"):
        merged(office, 1, 3, into=3)
    with pytest.raises(BadUsage, match="由几篇合并而成"):
        split_article(office, SplitRequest(1, [NewPart(1, "乙")], "王编辑"))


def test_what_is_refused_changes_nothing(office: Office) -> None:
    three(office)
    with office.ledger.writing() as ledger:
        stranger = add_article(ledger, new_article("丁", confirmed=False))
    before = [article(office, id) for id in (1, 2, 3, stranger)]
    for ids, into, reason in (
        ((1, 1), 1, "两篇或更多"),
        ((1, 2), 3, "稿件 3 不在要合并的几篇里"),
        ((1, stranger), 1, "请先认领"),
        (tuple(range(1, 30)), 1, "最多合并 20 篇"),
    ):
        with pytest.raises(BadUsage, match=reason):
            merged(office, *ids, into=into)
    with pytest.raises(Changed):
        merged(office, 1, 2, into=1, seen_versions={2: 77})
    assert [article(office, id) for id in (1, 2, 3, stranger)] == before


def test_a_printed_joint_article_counts_once_with_a_share_for_each_and_is_final(office: Office) -> None:
    three(office)
    merged(office, 1, 2, 3, into=1)
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with pytest.raises(BadUsage, match="已在第70期刊发，合并不能再撤销"):
        undo_merger(office, 1, "王编辑")
    with pytest.raises(BadUsage, match="稿件 2 已并入稿件 1，已随它刊发"):
        decide(office, DecisionRequest(2, ArticleStatus.DRAFT, "王编辑"))
    with office.ledger.reading() as ledger:
        printed = statistics.printed(ledger, BULLETIN, AT.date(), AT.date())
        sent = statistics.sent(ledger, BULLETIN, AT, AT.replace(year=2023))
        assert statistics.printed_between(ledger, BULLETIN, [AT.date(), AT.date().replace(year=2023)]) == [1]
    assert sorted((row.department, row.count, row.signers) for row in printed) == [
        ("区城管局", 1, 3),
        ("区教体局", 1, 3),
        ("区民政局", 1, 3),
    ]
    assert sorted((row.department, row.status, row.count) for row in sent) == [
        ("区城管局", ArticleStatus.PUBLISHED, 1),
        ("区教体局", ArticleStatus.PUBLISHED, 1),
        ("区民政局", ArticleStatus.PUBLISHED, 1),
    ]


PARAGRAPHS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, st.text(alphabet="甲乙丙，。12", min_size=1, max_size=9)),
    st.just(Picture("a" * 64, "image/png", 9, 9)),
    st.just(Table(((Cell("街道"), Cell("家")),))),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=st.lists(PARAGRAPHS, min_size=2, max_size=8), data=st.data())
def test_any_split_and_then_merger_is_the_text_that_was_there(
    office: Office, blocks: list[Block], data: st.DataObject
) -> None:
    starts = sorted(data.draw(st.sets(st.integers(1, len(blocks) - 1), min_size=1, max_size=4)))
    whole = written(office, "全文", *blocks)
    before = article(office, whole)
    parts = split_article(office, SplitRequest(whole, [NewPart(at, f"第{at}块起") for at in starts], "王编辑"))
    assert sum((part.manuscript.blocks for part in parts), ()) == tuple(blocks)
    joint = merge_articles(office, MergeRequest([part.id for part in parts], whole, "王编辑"))
    assert joint.manuscript == before.manuscript
    assert set(joint.findings) == set(before.findings)
    assert joint.departments == before.departments
    undo_merger(office, whole, "王编辑")
    assert [article(office, part.id).manuscript for part in parts] == [part.manuscript for part in parts]
