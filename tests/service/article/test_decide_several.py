"""One decision about several articles: one transaction, each article's version respected."""

from __future__ import annotations

import pytest

from archive import articles
from archive.articles import ArticleRecord
from archive.changes import ChangeFilter, changes
from service.article.article_left import left_in_words
from service.article.decide import DecisionRequest, decide
from service.article.decide_several import MOST_AT_ONCE, decide_several
from service.office import Office
from tests.support.offices import hand_in
from values.errors import BadUsage
from values.issue import ArticleStatus

WHO = "王编辑"
ADOPT = DecisionRequest(0, ArticleStatus.ADOPTED, WHO)
REJECT = DecisionRequest(0, ArticleStatus.REJECTED, WHO, note="与上期重复")


def all_articles(office: Office) -> list[ArticleRecord]:
    with office.ledger.reading() as ledger:
        return sorted(articles.articles(ledger), key=lambda article: article.id)


def test_each_article_gets_the_decision_and_its_own_line(office: Office) -> None:
    hand_in(office, "甲文", "乙文", "丙文")
    outcome = decide_several(office, REJECT, {1: 1, 3: 1})
    assert [(result.article.id, result.before) for result in outcome.decided] == [
        (1, ArticleStatus.DRAFT),
        (3, ArticleStatus.DRAFT),
    ]
    assert (outcome.left, [article.status for article in all_articles(office)]) == (
        (),
        [ArticleStatus.REJECTED, ArticleStatus.DRAFT, ArticleStatus.REJECTED],
    )
    with office.ledger.reading() as ledger:
        lines = changes(ledger, ChangeFilter(subject="article"))
    assert [(line.subject_id, line.why) for line in lines] == [("3", "与上期重复"), ("1", "与上期重复")]


def test_articles_changed_meanwhile_are_named_and_left(office: Office) -> None:
    hand_in(office, "甲文", "乙文", "丙文")
    decide(office, DecisionRequest(2, ArticleStatus.HELD, "李编辑"))
    outcome = decide_several(office, ADOPT, {1: 1, 2: 1, 9: None, 3: 1})
    assert [result.article.id for result in outcome.decided] == [1, 3]
    assert [left.article for left in outcome.left] == [2, 9]
    assert (
        left_in_words(outcome.left)
        == "稿件 2《乙文》刚被别人改过，请看过现在的样子再改。没有编号为 9 的稿件。用 articles 命令可查看全部稿件。"
    )
    assert all_articles(office)[1].status is ArticleStatus.HELD


@pytest.mark.parametrize(
    ("request_", "seen", "why"),
    [
        (DecisionRequest(0, ArticleStatus.REJECTED, WHO, note=" "), {1: 1}, "请写明退稿的原因"),
        (DecisionRequest(0, ArticleStatus.RETURNED, WHO), {1: 1}, "请写明退改的原因"),
        (ADOPT, {}, "没有选稿件"),
        (ADOPT, {1: 7}, "刚被别人改过"),
        (ADOPT, dict.fromkeys(range(1, MOST_AT_ONCE + 2), 1), "一次最多决定 200 篇，选了 201 篇"),
        (DecisionRequest(0, ArticleStatus.ADOPTED, WHO, department="区民政局"), {1: 1}, "一篇一篇地定"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    office: Office, request_: DecisionRequest, seen: dict[int, int | None], why: str
) -> None:
    hand_in(office, "甲文")
    with pytest.raises(BadUsage, match=why):
        decide_several(office, request_, seen)
    assert all_articles(office)[0].version == 1
