"""What is counted of departments, and what it scores."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import article_changes, articles, revisions
from archive.statistics import EndorsedCount, PrintedCount, SentCount
from service.figures.department_articles import articles_of_department
from service.figures.statistics import (
    UNKNOWN,
    DepartmentFigures,
    PeriodCounts,
    groups_of,
    months_before,
    statistics_of,
    table_of,
    total_of,
)
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from service.register.departments import add_department, change_department, retire_department
from settings.model import PointsSettings
from tests.support.endorsed import note, print_articles
from tests.support.ledger_rows import BULLETIN, add_article, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, Clock, bulletin, config, office_at, write_config
from values.department import Department
from values.issue import ArticleStatus
from values.period import Period, month_of

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
NOVEMBER = month_of(TUESDAY.date())
OCTOBER = NOVEMBER.before
SCORED = """
[bulletin.points]
endorsed = { "区级" = 10, "市级" = 20, "省级" = 40 }
"""
POINTS = PointsSettings.model_validate({"endorsed": {"区级": 10, "市级": 20, "省级": 40}})
SCHOOLS = """
[[bulletin.department]]
name = "区教体局"
aliases = ["区教育局"]
"""
NAMES = ["区民政局", "区教体局", "区人社局", "沙石镇", None]


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + SCORED + SCHOOLS), TUESDAY)


def on(office: Office, *moment: int) -> None:
    """Sets the office's clock, as it shows in Shanghai."""
    assert isinstance(office.now, Clock)
    office.now.now = datetime(*moment, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]


def come(
    office: Office, name: str, department: str | None = "区民政局", *, section: str = "", confirmed: bool = True
) -> int:
    """An article that comes in now."""
    office.raws.put(f"letter with {name}.docx".encode())
    new = new_article(name, department=department, section=section, confirmed=confirmed, received_at=office.now())
    with office.ledger.writing() as ledger:
        return add_article(ledger, new)


def decide(office: Office, article_id: int, to: ArticleStatus) -> None:
    with office.ledger.writing() as ledger:
        article_changes.change_status(
            ledger, articles.article_named(ledger, article_id), to, who="王编辑", note="", at=office.now()
        )


def print_issue(office: Office, number: int = 70, *, dated: date | None = None) -> None:
    ours = office.bulletin(None)
    assert assemble(office, ours, dated or office.now().date()) is not None
    sign_off(office, ours, number, "王编辑")


def line_of(office: Office, name: str, period: Period = NOVEMBER) -> DepartmentFigures:
    lines = statistics_of(office, office.bulletin(None), period).lines
    return next(line for line in lines if line.department == name)


def test_sent_counts_by_arrival_and_printed_by_the_date_of_the_issue(office: Office) -> None:
    on(office, 2022, 10, 31, 23, 59)
    come(office, "十月的稿")
    on(office, 2022, 11, 1, 0, 0)
    come(office, "十一月的稿")
    print_issue(office, dated=date(2022, 11, 8))
    october, november = (line_of(office, "区民政局", period) for period in (OCTOBER, NOVEMBER))
    assert (october.received, october.adopted, october.rate) == (1, 0, 1.0)
    assert (november.received, november.adopted, november.rate, november.points) == (1, 2, 1.0, Decimal(10))


def test_joint_work_is_credited_to_each_of_its_departments(office: Office) -> None:
    office.raws.put("letter with 联.docx".encode())
    signers = ("区教体局", "区民政局")
    new = new_article("联", department=signers[0], departments=signers, received_at=office.now())
    with office.ledger.writing() as ledger:
        article = add_article(ledger, new)
    print_issue(office)
    for name in signers:
        line = line_of(office, name)
        assert (line.received, line.adopted, line.points) == (1, 1, Decimal(3))
        behind = articles_of_department(office, office.bulletin(None), name, NOVEMBER)
        assert [record.id for record in behind.articles] == [article]


def test_department_that_sent_nothing_appears_with_zeros(office: Office) -> None:
    come(office, "甲")
    assert line_of(office, "区教体局") == DepartmentFigures("区教体局")
    assert line_of(office, "区教体局").rate_in_words == "—"


