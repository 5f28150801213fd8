"""印发, 采用通知: which letters go out when, and how one is taken back before it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from archive.changes import changes_of
from archive.outbox import letter_out, record_delivery
from archive.removed_letters_out import remove_letters_out
from archive.schema import letter
from courier.plan import due
from service.dispatch.dispatch import dispatch, take_back
from service.issue.assemble import assemble
from service.letters.resend import resend
from service.office import Office
from tests.support.ledger_rows import AT
from tests.support.offices import Clock, hand_in, office_at, write_config
from tests.support.signed_issue import COPIES, EDITOR, LIST, SOON, config, out, planned, send_all
from tests.support.signed_issue import office as office
from values.errors import BadUsage, NotThere
from values.outgoing import OutboxState


def test_one_letter_a_recipient_and_department_goes_out_after_ten_minutes(office: Office) -> None:
    assert send_all(office) == 4
    assert send_all(office) == 0
    records = out(office)
    assert [(record.kind.value, record.to) for record in records] == [
        ("circulated", LIST[0]),
        ("circulated", LIST[1]),
        ("adoption", "mzj@example.org"),
        ("adoption", "jtj@example.org"),
    ]
    assert {record.delivery.next_attempt_at for record in records} == {AT + SOON}
    assert due(records, AT + SOON - timedelta(seconds=1), most=9) == []
    assert len(due(records, AT + SOON, most=9)) == 4
    with office.ledger.reading() as ledger:
        recorded = [change.summary for change in changes_of(ledger, "issue", 1)]
    assert recorded[:2] == ["第70期采用通知 2 封，十分钟后寄出", "第70期印发 2 封，十分钟后寄出"]


def test_a_letter_is_taken_back_before_it_goes_and_can_be_sent_again(office: Office) -> None:
    send_all(office)
    assert take_back(office, 1, who=EDITOR).delivery.state is OutboxState.TAKEN_BACK
    assert [record.id for record in due(out(office), AT + SOON, most=9)] == [2, 3, 4]
    with pytest.raises(BadUsage, match="已经收回了"):
        take_back(office, 1, who=EDITOR)
    assert [letter.record.delivery.state.chinese for letter in planned(office) if letter.record] == [
        "已收回",
        "待发",
        "待发",
        "待发",
    ]
    assert send_all(office) == 1
    assert len(due(out(office), AT + SOON, most=9)) == 4
    take_back(office, 1, who=EDITOR)
    assert resend(office, 1, who=EDITOR).delivery.state is OutboxState.QUEUED


def test_what_was_tried_is_not_taken_back(office: Office) -> None:
    send_all(office)
    record = out(office)[0]
    for state in (OutboxState.SENT, OutboxState.POSSIBLY_SENT, OutboxState.FAILED):
        with office.ledger.writing() as ledger:
            now = letter_out(ledger, record.id)
            record_delivery(ledger, now, replace(now.delivery, state=state, attempts=now.delivery.attempts + 1))
        with pytest.raises(BadUsage, match="收不回来了"):
            take_back(office, record.id, who=EDITOR)


def test_a_restart_keeps_the_time_and_what_was_taken_back(office: Office, tmp_path: Path) -> None:
    send_all(office)
    take_back(office, 2, who=EDITOR)
    with office_at(tmp_path / "office" / "config.toml", AT + timedelta(minutes=5)) as restarted:
        records = out(restarted)
    assert [record.delivery.next_attempt_at for record in records] == [AT + SOON, None, AT + SOON, AT + SOON]


def test_a_department_gets_one_letter_although_its_address_changes(office: Office) -> None:
    send_all(office)
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(letter).where(letter.c.id == 1).values(sender="mzj@example.org"))
    assert send_all(office) == 0


def test_erasing_a_letter_empties_the_notice_to_its_sender(office: Office) -> None:
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(letter).where(letter.c.id == 1).values(sender="MZJ@example.org"))
    send_all(office)
    with office.ledger.writing() as ledger:
        remove_letters_out(ledger, 1, [], at=AT)
    assert [record.to for record in out(office) if record.is_removed] == [""]
    assert [record.id for record in out(office) if record.is_removed] == [3]


def test_what_cannot_be_sent_is_refused_with_the_remedy(office: Office, tmp_path: Path) -> None:
    bulletin = office.bulletin(None)
    with pytest.raises(NotThere, match="没有这一期"):
        dispatch(office, bulletin, 9, COPIES, EDITOR)
    hand_in(office, "戊")
    assemble(office, bulletin, AT.date())
    with pytest.raises(BadUsage, match="第71期还没有签发"):
        dispatch(office, bulletin, 2, COPIES, EDITOR)
    for text, refusal in (
        (config(host=""), "没有配置发信服务器"),
        (config(circulate=()), "circulate 里的邮箱"),
    ):
        with office_at(write_config(tmp_path / "office", text), AT) as changed:
            assert isinstance(changed.now, Clock)
            with pytest.raises(BadUsage, match=refusal):
                dispatch(changed, changed.bulletin(None), 1, COPIES, EDITOR)
    assert out(office) == []
