"""A form that adds something is followed once, however often and however it is sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from starlette.routing import Route

from archive.article_comments import comments_on
from archive.form_uses import claim_form
from desk import form_once
from desk.app import routes_for
from desk.form_once import FORM_ID, new_form_id
from desk.guard import GuardedPost
from settings.model import DeskSettings
from tests.support.commissioned_office import MONDAY, config
from tests.support.desk import DeskDriver
from tests.support.desk_routes import guarded_requests, rows_of
from tests.support.endorsed import print_articles
from tests.support.office_fixtures import OfficeSetup

ARTICLE: Final = "/b/wuxing/articles/1"
COMMENTS: Final = f"{ARTICLE}/comments"
ADDING: Final[dict[str, dict[str, Any]]] = {
    COMMENTS: {"comment": "请核实数字。"},
    f"{ARTICLE}/endorsements": {"level": "市级", "leader": "张副市长", "text": "好"},
    f"{ARTICLE}/upper": {"level": "省级", "publication": "《江西信息》", "dated": "2022-11-07", "adopted_as": "full"},
    f"{ARTICLE}/correct": {"wrong": "甲文的正文", "right": "甲文正文"},
    "/b/wuxing/commissions/new": {"topic": "防火", "due": "2022-11-10", "unit": "区民政局"},
    "/b/wuxing/departments/new": {"name": "水南镇"},
    "/b/wuxing/letters": {"department": "区民政局", "text": "标题在这里\n正文一段，说明情况。"},
}
"""Forms that an office with a printed article can send; those of the same kind that need more are tested with their
pages."""
LEFT_ALONE: Final = {
    "names the version, revision, place or letter that its page showed": (
        "articles/{article:int}/",
        "articles/merge",
        "issue/",
        "commissions/{commission:int}/",
        "/letters/{letter:int}/",
        "/state/outbox/",
        "approvals/{issue:int}",
    ),
    "gives a thing that is there the same state again": (
        "/account",
        "/people/{account:int}/",
        "/departments/",
        "/state/",
        "/log",
        "/statistics/report",
        "/statistics/upper/read",
    ),
    "is used up by its first use": ("/login/code", "/invitation/{token}", "/approve/{token}"),
}
"""By the reason why such a form adds nothing when it is sent twice, what their paths contain."""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


@pytest.fixture
def editor(desk: DeskDriver) -> DeskDriver:
    print_articles(desk.office, "甲文")
    desk.login()
    return desk


def adding_routes() -> set[str]:
    routes = routes_for(DeskSettings())
    return {
        route.path
        for route in routes
        if isinstance(route, Route) and isinstance(route.endpoint, GuardedPost) and route.endpoint.adds
    }


def comments(desk: DeskDriver) -> list[str]:
    with desk.office.ledger.reading() as ledger:
        return [comment.text for comment in comments_on(ledger, 1)]


def test_every_form_is_followed_once_or_has_a_reason_why_it_adds_nothing_twice() -> None:
    reasons = [part for parts in LEFT_ALONE.values() for part in parts]
    forms = {step.pattern for step in guarded_requests() if step.method == "POST"} - adding_routes()
    assert sorted(path for path in forms if not any(part in path for part in reasons)) == []
    assert sorted(part for part in reasons if not any(part in path for path in forms)) == []
    assert len(adding_routes()) == len(ADDING) + 7


@pytest.mark.parametrize("path", ADDING)
def test_a_form_sent_twice_adds_once_and_leads_to_the_same_page(editor: DeskDriver, path: str) -> None:
    form = {**ADDING[path], FORM_ID: new_form_id()}
    first = editor.post(path, **form)
    assert first.status_code == 303, first.text
    after = rows_of(editor.office)
    again = editor.post(path, **form)
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert rows_of(editor.office) == after
    assert "这张表单已经提交过一次，没有重复去做。" in editor.words(first.headers["location"].partition("#")[0])


def test_the_same_words_in_another_form_are_added(editor: DeskDriver) -> None:
    for _ in range(2):
        editor.post(COMMENTS, comment="已阅。")
    assert comments(editor) == ["已阅。", "已阅。"]


def test_other_words_typed_into_the_page_that_the_browser_kept_are_added(editor: DeskDriver) -> None:
    number = new_form_id()
    for text in ("甲", "乙", "甲"):
        editor.post(COMMENTS, comment=text, form_id=number)
    assert comments(editor) == ["甲", "乙"]


def test_a_refused_form_is_mended_and_sent_again(editor: DeskDriver) -> None:
    number = new_form_id()
    for _ in range(2):
        assert editor.post(COMMENTS, comment="", form_id=number).status_code == 400
    assert editor.post(COMMENTS, comment="好", form_id=number).status_code == 303


@pytest.mark.parametrize("number", ["", "short", "x" * 65, "a b" * 10, "<script>alert(1)</script>"])
def test_a_form_without_a_number_adds_nothing(editor: DeskDriver, number: str) -> None:
    answer = editor.post(COMMENTS, comment="好", form_id=number)
    assert (answer.status_code, "刷新页面" in answer.text, comments(editor)) == (400, True, [])


def test_two_at_once_add_one(editor: DeskDriver) -> None:
    number = new_form_id()
    with ThreadPoolExecutor(4) as senders:
        answers = list(senders.map(lambda _: editor.post(COMMENTS, comment="好", form_id=number), range(4)))
    assert {answer.status_code for answer in answers} == {303}
    assert comments(editor) == ["好"]


def test_a_form_whose_following_was_interrupted_is_not_followed_again(
    editor: DeskDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service was killed between the two commits: nobody knows whether the comment is there."""
    digest = "d" * 64
    monkeypatch.setattr(form_once, "_digest_of", lambda request, form: digest)
    with editor.office.ledger.writing() as ledger:
        claim_form(ledger, digest, at=editor.office.now())
    answer = editor.post(COMMENTS, comment="好")
    assert (answer.status_code, "不知道做完没有" in answer.text, comments(editor)) == (409, True, [])


def test_pages_give_each_form_that_adds_a_number_of_its_own(editor: DeskDriver) -> None:
    page = editor.html(ARTICLE)
    forms = {form.get("action"): form.xpath(f"./input[@name='{FORM_ID}']/@value") for form in page.iter("form")}
    numbered = {action: numbers for action, numbers in forms.items() if numbers}
    assert numbered.keys() == {f"{ARTICLE}/endorsements", f"{ARTICLE}/upper"}
    numbers = [number for numbers in numbered.values() for number in numbers]
    assert len(numbers) == len(set(numbers))
    for path in ("letters/new", "commissions/new", "departments/new", "articles/1/correct"):
        [form] = [
            form for form in editor.html(f"/b/wuxing/{path}").iter("form") if form.xpath(f"./input[@name='{FORM_ID}']")
        ]
        assert form.get("method") == "post"
