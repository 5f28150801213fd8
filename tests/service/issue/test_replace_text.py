"""查找替换: what is replaced, what is left alone, and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from archive import article_changes, articles
from archive.articles import ArticleRecord
from archive.changes import changes_of
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.article.occurrences import WordsPlace
from service.issue.assemble import assemble
from service.issue.replace_text import MOST_PLACES, Replaced, Replacement, places_in_issue, replace_in_issue
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values.errors import BadUsage, Changed, NotThere
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph

WHO = "王编辑"


def written(office: Office, name: str, *lines: str) -> int:
    text = Manuscript((f"{name}建台帐",), "区民政局", tuple(map(Paragraph, lines)))
    office.raws.put(f"letter with {name}.docx".encode())
    with office.ledger.writing() as ledger:
        return add_article(ledger, new_article(name, manuscript=text))


def record(office: Office, article: int) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, article)


def listed(office: Office, words: str = "台帐") -> Mapping[int, Sequence[WordsPlace]]:
    entries = places_in_issue(office, office.bulletin(None), words)
    return {entry.article.id: [each.place for each in entry.occurrences] for entry in entries}


def replace(
    office: Office, places: Mapping[int, Sequence[WordsPlace]], seen: Mapping[int, int] | None = None
) -> Replaced:
    wanted = Replacement("台帐", "台账", places, {} if seen is None else seen)
    return replace_in_issue(office, office.bulletin(None), wanted, who=WHO)


def summaries(office: Office, article: int) -> list[str]:
    with office.ledger.reading() as ledger:
        return [change.summary for change in changes_of(ledger, "article", article)]


def test_ticked_places_are_replaced_as_a_revision_of_each_article_and_recorded(office: Office) -> None:
    first = written(office, "甲", "台帐一本，台帐两本。")
    second = written(office, "乙", "没有别的。")
    third = written(office, "丙", "台帐三本。")
    places = listed(office)
    assert {article: len(of) for article, of in places.items()} == {first: 3, second: 1, third: 2}
    replaced = replace(office, {first: places[first][1:], second: places[second], third: []})
    assert ([article.id for article in replaced.articles], replaced.count, replaced.skipped) == ([first, second], 3, ())
    assert record(office, first).manuscript.title == "甲建台帐"
    assert record(office, first).manuscript.lines == ("台账一本，台账两本。",)
    assert [record(office, article).revision for article in (first, second, third)] == [2, 2, 1]
    assert record(office, first).made_by == WHO
    [summary] = summaries(office, first)
    assert "把“台帐”改为“台账” 2 处（查找替换），成为第 2 稿" in summary
    assert summaries(office, third) == []


def test_articles_keep_their_places_and_their_decisions(office: Office) -> None:
    ids = [written(office, name, "台帐。") for name in "甲乙丙"]
    with office.ledger.writing() as ledger:
        article_changes.move(ledger, ids[2], "", 0)
    decide(office, DecisionRequest(ids[0], ArticleStatus.ADOPTED, WHO))
    before = list(listed(office))
    replace(office, listed(office))
    assert list(listed(office, "台账")) == before
    assert record(office, ids[0]).status is ArticleStatus.ADOPTED


def test_article_that_was_changed_meanwhile_is_skipped_and_named(office: Office) -> None:
    first, second = written(office, "甲", "台帐。"), written(office, "乙", "台帐。")
    places = listed(office)
    seen = {article: record(office, article).version for article in places}
    edit_title(office, second, "乙另起的标题", "李编辑", seen=None)
    replaced = replace(office, places, seen)
    assert [article.id for article in replaced.articles] == [first]
    [skipped] = replaced.skipped
    assert (skipped.id, skipped.title, skipped.why) == (second, "乙另起的标题", "刚被别人改过")
    assert record(office, second).manuscript.lines == ("台帐。",)


def test_printed_article_is_neither_listed_nor_replaced(office: Office) -> None:
    printed = written(office, "甲", "台帐。")
    places = listed(office)
    draft = assemble(office, office.bulletin(None), AT.date())
    assert draft is not None
    sign_off(office, office.bulletin(None), draft.issue.number.number, who=WHO)
    assert listed(office) == {}
    [skipped] = replace(office, places).skipped
    assert (skipped.id, skipped.why) == (printed, "已刊发")
    assert record(office, printed).manuscript.lines == ("台帐。",)


def test_held_article_is_not_in_the_issue(office: Office) -> None:
    held, kept = written(office, "甲", "台帐。"), written(office, "乙", "台帐。")
    decide(office, DecisionRequest(held, ArticleStatus.HELD, WHO))
    assert list(listed(office)) == [kept]


def test_nothing_is_replaced_where_a_place_is_wrong(office: Office) -> None:
    first, second = written(office, "甲", "台帐。"), written(office, "乙", "台帐。")
    with pytest.raises(Changed):
        replace(office, {first: [WordsPlace(0, 0)], second: [WordsPlace(0, 1)]})
    with pytest.raises(NotThere):
        replace(office, {first: [WordsPlace(0, 0)], 99: [WordsPlace(0, 0)]})
    assert [record(office, article).revision for article in (first, second)] == [1, 1]


def test_more_places_than_a_page_holds_are_cut(office: Office) -> None:
    article = written(office, "甲", *["台帐台帐台帐台帐台帐" for _ in range(120)])
    assert len(listed(office)[article]) == MOST_PLACES


@pytest.mark.parametrize(
    ("words", "substitute", "problem"),
    [
        ("", "台账", "没有勾选"),
        ("台帐", "台帐", "一样"),
        ("台" * 101, "账", "最多 100 个字"),
        ("台\n帐", "台账", "看不见的字符"),
        ("台帐", "台\t账", "看不见的字符"),
        ("台帐", "\u202e账", "看不见的字符"),
        ("甲建台帐", "", "标题不能删空"),
    ],
)
def test_useless_replacements_are_refused(office: Office, words: str, substitute: str, problem: str) -> None:
    article = written(office, "甲", "台帐。")
    wanted = Replacement(words, substitute, {article: [WordsPlace("title", 0)]}, {})
    with pytest.raises(BadUsage, match=problem):
        replace_in_issue(office, office.bulletin(BULLETIN), wanted, who=WHO)
    assert record(office, article).revision == 1
