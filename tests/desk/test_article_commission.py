"""算作约稿 at the article and at the letter that brought it, for what was not matched by itself."""

from __future__ import annotations

from typing import Any

import pytest

from archive import commissions
from archive.commissions import NewLink
from intake.pool import ReadingPool
from tests.support.commissioned_office import MONDAY, TOPIC, ask, config, now, pass_time
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import DeskDriver
from tests.support.office_fixtures import OfficeSetup
from values.commission import LinkState, LinkWay

ARTICLE = "/b/wuxing/articles/1"
LETTER = "/b/wuxing/letters/1"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def chosen(desk: DeskDriver, page: str) -> str:
    [value] = desk.html(page).xpath(f"//form[@action='{ARTICLE}/commission']//option/@value")
    return str(value)


@pytest.mark.parametrize(("page", "back"), [(ARTICLE, ""), (LETTER, LETTER)])
def test_an_answer_that_was_not_matched_is_linked_where_it_is_read(
    desk: DeskDriver, pool: ReadingPool, page: str, back: str
) -> None:
    ask(desk.office)
    receive(desk.office, pool, submission(manuscript()))
    desk.login()
    answer = desk.post(f"{ARTICLE}/commission", commission=chosen(desk, page), do="link", back=back)
    assert answer.headers["location"] == page
    assert f"稿件 1 算作约稿 1号“{TOPIC}”。" in desk.words(page)
    assert [entry.article for entry in now(desk.office).counted] == [1]
    [link] = desk.html(page).xpath(f"//form[@action='{ARTICLE}/commission']")
    fields: dict[str, Any] = {
        field.get("name"): field.get("value") for field in link.xpath(".//input[@name != 'csrf'] | .//button")
    }
    assert desk.post(f"{ARTICLE}/commission", **fields).headers["location"] == page
    assert now(desk.office).counted == ()


def test_what_is_doubtful_is_judged_at_the_article(desk: DeskDriver) -> None:
    ask(desk.office)
    [article] = desk.hand_in("甲")
    with desk.office.ledger.writing() as ledger:
        commissions.add_link(ledger, NewLink(1, article, LinkState.PROPOSED, LinkWay.TITLE), at=MONDAY)
    desk.login()
    buttons = desk.html(ARTICLE).xpath(f"//form[@action='{ARTICLE}/commission']/button")
    assert [button.text_content() for button in buttons] == ["算作约稿", "不算"]


def test_a_form_says_which_commission_and_what_about_it(desk: DeskDriver) -> None:
    ask(desk.office)
    desk.hand_in("甲")
    desk.login()
    seen = f"1:{now(desk.office).version}"
    incomplete: list[dict[str, Any]] = [{}, {"commission": "1", "do": "link"}, {"commission": seen, "do": "x"}]
    for fields in incomplete:
        assert desk.post(f"{ARTICLE}/commission", **fields).status_code == 400, fields
    assert desk.post(f"{ARTICLE}/commission", commission="9:1", do="link").status_code == 404
    assert desk.post(f"{ARTICLE}/commission", commission="1:1", do="link").status_code == 409
    away = desk.post(f"{ARTICLE}/commission", commission=seen, do="link", back="https://elsewhere.example/")
    assert away.headers["location"].startswith("/b/wuxing")


def test_what_is_long_past_or_cancelled_is_not_offered(desk: DeskDriver) -> None:
    ask(desk.office)
    desk.hand_in("甲")
    desk.login()
    assert f"/{ARTICLE}/commission"[1:] in desk.get(ARTICLE).text
    pass_time(desk.office, days=70)
    desk.login()
    assert f"{ARTICLE}/commission" not in desk.get(ARTICLE).text


def test_whoever_only_looks_sees_the_commission_and_no_form(desk: DeskDriver) -> None:
    ask(desk.office)
    desk.hand_in("甲")
    with desk.office.ledger.writing() as ledger:
        commissions.add_link(ledger, NewLink(1, 1, LinkState.LINKED, LinkWay.SUBJECT), at=MONDAY)
    desk.login("viewer")
    assert TOPIC in desk.words(ARTICLE)
    assert desk.html(ARTICLE).xpath(f"//form[@action='{ARTICLE}/commission']") == []
    assert desk.post(f"{ARTICLE}/commission", commission="1:1", do="link").status_code == 403
