"""提请审核: which draft is put forward, who is asked, and what stands in the record."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import approvals
from archive.changes import changes_of
from service.approval.put_forward import ask_again, put_forward
from service.issue.arrange import move_article
from service.issue.sign_off import sign_off
from service.office import Office
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
    letters,
    reviewed,
    state_now,
    text_of,
    token_for,
)
from tests.support.offices import office_at, write_config
from values.approval import ApprovalAct
from values.errors import BadUsage
from values.outgoing import LetterKind


def test_the_people_of_the_first_step_are_asked_and_nobody_else(office: Office) -> None:
    done = forward(office, "请尽快。\n周五要印。")
    assert done.mailed == (FIRST, SECOND)
    assert done.state.chinese == "待审核（审核）"
    assert [record.to for record in letters(office, LetterKind.REVIEW)] == [FIRST, SECOND]
    text = text_of(office, letters(office, LetterKind.REVIEW)[0])
    assert "由王编辑提请审核" in text
    assert "   请尽快。\n   周五要印。" in text
    assert "   1.《甲》区民政局\n   2.《乙》区民政局" in text
    assert "与您上次审过的一稿相比" not in text
    assert token_for(office, FIRST) != token_for(office, SECOND)
    [event] = events_now(office)
    assert (event.act, event.revision, event.who, event.remark) == (
        ApprovalAct.PUT_FORWARD,
        1,
        EDITOR,
        "请尽快。\n周五要印。",
    )
    with office.ledger.reading() as ledger:
        snapshot = approvals.snapshot_of(ledger, draft_of(office).id, 1)
        recorded = [change.summary for change in changes_of(ledger, "issue", draft_of(office).id)]
    assert snapshot is not None
    assert [(article.id, article.title, article.revision) for article in snapshot.articles] == [
        (1, "甲", 1),
        (2, "乙", 1),
    ]
    assert recorded[0] == "第70期第 1 稿提请审核（审核）"


def test_what_is_put_forward_already_is_not_put_forward_again(office: Office) -> None:
    forward(office)
    with pytest.raises(BadUsage, match="第70期第 1 稿已经提请过了，现在是待审核（审核）"):
        put_forward(office, office.bulletin(None), 70, EDITOR)
    reviewed(office, FIRST, approves=False, remark="请改")
    put_forward(office, office.bulletin(None), 70, EDITOR)
    assert state_now(office).chinese == "待审核（审核）"


def test_a_draft_that_prints_something_else_or_was_not_seen_is_refused(office: Office) -> None:
    drafted(office)
    with pytest.raises(BadUsage, match="还没有第 2 稿"):
        put_forward(office, office.bulletin(None), 70, EDITOR, seen=2)
    move_article(office, 2, EDITOR, place="first")
    with pytest.raises(BadUsage, match="请先重新生成送审稿"):
        put_forward(office, office.bulletin(None), 70, EDITOR)
    assert events_now(office) == []


def test_without_steps_the_editor_signs_alone_and_puts_nothing_forward(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office", steps="") as office:
        drafted(office)
        with pytest.raises(BadUsage, match="没有配置审核的步骤"):
            put_forward(office, office.bulletin(None), 70, EDITOR)
        sign_off(office, office.bulletin(None), 70, EDITOR)


def test_another_link_makes_the_earlier_one_void(office: Office) -> None:
    forward(office)
    first = token_for(office, FIRST)
    ask_again(office, office.bulletin(None), 70, FIRST.upper(), EDITOR)
    assert token_for(office, FIRST) != first
    with office.ledger.reading() as ledger:
        recorded = [change.summary for change in changes_of(ledger, "issue", draft_of(office).id)]
    assert recorded[0] == "第70期第 1 稿再请张主任审核，原来的链接作废"
    with pytest.raises(BadUsage, match=r"现在没有在等 ban@office\.example"):
        ask_again(office, office.bulletin(None), 70, LAST, EDITOR)


def test_without_a_mail_server_people_log_in_and_no_link_is_made(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        text = (
            (tmp_path / "office" / "config.toml")
            .read_text(encoding="utf-8")
            .replace('host = "127.0.0.1"', 'host = ""', 1)
        )
    with office_at(write_config(tmp_path / "office", text), office.now()) as office:
        assert forward(office).mailed == ()
        with pytest.raises(BadUsage, match="寄不了链接"):
            ask_again(office, office.bulletin(None), 70, FIRST, EDITOR)
