"""Several processes at one data directory: what one fetches, drafts and sends, no other fetches, drafts or sends."""

from __future__ import annotations

import signal
import threading
from collections import Counter
from itertools import islice
from pathlib import Path

from tests.support.forked_python import end_group
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.invariants import broken_promises
from tests.support.mixed_mail import configured, deliver, expected_verdicts, mixed_mail
from tests.support.scenario import Installation
from tests.support.smtp_servers import SmtpSink, smtp_sink

PATIENCE = 90


def test_polls_beside_a_running_service_fetch_draft_and_send_nothing_twice(tmp_path: Path) -> None:
    mails = list(islice(mixed_mail(5), 20))
    answered = threading.Event()
    with ScriptedImap().running() as imap, smtp_sink() as smtp:
        smtp.on_letter = lambda _: answered.set() if len(smtp.taken) == sum(mail.answered for mail in mails) else None
        office = Installation(tmp_path, configured(imap, smtp))
        deliver(imap, mails[:10])
        service = office.begin("run")
        try:
            for more in (mails[10:15], mails[15:]):
                deliver(imap, more)
                polls = [office.begin("poll"), office.begin("poll")]
                assert {poll.wait(PATIENCE) for poll in polls} <= {0, 3}, "3: another was at it"
            assert office.run("outbox", "send").status == 0
            assert answered.wait(PATIENCE)
            service.send_signal(signal.SIGTERM)
            assert service.wait(PATIENCE) == 0
        finally:
            end_group(service.pid)
        _assert_once(office, imap, smtp)
        assert {row["sha256"]: row["verdict"] for row in office.run("messages").document} == expected_verdicts(mails)
        assert len(office.run("articles").document) == sum(mail.articles for mail in mails)
    assert broken_promises(office.data) == []


def _assert_once(office: Installation, imap: ScriptedImap, smtp: SmtpSink) -> None:
    assert imap.sent == Counter({uid: len(raw) for uid, raw in imap.letters.items()})
    sent = [taken.raw for taken in smtp.taken]
    assert len(sent) == len(set(sent)) == len(office.run("outbox").document)


def test_second_poll_leaves_the_mailbox_to_the_first_and_reports_it(tmp_path: Path) -> None:
    fetching, go_on = threading.Event(), threading.Event()

    def slow(talk: Talk) -> None:
        fetching.set()
        go_on.wait(PATIENCE)
        talk.proceed()

    with ScriptedImap().running() as imap:
        office = Installation(tmp_path, configured(imap, None))
        deliver(imap, islice(mixed_mail(6), 2))
        imap.on["UID FETCH"] = slow
        first = office.begin("poll")
        try:
            assert fetching.wait(PATIENCE)
            second = office.run("poll")
            assert second.status == 3
            assert f"另一个进程（{first.pid}）正在收这个邮箱" in second.document["errors"][0]
            go_on.set()
            assert first.wait(PATIENCE) == 0
        finally:
            go_on.set()
            end_group(first.pid)
        assert imap.connections == 2, "the junk folder is looked into once, and nothing else"
        assert office.run("poll").status == 0
