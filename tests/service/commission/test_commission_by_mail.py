"""A commission by real mail: asked over SMTP, answered over a Dovecot mailbox: in time, late, not at all."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from intake.pool import ReadingPool
from service.commission.remind import queue_reminders
from service.letters.mailing import outbox_sender
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.commissioned_office import DUE, JTJ, MONDAY, MZJ, answer, ask, config, now
from tests.support.dovecot import PASSWORD, Account, dovecot_server
from tests.support.offices import Clock, office_at, write_config
from tests.support.smtp_servers import SmtpSink, smtp_sink
from values.stopping import never

RSJ = "rsj@example.org"
WEDNESDAY = DUE - timedelta(hours=20)


def three_departments(sink: SmtpSink, port: int, account: Account) -> str:
    text = config().replace("port = 1\n", f"port = {sink.port}\n").replace("port = 993", f"port = {port}")
    more = f'\n[[bulletin.department]]\nname = "区人社局"\nsenders = ["{RSJ}"]\n'
    return text.replace('username = "wuxing@example.org"', f'username = "{account.username}"') + more


def test_two_answers_and_a_missing_one(tmp_path: Path, pool: ReadingPool) -> None:
    with dovecot_server(tmp_path) as dovecot, smtp_sink() as sink:
        account = dovecot.account()
        path = write_config(tmp_path / "office", three_departments(sink, dovecot.port, account))
        with office_at(path, MONDAY, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
            receiver, bulletin = LetterReceiver(office, pool), office.bulletin(None)

            def go_on(at: Clock, *letters: bytes) -> list[str]:
                for raw in letters:
                    account.deliver(raw, at.now)
                receiver.poll(bulletin)
                queue_reminders(office, bulletin)
                outbox_sender(office).send_due(stopping=never)
                return standings(office)

            clock = office.now
            assert isinstance(clock, Clock)
            ask(office, "秋季森林防火", "区民政局", "区教体局", "区人社局")
            clock.now = MONDAY + timedelta(minutes=9)
            assert go_on(clock) == ["待报"] * 3
            assert sink.taken == []
            clock.now = MONDAY + timedelta(minutes=10)
            go_on(clock)
            asked = {taken.to: message_from_bytes(taken.raw, policy=default) for taken in sink.taken}
            assert sorted(asked) == [JTJ, MZJ, RSJ]
            clock.now = WEDNESDAY
            thread = str(asked[JTJ]["Message-ID"])
            assert go_on(clock, answer(f"Re: {asked[JTJ]['Subject']}", to=thread)) == ["待报", "按时", "待报"]
            reminded = [taken.to for taken in sink.taken if "提醒" in str(subject_of(taken.raw))]
            assert sorted(reminded) == [MZJ, RSJ]
            clock.now = DUE + timedelta(days=1)
            late = answer(f"回复：{asked[MZJ]['Subject']}", sender=MZJ, number=2, title="护林防火在行动")
            assert go_on(clock, late) == ["迟到", "按时", "欠稿"]
            receipts = [taken.to for taken in sink.taken if str(subject_of(taken.raw)).startswith("【收稿】")]
            assert sorted(receipts) == [JTJ, MZJ]


def standings(office: Office) -> list[str]:
    made = now(office)
    return [made.standing_of(name, office.now()).chinese for name in made.departments]


def subject_of(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=default)["Subject"])
