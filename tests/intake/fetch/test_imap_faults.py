"""Faults of a mailbox: which kind of error, and which remedy its message names."""

from __future__ import annotations

import socket
import ssl

import pytest

from intake.fetch import imap_faults as faults
from intake.fetch.imap_faults import Identification, ImapServer
from intake.fetch.imap_login import wants_oauth
from values.errors import LoginRefused, MailboxRefused, TryLater

SERVER = ImapServer("imap.163.com", 993, "tls", "zgqwxzfb@163.com")


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (ssl.SSLError(1, "wrong version number"), "993 配 tls，143 配 starttls"),
        (socket.gaierror(-2, "unknown"), "DNS 是否正常"),
        (ConnectionRefusedError(111, "refused"), "host 和 port"),
        (TimeoutError(), "防火墙"),
        (OSError(113, "No route to host"), "No route to host"),
    ],
)
def test_failed_connection_names_server_and_remedy(error: Exception, remedy: str) -> None:
    message = str(faults.connection_failed(error, SERVER))
    assert "imap.163.com:993" in message
    assert remedy in message


@pytest.mark.parametrize(
    ("text", "hung_up", "kind"),
    [
        ("LOGIN Login error or password error", False, LoginRefused),
        ("[UNAVAILABLE] try again later", False, TryLater),
        ("Too many login failures, check your password", False, TryLater),
        ("bye", True, TryLater),
    ],
)
def test_only_a_refused_password_is_login_refused(text: str, hung_up: bool, kind: type[Exception]) -> None:
    assert type(faults.login_failed(text, SERVER, hung_up=hung_up)) is kind


@pytest.mark.parametrize("text", ["[INUSE] mailbox", "too frequent", "系统繁忙", "internal error", "操作过多"])
def test_refusals_that_pass_by_themselves_are_temporary(text: str) -> None:
    assert faults.is_temporary_refusal(text)
    assert type(faults.command_refused("取信", SERVER, text)) is TryLater


def test_other_refusals_of_a_command_are_for_good() -> None:
    assert not faults.is_temporary_refusal("no such message")
    assert type(faults.command_refused("取信", SERVER, "no such message")) is MailboxRefused


def test_missing_folder_is_answered_with_those_that_exist() -> None:
    assert "现有：“INBOX”、“垃圾邮件”" in str(faults.folder_refused("来稿", ["INBOX", "垃圾邮件"], SERVER, "no"))
    assert "打不开" in str(faults.folder_refused("INBOX", ["INBOX"], SERVER, "no"))
    assert "等 30 个" in str(faults.folder_refused("来稿", [str(n) for n in range(30)], SERVER, "no"))


@pytest.mark.parametrize("identification", Identification)
def test_unsafe_login_says_what_became_of_the_identification(identification: Identification) -> None:
    messages = {str(faults.unsafe_login(SERVER, "Unsafe Login", kind)) for kind in Identification}
    assert len(messages) == len(Identification)
    assert "IMAP ID" in str(faults.unsafe_login(SERVER, "Unsafe Login", identification))


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (b"NO bad SECRET\r\n\x00", "NO bad ***"),
        ("验证失败".encode("gb18030"), "验证失败"),
        (Exception("select failed: [UNAVAILABLE] later"), "[UNAVAILABLE] later"),
        (Exception(), "Exception"),
        ("", "（没有说明）"),
        (Exception("b'[PRIVACYREQUIRED] no plaintext'"), "[PRIVACYREQUIRED] no plaintext"),
        (Exception(str("认证失败".encode("gb18030"))), "认证失败"),
        (Exception('LOGIN command error: BAD [b"can\'t do that"]'), "can't do that"),
        (Exception(r"LOGIN command error: BAD [b'it\'s \"off\"']"), 'it\'s "off"'),
        (Exception("unexpected response: b'+ hello SECRET'"), "unexpected response: + hello ***"),
        (Exception("UID command error: BAD [b'one', b'two']"), "one, two"),
        (Exception("the web'b' is down"), "the web'b' is down"),
    ],
)
def test_text_of_a_server_is_one_line_without_python_and_password(answer: object, text: str) -> None:
    assert faults.server_text(answer, ["SECRET"]) == text


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("[PRIVACYREQUIRED] Plaintext authentication disallowed", 'security = "tls"'),
        ("Please use SSL", 'security = "tls"'),
        ("LOGIN failed; AccountDisabled or BasicAuthBlocked", "OAuth"),
        ("Basic authentication is disabled", "OAuth"),
    ],
)
def test_login_refused_for_its_way_does_not_blame_the_password(text: str, remedy: str) -> None:
    error = faults.login_failed(text, SERVER, hung_up=False)
    assert (type(error), remedy in str(error)) == (MailboxRefused, True)


@pytest.mark.parametrize(
    ("capabilities", "security", "remedy"),
    [
        (["AUTH=OAUTHBEARER", "AUTH=XOAUTH2"], "tls", "不接受密码或授权码"),
        (["STARTTLS"], "none", 'security = "starttls"'),
        (["AUTH=GSSAPI", "AUTH=NTLM"], "tls", "（GSSAPI、NTLM）本程序都不会用"),
    ],
)
def test_server_without_a_usable_login_is_named_with_what_it_offers(
    capabilities: list[str], security: str, remedy: str
) -> None:
    server = ImapServer("imap.163.com", 993, security, "zgqwxzfb@163.com")
    error = faults.no_usable_login(server, capabilities, wants_oauth=wants_oauth(capabilities))
    assert remedy in str(error)


@pytest.mark.parametrize(
    ("text", "is_unknown"),
    [("[CANNOT] no PLAIN here", True), ("Unsupported authentication mechanism", True), ("password error", False)],
)
def test_unknown_method_is_no_wrong_password(text: str, is_unknown: bool) -> None:
    assert faults.is_unknown_method(text) is is_unknown
