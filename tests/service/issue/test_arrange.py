"""What the editor lays down about the next issue stands in it, and in the record of changes."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive import articles
from archive.changes import changes
from service.article.decide import DecisionRequest, decide
from service.issue.arrange import arrange, choose_for_supplement, move_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config, hand_in
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
TWO_MORE = '\n[[bulletin.department]]\nname = "区教体局"\naliases = ["区教育局"]\n'
EDITOR = "王编辑"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + TWO_MORE), TUESDAY)


@pytest.fixture
def office(office: Office) -> Office:
    """Three ordinary articles, 1, 2 and 3, of one department."""
    assert hand_in(office, "甲", "乙", "丙") == [1, 2, 3]
    return office


def order(office: Office) -> list[tuple[str, list[int]]]:
    """The sections of the draft as it is made now."""
    made = assemble(office, office.bulletin(None), TUESDAY.date())
    assert made is not None
    with office.ledger.reading() as ledger:
        sections = {one.id: one.section for one in articles.articles(ledger)}
    named = dict.fromkeys(sections[id] for id, _ in made.issue.articles)
    return [(name, [id for id, _ in made.issue.articles if sections[id] == name]) for name in named]


def versions(office: Office) -> dict[int, int]:
    with office.ledger.reading() as ledger:
        return {one.id: one.version for one in articles.articles(ledger)}


def said(office: Office) -> list[str]:
    with office.ledger.reading() as ledger:
        return [f"{one.who}：{one.summary}" for one in reversed(changes(ledger))]


def test_the_whole_order_is_laid_down_at_once(office: Office) -> None:
    assert arrange(office, office.bulletin(None), [("情况通报", [1]), ("", [3, 2])], EDITOR) == (3, 1)
    assert order(office) == [("", [3, 2]), ("情况通报", [1])]
    assert said(office) == [
        "王编辑：《丙》移到“普通稿件”第 1 篇",
        "王编辑：《甲》由“普通稿件”移到“情况通报”第 1 篇",
    ]


def test_laying_down_the_order_that_stands_changes_nothing(office: Office) -> None:
    before = versions(office)
    assert arrange(office, office.bulletin(None), [("", [1, 2, 3]), ("情况通报", [])], EDITOR) == ()
    assert (versions(office), said(office)) == (before, [])


def test_only_what_changes_is_written(office: Office) -> None:
    arrange(office, office.bulletin(None), [("", [3, 1, 2])], EDITOR)
    assert versions(office) == {1: 1, 2: 1, 3: 2}


def test_order_of_the_office_comes_back_when_the_editors_is_dropped(office: Office) -> None:
    arrange(office, office.bulletin(None), [("", [3, 2, 1])], EDITOR)
    arrange(office, office.bulletin(None), [("", [1, 2, 3])], EDITOR)
    with office.ledger.reading() as ledger:
        assert [one.position for one in articles.articles(ledger)] == [None, None, None]


def test_a_remake_keeps_the_order_and_puts_what_came_later_below_it(office: Office) -> None:
    arrange(office, office.bulletin(None), [("", [3, 2, 1])], EDITOR)
    assert order(office) == [("", [3, 2, 1])]
    hand_in(office, "丁")
    assert order(office) == [("", [3, 2, 1, 4])]
    decide(office, DecisionRequest(2, ArticleStatus.HELD, who=EDITOR))
    assert order(office) == [("", [3, 1, 4])]
    decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, who=EDITOR))
    assert order(office) == [("", [3, 2, 1, 4])]


def test_order_changed_by_another_editor_is_not_overwritten(office: Office) -> None:
    seen = versions(office)
    arrange(office, office.bulletin(None), [("", [3, 1, 2])], "李编辑", seen=seen)
    with pytest.raises(Changed, match="稿件 3《丙》刚被别人改过"):
        arrange(office, office.bulletin(None), [("", [2, 1, 3])], EDITOR, seen=seen)
    with pytest.raises(Changed, match="稿件 3《丙》刚被别人改过"):
        move_article(office, 3, EDITOR, place="last", seen=seen[3])
    assert order(office) == [("", [3, 1, 2])]
    assert said(office) == ["李编辑：《丙》移到“普通稿件”第 1 篇"]


def test_impossible_place_is_refused_with_a_reason(office: Office) -> None:
    home = office.bulletin(None)
    for layout, why in (
        ([("领导讲话", [1])], "没有栏目“领导讲话”；刊物 wuxing 的栏目有：普通稿件、情况通报"),
        ([("", [1, 77])], "刊物 wuxing 没有编号为 77 的稿件"),
        ([("", [1]), ("情况通报", [1])], "同一篇稿件排了两次"),
        ([("", [1]), ("", [2])], "同一个栏目排了两次"),
    ):
        with pytest.raises(BadUsage, match=why):
            arrange(office, home, layout, EDITOR)
    order(office)
    sign_off(office, home, 70, EDITOR)
    for operation in (
        lambda: arrange(office, home, [("", [2, 1])], EDITOR),
        lambda: move_article(office, 2, EDITOR, place="up"),
        lambda: choose_for_supplement(office, 2, EDITOR),
    ):
        with pytest.raises(BadUsage, match="已在第70期刊发，不能再改"):
            operation()


def test_one_article_moves_by_keys(office: Office) -> None:
    assert move_article(office, 3, EDITOR, place="up") == (3,)
    assert order(office) == [("", [1, 3, 2])]
    move_article(office, 1, EDITOR, place="last")
    assert order(office) == [("", [3, 2, 1])]
    move_article(office, 1, EDITOR, before=2)
    assert order(office) == [("", [3, 1, 2])]
    move_article(office, 2, EDITOR, section="情况通报")
    assert order(office) == [("", [3, 1]), ("情况通报", [2])]
    move_article(office, 1, EDITOR, before=2)
    assert order(office) == [("", [3]), ("情况通报", [1, 2])]
    move_article(office, 1, EDITOR, section="", place="first")
    assert order(office) == [("", [1, 3]), ("情况通报", [2])]


def test_an_article_at_the_edge_stays_there(office: Office) -> None:
    assert move_article(office, 1, EDITOR, place="up") == ()
    assert move_article(office, 3, EDITOR, place="down") == ()
    assert said(office) == []


def test_an_article_goes_back_to_where_the_office_would_have_it(office: Office) -> None:
    move_article(office, 3, EDITOR, place="first")
    assert move_article(office, 3, EDITOR) == (3,)
    assert order(office) == [("", [1, 2, 3])]
    assert move_article(office, 3, EDITOR) == ()


def test_an_article_stands_only_before_another_one_of_the_issue(office: Office) -> None:
    decide(office, DecisionRequest(1, ArticleStatus.HELD, who=EDITOR))
    for before, section in ((1, None), (3, None), (2, "情况通报")):
        with pytest.raises(BadUsage, match=f"没有编号为 {before} 的另一篇稿件"):
            move_article(office, 3, EDITOR, before=before, section=section)
