"""Faults of a mailbox, from exceptions and server texts to errors with a Chinese message that names the remedy."""

from __future__ import annotations

import ast
import re
import socket
import ssl
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from values.errors import LoginRefused, MailboxRefused, TryLater


@dataclass(frozen=True, slots=True)
class ImapServer:
    """The server and account, for naming them in messages. No password is in here."""

    host: str
    port: int
    security: str
    """"tls", "starttls" or "none"."""
    username: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


_TOO_MANY = re.compile(r"too many|too frequent|frequently|limit|频繁|过多|超过", re.IGNORECASE)
_TEMPORARY = re.compile(
    r"\[(?:unavailable|inuse|serverbug|contactadmin)|try (?:again|later)|temporar|unavailable|busy|overload|"
    r"timed? ?out|internal error|system error|稍后|繁忙",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"authenticationfailed|authentication failed|password|credential|授权码|密码", re.IGNORECASE)
_ENCRYPTION = re.compile(
    r"privacyrequired|plaintext authentication|(?:use|requires?|enable) (?:ssl|tls|starttls)", re.I
)
_NO_PASSWORDS = re.compile(r"oauth|basic ?auth|modern auth", re.IGNORECASE)
"""Providers that have switched passwords off for programs: Microsoft's "BasicAuthBlocked" and its like."""
_UNKNOWN_METHOD = re.compile(
    r"\[cannot\]|unsupported|not supported|unknown (?:auth|mechanism)|unrecognized|not implemented",
    re.I,
)

_LATER = "信不会丢，程序会自动再试；一直这样请联系网络管理员。"


def is_temporary_refusal(text: str) -> bool:
    """Whether a server's refusal means: not now, or not so often. Servers say that only in words."""
    return bool(_TOO_MANY.search(text) or _TEMPORARY.search(text))


