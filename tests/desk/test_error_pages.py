"""A view that fails: its sentence comes back as a page or, for htmx, into the place for messages; the status fits."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.testclient import TestClient

from archive.changes import NewChange, record_change
from desk.forms import Form
from desk.page import back_to
from desk.refusals import NotFound
from desk.routes import get, post
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from values.account import Role
from values.errors import BadUsage, Changed, StorageFailed

SAID = "<b>稿件</b>刚刚有人改过。"


def fail_with(desk: DeskDriver, error: Exception) -> None:
    """Puts a page at /fails whose view raises it."""

    def fails(_request: Request) -> Response:
        raise error

    desk.app.router.routes.insert(0, get("/fails", fails))


@pytest.mark.parametrize(
    ("error", "status"),
    [(Changed(SAID), 409), (BadUsage(SAID), 400), (NotFound(SAID), 404), (StorageFailed(SAID), 503)],
    ids=lambda value: type(value).__name__,
)
def test_an_error_of_the_product_is_reported_as_it_stands(desk: DeskDriver, error: Exception, status: int) -> None:
    desk.login()
    fail_with(desk, error)
    whole, piece = desk.get("/fails"), desk.get("/fails", htmx=True)
    assert (whole.status_code, piece.status_code) == (status, status)
    assert "&lt;b&gt;稿件&lt;/b&gt;刚刚有人改过。" in whole.text
    assert "退出" in whole.text, "the page has its navigation"
    assert piece.text.strip() == '<div class="said bad">&lt;b&gt;稿件&lt;/b&gt;刚刚有人改过。</div>'
    assert (piece.headers["hx-retarget"], piece.headers["hx-reswap"]) == ("#messages", "innerHTML")


def test_a_mistake_of_our_own_tells_nothing_about_itself(desk: DeskDriver) -> None:
    desk.login()
    fail_with(desk, RuntimeError("SELECT secret FROM account"))
    client = TestClient(desk.app, base_url=desk.url, raise_server_exceptions=False, cookies=desk.client.cookies)
    response = client.get("/fails")
    assert response.status_code == 500
    assert "审稿台出了错" in response.text
    assert "secret" not in response.text
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert response.headers["cache-control"] == "no-store"


def test_htmx_is_sent_to_the_login_as_a_whole_and_back_to_its_page(desk: DeskDriver) -> None:
    response = desk.client.get(
        "/account", headers={"HX-Request": "true", "HX-Current-URL": f"{desk.url}/b/wuxing/issue?a=1"}
    )
    assert response.status_code == 401
    assert response.headers["hx-redirect"] == "/login?next=/b/wuxing/issue%3Fa%3D1"


def test_notice_of_an_action_is_on_the_next_page_with_and_without_htmx(desk: DeskDriver) -> None:
    def done(request: Request, form: Form) -> Response:
        return back_to(request, "/account", f"{form.text('name')}已保存；<i>“第70期”</i>。")

    desk.login()
    desk.app.router.routes.insert(0, post("/done", done, role=Role.VIEWER))
    plain = desk.post("/done", name="稿件")
    assert (plain.status_code, plain.headers["location"]) == (303, "/account")
    [shown] = desk.html("/account").xpath("//*[@id='messages']")
    assert shown.text_content().strip() == "稿件已保存；<i>“第70期”</i>。"
    assert desk.html("/account").xpath("//*[@id='messages']")[0].text_content().strip() == ""
    by_htmx = desk.post("/done", htmx=True, name="稿件")
    assert (by_htmx.status_code, by_htmx.headers["hx-redirect"]) == (200, "/account")
    assert "稿件已保存" in desk.words("/account")


def test_link_with_the_former_id_of_a_bulletin_leads_to_its_page(desk: DeskDriver) -> None:
    with desk.office.ledger.writing() as ledger:
        record_change(ledger, NewChange("wuxing", "li", "bulletin", "gongzuo", "gongzuo 改名为 wuxing", AT))
    desk.login("editor")
    moved = desk.client.get("/b/gongzuo/letters?verdict=pending", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/b/wuxing/letters?verdict=pending")
    assert desk.get("/b/wuxing/letters").status_code == 200
    refused = desk.post("/b/gongzuo/departments/retire")
    assert (refused.status_code, "改名为 wuxing" in refused.text) == (404, True)
    assert desk.get("/b/other/letters").status_code == 404
