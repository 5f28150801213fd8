"""上级采用 at the desk: at the article, as a list, and read from a 通报."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from lxml.html import HtmlElement, fromstring
from openpyxl import load_workbook

from archive.upper_adoptions import upper_adoptions_on
from tests.support.desk import DeskDriver
from tests.support.endorsed import print_articles
from values.upper_adoption import AdoptedAs

ARTICLE = "/b/wuxing/articles/1"
LIST = "/b/wuxing/statistics/upper"
TITLE = "推进政府建设落地见效"
NOTICE = f"标题\t方式\n章贡区{TITLE}\t综合\n家具产业集群加快发展\t全文\n"
BY_HAND: dict[str, Any] = {"level": "省级", "publication": "《江西信息》", "dated": "2022-11-08", "adopted_as": "full"}


def recorded(desk: DeskDriver) -> list[tuple[str, str, str]]:
    with desk.office.ledger.reading() as ledger:
        rows = [row.adoption for row in upper_adoptions_on(ledger, [1])]
    return [(row.level, row.publication, row.adopted_as.value) for row in rows]


def test_an_adoption_is_recorded_and_removed_at_the_article(desk: DeskDriver) -> None:
    print_articles(desk.office, TITLE)
    desk.login()
    assert desk.post(f"{ARTICLE}/upper", **BY_HAND).headers["location"] == f"{ARTICLE}#upper"
    assert "省级 《江西信息》 11月8日 全文" in desk.words(ARTICLE)
    desk.post(f"{ARTICLE}/upper", **BY_HAND)
    assert "这一条早已登记。" in desk.words(ARTICLE)
    assert recorded(desk) == [("省级", "《江西信息》", "full")]
    assert desk.post(f"{ARTICLE}/upper", **(BY_HAND | {"dated": ""})).status_code == 400
    assert desk.post(f"{ARTICLE}/upper/1/remove", why="").status_code == 400
    assert desk.post(f"{ARTICLE}/upper/1/remove", why="记错了").status_code == 303
    assert recorded(desk) == []


def test_forms_offer_every_way_in_its_own_words(desk: DeskDriver) -> None:
    print_articles(desk.office, TITLE)
    desk.login()
    ways = {way.value: way.chinese or "没有写明" for way in AdoptedAs}
    page: HtmlElement = fromstring(desk.post(f"{LIST}/read", pasted=NOTICE, level="市级").text)
    for shown, name in ((desk.html(ARTICLE), "adopted_as"), (page, "adopted_as-1")):
        [select] = [each for each in shown.iter("select") if each.get("name") == name]
        assert {option.get("value"): option.text_content() for option in select.iter("option")} == ways


def test_a_notice_is_shown_first_and_what_is_ticked_is_taken(desk: DeskDriver) -> None:
    print_articles(desk.office, TITLE)
    desk.login()
    shown = desk.post(f"{LIST}/read", pasted=NOTICE, level="市级", publication="《赣州信息》", dated="2022-11-08")
    assert shown.status_code == 200
    assert "没有对上的" in shown.text
    assert "家具产业集群加快发展" in shown.text
    assert 'name="article-1" value="1"' in shown.text
    assert "checked" in shown.text
    assert recorded(desk) == []
    row: dict[str, Any] = {f"{name}-1": value for name, value in BY_HAND.items()} | {"article-1": 1, "title-1": TITLE}
    assert desk.post(f"{LIST}/take").status_code == 400
    assert desk.post(f"{LIST}/take", take="1", **row).headers["location"] == f"{LIST}?period=2022"
    assert "登记了 1 条上级采用。" in desk.words(LIST)
    assert "《江西信息》" in desk.words(f"{LIST}?period=2022")
    desk.post(f"{LIST}/take", take="1", **row)
    assert "另有 1 条早已登记。" in desk.words(LIST)


def test_a_file_is_read_and_an_empty_form_is_refused(desk: DeskDriver) -> None:
    print_articles(desk.office, TITLE)
    desk.login()
    read = desk.post(f"{LIST}/read", files={"file": ("通报.txt", NOTICE.encode())}, level="市级")
    assert 'name="article-1" value="1"' in read.text
    assert desk.post(f"{LIST}/read", pasted="").status_code == 400
    assert desk.post(f"{LIST}/read", letter=99).status_code == 404


def test_who_may_look_sees_statistics_of_their_own_and_has_no_form(desk: DeskDriver) -> None:
    print_articles(desk.office, TITLE)
    desk.login()
    desk.post(f"{ARTICLE}/upper", **BY_HAND)
    desk.login("viewer")
    page = desk.html("/b/wuxing/statistics")
    assert [cell.text_content() for cell in page.xpath("//table[@id='upper-by-department']/tbody/tr/td")] == [
        "区民政局",
        "·",
        "1",
        "·",
    ]
    assert desk.html(LIST).xpath("//main//form[@method='post']") == []
    assert desk.html(ARTICLE).xpath("//section[@id='upper']//form") == []
    for path in (f"{LIST}/read", f"{LIST}/take", f"{ARTICLE}/upper", f"{ARTICLE}/upper/1/remove"):
        assert desk.post(path).status_code == 403
    book = load_workbook(BytesIO(desk.get("/b/wuxing/statistics/table.xlsx?period=2022-11").content))
    assert [cell.value for cell in book["上级采用"][4]] == [
        1,
        "区民政局",
        TITLE,
        "省级",
        "《江西信息》",
        "2022-11-08",
        "全文",
    ]
