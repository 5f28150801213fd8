"""The one-time link: it admits one person to one draft, once; forwarded, replayed, late or guessed it is worth nothing
more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from service.issue.sign_off import sign_off
from service.office import Office
from service.people.accounts import add_user, set_address, set_disabled
from tests.support.approvals import (
    EDITOR,
    FIRST,
    LAST,
    SECOND,
    approving_office,
    draft_of,
    drafted,
    events_now,
    forward,
    retitle,
    reviewed,
    state_now,
    token_for,
)
from tests.support.desk import DeskDriver
from tests.support.desk_routes import rows_of
from tests.support.docx_reading import png
from tests.support.ledger_rows import add_article, new_article
from values.account import Role
from values.approval import ApprovalWay
from values.manuscript import Manuscript, Picture


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with approving_office(tmp_path / "office") as opened:
        yield opened


def link(desk: DeskDriver, address: str = FIRST) -> str:
    return f"/approve/{token_for(desk.office, address)}"


def refusal(desk: DeskDriver, path: str) -> str:
    """What somebody reads who opens the link, and sends its form all the same; nothing is changed."""
    before = rows_of(desk.office)
    page, sent = desk.get(path), desk.post(path, revision=1, verdict="approve")
    assert (page.status_code, sent.status_code) == (404, 404)
    assert rows_of(desk.office) == before
    return " ".join(page.text.split())


def test_somebody_without_an_account_approves_by_the_link(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    words = desk.words(path)
    assert "甲的正文。" in words
    assert "这个链接只给 张主任（zhang@office.example）用" in words
    assert desk.html(path).xpath("//nav[@class='tabs']") == []
    answer = desk.post(path, revision=1, verdict="approve", remark="好")
    assert (answer.status_code, "您的决定已经记下" in answer.text) == (200, True)
    event = events_now(desk.office)[-1]
    assert (event.who, event.person, event.way) == ("张主任", FIRST, ApprovalWay.LINK)
    assert state_now(desk.office).chinese == "待审核（签发）"
    assert "已经用过" in refusal(desk, path)


def test_looking_uses_nothing_up_and_leads_to_nothing_else(desk: DeskDriver) -> None:
    """Mail systems open links before people do."""
    forward(desk.office)
    path = link(desk)
    for _ in range(3):
        assert desk.get(path).status_code == 200
    assert desk.get("/b/wuxing/issue").headers["location"].startswith("/login")
    assert desk.get("/b/wuxing/approvals/1").headers["location"].startswith("/login")
    assert desk.post(path, revision=1, verdict="approve").status_code == 200


def test_a_form_that_does_not_come_from_the_page_is_refused_and_the_link_stays(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    for headers in ({"Origin": "https://elsewhere.example"}, {}):
        answer = desk.client.post(path, data={"revision": "1", "verdict": "approve"}, headers=headers)
        assert answer.status_code == 403
    for verdict in ("", "approve it"):
        assert desk.post(path, revision=1, verdict=verdict).status_code == 400
    assert desk.get(path).status_code == 200
    assert len(events_now(desk.office)) == 1


def test_a_forwarded_link_is_the_persons_and_is_recorded_as_such_once(desk: DeskDriver) -> None:
    """Whoever holds it decides for its person, one time; the record says that it was by link."""
    forward(desk.office)
    path = link(desk)
    other = DeskDriver(desk.office)
    other.login("viewer")
    assert other.post(path, revision=1, verdict="return", remark="不行").status_code == 200
    event = events_now(desk.office)[-1]
    assert (event.who, event.way) == ("张主任", ApprovalWay.LINK)
    assert "已经用过" in refusal(desk, path)


def test_a_link_ends_with_its_time(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    desk.clock.now += timedelta(days=3)
    assert "过期" in refusal(desk, path)


def test_a_link_ends_with_a_change_and_with_the_next_one(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    retitle(desk.office, 1, "甲改")
    drafted(desk.office)
    assert "在发出这个链接之后改过" in refusal(desk, path)
    forward(desk.office)
    assert "另发了新的链接" in refusal(desk, path)
    assert desk.post(link(desk), revision=2, verdict="approve").status_code == 200


def test_a_link_to_one_revision_does_not_approve_another(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    assert desk.post(path, revision=2, verdict="approve").status_code == 400
    assert [event.revision for event in events_now(desk.office)] == [1]


def test_a_link_ends_with_the_sign_off(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk, SECOND)
    reviewed(desk.office, FIRST)
    assert "“审核”已由zh同意" in desk.post(path, revision=1, verdict="approve").text
    reviewed(desk.office, LAST)
    sign_off(desk.office, desk.office.bulletin(None), 70, EDITOR)
    assert "第70期已签发，不用再审核了" in refusal(desk, path)


def test_a_link_ends_where_its_person_decides_at_the_desk(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    person = desk.login("approver")
    set_address(desk.office, person.name, FIRST, who="赵管理")
    assert desk.post("/b/wuxing/approvals/1", revision=1, verdict="approve").status_code == 303
    assert "已经用过" in refusal(desk, path)


def test_the_link_of_somebody_whose_account_is_disabled_is_void(desk: DeskDriver) -> None:
    forward(desk.office)
    path = link(desk)
    add_user(desk.office, "zhang", Role.APPROVER, display_name="张立", address=FIRST, who="赵管理")
    assert "只给 张立（" in desk.words(path)
    set_disabled(desk.office, "zhang", True, who="赵管理")
    assert "已停用，或他的角色不能审核" in refusal(desk, path)


def test_with_separated_duties_an_editors_link_is_void(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office", desk="[desk]\nseparation_of_duties = true") as office:
        desk = DeskDriver(office)
        forward(office)
        person = desk.login("editor")
        set_address(office, person.name, FIRST, who="赵管理")
        assert "他的角色不能审核" in refusal(desk, link(desk))
        desk.close()


@pytest.mark.parametrize("token", ["x" * 43, "a", "%00", "x" * 4000])
def test_a_guessed_link_opens_nothing(desk: DeskDriver, token: str) -> None:
    forward(desk.office)
    assert desk.get(f"/approve/{token}").status_code == 404
    assert draft_of(desk.office).revision == 1


def test_the_ledger_holds_no_link_but_in_the_letter(desk: DeskDriver) -> None:
    forward(desk.office)
    token = token_for(desk.office, FIRST)
    rows = rows_of(desk.office)
    assert token not in str({name: table for name, table in rows.items() if name != "outbox"})


def test_a_picture_of_the_draft_is_shown_and_no_other(desk: DeskDriver) -> None:
    office = desk.office
    drawn, other = png(), png(shade=9)
    shown, hidden = office.media.put(drawn), office.media.put(other)
    picture = Picture(shown, "image/png", 914_400, 914_400)
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("丙", manuscript=Manuscript(("丙",), None, (picture,))))
    forward(office)
    path = link(desk)
    answer = desk.get(f"{path}/pictures/{shown}")
    assert (answer.status_code, answer.content, answer.headers["cache-control"]) == (200, drawn, "no-store")
    assert desk.get(f"{path}/pictures/{hidden}").status_code == 404


def test_no_page_of_an_editor_shows_the_link(desk: DeskDriver) -> None:
    forward(desk.office)
    token = token_for(desk.office, FIRST)
    desk.login("admin")
    page = desk.get("/state/outbox/1")
    assert page.status_code == 200
    assert "链接只给收件人看" in page.text
    shown = [desk.get(path).text for path in ("/state/outbox/1", "/state", "/b/wuxing/issue/sign-off")]
    assert [text for text in shown if token in text] == []
