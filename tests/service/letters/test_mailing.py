"""The office's mail server: what a sender is made of, and the alarm about letters refused for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.letters.mailing import alarm_about_failed, outbox_sender, smtp_session
from service.office import Office
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out, letter_out, put_in, sending
from values.errors import BadConfig, BadUsage
from values.outgoing import LetterKind


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors='"editor@example.org"'))


def test_outbox_sender_without_a_mail_server_says_what_to_configure(office: Office) -> None:
    smtp = office.settings.smtp.model_copy(update={"host": ""})
    silent = replace(office, settings=office.settings.model_copy(update={"smtp": smtp}))
    with pytest.raises(BadUsage, match=r"\[smtp\] 里写 host"):
        outbox_sender(silent)


def test_smtp_session_needs_the_password_of_its_login(office: Office) -> None:
    smtp = office.settings.smtp.model_copy(update={"username": "office@example.org"})
    with pytest.raises(BadConfig):
        smtp_session(replace(office, settings=office.settings.model_copy(update={"smtp": smtp})))


def test_alarm_about_failed_lists_the_letters_but_no_alarm(office: Office) -> None:
    put_in(office, letter_out("收稿"), letter_out("告警", kind=LetterKind.ALARM))
    receipt, alarm = all_out(office)
    alarm_about_failed(office, [alarm])
    assert len(all_out(office)) == 2
    alarm_about_failed(office, [receipt, alarm])
    written = all_out(office)[2:]
    assert {entry.kind for entry in written} == {LetterKind.ALARM}
    assert [entry.to for entry in written] == ["editor@example.org"]