def test_article_counts_among_what_was_decided_about_it(office: Office) -> None:
    for name, to in (("甲", ArticleStatus.HELD), ("乙", ArticleStatus.RETURNED), ("丙", ArticleStatus.REJECTED)):
        decide(office, come(office, name), to)
    come(office, "丁")
    line = line_of(office, "区民政局")
    assert (line.received, line.held, line.returned, line.rejected, line.adopted) == (4, 1, 1, 1, 0)


def test_article_counts_once_somebody_says_whose_it_is(office: Office) -> None:
    waiting = come(office, "甲", confirmed=False)
    assert line_of(office, "区民政局").received == 0
    decide(office, waiting, ArticleStatus.ADOPTED)
    assert line_of(office, "区民政局").received == 1


def test_text_sent_again_counts_once(office: Office) -> None:
    come(office, "甲")
    with office.ledger.writing() as ledger:
        same = revisions.same_article(ledger, new_article("甲"))
    assert same is not None  # which is why no second article comes of it
    assert line_of(office, "区民政局").received == 1


def test_draft_issue_is_not_printed_yet(office: Office) -> None:
    come(office, "甲")
    assemble(office, office.bulletin(None), TUESDAY.date())
    assert line_of(office, "区民政局").adopted == 0


def test_notice_scores_nothing_and_still_counts_as_printed(office: Office) -> None:
    come(office, "通报", section="情况通报")
    print_issue(office)
    line = line_of(office, "区民政局")
    assert (line.adopted, line.notices, line.points) == (1, 1, Decimal(0))


def test_renamed_department_has_one_line_and_retired_one_keeps_its_numbers(office: Office) -> None:
    ours = office.bulletin(None)
    come(office, "甲", "区教体局")
    print_issue(office)
    change_department(office, ours, "区教体局", Department("区教育体育局"), who="王编辑")
    come(office, "乙", "区教育体育局")
    come(office, "丙", "区教育局")
    retire_department(office, ours, "区民政局", who="王编辑")
    table = statistics_of(office, ours, NOVEMBER)
    assert [(line.department, line.received, line.adopted) for line in table.lines] == [
        ("区教育体育局", 2, 1),
        ("区教育局", 1, 0),
    ]
    come(office, "丁", "区民政局")
    come(office, "戊", None)
    assert [line.department for line in statistics_of(office, ours, NOVEMBER).lines] == [
        "区教育体育局",
        "区教育局",
        "区民政局",
        UNKNOWN,
    ]


def test_endorsement_of_a_printed_article_is_scored_by_its_level(office: Office) -> None:
    printed = come(office, "甲")
    print_issue(office)
    note(office, printed, "市级")
    note(office, printed, "区级")
    line = line_of(office, "区民政局")
    assert (line.endorsed, line.endorsements, line.points) == ({"市级": 1, "区级": 1}, 2, Decimal(5 + 20 + 10))


@pytest.mark.parametrize(("more", "counted"), [("", 0), ("count_endorsements = true", 1), (SCORED, 1)])
def test_endorsements_are_counted_only_where_the_office_says_so(tmp_path: Path, more: str, counted: int) -> None:
    scheme = more if more.startswith("\n") else ""
    text = config(bulletin(more=f"first_number = 70\n{'' if scheme else more}") + scheme)
    with office_at(write_config(tmp_path / "office", text), TUESDAY) as office:
        [printed] = print_articles(office, "甲")
        note(office, printed)
        shown = statistics_of(office, office.bulletin(None), NOVEMBER)
        assert (shown.total.endorsements, shown.counts_endorsements) == (counted, bool(counted))


def test_other_bulletins_are_not_counted(tmp_path: Path) -> None:
    text = config(bulletin(), bulletin("dangjian"))
    with office_at(write_config(tmp_path / "office", text), TUESDAY) as office:
        with office.ledger.writing() as ledger:
            add_article(ledger, new_article("甲", bulletin="dangjian"))
        assert statistics_of(office, office.bulletin(BULLETIN), NOVEMBER).is_empty
        assert statistics_of(office, office.bulletin("dangjian"), NOVEMBER).total.received == 1


