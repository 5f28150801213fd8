"""What went wrong with the mail server for letters out, in Chinese and with the remedy."""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta

from values.errors import LoginRefused, TryLater

_LATER = "要发的信都排在发件箱里，不会丢，程序会自动再试。"


@dataclass(frozen=True, slots=True)
class PostServer:
    """Whom we talk to. username "": no login."""

    host: str
    port: int
    security: str
    username: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


class PostUnavailable(TryLater):
    """No letter can be sent now; none was touched. after: how long the server wants to be left alone, if it says so."""

    def __init__(self, said: str, after: timedelta | None = None) -> None:
        super().__init__(said)
        self.after = after


def connection_failed(error: Exception, server: PostServer) -> PostUnavailable:
    """No connection, or none that can be trusted."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return PostUnavailable(
            f"发信服务器 {server} 的证书不可信（{error.verify_message}），为保护密码没有登录。"
            "请核对 [smtp] 的 host 是否写对、本机日期是否正确；单位自建的邮箱请管理员换上有效证书。"
        )
    if isinstance(error, socket.gaierror):
        return PostUnavailable(f"找不到发信服务器 {server}：域名解析失败。请核对 [smtp] 的 host，检查网络和 DNS。")
    if isinstance(error, ConnectionRefusedError):
        return PostUnavailable(f"发信服务器 {server} 拒绝连接。请核对 [smtp] 的 host 和 port。{_LATER}")
    if isinstance(error, TimeoutError | ssl.SSLError):
        return PostUnavailable(
            f"与发信服务器 {server} 连接超时，或不能建立加密连接。请检查网络，并核对 port 与 security 是否相配："
            f"465 配 tls，587 配 starttls。{_LATER}"
        )
    return PostUnavailable(f"与发信服务器 {server} 的连接断了（{error}）。请检查网络。{_LATER}")


def turned_away(said: str, server: PostServer, after: timedelta | None) -> PostUnavailable:
    """The server answers, but will not take anything."""
    return PostUnavailable(f"发信服务器 {server} 暂时不收信：“{said}”。{_LATER}", after)


def no_starttls(server: PostServer) -> PostUnavailable:
    return PostUnavailable(
        f'发信服务器 {server} 不支持 STARTTLS，为保护密码没有登录。请把 [smtp] 改为 port = 465、security = "tls"。'
    )


def login_refused(said: str, server: PostServer) -> LoginRefused:
    return LoginRefused(
        f"发信邮箱 {server.username} 登录被拒绝，服务器 {server} 说：“{said}”。"
        "请核对 [smtp] 的用户名和密码：163、126、QQ 等邮箱要用“授权码”，不是网页登录密码；"
        f"在网页邮箱的“设置 → POP3/SMTP/IMAP”里可以重新开启服务、生成授权码。{_LATER}"
    )
