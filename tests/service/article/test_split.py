"""An article becomes several: nothing is lost, remarks go with their lines, and nothing is doubled afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.article_parts import part_of
from archive.letters import letters
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_article, restore_revision
from service.article.settle_finding import SettlementRequest, settle_rule
from service.article.split import NewPart, SplitRequest, split_article
from service.issue.arrange import move_article
from service.issue.assemble import assemble
from service.issue.issue_order import order_by_section
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.joint_office import article, in_issue, joint_office_setup, recorded, written
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from values.errors import BadUsage, Changed
from values.finding import FindingState
from values.issue import ArticleStatus
from values.manuscript import Cell, Heading, Manuscript, Paragraph, Picture, Table

BLOCKS = (
    Paragraph("老年食堂开了 12 家。"),
    Heading("二、校园食堂", 1),
    Paragraph("校园食堂开了 30 家,家长放心。"),
    Picture("a" * 64, "image/png", 9, 9),
    Table(((Cell("街道"), Cell("家")),)),
)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


def request(*parts: NewPart, seen: int | None = None) -> SplitRequest:
    return SplitRequest(1, parts, "王编辑", seen, "两件事")


def split(office: Office) -> int:
    """The second part becomes an article of the 区教体局; returns its id."""
    written(office, "食堂建设", *BLOCKS)
    return split_article(office, request(NewPart(1, "校园食堂\n放心", department="区教体局")))[1].id


def test_each_part_is_an_article_with_its_blocks_and_the_remarks_on_them(office: Office) -> None:
    written(office, "食堂建设", *BLOCKS)
    before = article(office, 1)
    first, second = split_article(office, request(NewPart(1, "校园食堂\n放心", department="区教体局")))
    assert (first.id, first.revision, first.manuscript.title) == (1, 2, "食堂建设")
    assert first.manuscript.blocks + second.manuscript.blocks == before.manuscript.blocks
    assert (second.manuscript.title_lines, second.manuscript.byline) == (("校园食堂", "放心"), "区教体局")
    assert (second.departments, second.revision, second.made_by) == (("区教体局",), 1, "王编辑")
    assert (second.letter_sha256, second.attachment) == (before.letter_sha256, before.attachment)
    assert [(f.rule.name, f.paragraph) for f in first.findings] == [("digit-space", 0)]
    # The part begins with 二、: what is checked anew is the part, not the whole.
    assert sorted((f.paragraph, f.rule.name) for f in second.findings if f.paragraph is not None) == [
        (0, "ordinal-sequence"),
        (1, "digit-space"),
        (1, "half-width-punctuation"),
    ]
    assert in_issue(office) == [1, second.id]
    assert recorded(office, 1)[0] == f"《食堂建设》拆出稿件 {second.id}，余下的成为第 2 稿"
    assert recorded(office, second.id) == ["《校园食堂放心》由稿件 1 拆出（第 2 块起）"]


def test_status_supplement_and_settled_remarks_go_along(office: Office) -> None:
    written(office, "食堂建设", *BLOCKS)
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, "王编辑"))
    settle_rule(office, SettlementRequest(1, FindingState.DISMISSED, "王编辑"), "digit-space")
    second = split_article(office, request(NewPart(2, "校园食堂")))[1]
    assert second.status is ArticleStatus.ADOPTED
    assert [f.state for f in second.findings if f.rule.name == "digit-space"] == [FindingState.DISMISSED]
    assert [f.state for f in second.findings if f.rule.name == "half-width-punctuation"] == [FindingState.OPEN]


def test_a_part_is_split_again_and_its_letter_names_all(office: Office) -> None:
    second = split(office)
    third = split_article(office, SplitRequest(second, [NewPart(2, "图和表")], "王编辑"))[1].id
    with office.ledger.reading() as ledger:
        origin = part_of(ledger, third)
        assert origin is not None
        assert (origin.whole, origin.whole_revision) == (second, 1)
        assert part_of(ledger, 1) is None
        assert [letter.articles for letter in letters(ledger)] == [()]  # the rows of a test link none
    texts = [article(office, id).manuscript.blocks for id in (1, second, third)]
    assert sum(texts, ()) == BLOCKS


def test_parts_follow_the_article_where_the_editor_has_placed_it(office: Office) -> None:
    written(office, "甲")
    written(office, "食堂建设", *BLOCKS)
    move_article(office, 2, "王编辑", place="first")
    new = split_article(office, SplitRequest(2, [NewPart(1, "乙"), NewPart(3, "丙")], "王编辑"))
    with office.ledger.reading() as ledger:
        order = order_by_section(ledger, office.bulletin(BULLETIN), supplement=False)
    assert [summary.id for summary in order[""]] == [*(record.id for record in new), 1]


def test_what_is_refused_changes_nothing(office: Office) -> None:
    written(office, "食堂建设", *BLOCKS)
    before = article(office, 1)
    with pytest.raises(BadUsage, match="从第 3 块拆出的一篇还没有标题"):
        split_article(office, request(NewPart(1, "校园食堂"), NewPart(2, " \n ")))
    with pytest.raises(BadUsage, match="名录里没有“区交通局”"):
        split_article(office, request(NewPart(1, "校园食堂", department="区交通局")))
    with pytest.raises(BadUsage, match="第 2 到第 5 块"):
        split_article(office, request(NewPart(5, "校园食堂")))
    with pytest.raises(Changed):
        split_article(office, request(NewPart(1, "校园食堂"), seen=before.version + 1))
    assert (article(office, 1), in_issue(office)) == (before, [1])


def test_a_returned_article_and_a_printed_one_are_not_split(office: Office) -> None:
    written(office, "食堂建设", *BLOCKS[:3])
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, "王编辑", note="请补数字"))
    with pytest.raises(BadUsage, match="正等单位再报"):
        split_article(office, request(NewPart(1, "校园食堂")))
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, "王编辑"))
    assemble(office, office.bulletin(None), AT.date())
    sign_off(office, office.bulletin(None), 70, "王编辑")
    with pytest.raises(BadUsage, match="已在第70期刊发，不能再拆分"):
        split_article(office, request(NewPart(1, "校园食堂")))


def test_an_unconfirmed_article_is_claimed_first(office: Office) -> None:
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲", confirmed=False))
    with pytest.raises(BadUsage, match="还没有认领"):
        split_article(office, request(NewPart(1, "校园食堂")))


def test_the_whole_text_does_not_come_back_beside_its_parts(office: Office) -> None:
    second = split(office)
    with pytest.raises(BadUsage, match=f"其中的文字已拆成稿件 {second}"):
        restore_revision(office, 1, 1, "王编辑", seen=None)


def test_what_was_typed_over_the_whole_is_not_saved_over_its_first_part(office: Office) -> None:
    second = split(office)
    whole = Manuscript(("食堂建设",), "区民政局", (*BLOCKS, Paragraph("新写的。")))
    with pytest.raises(BadUsage, match=f"其中的文字已拆成稿件 {second}"):
        edit_article(office, 1, whole, "王编辑", seen=article(office, 1).version, typed_over=1)
    assert article(office, 1).manuscript.blocks == BLOCKS[:1]


def test_a_byline_is_that_of_the_whole_unless_another_is_given(office: Office) -> None:
    written(office, "食堂建设", *BLOCKS)
    parts = [NewPart(1, "乙"), NewPart(2, "丙", byline=" 王老师  "), NewPart(3, "丁", byline="")]
    _, *new = split_article(office, request(*parts))
    assert [record.manuscript.byline for record in new] == ["区民政局", "王老师", None]
    assert all(replace(record.manuscript, blocks=()).house_lines == () for record in new)
