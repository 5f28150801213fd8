"""Letters out as the command line sees them: from a letter in a real mailbox to the receipt in the department's."""

from __future__ import annotations

import hashlib
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_string
from email.policy import default
from pathlib import Path
from queue import Queue

import pytest

from tests.support.correspondence import letters_out_of, manuscript, submission
from tests.support.dovecot import Account, Dovecot
from tests.support.forked_python import end_group
from tests.support.invariants import broken_promises
from tests.support.scenario import PRINTED, ROOT, Installation, installation_of
from tests.support.smtp_servers import SmtpSink, Taken, smtp_sink

SHAPE = {"id": int, "kind": str, "to": list, "subject": str, "state": str, "letter": str, "raw": str}


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office(dovecot: Dovecot, sink: SmtpSink, tmp_path: Path) -> Installation:
    """An office whose mailbox has one manuscript that came today, and that sends over the sink."""
    account = dovecot.account()
    account.deliver(submission(manuscript()), datetime.now(UTC))
    return sending_over(sink.port, account, tmp_path)


def sending_over(port: int, account: Account, home: Path) -> Installation:
    office = installation_of(PRINTED, home, account)
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "office@example.org"\n\n'
    office.config.write_text(smtp + office.config.read_text(encoding="utf-8"), encoding="utf-8")
    return office


def test_the_letters_out_of_the_sample_letters_are_these(tmp_path: Path) -> None:
    expected = (PRINTED / "letters-out.txt").read_text(encoding="utf-8")
    assert letters_out_of(PRINTED, tmp_path) == expected


@pytest.mark.dovecot
def test_poll_queues_a_receipt_and_outbox_send_delivers_it(office: Installation, sink: SmtpSink) -> None:
    assert office.run("poll").status == 0
    [queued] = office.run("outbox").document
    assert {key: type(queued[key]) for key in SHAPE} == SHAPE
    assert (queued["kind"], queued["to"], queued["state"]) == ("receipt", ["jtj@example.org"], "queued")
    assert queued["letter"] == office.run("messages").document[0]["sha256"]
    assert message_from_string(queued["raw"], policy=default)["Subject"] == queued["subject"]
    sent = office.run("outbox", "send")
    assert (sent.status, sent.document) == (0, {"sent": 1, "deferred": 0, "possibly_sent": 0, "failed": []})
    assert [(taken.to, taken.raw) for taken in sink.taken] == [("jtj@example.org", queued["raw"].encode())]
    assert office.run("outbox").document[0]["state"] == "sent"
    assert (office.run("poll").status, office.run("outbox", "send").document["sent"]) == (0, 0)
    assert broken_promises(office.data) == []


@pytest.mark.dovecot
def test_an_article_that_is_returned_with_a_reason_goes_back_by_mail(office: Installation, sink: SmtpSink) -> None:
    office.run("poll")
    returned = office.run("decide", "1", "returned", "--note", "请补上参保人数。")
    assert (returned.status, returned.document["status"]) == (0, "returned")
    assert office.run("outbox", "send").document["sent"] == 2
    letter = message_from_string(sink.taken[1].raw.decode(), policy=default)
    assert (letter["To"], letter["Subject"][:4]) == ("jtj@example.org", "【退改】")
    body, enclosed = letter.iter_parts()
    assert "请补上参保人数。" in body.get_content()
    assert str(enclosed.get_filename()).endswith("（退改）.docx")


@pytest.mark.dovecot
def test_returning_needs_a_reason_and_writes_no_letter_where_none_is_wanted(office: Installation) -> None:
    office.run("poll")
    refused = office.run("decide", "1", "returned", "--department", "区教体局")
    assert (refused.status, "请写明退改的原因" in refused.complaints) == (2, True)
    assert [row["status"] for row in office.run("articles").document] == ["draft"]
    returned = office.run("decide", "1", "returned", "--note", "请补上参保人数。", "--no-letter")
    assert (returned.status, returned.document["status"]) == (0, "returned")
    assert [row["kind"] for row in office.run("outbox").document] == ["receipt"]


@pytest.mark.dovecot
def test_assemble_queues_the_draft_for_the_editor(office: Installation, sink: SmtpSink) -> None:
    office.run("poll")
    [file] = office.run("assemble").document["files"]
    assert office.run("outbox", "send").document["sent"] == 2
    draft = message_from_string(sink.taken[1].raw.decode(), policy=default)
    [enclosure] = draft.iter_attachments()
    sha256 = hashlib.sha256(enclosure.get_content()).hexdigest()
    assert (draft["To"], sha256) == (
        "editor@example.org",
        hashlib.sha256((office.data / file).read_bytes()).hexdigest(),
    )


@pytest.mark.dovecot
def test_server_that_is_away_is_exit_3_and_nothing_is_lost(dovecot: Dovecot, tmp_path: Path) -> None:
    account = dovecot.account()
    account.deliver(submission(manuscript()), datetime.now(UTC))
    office = sending_over(1, account, tmp_path)
    assert office.run("poll").status == 0
    answer = office.run("outbox", "send")
    assert (answer.status, answer.document) == (3, None)
    assert "拒绝连接。请核对 [smtp] 的 host 和 port" in answer.complaints
    assert [row["state"] for row in office.run("outbox").document] == ["queued"]


@pytest.mark.dovecot
def test_refused_letter_is_sent_again_on_a_persons_word(office: Installation, sink: SmtpSink) -> None:
    office.run("poll")
    sink.reply("DATA", "554 content rejected")
    answer = office.run("outbox", "send")
    assert (answer.status, answer.document["failed"]) == (1, [1])
    [failed] = office.run("outbox").document
    assert (failed["state"], failed["answer"]) == ("failed", {"code": 554, "text": "content rejected"})
    again = office.run("outbox", "--resend", "1")
    assert (again.status, again.document["state"]) == (0, "queued")
    assert office.run("outbox", "send").document["sent"] == 1
    assert office.run("outbox", "--resend", "1").status == 2


@pytest.mark.dovecot
def test_limited_account_is_exit_3_with_the_servers_words_and_the_letter_waits(
    office: Installation, sink: SmtpSink
) -> None:
    office.run("poll")
    sink.reply("RCPT", "550 User suspended")
    answer = office.run("outbox", "send")
    assert (answer.status, answer.document["failed"], answer.document["limited"]) == (3, [], "550 User suspended")
    assert [row["state"] for row in office.run("outbox").document] == ["queued"]


def test_sending_without_a_mail_server_says_what_to_configure(tmp_path: Path) -> None:
    office = installation_of(PRINTED, tmp_path)
    answer = office.run("outbox", "send")
    assert (answer.status, answer.complaints) == (
        2,
        "没有配置发信服务器：请在 [smtp] 里写 host、username 和 password，再运行 check 核对。\n",
    )


@pytest.mark.dovecot
def test_running_service_answers_by_itself(office: Installation, sink: SmtpSink) -> None:
    arrived: Queue[Taken] = Queue()
    sink.on_letter = arrived.put
    run = subprocess.Popen(
        office.command("run"), cwd=ROOT, env=office.environ, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        assert arrived.get(timeout=100).to == "jtj@example.org"
        run.send_signal(signal.SIGTERM)
        assert run.wait(60) == 0
    finally:
        end_group(run.pid)
        run.wait()
    assert [row["state"] for row in office.run("outbox").document] == ["sent"]
