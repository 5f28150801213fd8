from __future__ import annotations

from itertools import permutations

from assembler.plan import plan_issue
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
