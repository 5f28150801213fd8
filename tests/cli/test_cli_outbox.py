"""`outbox`: the letters out, sending them, and queueing one again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import letter_out, put_in, sending, states
from tests.support.smtp_servers import SmtpSink, smtp_sink


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture
def office_setup(sink: SmtpSink) -> OfficeSetup:
    return OfficeSetup(sending(sink))


def test_outbox_lists_letters_with_their_bytes(office: Office, command_line: CommandLine) -> None:
    put_in(office, letter_out("收稿"))
    [row] = command_line.run_json("outbox").document
    assert {key: row[key] for key in ("kind", "to", "subject", "state", "attempts", "sent_at")} == {
        "kind": "receipt",
        "to": ["jtj@example.org"],
        "subject": "收稿",
        "state": "queued",
        "attempts": 0,
        "sent_at": None,
    }
    assert row["raw"].startswith("Message-ID: <")
    assert "待发" in command_line.run("outbox").output


def test_a_letter_that_cannot_be_read_is_listed_without_its_bytes(office: Office, command_line: CommandLine) -> None:
    put_in(office, letter_out("issue", size=100_000), letter_out("收稿"))
    [file] = (office.data_dir / "outbox").rglob("*.eml")
    file.unlink()
    listed = command_line.run_json("outbox")
    assert (listed.status, [row["raw"] is None for row in listed.document]) == (1, [True, False])
    assert command_line.run("outbox").status == 0


def test_a_letter_that_cannot_be_read_is_not_queued_again(
    office: Office, command_line: CommandLine, sink: SmtpSink
) -> None:
    put_in(office, letter_out("issue", size=100_000))
    sink.reply("RCPT", "550 no such user")
    command_line.run("outbox", "send")
    [file] = (office.data_dir / "outbox").rglob("*.eml")
    file.write_bytes(b"altered")
    assert command_line.run_json("outbox", "--resend", "1").status != 0
    assert states(office) == {"issue": "failed"}


def test_send_sends_what_is_due(office: Office, command_line: CommandLine, sink: SmtpSink) -> None:
    put_in(office, letter_out("a"))
    sent = command_line.run_json("outbox", "send")
    assert (sent.status, sent.document) == (0, {"sent": 1, "deferred": 0, "possibly_sent": 0, "failed": []})
    assert (len(sink.taken), states(office)) == (1, {"a": "sent"})
    assert command_line.run("outbox", "send").output.startswith("发出 0 封，")


def test_a_refused_letter_is_done_in_part_and_may_be_queued_again(
    office: Office, command_line: CommandLine, sink: SmtpSink
) -> None:
    put_in(office, letter_out("a"))
    sink.reply("RCPT", "550 no such user")
    refused = command_line.run_json("outbox", "send")
    assert (refused.status, refused.document["failed"]) == (1, [1])
    queued = command_line.run_json("outbox", "--resend", "1")
    assert (queued.status, queued.document["state"]) == (0, "queued")
    assert command_line.run("outbox", "--resend", "1").status == 2


def test_a_server_that_is_not_there_is_unavailable(office: Office, command_line: CommandLine, sink: SmtpSink) -> None:
    put_in(office, letter_out("a"))
    config = command_line.config
    config.write_text(config.read_text(encoding="utf-8").replace(f"port = {sink.port}", "port = 1"), encoding="utf-8")
    assert command_line.run_json("outbox", "send").status == 3
    assert states(office) == {"a": "queued"}