def connection_failed(error: Exception, server: ImapServer) -> TryLater:
    """No connection, or none that can be trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return TryLater(
            f"邮箱服务器 {server} 的证书不可信（{error.verify_message}），为保护密码没有登录。"
            "请核对 [bulletin.mailbox] 的 host 是否写对、本机日期是否正确；"
            "单位自建的邮箱，证书由单位自己的 CA 签发的，请把 CA 证书写进 ca_file。"
        )
    if isinstance(error, ssl.SSLError):
        return TryLater(
            f"与邮箱服务器 {server} 建立加密连接失败。请核对 [bulletin.mailbox] 的 port 与 security 是否相配："
            "993 配 tls，143 配 starttls。"
        )
    if isinstance(error, socket.gaierror):
        return TryLater(
            f"找不到邮箱服务器 {server}：域名解析失败。请核对 [bulletin.mailbox] 的 host 是否写对，"
            "网络和 DNS 是否正常。"
        )
    if isinstance(error, ConnectionRefusedError):
        return TryLater(f"邮箱服务器 {server} 拒绝连接。请核对 [bulletin.mailbox] 的 host 和 port。{_LATER}")
    if isinstance(error, TimeoutError):
        return TryLater(
            f"邮箱服务器 {server} 没有回应，等待超时。请检查网络、防火墙是否放行该端口，"
            f"以及 port 与 security 是否相配：993 配 tls，143 配 starttls。{_LATER}"
        )
    return TryLater(f"连不上邮箱服务器 {server}（{_description(error)}）。请检查网络。{_LATER}")


def not_a_mail_server(server: ImapServer, text: str) -> TryLater:
    """Something answers, but not as an IMAP server should; or it refuses the connection with BYE."""
    if is_temporary_refusal(text):
        return TryLater(
            f"邮箱服务器 {server} 暂时不接受连接：“{text}”。连接太频繁时会这样，程序会自动放慢再试，不必处理。"
        )
    return TryLater(
        f"邮箱服务器 {server} 没有按 IMAP 协议打招呼：“{text}”。"
        f"请核对 [bulletin.mailbox] 的 host、port 和 security。{_LATER}"
    )


def no_starttls(server: ImapServer) -> MailboxRefused:
    return MailboxRefused(
        f"邮箱服务器 {server} 不支持 STARTTLS，为保护密码没有登录。"
        '请把 [bulletin.mailbox] 改为 port = 993、security = "tls"。'
    )


def login_failed(text: str, server: ImapServer, *, hung_up: bool) -> TryLater:
    """LOGIN did not succeed. Only a refusal of the password is LoginRefused: BYE and "too many" are not.

    hung_up: the server ended the connection instead of answering.
    """
    if _ENCRYPTION.search(text):
        return _encryption_wanted(server, text)
    if _NO_PASSWORDS.search(text):
        return _only_oauth(server, text)
    named_password = bool(_PASSWORD.search(text))
    if (
        hung_up
        or (not named_password and is_temporary_refusal(text))
        or re.search("too many|频繁", text, re.IGNORECASE)
    ):
        return TryLater(
            f"邮箱 {server.username} 暂时登录不上，服务器 {server} 说：“{text}”。"
            "这不是密码错误；多半是登录太频繁或服务器繁忙，程序会放慢再试，不必处理。"
        )
    return LoginRefused(
        f"邮箱 {server.username} 登录被拒绝，服务器 {server} 说：“{text}”。"
        "请核对用户名和密码。163、126、QQ 等邮箱要用“授权码”，不是网页登录密码；"
        "在网页邮箱的“设置 → POP3/SMTP/IMAP”里可以重新开启服务、生成授权码。改好设置后程序自动恢复，不用重启。"
    )


def no_usable_login(server: ImapServer, capabilities: Sequence[str], *, wants_oauth: bool) -> MailboxRefused:
    """The server forbids LOGIN and offers no method that takes a password; no password was sent.

    capabilities: all that it announces. wants_oauth: a method for OAuth tokens is among them.
    """
    offered = "、".join(name.removeprefix("AUTH=") for name in capabilities if name.startswith("AUTH="))
    if wants_oauth:
        return _only_oauth(server, f"LOGINDISABLED，只提供 {offered}")
    if server.security == "none" or not offered:
        return _encryption_wanted(server, "LOGINDISABLED")
    return MailboxRefused(
        f"邮箱服务器 {server} 不允许用密码登录，提供的登录方式（{offered}）本程序都不会用，所以没有登录。"
        "请邮箱管理员为 IMAP 开启 AUTHENTICATE PLAIN 或 AUTHENTICATE LOGIN。"
    )


def is_unknown_method(text: str) -> bool:
    """Whether a refused AUTHENTICATE means that the server does not implement the method, whatever the password."""
    return bool(_UNKNOWN_METHOD.search(text))


def _encryption_wanted(server: ImapServer, text: str) -> MailboxRefused:
    return MailboxRefused(
        f"邮箱服务器 {server} 不允许在没有加密的连接上登录（{text}），这不是授权码的问题。"
        '请把 [bulletin.mailbox] 改为 port = 993、security = "tls"，或 port = 143、security = "starttls"。'
    )


def _only_oauth(server: ImapServer, text: str) -> MailboxRefused:
    return MailboxRefused(
        f"邮箱服务器 {server} 只接受 OAuth 令牌登录（XOAUTH2），不接受密码或授权码：“{text}”。本程序不支持 OAuth。"
        "请在邮箱设置里开启 IMAP 的授权码（应用专用密码），或请管理员为这个账号放开密码登录；"
        "都不行，就换一个能用授权码的邮箱收稿。"
    )


def unusable_password(server: ImapServer) -> LoginRefused:
    return LoginRefused(
        f"邮箱 {server.username} 的用户名或密码里有中文、全角字符或换行，IMAP 登录不能用。"
        "请重新复制授权码：只含半角字母和数字，前后没有空格。"
    )


class Identification(Enum):
    """What became of the ID command (RFC 2971) on a connection."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    """The server offers ID and answered NO or BAD."""
    NOT_OFFERED = "not offered"


_IDENTIFICATION: Final = {
    Identification.ACCEPTED: "程序已按要求表明身份（IMAP ID）",
    Identification.REFUSED: "程序按要求表明身份（IMAP ID），服务器没有接受",
    Identification.NOT_OFFERED: "服务器没有公布 IMAP ID 能力，程序无法表明身份；host 应当是邮箱官方的 IMAP 服务器",
}


def unsafe_login(server: ImapServer, text: str, identification: Identification) -> MailboxRefused:
    """163, 126 and yeah.net accept the login and then refuse the folder (mjs/imapclient#544)."""
    return MailboxRefused(
        f"邮箱 {server.username} 登录后被 {server} 以“不安全登录”拒绝：“{text}”。{_IDENTIFICATION[identification]}。"
        "请登录网页邮箱，在“设置 → POP3/SMTP/IMAP”里确认 IMAP/SMTP 服务已开启、重新生成授权码，"
        "并看有没有“异常登录”提醒要确认；仍不行请联系邮箱客服（163 是 kefu@188.com）。"
    )


def folder_refused(folder: str, existing: Sequence[str], server: ImapServer, text: str) -> MailboxRefused:
    """existing: the folders that LIST names, empty when it does not answer."""
    if not existing or folder in existing or folder.upper() == "INBOX":
        return MailboxRefused(
            f"邮箱 {server.username} 的文件夹“{folder}”打不开，服务器 {server} 说：“{text}”。"
            f"请在网页邮箱里看该文件夹能否打开。{_LATER}"
        )
    names = "、".join(f"“{name}”" for name in existing[:_NAMES_SHOWN])
    more = f" 等 {len(existing)} 个" if len(existing) > _NAMES_SHOWN else ""
    return MailboxRefused(
        f"邮箱 {server.username} 里没有文件夹“{folder}”。现有：{names}{more}。"
        "请把 [bulletin.mailbox] 的 folder 改成其中一个，一字不差。"
    )


def folder_replaced(folder: str, server: ImapServer) -> TryLater:
    return TryLater(
        f"邮箱 {server.username} 的文件夹“{folder}”在收信途中被服务器重新编号，这一轮到此为止。"
        "下一轮会自动按内容核对，不会漏收也不会重复，不必处理。"
    )


def command_refused(what: str, server: ImapServer, text: str) -> TryLater:
    """A search or fetch is answered with NO or BAD."""
    if is_temporary_refusal(text):
        return TryLater(f"邮箱服务器 {server} 让我们慢一点（{what}）：“{text}”。程序会放慢再试，信不会丢，不必处理。")
    return MailboxRefused(f"邮箱服务器 {server} 拒绝了{what}：“{text}”。{_LATER}")


def connection_lost(what: str, server: ImapServer, why: str) -> TryLater:
    return TryLater(f"与邮箱服务器 {server} 的连接断了（{what}：{why}）。已收到的都已保留，其余下一轮再收。{_LATER}")


def unfetched(why: str) -> str:
    """Why one letter was not fetched; Chinese, for the clerk."""
    return f"这封信从邮箱里取不下来（{why}）。信还在邮箱里，程序会再试；一直取不下来请在网页邮箱里查看。"


def server_text(answer: object, secrets: Collection[str]) -> str:
    """A server's text as one short printable line. secrets: what servers may echo of the login; masked."""
    text = _CLIENT_WORDS.sub(r"\g<words>", _readable(answer))
    for secret in secrets:
        text = text.replace(secret, "***")
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text[:_MOST_SHOWN] or "（没有说明）"


def _readable(answer: object) -> str:
    if isinstance(answer, BaseException):
        answer = answer.args[0] if answer.args else type(answer).__name__
    if isinstance(answer, bytes):
        return _decoded(answer)
    return _BYTES_LITERAL.sub(lambda literal: _decoded(ast.literal_eval(literal["bytes"])), str(answer))


def _decoded(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("gb18030", "replace")


def _description(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


_BYTES_LITERAL = re.compile(r"""\[?(?P<bytes>\bb(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))\]?""")
"""How imaplib and IMAPClient write a server's text, or a list of one, into their own: b'no', [b'no']."""

_CLIENT_WORDS = re.compile(
    r"^(?:command: \w+ => )?(?:\w+ failed: |\w+ command error: (?:BAD|NO) )?(?P<words>.*)$", re.DOTALL
)
"""What imaplib and IMAPClient put before a server's text."""

_NAMES_SHOWN = 20  # folders in a message
_MOST_SHOWN = 200  # characters of a server's text in a message
