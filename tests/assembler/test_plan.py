from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from assembler.plan import in_order, places_for, plan_issue
from tests.support.issues import IMPRINT, MASTHEAD, article
from values.issue import Issue, IssueArticle

DEPARTMENTS = ("区教体局", "区人社局", "区民政局")


def planned(*articles: IssueArticle) -> Issue:
    return plan_issue(articles, MASTHEAD, IMPRINT, sections=["", "情况通报"], departments=DEPARTMENTS)


def shape(issue: Issue) -> list[tuple[str, list[int]]]:
    return [(section.name, [article.id for article in section.articles]) for section in issue.sections]


def test_plan_issue_follows_the_departments_and_then_the_arrival() -> None:
    issue = planned(
        article(1, department="区民政局"),
        article(2, department="区人社局"),
        article(3, department="区教体局"),
        article(4, department="区人社局"),
    )
    assert shape(issue) == [("", [3, 2, 4, 1])]


def test_plan_issue_puts_unknown_departments_last() -> None:
    issue = planned(article(1, department="外单位"), article(2, department=""), article(3, department="区民政局"))
    assert shape(issue) == [("", [3, 1, 2])]


def test_plan_issue_puts_sections_in_the_configured_order_and_drops_empty_ones() -> None:
    articles = [article(1, section="情况通报"), article(2, section="经验交流"), article(3)]
    issue = plan_issue(articles, MASTHEAD, IMPRINT, sections=["经验交流", "", "督查", "情况通报"], departments=[])
    assert shape(issue) == [("", [3]), ("经验交流", [2]), ("情况通报", [1])]


def test_plan_issue_takes_an_article_of_an_unknown_section_for_an_ordinary_one() -> None:
    issue = planned(article(1, section="已撤销的栏目"), article(2, section="情况通报"))
    assert shape(issue) == [("", [1]), ("情况通报", [2])]
    assert [found.section for found in issue.articles] == ["", "情况通报"]


def test_plan_issue_does_not_depend_on_the_order_in_which_articles_come() -> None:
    articles = [
        article(4, department="区教体局"),
        article(2, department="区教体局"),
        article(3, section="情况通报"),
        article(1, department=""),
    ]
    assert len({planned(*order) for order in permutations(articles)}) == 1


def test_plan_issue_of_nothing_has_a_masthead_and_an_imprint_and_no_sections() -> None:
    assert planned() == Issue(MASTHEAD, (), IMPRINT)


def test_plan_issue_ranks_a_department_named_twice_by_its_first_place() -> None:
    articles = [article(1, department="乙"), article(2, department="甲")]
    issue = plan_issue(articles, MASTHEAD, IMPRINT, sections=[], departments=["甲", "乙", "甲"])
    assert shape(issue) == [("", [2, 1])]


def placed(id: int, position: int | None, department: str = "区教体局") -> IssueArticle:
    return replace(article(id, department=department), position=position)


def test_plan_issue_keeps_the_editors_order_and_the_offices_below_it() -> None:
    issue = planned(
        placed(1, None, "区民政局"), placed(2, 1, "区民政局"), placed(3, None, "区教体局"), placed(4, 2, "区人社局")
    )
    assert shape(issue) == [("", [2, 4, 3, 1])]


def test_an_article_that_comes_later_stands_below_what_the_editor_placed() -> None:
    all_placed = [placed(1, 3), placed(2, 1), placed(3, 2)]
    assert shape(planned(*all_placed, placed(4, None))) == [("", [2, 3, 1, 4])]
    only_the_first = [placed(1, None, "区教体局"), placed(2, None, "区民政局"), placed(3, 1, "区民政局")]
    assert shape(planned(*only_the_first, placed(4, None, "区人社局"))) == [("", [3, 1, 4, 2])]


def test_positions_that_say_the_wanted_order_already_are_left_as_they_are() -> None:
    assert places_for([placed(2, 4), placed(1, 9), placed(3, None)], DEPARTMENTS) == (4, 9, None)


def test_no_more_positions_are_laid_down_than_the_wanted_order_needs() -> None:
    assert places_for([placed(3, None), placed(1, None), placed(2, None)], DEPARTMENTS) == (1, None, None)
    assert places_for([placed(1, None), placed(3, None), placed(2, None)], DEPARTMENTS) == (1, 2, None)
    assert places_for([placed(1, 2), placed(2, 3), placed(3, 1)], DEPARTMENTS) == (None, None, None)
    assert places_for([], DEPARTMENTS) == ()


@given(st.permutations(range(6)), st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=6, max_size=6))
def test_any_order_of_articles_stands_once_it_is_laid_down(order: list[int], positions: list[int | None]) -> None:
    there = [placed(id, positions[id], (*DEPARTMENTS, "")[id % 4]) for id in order]
    laid_down = [
        replace(one, position=position) for one, position in zip(there, places_for(there, DEPARTMENTS), strict=True)
    ]
    assert [one.id for one in in_order(reversed(laid_down), DEPARTMENTS)] == order
