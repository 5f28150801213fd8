"""统计: what it tells of each department, and what its forms do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from archive import articles
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.desk import DeskDriver
from tests.support.endorsed import note
from tests.support.invariants import broken_promises
from tests.support.offices import SHANGHAI, bulletin, config, office_at, write_config

PAGE = "/b/wuxing/statistics"


def signed_off(desk: DeskDriver, *names: str) -> list[int]:
    """An issue of these articles."""
    ids = desk.hand_in(*names)
    ours = desk.office.bulletin(None)
    assemble(desk.office, ours, desk.office.local(desk.office.now()).date())
    sign_off(desk.office, ours, 70, "王编辑")
    return ids


def row(desk: DeskDriver, name: str, path: str = PAGE) -> list[str]:
    """The cells of a department's row, without its place."""
    [found] = desk.html(path).xpath(f"//table[@id='by-department']//tr[td[2][normalize-space()='{name}']]")
    return [cell.text_content().strip() for cell in found.xpath("td")][1:]


def test_each_department_has_a_row_with_its_numbers(desk: DeskDriver) -> None:
    signed_off(desk, "甲", "乙")
    desk.hand_in("丙")
    desk.login("viewer")
    assert row(desk, "区民政局") == ["区民政局", "3", "2", "66.7%", "·", "·", "·", "·", "·"]


def test_period_can_be_any_and_an_empty_one_leads_to_the_last_that_is_not(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login("viewer")
    assert "2022年11月" in desk.words(f"{PAGE}?period=nonsense")
    assert "2022年第四季度" in desk.words(f"{PAGE}?period=2022-Q4")
    assert row(desk, "区民政局", f"{PAGE}?from=2022-11-08&to=2022-10-01")[1] == "1"
    empty = desk.html(f"{PAGE}?period=2021")
    assert "2021年没有来稿，也没有刊发。" in empty.text_content()
    assert empty.xpath("//div[@class='empty']//a/@href") == [f"{PAGE}?period=2022-11"]


def test_statistics_page_without_articles_explains_itself(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "收到来稿后，这里按单位统计" in desk.words(PAGE)


def test_workbook_is_a_download_named_after_its_period(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    desk.login("viewer")
    answer = desk.get(f"{PAGE}/table.xlsx?period=2022-11")
    assert "filename*=UTF-8''%E4%BF%A1%E6%81%AF" in answer.headers["content-disposition"]
    assert answer.headers["content-disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A1"].value == "信息采用情况统计（2022年11月）"


def test_report_becomes_an_article_and_twice_is_once(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    desk.login()
    done = desk.post(f"{PAGE}/report", period="2022-11")
    with desk.office.ledger.reading() as ledger:
        [report] = [one for one in articles.articles(ledger) if "采用情况通报" in one.manuscript.title]
    assert (done.status_code, done.headers["location"]) == (303, f"/b/wuxing/articles/{report.id}")
    assert desk.post(f"{PAGE}/report", period="2022-11").headers["location"] == f"/b/wuxing/articles/{report.id}"
    assert "数字没有变化，仍是原来的《2022年11月信息采用情况通报》" in desk.words(PAGE)
    assert broken_promises(desk.office.data_dir) == []


def test_nobody_who_may_only_look_makes_a_report(desk: DeskDriver) -> None:
    desk.hand_in("甲")
    desk.login("viewer")
    assert not desk.html(PAGE).xpath("//form[contains(@action, 'report')]")
    assert desk.post(f"{PAGE}/report", period="2022-11").status_code == 403


def test_report_of_no_period_is_refused_with_a_sentence(desk: DeskDriver) -> None:
    desk.login()
    answer = desk.post(f"{PAGE}/report", period="")
    assert answer.status_code == 400
    assert "请回到统计页，选好期间再生成通报" in answer.text


def test_endorsements_are_listed_at_a_department_and_not_counted(desk: DeskDriver) -> None:
    [printed] = signed_off(desk, "甲")
    note(desk.office, printed, text="好")
    desk.login()
    page = desk.html(f"{PAGE}/of/区民政局?period=2022-11")
    words = " ".join(page.text_content().split())
    assert "市级 张副市长 好" in words
    assert f"/b/wuxing/articles/{printed}#endorsements" in page.xpath("//td//a/@href")
    assert "领导批示" not in words
    assert "批示" not in desk.words(PAGE)


def test_office_without_levels_has_no_link_to_a_form_that_is_not_there(tmp_path: Path) -> None:
    path = write_config(tmp_path, config(bulletin(more="first_number = 70\nendorsement_levels = []")))
    with office_at(path, datetime(2022, 11, 8, 16, 5, tzinfo=SHANGHAI), JIANBAO_IMAP_PASSWORD="pw") as office:
        desk = DeskDriver(office)
        [printed] = signed_off(desk, "甲")
        desk.login()
        assert "登记批示" not in desk.words(f"/b/wuxing/articles/{printed}")
        assert "登记批示" not in desk.words(f"{PAGE}/of/区民政局?period=2022-11")
        desk.close()


def test_department_that_nobody_knows_is_not_found(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert desk.get(f"{PAGE}/of/没有的单位").status_code == 404


@pytest.fixture
def scored_desk(tmp_path: Path) -> Iterator[DeskDriver]:
    scheme = '[bulletin.points]\nadopted = 2.5\nendorsed = { "市级" = 20 }\n'
    towns = '[[bulletin.department]]\nname = "沙石镇"\ngroup = "乡镇"\n'
    text = config(bulletin() + scheme + towns)
    with office_at(write_config(tmp_path / "scored", text), datetime(2022, 11, 8, 16, tzinfo=SHANGHAI)) as office:
        driver = DeskDriver(office)
        yield driver
        driver.close()


def test_scored_departments_are_ranked_within_their_groups(scored_desk: DeskDriver) -> None:
    signed_off(scored_desk, "甲")
    scored_desk.login("viewer")
    assert row(scored_desk, "区民政局")[-1] == "2.5"
    groups = scored_desk.html(f"{PAGE}?order=points").xpath("//table[@id='by-department']//th[@scope='rowgroup']")
    assert [group.text_content() for group in groups] == ["乡镇"]
    note(scored_desk.office, 1)
    assert row(scored_desk, "区民政局")[-2:] == ["1", "22.5"]
    assert "领导批示1次" in scored_desk.words(PAGE)
