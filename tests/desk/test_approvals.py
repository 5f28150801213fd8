"""审核 at the desk: an approver sees what waits for this person and nothing else, and approves it or sends it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.articles import article_named
from archive.changes import ChangeFilter, changes
from service.office import Office
from service.people.accounts import set_address
from tests.support.approvals import (
    FIRST,
    LAST,
    approving_office,
    draft_of,
    drafted,
    events_now,
    forward,
    retitle,
    reviewed,
    state_now,
)
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE
from values.approval import ApprovalWay, ArticleRemark

DRAFT = "/b/wuxing/approvals/1"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with approving_office(tmp_path / "office") as opened:
        yield opened


def approver(desk: DeskDriver, address: str = FIRST, role: str = "approver", name: str = "") -> None:
    """Logs in a person with that mail address."""
    person = desk.login(role, name)
    set_address(desk.office, person.name, address, who="赵管理")


def test_an_approver_sees_what_waits_for_this_person_and_no_other_page(desk: DeskDriver) -> None:
    approver(desk)
    assert desk.get("/").headers["location"] == "/approvals"
    assert "现在没有等您审核的送审稿" in desk.words("/approvals")
    assert desk.get(DRAFT).status_code == 404
    forward(desk.office, "请尽快")
    assert desk.html("/approvals").xpath("//tbody//a/@href") == [DRAFT]
    assert desk.html("/approvals").xpath("//nav[@class='tabs']//a/text()") == ["审核"]
    words = desk.words(DRAFT)
    assert "第70期 送审稿第 1 稿 · 2 篇 · 待审核（审核）" in words
    assert "甲的正文。" in words
    assert "王编辑提请审核" in words
    assert "请尽快" in words
    for path in (ISSUE, "/b/wuxing/articles/1", "/b/wuxing/letters", "/b/wuxing/past", "/b/wuxing/changes"):
        assert desk.get(path).status_code == 403


def test_a_draft_is_approved_and_the_next_step_is_asked(desk: DeskDriver) -> None:
    forward(desk.office)
    approver(desk)
    answer = desk.post(DRAFT, revision=1, verdict="approve", remark="好")
    assert (answer.status_code, answer.headers["location"]) == (303, "/approvals")
    assert "第70期已同意，现在是待审核（签发）。" in desk.words("/approvals")
    event = events_now(desk.office)[-1]
    assert (event.who, event.person, event.way, event.remark) == ("周审核", FIRST, ApprovalWay.DESK, "好")
    assert "这一稿现在不用您审核" in desk.words(DRAFT)
    again = desk.post(DRAFT, revision=1, verdict="approve")
    assert (again.status_code, "您已经同意过这一稿" in again.text) == (400, True)


def test_a_draft_is_sent_back_with_remarks_that_the_editor_finds_at_the_issue_and_the_article(desk: DeskDriver) -> None:
    forward(desk.office)
    approver(desk)
    refused = desk.post(DRAFT, revision=1, verdict="return", remark="")
    assert (refused.status_code, "退回要写明意见" in refused.text) == (400, True)
    remark_at: dict[str, Any] = {"remark-2": "<b>数字</b>不对"}
    desk.post(DRAFT, revision=1, verdict="return", remark="重排", **remark_at)
    assert events_now(desk.office)[-1].remarks == (ArticleRemark(2, "<b>数字</b>不对"),)
    desk.login()
    board = desk.words(ISSUE)
    assert "已退回" in board
    assert "周审核今天 16:00 退回这一稿：重排（对 1 篇另有意见，写在稿件页上）。" in board
    assert "对《乙》：<b>数字</b>不对" in desk.words(f"{ISSUE}/sign-off")
    assert "审核意见 周审核" in desk.words("/b/wuxing/articles/2")
    assert "<b>数字</b>不对" in desk.words("/b/wuxing/articles/2")
    assert "审核意见" not in desk.words("/b/wuxing/articles/1")


def test_after_a_change_the_approver_sees_what_changed_word_by_word(desk: DeskDriver) -> None:
    forward(desk.office)
    reviewed(desk.office, FIRST)
    approver(desk)
    retitle(desk.office, 2, "乙改")
    drafted(desk.office)
    assert desk.get(DRAFT).status_code == 404  # not put forward yet
    forward(desk.office)
    words = desk.words(DRAFT)
    assert "您上次同意的是第 1 稿，此后的改动 改动《乙改》：第 1 稿改为第 2 稿" in words
    assert desk.html(DRAFT).xpath("//table[@class='compare']//ins/text()") == ["改"]
    half: dict[str, Any] = {"remark-1": "打了一半的意见"}
    stale = desk.post(DRAFT, revision=1, verdict="approve", **half)
    assert stale.status_code == 400
    assert "已更新到第 2 稿，您看过的是第 1 稿" in stale.text
    assert "打了一半的意见" in stale.text


def test_while_the_editor_changes_the_draft_it_is_not_approved(desk: DeskDriver) -> None:
    """What the page would show is not what the draft prints."""
    forward(desk.office)
    approver(desk)
    desk.hand_in("丙")  # a letter that has come since changes nothing
    assert "编辑正在改这一期" not in desk.words(DRAFT)
    driver = DeskDriver(desk.office)
    driver.login()
    with desk.office.ledger.reading() as ledger:
        version = article_named(ledger, 2).version
    assert driver.post(f"{ISSUE}/articles/2/move", version=version, place="first").status_code == 303
    words = desk.words(DRAFT)
    assert "编辑正在改这一期" in words
    assert "同意 退回" not in words


@pytest.mark.parametrize(
    ("role", "address", "status"),
    [
        ("approver", "somebody@office.example", 404),
        ("approver", "", 404),
        ("approver", LAST, 200),
        ("auditor", FIRST, 404),
        ("viewer", FIRST, 404),
        ("editor", FIRST, 200),
        ("admin", FIRST, 200),
        ("admin", "", 404),
    ],
)
def test_only_people_whom_a_step_names_see_a_draft(desk: DeskDriver, role: str, address: str, status: int) -> None:
    forward(desk.office)
    approver(desk, address, role)
    assert desk.get(DRAFT).status_code == status
    answer = desk.post(DRAFT, revision=1, verdict="approve")
    assert answer.status_code == {"approver": 400, "editor": 303, "admin": 303}.get(role, 404) if status == 200 else 404
    assert desk.get(f"{DRAFT}/pictures/{'0' * 64}").status_code == 404


@pytest.mark.parametrize("role", ["editor", "admin"])
def test_with_separated_duties_nobody_who_edits_approves(tmp_path: Path, role: str) -> None:
    with approving_office(tmp_path / "office", desk="[desk]\nseparation_of_duties = true") as office:
        desk = DeskDriver(office)
        forward(office)
        approver(desk, role=role)
        assert desk.get(DRAFT).status_code == 404
        assert desk.post(DRAFT, revision=1, verdict="approve").status_code == 404
        assert "打开审核" not in desk.words(ISSUE)
        approver(desk, LAST)
        assert desk.get(DRAFT).status_code == 200
        assert state_now(office).chinese == "待审核（审核）"
        desk.close()


def test_an_editor_whom_a_step_names_is_shown_the_way_at_the_issue(desk: DeskDriver) -> None:
    forward(desk.office)
    approver(desk, role="editor")
    assert desk.html(ISSUE).xpath("//a[text()='打开审核']/@href") == [DRAFT]


def test_what_is_downloaded_is_recorded_with_the_name(desk: DeskDriver) -> None:
    """Without LibreOffice there is no PDF, and nothing is recorded."""
    forward(desk.office)
    approver(desk)
    assert desk.get(f"{DRAFT}/pdf").status_code == 400
    with desk.office.ledger.reading() as ledger:
        assert changes(ledger, ChangeFilter(subject="download")) == []
    assert draft_of(desk.office).revision == 1
