"""The mailbox against a real Dovecot."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from intake.fetch.imap import ImapAccount, ImapMailbox
from intake.fetch.mailbox import FetchLimits, Gone, Mailbox, Oversize
from tests.support.counting_proxy import CountingProxy
from tests.support.dovecot import Account, Dovecot, dovecot_server
from values.batches import BATCH_OCTETS
from values.errors import LoginRefused, MailboxRefused, TryLater
from values.letter import Letter

pytestmark = pytest.mark.dovecot

BEIJING = timezone(timedelta(hours=8))
FRIDAY = datetime(2022, 6, 10, 9, 30, 15, tzinfo=BEIJING)


@pytest.fixture(scope="module")
def dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("imap"), tls=True) as server:
        yield server


@pytest.fixture(scope="module")
def plain_dovecot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dovecot]:
    with dovecot_server(tmp_path_factory.mktemp("plain")) as server:
        yield server


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    return dovecot.account()


_ACCOUNT = frozenset(field.name for field in fields(ImapAccount))


def mailbox_on(account: Account, **changes: Any) -> ImapMailbox:
    settings: dict[str, Any] = {
        "host": account.host,
        "port": account.port,
        "security": "none",
        "username": account.username,
        "password": account.password,
    }
    settings |= {name: changes.pop(name) for name in [*changes] if name in _ACCOUNT}
    return ImapMailbox(ImapAccount(**settings), **changes)


def letter(number: int, size: int = 0) -> bytes:
    return b"From: a@example.org\r\nSubject: %d\r\n\r\n" % number + b"x" * size + b"\r\n"


def letters_in(mailbox: Mailbox, uids: tuple[int, ...]) -> list[Letter]:
    return [one for batch in mailbox.batches(uids) for one in batch if isinstance(one, Letter)]


def test_letter_comes_byte_for_byte_with_the_time_the_server_received_it(account: Account) -> None:
    raw = b"Subject: \xd5\xc2\xb9\xb1\xc7\xf8\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\n\x80\xff) {3}\r\n* BYE\r\n"
    account.deliver(raw, FRIDAY)
    mailbox = mailbox_on(account)
    folder = mailbox.open()
    (came,) = letters_in(mailbox, mailbox.after(0))
    mailbox.close()
    assert came.raw == raw
    assert came.received_at == FRIDAY
    assert came.received_at.tzinfo is not None
    assert came.place is not None
    assert (came.place.account, came.place.folder, came.place.uid) == (account.username, "INBOX", 1)
    assert came.place.uidvalidity == folder.uidvalidity > 0


def test_reading_changes_nothing_in_the_mailbox(account: Account) -> None:
    for number in range(3):
        account.deliver(letter(number, size=2_000_000 if number == 1 else 10), FRIDAY)
    mailbox = mailbox_on(account, limits=FetchLimits(letter=1_500_000))
    before = account.files()
    mailbox.open()
    assert len(list(mailbox.batches(mailbox.after(0)))) == 1
    mailbox.close()
    assert account.files() == before
    assert all(name.endswith(":2,") for name in before)


def test_after_names_only_newer_letters_though_the_server_names_the_last_one(account: Account) -> None:
    for number in range(4):
        account.deliver(letter(number), FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    assert mailbox.after(0) == (1, 2, 3, 4)
    assert mailbox.after(2) == (3, 4)
    assert mailbox.after(4) == ()
    mailbox.close()


def test_letter_that_arrives_during_the_poll_comes_in_the_next_one(account: Account) -> None:
    account.deliver(letter(1), FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    assert mailbox.after(0) == (1,)
    account.deliver(letter(2), FRIDAY)
    mailbox.close()
    mailbox.open()
    assert mailbox.after(1) == (2,)
    mailbox.close()


def test_empty_poll_receives_less_than_a_kilobyte_whatever_the_mailbox_holds(account: Account) -> None:
    received = {}
    for held in (1, 400):
        for number in range(held):
            account.deliver(letter(number), FRIDAY)
        warm = mailbox_on(account)
        warm.open()
        last = warm.after(0)[-1]
        warm.close()
        with CountingProxy((account.host, account.port)).running() as proxy:
            mailbox = mailbox_on(account, port=proxy.port)
            mailbox.open()
            assert mailbox.after(last) == ()
            mailbox.close()
            received[held] = proxy.received_after(b"Logged in")
    assert 100 < received[1] <= received[400] <= 1024
    assert received[400] - received[1] < 20


def test_batches_are_capped_by_number_and_fetched_one_by_one(account: Account) -> None:
    for number in range(7):
        account.deliver(letter(number), FRIDAY)
    with CountingProxy((account.host, account.port)).running() as proxy:
        mailbox = mailbox_on(account, port=proxy.port, limits=FetchLimits(batch_letters=3))
        mailbox.open()
        batches = mailbox.batches(mailbox.after(0))
        first = next(batches)
        assert b"Subject: 2" in proxy.received
        assert b"Subject: 3" not in proxy.received
        assert [len(first), *(len(batch) for batch in batches)] == [3, 3, 1]
        mailbox.close()


def test_batches_are_capped_by_size(account: Account) -> None:
    for number in range(5):
        account.deliver(letter(number, size=BATCH_OCTETS * 3 // 10), FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    weights = [
        [len(one.raw) for one in batch if isinstance(one, Letter)] for batch in mailbox.batches(mailbox.after(0))
    ]
    mailbox.close()
    assert [len(batch) for batch in weights] == [3, 2]
    assert all(sum(batch) <= BATCH_OCTETS for batch in weights)


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) - 39, 2 << 20, 5_000_001])
def test_large_letter_is_put_together_from_its_parts(account: Account, size: int) -> None:
    raw = letter(1) + os.urandom(size // 2).hex().encode()
    account.deliver(raw, FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    (came,) = letters_in(mailbox, (1,))
    mailbox.close()
    assert came.raw == raw


def test_letter_above_the_limit_is_represented_by_its_header(account: Account) -> None:
    raw = letter(2, size=300_000)
    for each in (letter(1), raw, letter(3)):
        account.deliver(each, FRIDAY)
    with CountingProxy((account.host, account.port)).running() as proxy:
        mailbox = mailbox_on(account, port=proxy.port, limits=FetchLimits(letter=100_000))
        mailbox.open()
        ((first, large, last),) = mailbox.batches(mailbox.after(0))
        mailbox.close()
        assert len(proxy.received) < 10_000
    assert isinstance(large, Oversize)
    assert large.header == b"From: a@example.org\r\nSubject: 2\r\n\r\n"
    assert large.size == len(raw)
    assert large.received_at == FRIDAY
    assert large.place is not None
    assert large.place.uid == 2
    assert isinstance(first, Letter)
    assert isinstance(last, Letter)


def test_letter_deleted_between_search_and_fetch_is_gone(account: Account) -> None:
    account.deliver(letter(1), FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    assert [*mailbox.batches([1, 2, 3])] == [(letters_in(mailbox, (1,))[0], Gone(2), Gone(3))]
    mailbox.close()


def test_more_letters_than_one_question_holds_come_once_each_in_order(account: Account) -> None:
    for number in range(230):
        account.deliver(letter(number), FRIDAY)
    mailbox = mailbox_on(account)
    mailbox.open()
    uids = [one.place.uid for one in letters_in(mailbox, mailbox.after(0)[::-1] * 2) if one.place]
    mailbox.close()
    assert uids == list(range(1, 231))


def test_rebuilt_index_is_a_new_epoch_with_the_same_letters(account: Account) -> None:
    account.deliver(letter(1), FRIDAY)
    mailbox = mailbox_on(account)
    before = mailbox.open()
    came = letters_in(mailbox, mailbox.after(0))
    mailbox.close()
    account.renumber()
    after = mailbox.open()
    again = letters_in(mailbox, mailbox.after(0))
    mailbox.close()
    assert after.uidvalidity == before.uidvalidity + 1
    assert [one.raw for one in again] == [one.raw for one in came]


def test_chinese_folder_is_opened_by_its_chinese_name(account: Account) -> None:
    account.deliver(letter(1), FRIDAY, folder="&V4NXPpCuTvY-")
    mailbox = mailbox_on(account, folder="垃圾邮件")
    mailbox.open()
    assert len(letters_in(mailbox, mailbox.after(0))) == 1
    mailbox.close()


def test_missing_folder_is_refused_with_the_names_of_those_that_exist(account: Account) -> None:
    account.deliver(letter(1), FRIDAY, folder="&V4NXPpCuTvY-")
    with pytest.raises(MailboxRefused) as refused:
        mailbox_on(account, folder="来稿").open()
    assert "没有文件夹“来稿”" in str(refused.value)
    assert "“垃圾邮件”" in str(refused.value)
    assert "“INBOX”" in str(refused.value)


def test_wrong_password_is_refused_with_the_remedy_and_without_the_password(account: Account) -> None:
    with pytest.raises(LoginRefused) as refused:
        mailbox_on(account, password="wrong-secret").open()
    assert "授权码" in str(refused.value)
    assert account.username in str(refused.value)
    assert "wrong-secret" not in str(refused.value)


def test_user_name_with_blank_and_quotes_is_sent_as_one_word(account: Account) -> None:
    with pytest.raises(LoginRefused):
        mailbox_on(account, username='bianji "x" \\').open()


def test_letters_and_password_stay_out_of_the_debug_log(account: Account, caplog: pytest.LogCaptureFixture) -> None:
    account.deliver(letter(1) + b"confidential-figures\r\n", FRIDAY)
    with caplog.at_level(logging.DEBUG):
        mailbox = mailbox_on(account)
        mailbox.open()
        assert len(letters_in(mailbox, mailbox.after(0))) == 1
        mailbox.close()
    assert "Connected to host" in caplog.text
    assert "confidential-figures" not in caplog.text
    assert account.password not in caplog.text


def test_stopped_server_is_try_later_and_the_next_poll_works(account: Account) -> None:
    account.deliver(letter(1), FRIDAY)
    mailbox = mailbox_on(account)
    account.server.stop()
    with pytest.raises(TryLater, match=rf"{account.port} 拒绝连接"):
        mailbox.open()
    account.server.start()
    mailbox.open()
    assert mailbox.after(0) == (1,)
    mailbox.close()


def test_server_restarted_during_the_poll_is_reconnected_to(account: Account) -> None:
    for number in range(4):
        account.deliver(letter(number), FRIDAY)
    mailbox = mailbox_on(account, limits=FetchLimits(batch_letters=2))
    mailbox.open()
    batches = mailbox.batches(mailbox.after(0))
    came = [*next(batches)]
    account.server.stop()
    account.server.start()
    came += [one for batch in batches for one in batch]
    mailbox.close()
    assert [one.place.uid for one in came if isinstance(one, Letter) and one.place] == [1, 2, 3, 4]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encrypted_connection_brings_letters(account: Account, security: str) -> None:
    account.deliver(letter(1, size=3_000_000), FRIDAY)
    port = account.server.tls_port if security == "tls" else account.port
    with CountingProxy((account.host, port)).running() as proxy:
        mailbox = mailbox_on(
            account, host="localhost", port=proxy.port, security=security, context=account.server.client_context()
        )
        mailbox.open()
        (came,) = letters_in(mailbox, mailbox.after(0))
        mailbox.close()
        assert b"xxxx" not in proxy.received
    assert came.raw == letter(1, size=3_000_000)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_untrusted_certificate_ends_before_login(account: Account, security: str) -> None:
    port = account.server.tls_port if security == "tls" else account.port
    with pytest.raises(TryLater, match="证书不可信") as error:
        mailbox_on(account, host="localhost", port=port, security=security).open()
    assert not isinstance(error.value, LoginRefused)
    assert f"user=<{account.username}>" not in account.server.log()


def test_starttls_on_a_server_without_it_never_falls_back_to_plain_text(plain_dovecot: Dovecot) -> None:
    account = plain_dovecot.account()
    with pytest.raises(MailboxRefused, match="不支持 STARTTLS"):
        mailbox_on(account, security="starttls").open()


def test_tls_on_a_plain_port_names_the_setting_to_look_at(account: Account) -> None:
    with pytest.raises(TryLater, match="port 与 security"):
        mailbox_on(account, security="tls").open()


def test_closing_leaves_no_thread_and_may_be_repeated(account: Account) -> None:
    before = threading.active_count()
    mailbox = mailbox_on(account)
    mailbox.close()
    mailbox.open()
    mailbox.after(0)
    mailbox.close()
    mailbox.close()
    assert threading.active_count() == before


@pytest.mark.parametrize("machine_zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_time_of_arrival_is_the_same_instant_in_every_zone_of_the_machine(
    account: Account, monkeypatch: pytest.MonkeyPatch, machine_zone: str
) -> None:
    account.deliver(letter(1), datetime(2022, 6, 10, 16, 30, tzinfo=UTC))
    mailbox = mailbox_on(account)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", machine_zone)
        time.tzset()
        mailbox.open()
        (came,) = letters_in(mailbox, (1,))
        mailbox.close()
    time.tzset()
    assert came.received_at == datetime(2022, 6, 11, 0, 30, tzinfo=BEIJING)
