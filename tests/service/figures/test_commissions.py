"""约稿 in the statistics: done, late and missed of each department; points only where the office writes them."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from archive import commissions
from archive.commissions import NewLink
from desk.pages.statistics import how_counted
from service.commission.commissioning import cancel
from service.figures.adoption_report import report_of
from service.figures.commissions import CommissionFigures
from service.figures.statistics import Statistics, statistics_of
from service.figures.statistics_workbook import workbook_of
from service.office import Office
from tests.support.commissioned_office import EDITOR, MONDAY, ask, config, pass_time
from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in, office_at, write_config
from values.commission import LinkState, LinkWay
from values.manuscript import Table
from values.period import month_of

NOVEMBER = month_of(date(2022, 11, 1))


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def month(office: Office) -> Statistics:
    return statistics_of(office, office.bulletin(None), NOVEMBER)


def answer_commissions(office: Office) -> None:
    """Of 区民政局 one article in time and one late, of 区教体局 none.

    One commission is not due yet, one of another month, one is cancelled."""
    for topic, due in (
        ("一号题目", "11月9日"),
        ("二号题目", "11月10日"),
        ("三号题目", "11月29日"),
        ("四号题目", "12月9日"),
        ("五号题目", "11月9日"),
    ):
        ask(office, topic, due=due, send=False)
    cancel(office, office.bulletin(None), 5, who=EDITOR)
    [in_time] = hand_in(office, "甲")
    pass_time(office, days=5)
    [late] = hand_in(office, "乙")
    with office.ledger.writing() as ledger:
        for number, article in ((1, in_time), (2, late)):
            link = NewLink(number, article, LinkState.LINKED, LinkWay.SUBJECT)
            commissions.add_link(ledger, link, at=office.now())


def test_each_department_is_counted_once_its_outcome_is_clear(office: Office) -> None:
    answer_commissions(office)
    counted = {line.department: line.commissions for line in month(office).lines}
    assert counted == {"区民政局": CommissionFigures(done=1, late=1), "区教体局": CommissionFigures(missed=2)}
    assert month(office).total.commissions == CommissionFigures(1, 1, 2)
    pass_time(office, days=20)
    assert {line.department: line.commissions.missed for line in month(office).lines} == {"区民政局": 1, "区教体局": 3}


def test_without_commissions_nothing_is_added(office: Office) -> None:
    hand_in(office, "甲")
    assert month(office).counts_commissions is False
    assert "约稿" not in report_of(month(office), "区五型办").blocks[0].text  # type: ignore[union-attr]


def test_the_report_counts_without_ranking(office: Office) -> None:
    answer_commissions(office)
    words, table = report_of(month(office), "区五型办").blocks
    assert isinstance(table, Table)
    assert "；约稿4篇次，按时1篇次，迟到1篇次，欠稿2篇次。" in words.text  # type: ignore[union-attr]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "单位", "报送", "采用", "采用率", "约稿按时", "约稿迟到", "欠稿"],
        ["1", "区民政局", "2", "0", "0%", "1", "1", "0"],
        ["2", "区教体局", "0", "0", "—", "0", "0", "2"],
        ["", "合计", "2", "0", "0%", "1", "1", "2"],
    ]


def test_the_workbook_has_a_column_for_each(office: Office) -> None:
    answer_commissions(office)
    sheet = openpyxl.load_workbook(BytesIO(workbook_of(month(office), "采用情况", (), "按截稿时间"))).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [row[-3:] for row in rows] == [["约稿按时", "约稿迟到", "欠稿"], [1, 1, 0], [0, 0, 2], [1, 1, 2]]


def test_points_are_given_only_where_the_office_writes_them(tmp_path: Path) -> None:
    points = '[bulletin.points]\nadopted = 0\ncommissioned = 2\nmissed = 1.5\n\n[[bulletin.department]]\nname = "区民'
    scored = config().replace('[[bulletin.department]]\nname = "区民', points, 1)
    with office_at(write_config(tmp_path / "office", scored), MONDAY) as office:
        answer_commissions(office)
        assert {line.department: line.points_in_words for line in month(office).lines} == {
            "区民政局": "2",
            "区教体局": "-3",
        }
        assert "约稿按时的一次另加 2 分，欠稿一次扣 1.5 分。" in how_counted(office.bulletin(None))


def test_the_page_has_the_columns(office: Office) -> None:
    answer_commissions(office)
    with closing(DeskDriver(office)) as desk:
        desk.login()
        page = desk.html("/b/wuxing/statistics?period=2022-11")
        assert [cell.text for cell in page.xpath("//table[@id='by-department']//th")][-4:-1] == [
            "约稿按时",
            "约稿迟到",
            "欠稿",
        ]
        owed = page.xpath("//tr[contains(., '区教体局')]/td[@data-label='欠稿']")
        assert [cell.text for cell in owed] == ["2"]
        assert "约稿0/ 2" in desk.words("/b/wuxing/statistics/of/区教体局?period=2022-11")
