"""Faults of the mail server for letters out, as errors with a Chinese message that names the remedy."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from values.errors import LoginRefused, TryLater

_OAUTH = frozenset({"XOAUTH2", "OAUTHBEARER"})
_NO_PASSWORDS = re.compile(r"oauth|basic ?auth|modern auth", re.IGNORECASE)
_LATER = "要发的信都排在发件箱里，不会丢，程序会自动再试。"


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server for letters out, for naming it in messages. No password is in here."""

    host: str
    port: int
    security: str
    """"tls", "starttls" or "none"."""
    username: str
    """"" for no login."""

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class MailServerUnavailable(TryLater):
    """No letter can be sent now; the state of none was changed. after: how long the server asks to wait, if it does."""

    def __init__(self, message: str, after: timedelta | None = None) -> None:
        super().__init__(message)
        self.after = after


class AccountLimited(MailServerUnavailable):
    """The provider limits the account that sends. A person may have to act."""


def connection_failed(error: Exception, server: MailServer) -> MailServerUnavailable:
    """No connection, or none that can be trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailServerUnavailable(
            f"发信服务器 {server} 的证书不可信（{error.verify_message}），为保护密码没有登录。"
            "请核对 [smtp] 的 host 是否写对、本机日期是否正确；"
            "单位自建的邮箱，证书由单位自己的 CA 签发的，请把 CA 证书写进 ca_file。"
        )
    if isinstance(error, socket.gaierror):
        return MailServerUnavailable(
            f"找不到发信服务器 {server}：域名解析失败。请核对 [smtp] 的 host，检查网络和 DNS。"
        )
    if isinstance(error, ConnectionRefusedError):
        return MailServerUnavailable(f"发信服务器 {server} 拒绝连接。请核对 [smtp] 的 host 和 port。{_LATER}")
    if isinstance(error, TimeoutError | ssl.SSLError):
        return MailServerUnavailable(
            f"与发信服务器 {server} 连接超时，或不能建立加密连接。请检查网络，并核对 port 与 security 是否相配："
            f"465 配 tls，587 配 starttls。{_LATER}"
        )
    return MailServerUnavailable(f"与发信服务器 {server} 的连接断了（{error}）。请检查网络。{_LATER}")


def turned_away(reply: str, server: MailServer, after: timedelta | None) -> MailServerUnavailable:
    """The server answers, and accepts no letters now."""
    return MailServerUnavailable(f"发信服务器 {server} 暂时不收信：“{reply}”。{_LATER}", after)


def no_starttls(server: MailServer) -> MailServerUnavailable:
    return MailServerUnavailable(
        f'发信服务器 {server} 不支持 STARTTLS，为保护密码没有登录。请把 [smtp] 改为 port = 465、security = "tls"。'
    )


def login_refused(reply: str, server: MailServer) -> LoginRefused:
    return LoginRefused(
        f"发信邮箱 {server.username} 登录被拒绝，服务器 {server} 说：“{reply}”。"
        "请核对 [smtp] 的用户名和密码：163、126、QQ 等邮箱要用“授权码”，不是网页登录密码；"
        f"在网页邮箱的“设置 → POP3/SMTP/IMAP”里可以重新开启服务、生成授权码。{_LATER}"
    )


def no_usable_login(server: MailServer, offered: Sequence[str], refused: str) -> MailServerUnavailable:
    """The server offers no login method that takes a password, or refuses those; the password is not to blame.

    offered: the methods that it announces. refused: its words about the last one that was tried, "" for none tried.
    """
    words = f"，试过之后服务器说：“{refused}”" if refused else ""
    names = "、".join(offered)
    if not offered:
        state = "没有提供任何登录方式"
        remedy = "请核对 [smtp] 的 port 与 security（465 配 tls，587 配 starttls）；不需要登录的服务器把 username 留空"
    elif only_oauth(refused) or (any(name in _OAUTH for name in offered) and not refused):
        state = f"只接受 OAuth 令牌登录（提供 {names}{words}），不接受密码或授权码，本程序不支持"
        remedy = "请在邮箱设置里开启 SMTP 的授权码，或换一个能用授权码的邮箱发信"
    else:
        state = f"没有能用的登录方式（提供 {names}{words}）"
        remedy = "请邮箱管理员开启 AUTH PLAIN 或 AUTH LOGIN"
    return MailServerUnavailable(f"发信服务器 {server} {state}。{remedy}。{_LATER}")


def only_oauth(reply: str) -> bool:
    """Whether a refused login means that the provider has switched passwords off for programs."""
    return bool(_NO_PASSWORDS.search(reply))


def account_limited(reply: str, server: MailServer, after: timedelta) -> AccountLimited:
    """The provider limits the account that sends: no letter is to blame, and all of them wait."""
    account = server.username or str(server)
    return AccountLimited(limit_notice(account, reply, after), after)


def limit_notice(account: str, reply: str, after: timedelta) -> str:
    """What a person should know of a limited account, with the remedy; Chinese."""
    hours = max(1, round(after / timedelta(hours=1)))
    return (
        f"发信邮箱 {account} 被服务商限制发信，服务器说：“{reply}”。所有要发的信都留在发件箱里，没有一封作废，"
        f"约 {hours} 小时后自动再试。超过当日发信量、发得太频繁，等限制解除就好；被冻结或停用，"
        "请登录网页邮箱按提示解除，或联系邮箱客服。"
    )
