"""提请审核 at the desk: the page of the sign-off shows the way, and what the editor can do next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.office import Office
from tests.support.approvals import (
    FIRST,
    LAST,
    approving_office,
    draft_of,
    drafted,
    events_now,
    letters,
    retitle,
    reviewed,
    state_now,
    token_for,
)
from tests.support.desk import DeskDriver
from tests.support.issue_page import ISSUE, act, article
from values.issue import ArticleStatus
from values.outgoing import LetterKind

SIGN_OFF = f"{ISSUE}/sign-off"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with approving_office(tmp_path / "office") as opened:
        yield opened


def buttons(desk: DeskDriver, path: str = SIGN_OFF) -> list[str]:
    return [" ".join(button.text_content().split()) for button in desk.html(path).xpath("//main//button")]


def test_the_editor_puts_forward_waits_and_signs_off(desk: DeskDriver) -> None:
    desk.login()
    assert "签发…" in buttons(desk, ISSUE)  # there is no draft yet
    assert desk.post(f"{SIGN_OFF}/prepare").headers["location"] == SIGN_OFF
    assert "第70期：拟稿" in desk.words(SIGN_OFF)
    assert buttons(desk) == ["提请审核"]
    assert "提请审核…" in buttons(desk, ISSUE)
    signed = desk.post(SIGN_OFF, issue=1, revision=1)
    assert (signed.status_code, "还没有提请审核" in signed.text) == (400, True)
    done = desk.post(f"{ISSUE}/put-forward", issue=1, revision=1, note="请尽快")
    assert done.headers["location"] == SIGN_OFF
    words = desk.words(SIGN_OFF)
    assert "第70期第 1 稿已提请审核，现在是待审核（审核），已写信给zhang@office.example、li@office.example。" in words
    assert "审核 在审 张主任、li@office.example（其中一人）" in words
    assert "审核进度…" in buttons(desk, ISSUE)
    before = token_for(desk.office, FIRST)
    assert desk.post(f"{ISSUE}/ask-again", issue=1, person=FIRST).status_code == 303
    assert token_for(desk.office, FIRST) != before
    reviewed(desk.office, FIRST)
    reviewed(desk.office, LAST)
    assert "签发第70期？" in desk.words(SIGN_OFF)
    assert "审核 已同意 zh 今天 16:00 同意" in desk.words(SIGN_OFF)
    assert buttons(desk)[-1] == "签发第70期"
    assert desk.post(SIGN_OFF, issue=1, revision=1).headers["location"] == f"{ISSUE}/signed/1"
    assert "审核 “审核”zh 今天 16:00 同意第 1 稿" in desk.words("/b/wuxing/past/1")


def test_a_draft_that_waits_is_not_made_again_by_looking_at_it(desk: DeskDriver) -> None:
    """Letters come all the time: what was put forward stays what is approved and signed."""
    desk.login()
    desk.post(f"{SIGN_OFF}/prepare")
    desk.post(f"{ISSUE}/put-forward", issue=1, revision=1)
    desk.hand_in("丙")
    desk.post(f"{SIGN_OFF}/prepare")
    assert draft_of(desk.office).revision == 1
    reviewed(desk.office, FIRST)
    reviewed(desk.office, LAST)
    desk.post(f"{SIGN_OFF}/prepare")
    words = desk.words(SIGN_OFF)
    assert "可以照样签发这一稿，新的改动留给下一期" in words
    assert "将要签发的 甲 区民政局乙 区民政局" in words
    assert buttons(desk) == ["编成新的一稿", "签发第70期第 1 稿"]
    assert desk.post(SIGN_OFF, issue=1, revision=1).status_code == 303
    assert [article(desk, id).status for id in (1, 3)] == [ArticleStatus.PUBLISHED, ArticleStatus.DRAFT]


def test_made_again_on_request_it_has_to_be_put_forward_anew(desk: DeskDriver) -> None:
    desk.login()
    desk.post(f"{SIGN_OFF}/prepare")
    desk.post(f"{ISSUE}/put-forward", issue=1, revision=1)
    reviewed(desk.office, FIRST)
    desk.hand_in("丙")
    desk.post(f"{SIGN_OFF}/prepare", again=1)
    assert (draft_of(desk.office).revision, state_now(desk.office).chinese) == (2, "拟稿")
    stale = desk.post(f"{ISSUE}/put-forward", issue=1, revision=1)
    assert (stale.status_code, "已更新到第 2 稿" in stale.text) == (400, True)


def test_an_approved_draft_whose_order_was_changed_is_not_signed_off(desk: DeskDriver) -> None:
    desk.login()
    drafted(desk.office)
    desk.post(f"{ISSUE}/put-forward", issue=1, revision=1)
    reviewed(desk.office, FIRST)
    reviewed(desk.office, LAST)
    act(desk, 2, "move", place="first")
    assert "这一稿已印不出原来的样子" in desk.words(SIGN_OFF)
    assert buttons(desk) == ["编成新的一稿"]
    assert desk.post(SIGN_OFF, issue=1, revision=1).status_code == 400


def test_what_was_sent_back_is_mended_and_put_forward_again(desk: DeskDriver) -> None:
    desk.login()
    drafted(desk.office)
    desk.post(f"{ISSUE}/put-forward", issue=1, revision=1)
    reviewed(desk.office, FIRST, approves=False, remarks={2: "改题目"})
    assert buttons(desk) == ["提请审核"]
    retitle(desk.office, 2, "乙改")
    assert "请先编成新的一稿，再提请审核" in desk.words(SIGN_OFF)
    desk.post(f"{SIGN_OFF}/prepare")
    desk.post(f"{ISSUE}/put-forward", issue=1, revision=2)
    assert state_now(desk.office).chinese == "待审核（审核）"
    assert len(letters(desk.office, LetterKind.REVIEW)) == 4
    assert len(events_now(desk.office)) == 3


def test_only_editors_put_forward_and_only_their_own_draft(desk: DeskDriver) -> None:
    drafted(desk.office)
    desk.login("viewer")
    assert desk.post(f"{ISSUE}/put-forward", issue=1, revision=1).status_code == 403
    desk.login()
    for issue in (9, ""):
        assert desk.post(f"{ISSUE}/put-forward", issue=issue, revision=1).status_code == 404
    assert desk.post(f"{ISSUE}/put-forward", issue=1).status_code == 400
    assert desk.post(f"{ISSUE}/ask-again", issue=1, person=FIRST).status_code == 400
    assert events_now(desk.office) == []


def test_the_responsible_editor_of_the_issue_is_set_with_date_and_note(desk: DeskDriver) -> None:
    desk.login()
    form: dict[str, Any] = {"version": 0, "dated": "", "editors_note": "按语", "responsible_editor": "王 编辑"}
    assert desk.post(f"{ISSUE}/prepare", **form).status_code == 303
    page = desk.html(ISSUE)
    assert page.xpath("//input[@name='responsible_editor']/@value") == ["王 编辑"]
    [version] = page.xpath("//form[contains(@action, '/prepare')]//input[@name='version']/@value")
    desk.post(f"{ISSUE}/prepare", version=version, dated="", editors_note="")
    assert desk.html(ISSUE).xpath("//input[@name='responsible_editor']/@value") == ["王 编辑"]
    assert "责任编辑：王 编辑" in desk.words(ISSUE)