def test_months_tell_what_came_and_what_was_printed_in_each(office: Office) -> None:
    on(office, 2022, 9, 30, 12, 0)
    come(office, "甲")
    on(office, 2022, 11, 8, 16, 0)
    come(office, "乙")
    print_issue(office)
    months = months_before(office, office.bulletin(None), TUESDAY.date(), 3)
    assert [(month.period.label, month.received, month.adopted) for month in months] == [
        ("2022年9月", 1, 0),
        ("2022年10月", 0, 0),
        ("2022年11月", 1, 2),
    ]


def test_ranking_goes_by_points_then_by_what_was_printed_then_by_what_was_sent(office: Office) -> None:
    add_department(office, office.bulletin(None), Department("沙石镇"), who="王编辑")
    come(office, "甲", "区教体局")
    print_issue(office)
    come(office, "乙", "沙石镇")
    ranked = statistics_of(office, office.bulletin(None), NOVEMBER).ranked
    assert [line.department for line in ranked] == ["区教体局", "沙石镇", "区民政局"]


def test_nobody_is_scored_or_ranked_where_the_office_has_no_points(tmp_path: Path) -> None:
    with office_at(write_config(tmp_path / "office", config(bulletin() + SCHOOLS)), TUESDAY) as office:
        come(office, "甲", "区教体局")
        print_issue(office)
        table = statistics_of(office, office.bulletin(None), NOVEMBER)
        assert not table.scored
        assert [line.department for line in table.ranked] == ["区民政局", "区教体局"]
        assert {line.points for line in table.lines} == {0}


def test_departments_of_a_group_stand_together_and_those_of_none_come_last() -> None:
    lines = [
        DepartmentFigures(name, group=group)
        for name, group in (("甲", "乡镇"), ("乙", ""), ("丙", "部门"), ("丁", "乡镇"))
    ]
    named = [(group, [line.department for line in members]) for group, members in groups_of(lines)]
    assert named == [("乡镇", ["甲", "丁"]), ("部门", ["丙"]), ("", ["乙"])]


SMALL = st.integers(0, 40)
SENT = st.builds(SentCount, st.sampled_from(NAMES), st.sampled_from(ArticleStatus), SMALL)
PRINTED = st.builds(PrintedCount, st.sampled_from(NAMES), st.sampled_from(["", "情况通报"]), st.booleans(), SMALL)
ENDORSED = st.builds(EndorsedCount, st.sampled_from(NAMES), st.sampled_from(["区级", "市级", "县级"]), SMALL)
COUNTS = st.builds(PeriodCounts, st.lists(SENT), st.lists(PRINTED), st.lists(ENDORSED))


@given(COUNTS, st.lists(st.sampled_from(["区民政局", "区教体局"]), unique=True))
def test_totals_agree_with_what_was_counted(counts: PeriodCounts, in_use: list[str]) -> None:
    lines = table_of(counts, POINTS, dict.fromkeys(in_use, ""), lambda name: name or UNKNOWN)
    total = total_of(lines)
    assert all(line.rate is None or 0 <= line.rate <= 1 for line in (*lines, total))
    assert total.received == sum(row.count for row in counts.sent)
    assert total.adopted == sum(row.count for row in counts.printed)
    assert total.endorsements == sum(row.count for row in counts.endorsed)
    assert total.held + total.returned + total.rejected <= total.received
    assert total.supplement + total.notices <= total.adopted
    by_hand = sum((5 * (1 + row.supplement) * row.count for row in counts.printed if not row.section), Decimal(0))
    by_hand += sum(POINTS.endorsed.get(row.level, 0) * row.count for row in counts.endorsed)
    assert total.points == by_hand
    assert len({line.department for line in lines}) == len(lines)
    assert {*in_use} <= {line.department for line in lines}
