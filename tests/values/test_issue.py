from __future__ import annotations

from datetime import date

from values.issue import (
    IN_ISSUE,
    ArticleStatus,
    Imprint,
    Issue,
    IssueArticle,
    IssueNumber,
    IssueStatus,
    Masthead,
    Section,
)
from values.manuscript import Manuscript

RUNNING = IssueNumber(1, "running", 2022)
YEARLY = IssueNumber(1, "yearly", 2022)
SUPPLEMENT = IssueNumber(1, "running", 2022, supplement=True)
YEARLY_SUPPLEMENT = IssueNumber(1, "yearly", 2022, supplement=True)
ALL = (RUNNING, YEARLY, SUPPLEMENT, YEARLY_SUPPLEMENT)


def test_label_of_a_supplement_names_it_as_one() -> None:
    assert [number.label for number in ALL] == ["第1期", "2022年第1期", "增刊第1期", "2022年增刊第1期"]


def test_a_supplement_is_counted_stored_and_commanded_apart() -> None:
    assert [number.series for number in ALL] == ["running", "2022", "supplement", "supplement-2022"]
    assert [number.folder for number in ALL] == ["1", "2022-1", "supplement-1", "2022-supplement-1"]
    assert [number.as_argument for number in ALL] == ["1", "1", "1 --supplement", "1 --supplement"]


def test_a_series_fits_its_column() -> None:
    assert max(len(number.series) for number in ALL) <= 16


def test_statuses_have_the_office_s_words() -> None:
    assert [status.chinese for status in ArticleStatus] == ["待审", "采用", "留用", "退改", "退稿", "已刊发"]
    assert [status.chinese for status in IssueStatus] == ["送审", "签发", "作废"]
    assert {status.chinese for status in IN_ISSUE} == {"待审", "采用"}


def test_articles_of_an_issue_are_those_of_its_sections_in_order() -> None:
    first, second, notice = (IssueArticle(id, "", "区民政局", Manuscript((), None, ())) for id in (7, 3, 5))
    masthead = Masthead("五型政府建设", "工作简报", RUNNING, "办公室", date(2022, 11, 8))
    imprint = Imprint((), (), (), "办公室", "", "", "")
    issue = Issue(masthead, (Section("", (first, second)), Section("情况通报", (notice,))), imprint)
    assert [article.id for article in issue.articles] == [7, 3, 5]
