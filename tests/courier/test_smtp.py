"""The door to SMTP, against real servers on loopback: honest ones, and one that breaks off."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from courier.faults import AccountLimited, MailServer, MailServerUnavailable
from courier.replies import Deferred, PossiblySent, Rejected, Scope, Sent
from courier.smtp import SmtpSession, SmtpTimeouts
from tests.support.dovecot import make_certificate
from tests.support.smtp_servers import HOST, PASSWORD, USERNAME, BreakingSmtp, SmtpSink, Taken, smtp_sink
from values.errors import LoginRefused

TO = "jtj@example.org"
LETTER = b"Subject: one\r\n\r\nfirst line\r\n.a line that begins with a dot\r\n"
BIG = b"Subject: big\r\n\r\n" + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 200_000
QUICK = SmtpTimeouts(connect=5, read=5, login=5, letter=20, accept=0.5)


@pytest.fixture
def sink() -> Iterator[SmtpSink]:
    with smtp_sink() as sink:
        yield sink


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for `localhost`, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    make_certificate(folder / "certificate.pem", folder / "key.pem")
    return folder / "certificate.pem", folder / "key.pem"


def server_side(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


def trusting(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


def session(
    server: SmtpSink | BreakingSmtp,
    *,
    username: str = "",
    password: str = "",
    security: str = "none",
    host: str = HOST,
    context: ssl.SSLContext | None = None,
) -> SmtpSession:
    where = MailServer(host, server.port, security, username)
    return SmtpSession(where, password, context=context, timeouts=QUICK)


def test_letters_arrive_byte_for_byte_over_one_connection(sink: SmtpSink) -> None:
    with session(sink, username=USERNAME, password=PASSWORD) as post:
        outcomes = [post.send(USERNAME, TO, LETTER), post.send("", TO, LETTER)]
    assert outcomes == [Sent(250, "Mail OK queued as smtp1,1")] * 2
    assert sink.taken == [Taken(USERNAME, TO, LETTER), Taken("", TO, LETTER)]
    assert (sink.connections, sink.logins) == (1, 1)


def test_refused_login_names_the_remedy_and_not_the_password(sink: SmtpSink) -> None:
    with pytest.raises(LoginRefused, match=r"登录被拒绝.*535.*授权码") as caught:
        session(sink, username=USERNAME, password="wrong-code")
    assert "wrong-code" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_login_that_is_refused_for_now_is_no_wrong_password(sink: SmtpSink) -> None:
    sink.reply("AUTH", "454 Temporary authentication failure")
    with pytest.raises(MailServerUnavailable, match="暂时不收信"):
        session(sink, username=USERNAME, password=PASSWORD)


@pytest.mark.parametrize("refusal", ["504 Unrecognized authentication type", "534 5.7.9 too weak", "502 no"])
def test_method_that_is_refused_as_such_is_followed_by_the_next(sink: SmtpSink, refusal: str) -> None:
    sink.reply("AUTH", refusal)
    with session(sink, username=USERNAME, password=PASSWORD) as post:
        assert isinstance(post.send(USERNAME, TO, LETTER), Sent)
    assert sink.logins == 2


def test_refused_password_is_tried_with_one_method_only(sink: SmtpSink) -> None:
    with pytest.raises(LoginRefused):
        session(sink, username=USERNAME, password="wrong-code")
    assert sink.logins == 1


def test_server_that_refuses_every_method_is_named_with_its_words(sink: SmtpSink) -> None:
    sink.reply("AUTH", *["504 Unrecognized authentication type"] * 2)
    with pytest.raises(MailServerUnavailable, match=r"提供 LOGIN、PLAIN，.*“504 Unrecognized") as caught:
        session(sink, username=USERNAME, password=PASSWORD)
    assert "授权码" not in str(caught.value)


@pytest.mark.parametrize(
    ("methods", "words"),
    [("XOAUTH2", "只接受 OAuth 令牌登录"), ("GSSAPI NTLM", "提供 GSSAPI、NTLM"), ("", "没有提供任何登录方式")],
)
def test_server_without_a_usable_method_is_named_and_gets_no_password(sink: SmtpSink, methods: str, words: str) -> None:
    sink.methods = methods
    with pytest.raises(MailServerUnavailable, match=words):
        session(sink, username=USERNAME, password=PASSWORD)
    assert sink.logins == 0


@pytest.mark.parametrize("reply", ["535 User suspended", "535 5.7.0 account has been locked", "550 账号已被冻结"])
def test_login_of_a_suspended_account_is_no_wrong_password(sink: SmtpSink, reply: str) -> None:
    sink.reply("AUTH", reply)
    with pytest.raises(AccountLimited, match="被服务商限制发信") as caught:
        session(sink, username=USERNAME, password=PASSWORD)
    assert caught.value.after == timedelta(hours=4)


def test_provider_that_has_switched_passwords_off_is_named(sink: SmtpSink) -> None:
    sink.reply("AUTH", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled")
    with pytest.raises(MailServerUnavailable, match=r"只接受 OAuth 令牌登录.*basic authentication is disabled"):
        session(sink, username=USERNAME, password=PASSWORD)
    assert sink.logins == 1


def test_login_that_may_be_refused_for_its_password_names_the_code(sink: SmtpSink) -> None:
    """QQ lists all causes in one sentence."""
    sink.reply("AUTH", "535 Account is abnormal, password is incorrect, login frequency limited, or system is busy")
    with pytest.raises(LoginRefused, match="授权码"):
        session(sink, username=USERNAME, password=PASSWORD)


def test_reply_to_the_sender_is_about_the_account_without_naming_it(sink: SmtpSink) -> None:
    sink.reply("MAIL", "552 quota exceeded")
    sink.reply("RCPT", "552 quota exceeded")
    with session(sink) as post:
        assert post.send(USERNAME, TO, LETTER) == Deferred(552, "quota exceeded", timedelta(hours=4), Scope.ACCOUNT)
        assert post.send(USERNAME, TO, LETTER) == Rejected(552, "quota exceeded")


def test_password_that_smtp_cannot_carry_is_a_refused_login(sink: SmtpSink) -> None:
    with pytest.raises(LoginRefused, match="中文或全角字符"):
        session(sink, username=USERNAME, password="授权码")


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_refusal_concerns_one_letter_and_the_next_one_goes_out(sink: SmtpSink, command: str) -> None:
    sink.reply(command, "550 no such user")
    with session(sink) as post:
        assert post.send(USERNAME, TO, LETTER) == Rejected(550, "no such user")
        assert isinstance(post.send(USERNAME, TO, LETTER), Sent)
    assert len(sink.taken) == 1


def test_reply_that_asks_for_patience_is_deferred_with_its_wait(sink: SmtpSink) -> None:
    sink.reply("DATA", "451 MI:SFQ too many letters")
    with session(sink) as post:
        outcome = post.send(USERNAME, TO, LETTER)
    assert outcome == Deferred(451, "MI:SFQ too many letters", timedelta(minutes=15), Scope.OUTBOX)


def test_letter_goes_over_tls_whose_certificate_is_verified(certificate: tuple[Path, Path]) -> None:
    with smtp_sink(tls=server_side(certificate)) as sink:
        with pytest.raises(MailServerUnavailable, match="证书不可信"):
            session(sink, security="tls", host="localhost")
        with session(sink, security="tls", host="localhost", context=trusting(certificate)) as post:
            assert isinstance(post.send(USERNAME, TO, LETTER), Sent)


def test_login_waits_for_starttls(certificate: tuple[Path, Path]) -> None:
    with smtp_sink(starttls=server_side(certificate)) as sink:
        context = trusting(certificate)
        with session(
            sink, username=USERNAME, password=PASSWORD, security="starttls", host="localhost", context=context
        ) as post:
            assert isinstance(post.send(USERNAME, TO, LETTER), Sent)
        with pytest.raises(MailServerUnavailable, match="证书不可信"):
            session(sink, username=USERNAME, password=PASSWORD, security="starttls", host="localhost")
        assert sink.logins == 1


def test_server_without_starttls_gets_no_password(sink: SmtpSink) -> None:
    with pytest.raises(MailServerUnavailable, match="不支持 STARTTLS"):
        session(sink, username=USERNAME, password=PASSWORD, security="starttls")
    assert sink.logins == 0


def test_nobody_at_the_port_is_reported_with_the_remedy() -> None:
    with smtp_sink() as gone:
        pass
    with pytest.raises(MailServerUnavailable, match=r"拒绝连接。请核对 \[smtp\] 的 host 和 port"):
        session(gone)


def test_server_that_hangs_up_before_its_greeting_is_unavailable() -> None:
    with BreakingSmtp("greeting").running() as server, pytest.raises(MailServerUnavailable, match="连接断了"):
        session(server)


def test_server_that_drips_is_left_at_the_deadline() -> None:
    with BreakingSmtp("drip").running() as server:
        where = MailServer(HOST, server.port, "none", "")
        with pytest.raises(MailServerUnavailable):
            SmtpSession(where, "", timeouts=SmtpTimeouts(connect=5, login=0.5))


@pytest.mark.parametrize("where", ["dot", "hang", "nonsense"])
def test_lost_answer_to_a_whole_letter_leaves_open_whether_it_arrived(where: str) -> None:
    """security.md C-4."""
    with BreakingSmtp(where).running() as server, session(server) as post:  # type: ignore[arg-type]
        assert isinstance(post.send(USERNAME, TO, LETTER), PossiblySent)
        assert server.taken == [LETTER]


def test_connection_reset_inside_a_letter_means_that_it_was_not_taken() -> None:
    """security.md C-5: the letter is larger than what the two systems hold for each other on the way."""
    with BreakingSmtp("data").running() as server:
        with session(server) as post:
            outcome = post.send(USERNAME, TO, BIG)
            assert isinstance(outcome, Deferred)
            assert (outcome.code, outcome.scope) == (None, Scope.CONNECTION)
            assert isinstance(post.send(USERNAME, TO, LETTER), Deferred)  # the session is over, and says so
        with session(server) as post:
            assert isinstance(post.send(USERNAME, TO, BIG), Sent)
        assert server.taken == [BIG]
