"""Junk folders are looked into and letters marked after a poll; a failure of either is an alarm at most."""

from __future__ import annotations

import pytest

from intake.fetch.imap_junk import JunkLetter
from service.health.alarms import Alarm, AllClear, DailyAlarms
from service.letters.after_poll import junk_message, mark_read_letters, report_junk
from service.office import Office
from tests.support.imap_server import ScriptedImap
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin
from tests.support.scripted_mailbox import mailbox_on

LETTER = JunkLetter("垃圾邮件", "mzj@example.org", "敬老月")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more="first_number = 70").replace("poll_seconds", 'after_read = "flag"\npoll_seconds'))


def test_in_junk_names_folder_sender_and_subject_of_ten_letters() -> None:
    assert "“垃圾邮件”里 mzj@example.org 的《敬老月》。" in junk_message([LETTER])
    many = junk_message([LETTER] * 12)
    assert many.count("《敬老月》") == 10
    assert "等 12 封" in many


def test_mailbox_that_is_away_fails_neither_courtesy(office: Office, captured_logs: object) -> None:
    alarms: list[Alarm | AllClear] = []
    with ScriptedImap().running() as server:
        mailbox = mailbox_on(server)
    ours = office.bulletin(None)
    report_junk(office, ours, mailbox, DailyAlarms(alarms.append))
    assert alarms == []
    mark_read_letters(office, ours, mailbox, DailyAlarms(alarms.append))
    assert alarms == []
