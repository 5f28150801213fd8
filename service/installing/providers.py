"""The mailbox providers that offices use: their servers, and what has to be switched on in each.

Hosts and ports are those of the providers' own help pages (as of 2026-11); Coremail is run by the office's own
data centre, so its administrator knows the host.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_NETEASE: Final = (
    "在网页邮箱“设置 → POP3/SMTP/IMAP”里开启 IMAP/SMTP 服务，新增授权码（只显示一次）；"
    "收取选项选“收取全部邮件”，否则看不到 30 天以前的信"
)


@dataclass(frozen=True, slots=True)
class MailProvider:
    """A provider of mailboxes."""

    id: str
    """As `init --provider` takes it."""
    name: str
    """In Chinese."""
    imap_host: str
    """The port is 993, with TLS; "": the office knows host and port."""
    smtp_host: str
    """The port is 465, with TLS; "": the office knows host and port."""
    password: str
    """What programs log in with, in Chinese."""
    advice: str
    """What has to be switched on first, in Chinese, without a full stop."""


PROVIDERS: Final = (
    MailProvider("163", "163 邮箱", "imap.163.com", "smtp.163.com", "授权码", _NETEASE),
    MailProvider("126", "126 邮箱", "imap.126.com", "smtp.126.com", "授权码", _NETEASE),
    MailProvider(
        "qq",
        "QQ 邮箱",
        "imap.qq.com",
        "smtp.qq.com",
        "授权码",
        "在网页邮箱“设置 → 账号”里开启 POP3/IMAP/SMTP 服务，生成授权码；收取选项选“全部”",
    ),
    MailProvider(
        "exmail",
        "腾讯企业邮",
        "imap.exmail.qq.com",
        "smtp.exmail.qq.com",
        "客户端专用密码（没有开启安全登录的，是邮箱密码）",
        "在网页邮箱“设置 → 收发信设置”里开启 IMAP/SMTP 服务；开启了安全登录的，要生成客户端专用密码。"
        "找不到开关时，请企业邮的管理员允许使用 IMAP/SMTP",
    ),
    MailProvider(
        "aliyun",
        "阿里企业邮",
        "imap.qiye.aliyun.com",
        "smtp.qiye.aliyun.com",
        "客户端安全密码（没有开启的，是邮箱密码）",
        "在网页邮箱“设置 → 账户安全”里生成三方客户端安全密码；登录不了时，请企业邮的管理员允许使用 IMAP/SMTP",
    ),
    MailProvider(
        "coremail",
        "Coremail（单位自建）",
        "",
        "",
        "客户端专用密码（没有开启的，是邮箱密码）",
        "向邮箱管理员要收信、发信服务器的地址，请他允许这个账号使用 IMAP 和 SMTP；"
        "证书由单位自己的 CA 签发的，再要来 CA 证书（PEM 文件）",
    ),
    MailProvider(
        "other",
        "其他",
        "",
        "",
        "授权码或密码",
        "在邮箱的设置里开启 IMAP 和 SMTP 服务，查明服务器的地址和端口，以及程序登录用密码还是授权码",
    ),
)


def provider_called(id: str) -> MailProvider | None:
    """The provider with this id."""
    return next((provider for provider in PROVIDERS if provider.id == id), None)
