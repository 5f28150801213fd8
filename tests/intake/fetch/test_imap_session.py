"""Logging in and opening the folder, on a server that goes wrong."""

from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from intake.fetch.imap import ImapAccount, ImapMailbox
from intake.fetch.imap_client import ImapTimeouts
from tests.support.imap_server import HOST, ScriptedImap, Talk
from tests.support.scripted_mailbox import PASSWORD, answers_no, mailbox_on, poll, says, uids_of
from values.errors import BadUsage, LoginRefused, MailboxRefused, TryLater
from values.network import is_loopback


def needs_identity(talk: Talk) -> None:
    if talk.session.get("identified"):
        talk.proceed()
    else:
        talk.no("EXAMINE Unsafe Login. Please contact kefu@188.com for help")


def test_identity_is_sent_before_the_folder_on_every_connection(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["EXAMINE"] = needs_identity
    assert uids_of(poll(mailbox)) == uids_of(poll(mailbox)) == [11, 12, 13, 14, 15]
    assert server.count("ID") == server.connections == 2
    identity = next(line for line in server.commands if line.startswith("ID"))
    assert all(word in identity for word in ('"name"', '"version"', '"vendor"', '"support-email"'))


def test_identity_is_sent_when_only_the_capabilities_after_login_name_it(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.on["EXAMINE"] = needs_identity
    server.on["CAPABILITY"] = says(b"* CAPABILITY IMAP4rev1\r\n")
    assert len(poll(mailbox)) == 5


def test_identity_is_not_sent_to_a_server_that_does_not_know_it(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.capability = "IMAP4rev1"
    server.on["ID"] = Talk.hang_up
    assert len(poll(mailbox)) == 5
    assert server.count("ID") == 0


def test_refused_identity_does_not_stop_the_poll(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["ID"] = lambda talk: talk.bad("what?")
    assert len(poll(mailbox)) == 5


def test_unsafe_login_tells_what_to_do_in_the_web_mail(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["EXAMINE"] = answers_no("EXAMINE Unsafe Login. Please contact kefu@188.com for help")
    with pytest.raises(MailboxRefused) as refused:
        mailbox.open()
    assert "网页邮箱" in str(refused.value)
    assert "kefu@188.com" in str(refused.value)
    assert "已按要求表明身份" in str(refused.value)


def test_unsafe_login_of_a_server_that_refused_the_identity_reports_it(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.on["ID"] = lambda talk: talk.no("not now")
    server.on["EXAMINE"] = needs_identity
    with pytest.raises(MailboxRefused, match="程序按要求表明身份（IMAP ID），服务器没有接受。"):
        mailbox.open()


def test_unsafe_login_of_a_server_without_identity_points_to_the_host(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.capability = "IMAP4rev1"
    server.on["EXAMINE"] = needs_identity
    with pytest.raises(MailboxRefused, match="服务器没有公布 IMAP ID 能力"):
        mailbox.open()


@pytest.mark.parametrize(
    "text",
    ["LOGIN Login error or password error", "[AUTHENTICATIONFAILED] Invalid credentials", "认证失败，请使用授权码"],
)
def test_wrong_password_is_login_refused(server: ScriptedImap, mailbox: ImapMailbox, text: str) -> None:
    server.on["LOGIN"] = answers_no(text)
    with pytest.raises(LoginRefused, match="授权码"):
        mailbox.open()


@pytest.mark.parametrize(
    "answer",
    [
        answers_no("Too many login failures, try again later"),
        answers_no("[UNAVAILABLE] Temporary authentication failure."),
        answers_no("System busy!"),
        lambda talk: talk.send(b"* BYE Too many connections\r\n").hang_up(),
        lambda talk: talk.send(b"* BYE Autologout\r\n").hang_up(),
        Talk.hang_up,
    ],
)
def test_server_that_cannot_log_us_in_now_is_not_a_wrong_password(
    server: ScriptedImap, mailbox: ImapMailbox, answer: Callable[[Talk], None]
) -> None:
    server.on["LOGIN"] = answer
    with pytest.raises(TryLater) as later:
        mailbox.open()
    assert not isinstance(later.value, LoginRefused)
    assert "不是密码错误" in str(later.value)


@pytest.mark.parametrize("answer", [Talk.no, Talk.bad])
def test_password_that_the_server_echoes_is_in_no_message_and_no_traceback(
    server: ScriptedImap, mailbox: ImapMailbox, answer: Callable[[Talk, str], None]
) -> None:
    server.on["LOGIN"] = lambda talk: answer(talk, f"cannot {talk.line}")
    with pytest.raises(TryLater) as refused:
        mailbox.open()
    assert "***" in str(refused.value)
    assert PASSWORD not in str(refused.getrepr(chain=True, style="short"))
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("password", ["中文密语", "ａｂｃ", "abc\r\nX LOGOUT"])
def test_password_that_imap_cannot_carry_is_refused_before_it_is_sent(server: ScriptedImap, password: str) -> None:
    with pytest.raises(LoginRefused, match="半角") as refused:
        mailbox_on(server, password=password).open()
    assert server.connections == 0
    assert password not in str(refused.value)


def test_greeting_with_bye_is_try_later(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["GREETING"] = lambda talk: talk.send(b"* BYE Too many connections from your IP\r\n").hang_up()
    with pytest.raises(TryLater, match="太频繁"):
        mailbox.open()


def test_server_that_is_no_imap_server_is_named(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.on["GREETING"] = lambda talk: talk.send(b"220 smtp.163.com ESMTP\r\n").hang_up()
    with pytest.raises(TryLater, match=f"{HOST}:{server.port} 没有按 IMAP 协议"):
        mailbox.open()


def test_silent_server_is_try_later(server: ScriptedImap) -> None:
    server.on["GREETING"] = Talk.hang
    with pytest.raises(TryLater, match="没有回应"):
        mailbox_on(server, timeouts=ImapTimeouts(connect=0.2)).open()


def test_unknown_host_is_try_later_with_the_setting_to_look_at() -> None:
    box = ImapMailbox(ImapAccount("imap.invalid", 993, "tls", "u", "p"))
    with pytest.raises(TryLater, match=r"imap\.invalid:993：域名解析失败"):
        box.open()


def test_closed_port_is_try_later() -> None:
    with socket.socket() as unused:
        unused.bind((HOST, 0))
        port = unused.getsockname()[1]
        box = ImapMailbox(ImapAccount(HOST, port, "none", "u", "p"))
        with pytest.raises(TryLater, match=f"{HOST}:{port} 拒绝连接"):
            box.open()


def test_password_is_never_sent_in_plain_text_to_another_machine() -> None:
    with pytest.raises(BadUsage, match="明文"):
        ImapMailbox(ImapAccount("imap.163.com", 143, "none", "u", "p"))
    assert [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "127.1.2.3")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "10.0.0.1", "localhost.example.org", "")] == [False] * 4


def test_refused_folder_that_exists_keeps_the_servers_words(server: ScriptedImap) -> None:
    server.on["EXAMINE"] = answers_no("[NOPERM] permission denied")
    with pytest.raises(MailboxRefused, match="permission denied"):
        mailbox_on(server, folder="垃圾邮件").open()


def test_folder_that_is_listed_nowhere_is_named_with_those_that_are(server: ScriptedImap) -> None:
    server.on["EXAMINE"] = answers_no("no such folder")
    with pytest.raises(MailboxRefused, match="没有文件夹“来稿”。现有：“INBOX”、“垃圾邮件”"):
        mailbox_on(server, folder="来稿").open()


def test_folder_without_uidvalidity_is_an_epoch_of_its_own(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    server.uidvalidity = None
    assert mailbox.open().uidvalidity == 0
