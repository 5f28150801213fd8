"""Sending what is due, over real servers: in small batches, within the quota, and never twice without saying so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from archive.removed_letters_out import remove_letters_out
from courier.faults import MailServerUnavailable
from courier.sending import SendingResult
from service.letters.mailing import outbox_sender
from service.office import Office
from tests.support.crash import ROOT, killed_at_step
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import keep_letter
from tests.support.offices import SHANGHAI, office_at, write_config
from tests.support.outboxes import TO, Server, all_out, letter_out, put, put_in, sending, states
from tests.support.smtp_servers import PASSWORD, USERNAME, BreakingSmtp, SmtpSink, smtp_sink
from values.errors import LoginRefused
from values.outgoing import LetterKind, OutboxState
from values.stopping import never

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
MINUTES_15 = timedelta(minutes=15)
DRAFT = LetterKind.DRAFT
LOGIN = f'username = "{USERNAME}"\npassword = {{ env = "JIANBAO_SMTP_PASSWORD" }}'


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink, capture_logs():
        yield sink


def config_for(home: Path, server: Server, more: str = "") -> Path:
    return write_config(home / "office", sending(server, more=more))


def send(config: Path, at: datetime = TUESDAY, **environ: str) -> SendingResult:
    with office_at(config, at, **environ) as office:
        return outbox_sender(office).send_due(stopping=never)


def fill(config: Path, *names: str, kind: LetterKind = LetterKind.RECEIPT, size: int = 0) -> None:
    with office_at(config, TUESDAY) as office:
        put_in(office, *(letter_out(name, kind=kind, size=size) for name in names))


def after(config: Path, at: datetime = TUESDAY) -> dict[str, str]:
    with office_at(config, at) as office:
        assert broken_promises(office.data_dir) == []
        return states(office)


def test_queued_letters_arrive_as_they_were_written(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一")
    fill(config, "issue", kind=DRAFT, size=100_000)
    assert send(config) == SendingResult(sent=2)
    assert [taken.raw for taken in sink.taken] == [letter_out("一").raw, letter_out("issue", size=100_000).raw]
    assert {taken.to for taken in sink.taken} == {TO}
    assert after(config) == {"一": "sent", "issue": "sent"}
    assert send(config) == SendingResult()
    assert len(sink.taken) == 2


def test_answers_have_no_return_path_where_the_server_needs_no_login(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一")
    fill(config, "issue", kind=DRAFT)
    send(config)
    assert [taken.sender for taken in sink.taken] == ["", "wuxing@example.org"]


def test_account_that_logs_in_is_the_return_path_of_all(sink: SmtpSink, tmp_path: Path) -> None:
    """domain.md section 8: 163.com takes no other."""
    config = config_for(tmp_path, sink, LOGIN)
    fill(config, "一")
    fill(config, "issue", kind=DRAFT)
    send(config, JIANBAO_SMTP_PASSWORD=PASSWORD)
    assert [taken.sender for taken in sink.taken] == [USERNAME, USERNAME]
    assert sink.logins == 1


def test_nothing_due_opens_no_connection(sink: SmtpSink, tmp_path: Path) -> None:
    assert send(config_for(tmp_path, sink)) == SendingResult()
    assert sink.connections == 0


def test_letters_go_in_small_batches_and_not_above_the_quota(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink, "per_quarter_hour = 12")
    fill(config, *(f"letter-{n}" for n in range(30)))
    assert send(config) == SendingResult(sent=12)
    assert sink.connections == 2
    assert send(config, TUESDAY + timedelta(minutes=14)) == SendingResult()
    assert send(config, TUESDAY + MINUTES_15) == SendingResult(sent=12)
    assert send(config, TUESDAY + 2 * MINUTES_15) == SendingResult(sent=6)


def test_server_that_wants_a_pause_gets_it_for_all_letters(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一", "二", "三")
    sink.reply("DATA", "", "451 MI:SFQ too many")
    assert send(config) == SendingResult(sent=1, deferred=1, cut_short=True)
    assert send(config, TUESDAY + timedelta(minutes=14)) == SendingResult()
    assert send(config, TUESDAY + MINUTES_15) == SendingResult(sent=2)


@pytest.mark.parametrize(
    "reply",
    ["550 User has exceeded its 24-hour sending limit", "550 Ip frequency limited", "550 User suspended"],
)
def test_limit_of_the_account_fails_no_letter_and_stops_after_the_first(
    sink: SmtpSink, tmp_path: Path, reply: str
) -> None:
    """Case 82 of issue 13."""
    config = config_for(tmp_path, sink)
    fill(config, "一", "二", "三")
    sink.reply("RCPT", *[reply] * 9)
    result = send(config)
    assert (result.sent, result.deferred, result.failed, result.cut_short) == (0, 1, (), True)
    assert result.limited is not None
    assert after(config) == dict.fromkeys(("一", "二", "三"), "queued")
    assert len(sink.replies["RCPT"]) == 8
    assert send(config, TUESDAY + timedelta(minutes=50)) == SendingResult()


def test_limit_that_lasts_for_days_gives_no_letter_up(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一", "二")
    at = TUESDAY
    for _ in range(6 * 5 + 1):
        sink.reply("RCPT", "550 User suspended")
        assert send(config, at).limited is not None
        at += timedelta(hours=4)
    assert send(config, at + timedelta(minutes=2)) == SendingResult(sent=2)


def test_letter_that_alone_meets_a_limit_holds_back_no_other(sink: SmtpSink, tmp_path: Path) -> None:
    """The recipient, not the account, is suspended: the others are tried before it, and then it is refused for good."""
    config = config_for(tmp_path, sink)
    fill(config, "一", "二", "三")
    sink.reply("RCPT", "550 User suspended")
    assert send(config).deferred == 1
    sink.reply("RCPT", "", "", "550 User suspended")
    assert send(config, TUESDAY + timedelta(hours=4)) == SendingResult(sent=2)
    last = send(config, TUESDAY + timedelta(hours=4, minutes=1))
    assert ([letter.subject for letter in last.failed], last.limited) == (["一"], None)


def test_full_connection_is_left_and_the_next_round_opens_another(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一", "二")
    sink.reply("MAIL", "450 MI:DMC too many on this connection")
    assert send(config) == SendingResult(deferred=1, cut_short=True)
    assert send(config) == SendingResult(sent=1)
    assert sink.connections == 2


def test_refused_letter_is_reported_with_code_and_text_and_the_others_go_out(sink: SmtpSink, tmp_path: Path) -> None:
    """security.md C-3."""
    config = config_for(tmp_path, sink)
    fill(config, "一", "二")
    sink.reply("RCPT", "550 User not found")
    done = send(config)
    assert (done.sent, [one.subject for one in done.failed]) == (1, ["一"])
    assert (done.failed[0].delivery.answer_code, done.failed[0].delivery.answer) == (550, "User not found")
    assert send(config, TUESDAY + timedelta(days=1)) == SendingResult()


def test_refused_login_touches_no_letter(sink: SmtpSink, tmp_path: Path) -> None:
    """security.md C-2: the queue is kept."""
    config = config_for(tmp_path, sink, LOGIN)
    fill(config, "一")
    with pytest.raises(LoginRefused):
        send(config, JIANBAO_SMTP_PASSWORD="wrong")
    with office_at(config, TUESDAY) as office:
        assert [one.delivery.attempts for one in all_out(office)] == [0]
    assert send(config, TUESDAY + timedelta(days=9), JIANBAO_SMTP_PASSWORD=PASSWORD) == SendingResult(sent=1)


def test_server_that_is_away_touches_no_letter(tmp_path: Path) -> None:
    config = write_config(tmp_path / "office", sending(None))
    fill(config, "一")
    with pytest.raises(MailServerUnavailable):
        send(config)
    assert after(config) == {"一": "queued"}


def test_receipt_whose_answer_was_lost_is_sent_once_more_with_the_same_message_id(tmp_path: Path) -> None:
    """security.md C-4."""
    with BreakingSmtp("dot", breaks=9).running() as server:
        config = config_for(tmp_path, server)
        fill(config, "一")
        assert send(config) == SendingResult(open=1, cut_short=True)
        assert after(config) == {"一": "possibly_sent"}
        assert send(config, TUESDAY + timedelta(minutes=14)) == SendingResult()
        assert send(config, TUESDAY + MINUTES_15) == SendingResult(open=1, cut_short=True)
        assert send(config, TUESDAY + timedelta(days=3)) == SendingResult()
        assert after(config) == {"一": "possibly_sent"}
        assert server.taken == [letter_out("一").raw] * 2


def test_issue_whose_answer_was_lost_is_not_sent_again(tmp_path: Path) -> None:
    with BreakingSmtp("dot").running() as server:
        config = config_for(tmp_path, server)
        fill(config, "issue", kind=DRAFT, size=100_000)
        assert send(config) == SendingResult(open=1, cut_short=True)
        assert send(config, TUESDAY + timedelta(days=3)) == SendingResult()
        assert len(server.taken) == 1


def test_issue_cut_off_on_its_way_is_sent_again_and_arrives_once(tmp_path: Path) -> None:
    """security.md C-5."""
    with BreakingSmtp("data").running() as server:
        config = config_for(tmp_path, server)
        fill(config, "issue", kind=DRAFT, size=14_000_000)
        assert send(config) == SendingResult(deferred=1, cut_short=True)
        assert send(config, TUESDAY + timedelta(minutes=1)) == SendingResult(sent=1)
        assert len(server.taken) == 1


def test_letter_that_cannot_be_read_from_the_disk_lets_the_others_go(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "issue", kind=DRAFT, size=100_000)
    fill(config, "一")
    [file] = (tmp_path / "office" / "data" / "outbox").rglob("*.eml")
    kept = file.read_bytes()
    file.unlink()
    assert send(config) == SendingResult(sent=1)
    file.write_bytes(kept)
    assert send(config, TUESDAY + MINUTES_15) == SendingResult(sent=1)


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_bytes(b"altered")])
def test_letter_that_stays_unreadable_fails_when_its_time_is_over(
    damage: Callable[[Path], object], sink: SmtpSink, tmp_path: Path
) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "issue", kind=DRAFT, size=100_000)
    [file] = (tmp_path / "office" / "data" / "outbox").rglob("*.eml")
    damage(file)
    assert send(config) == SendingResult()
    assert send(config, TUESDAY + timedelta(hours=47)) == SendingResult()
    [failed] = send(config, TUESDAY + timedelta(hours=48)).failed
    assert (failed.subject, failed.delivery.state, failed.delivery.attempts) == ("issue", OutboxState.FAILED, 0)
    assert send(config, TUESDAY + timedelta(days=9)) == SendingResult()


def test_letter_that_is_removed_during_the_round_lets_the_others_go(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    with office_at(config, TUESDAY) as office:
        with office.ledger.writing() as ledger:
            letter = keep_letter(ledger, "a")
            for name, about in (("一", None), ("二", letter), ("三", None)):
                assert put(ledger, office.data_dir, letter_out(name), TUESDAY, about)

        def remove(_taken: object) -> None:
            with office.ledger.writing() as ledger:
                remove_letters_out(ledger, letter, [], at=TUESDAY)

        sink.on_letter = remove
        assert outbox_sender(office).send_due(stopping=never) == SendingResult(sent=2)
    assert [taken.raw for taken in sink.taken] == [letter_out("一").raw, letter_out("三").raw]


def test_round_ends_between_letters_when_the_service_stops(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink)
    fill(config, "一", "二", "三")
    with office_at(config, TUESDAY) as office:
        done = outbox_sender(office).send_due(stopping=lambda: len(sink.taken) == 2)
    assert done == SendingResult(sent=2)


def test_two_postmen_never_take_the_same_letter(sink: SmtpSink, tmp_path: Path) -> None:
    config = config_for(tmp_path, sink, "per_quarter_hour = 100")
    fill(config, *(f"letter-{n}" for n in range(24)))
    with ThreadPoolExecutor(3) as postmen:
        done = sum(postmen.map(lambda _: send(config), range(3)), SendingResult())
    assert (done.sent, len(sink.taken)) == (24, 24)
    assert set(Counter(taken.raw for taken in sink.taken).values()) == {1}


def test_sender_killed_at_any_step_delivers_twice_only_what_reports_it(sink: SmtpSink, tmp_path: Path) -> None:
    """security.md A-5: killed at its 1st, 2nd, 3rd … commit, each time with a fresh outbox; then run to the end."""
    for step in count(1):
        config = config_for(tmp_path / str(step), sink)
        fill(config, "一", "二")
        fill(config, "issue", kind=DRAFT, size=100_000)
        sink.taken.clear()
        killed = killed_at_step(step, ROOT / "tests" / "support" / "send_at.py", config, TUESDAY.isoformat())
        for later in range(1, 4):
            send(config, TUESDAY + later * MINUTES_15)
        with office_at(config, TUESDAY) as office:
            _assert_told(office, sink)
            assert broken_promises(office.data_dir) == []
        if not killed:
            break
    assert step == 13  # before and after the commits around each of three letters, and not at all


def _assert_told(office: Office, sink: SmtpSink) -> None:
    """A receipt is sent at last, an issue unless it may have arrived; nobody gets a letter twice that is not marked."""
    arrived = Counter(taken.raw.split(b"\r\n")[0].decode().removeprefix("Message-ID: ") for taken in sink.taken)
    for one in all_out(office):
        delivery = one.delivery
        assert arrived[one.message_id] <= (1 if one.kind is DRAFT or not delivery.unanswered else 2)
        assert delivery.state is (
            OutboxState.POSSIBLY_SENT if one.kind is DRAFT and delivery.unanswered else OutboxState.SENT
        )
