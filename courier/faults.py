"""Faults of the mail server for letters out, as errors with a Chinese message that names the remedy."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta

from values.errors import LoginRefused, TryLater

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


def connection_failed(error: Exception, server: MailServer) -> MailServerUnavailable:
    """No connection, or none that can be trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return MailServerUnavailable(
            f"发信服务器 {server} 的证书不可信（{error.verify_message}），为保护密码没有登录。"
            "请核对 [smtp] 的 host 是否写对、本机日期是否正确；单位自建的邮箱请管理员换上有效证书。"
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
