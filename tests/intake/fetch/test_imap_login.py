"""Which way of logging in is chosen from what a server announces, and that it leads into the mailbox."""

from __future__ import annotations

import pytest

from intake.fetch.imap import ImapMailbox
from intake.fetch.imap_login import LoginMethod, login_methods, wants_oauth
from tests.support.imap_dialogues import drops
from tests.support.imap_server import ScriptedImap, Talk
from tests.support.scripted_mailbox import PASSWORD, mailbox_on, poll, uids_of
from values.errors import LoginRefused, MailboxRefused, TryLater

USERNAME = "zgqwxzfb@163.com"


@pytest.mark.parametrize(
    ("announced", "methods"),
    [
        ("IMAP4rev1 SASL-IR AUTH=XOAUTH2", [LoginMethod.COMMAND]),  # 163
        ("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN", [LoginMethod.COMMAND]),
        ("IMAP4rev1 LOGINDISABLED AUTH=PLAIN", [LoginMethod.PLAIN]),
        ("IMAP4rev1 LOGINDISABLED AUTH=LOGIN AUTH=PLAIN", [LoginMethod.PLAIN, LoginMethod.LOGIN]),
        ("IMAP4rev1 LOGINDISABLED AUTH=LOGIN", [LoginMethod.LOGIN]),
        ("IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2", []),
        ("IMAP4rev1 LOGINDISABLED STARTTLS", []),
    ],
)
def test_methods_are_those_that_the_server_allows(announced: str, methods: list[LoginMethod]) -> None:
    assert list(login_methods(announced.split())) == methods


def test_oauth_is_recognised_by_both_of_its_names() -> None:
    assert [wants_oauth([name]) for name in ("AUTH=XOAUTH2", "AUTH=OAUTHBEARER", "AUTH=PLAIN")] == [True, True, False]


@pytest.mark.parametrize("sasl", ["AUTH=PLAIN", "AUTH=LOGIN", "AUTH=GSSAPI AUTH=LOGIN AUTH=PLAIN"])
def test_letters_come_from_a_server_that_forbids_login(server: ScriptedImap, mailbox: ImapMailbox, sasl: str) -> None:
    server.capability = f"IMAP4rev1 ID LOGINDISABLED {sasl}"
    assert uids_of(poll(mailbox)) == [11, 12, 13, 14, 15]
    assert server.logins == [(USERNAME, PASSWORD)]
    assert server.count("LOGIN ") == 0


def test_long_credentials_are_sent_whole(server: ScriptedImap) -> None:
    server.capability = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN"
    with_long = mailbox_on(server, username="a" * 90 + "@163.com", password="p" * 120)
    with_long.open()
    with_long.close()
    assert server.logins == [("a" * 90 + "@163.com", "p" * 120)]


@pytest.mark.parametrize("refuse", [lambda talk: talk.no("[CANNOT] not this one"), lambda talk: talk.bad("what?")])
def test_method_that_the_server_does_not_know_after_all_is_followed_by_the_next(
    server: ScriptedImap, mailbox: ImapMailbox, refuse: object
) -> None:
    def no_plain(talk: Talk) -> None:
        if "PLAIN" in talk.line:
            assert callable(refuse)
            refuse(talk)
        else:
            talk.proceed()

    server.capability = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN AUTH=LOGIN"
    server.on["AUTHENTICATE"] = no_plain
    assert len(poll(mailbox)) == 5
    assert server.logins == [(USERNAME, PASSWORD)]


def test_password_that_is_refused_is_tried_once(server: ScriptedImap, mailbox: ImapMailbox) -> None:
    def refuse(talk: Talk) -> None:
        talk.ask()
        talk.no("[AUTHENTICATIONFAILED] Invalid credentials")

    server.capability = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN AUTH=LOGIN"
    server.on["AUTHENTICATE"] = refuse
    with pytest.raises(LoginRefused, match="授权码"):
        mailbox.open()
    assert server.count("AUTHENTICATE") == 1


@pytest.mark.parametrize(
    ("capability", "remedy"),
    [
        ("IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2", r"只接受 OAuth 令牌登录（XOAUTH2）"),
        ("IMAP4rev1 LOGINDISABLED AUTH=OAUTHBEARER SASL-IR", r"只接受 OAuth 令牌登录（XOAUTH2）"),
        ("IMAP4rev1 LOGINDISABLED STARTTLS", r"不允许在没有加密的连接上登录"),
        ("IMAP4rev1 LOGINDISABLED", r"不允许在没有加密的连接上登录"),
    ],
)
def test_server_that_takes_no_password_is_named_and_gets_none(
    server: ScriptedImap, mailbox: ImapMailbox, capability: str, remedy: str
) -> None:
    server.capability = capability
    with pytest.raises(MailboxRefused, match=remedy) as refused:
        mailbox.open()
    assert "b'" not in str(refused.value)
    assert (server.count("LOGIN"), server.count("AUTHENTICATE")) == (0, 0)


def test_password_in_any_form_that_the_server_echoes_is_in_no_message(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    def echo(talk: Talk) -> None:
        talk.send(b"+ \r\n")
        answer = talk.lines.readline().decode().strip()
        talk.no(f"cannot {answer} with {PASSWORD}")

    server.capability = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN"
    server.on["AUTHENTICATE"] = echo
    with pytest.raises(LoginRefused, match=r"cannot \*\*\* with \*\*\*"):
        mailbox.open()


def test_connection_that_breaks_at_the_first_method_is_no_wrong_password(
    server: ScriptedImap, mailbox: ImapMailbox
) -> None:
    server.capability = "IMAP4rev1 LOGINDISABLED AUTH=PLAIN AUTH=LOGIN"
    server.on["AUTHENTICATE"] = drops
    with pytest.raises(TryLater, match="不是密码错误"):
        mailbox.open()
