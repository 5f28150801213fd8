"""Files that a letter only links to, kept by a mail service for some weeks or by a cloud drive. Nothing is fetched."""

from __future__ import annotations

import re
from typing import Final

from intake.parse.message import Message
from values.reason import Reason

_MOST_TEXT: Final = 200_000  # characters searched for links
_MOST_LINKS: Final = 200
_SERVICES: Final = (
    (
        "QQ 邮箱",
        r"mail\.qq\.com/(?:cgi-bin/)?ftn|(?:exmail|ftn)\.qq\.com/(?:cgi-bin/)?ftn|njftn\.qq\.com",
    ),
    ("腾讯微云", r"(?:share\.|www\.)?weiyun\.com/"),
    ("腾讯文档", r"docs\.qq\.com/"),
    (
        "网易邮箱",
        r"(?:mail|qiye)\.(?:163|126|yeah)\.(?:com|net)/(?:login/)?(?:large-attachment|filehub|wangpan)|"
        r"(?:dashi|fs|u)\.163\.com/",
    ),
    (
        "139 邮箱（和彩云）",
        r"(?:yun|caiyun|mail)\.(?:139|10086)\.(?:com|cn)/(?:link|w/|m/|dl|webdisk|file|largeattach)",
    ),
    ("189 邮箱（天翼云盘）", r"cloud\.189\.cn/"),
    ("夸克网盘", r"pan\.quark\.cn/"),
    ("百度网盘", r"(?:pan|yun)\.baidu\.com/(?:s/|share|wap)"),
    ("阿里云盘", r"(?:aliyundrive|alipan)\.com/(?:s|t)/"),
    ("阿里邮箱", r"(?:netdisk|mail|qiye)\.(?:aliyun|mxhichina)\.com/.{0,40}(?:attach|netdisk|share)"),
    ("钉钉文档", r"(?:alidocs|space)\.dingtalk\.com/"),
    ("飞书", r"feishu\.cn/(?:docx|docs|file|drive|wiki|sheets)"),
    ("WPS 云文档", r"(?:www\.|365\.)?kdocs\.cn/|(?:drive|wpsdrive)\.wps\.cn/|yun\.wps\.cn/|wps\.cn/l/"),
    ("石墨文档", r"shimo\.im/"),
    ("OneDrive", r"1drv\.ms/|onedrive\.live\.com/|sharepoint\.(?:com|cn)/:"),
    ("iCloud", r"icloud\.com(?:\.cn)?/(?:attachment|iclouddrive|photos)"),
    ("Google Drive", r"(?:drive|docs)\.google\.com/"),
    ("Dropbox", r"dropbox\.com/s"),
    ("坚果云", r"jianguoyun\.com/p/"),
    ("115 网盘", r"115(?:cdn)?\.com/s/"),
    ("迅雷云盘", r"pan\.xunlei\.com/s"),
    ("蓝奏云", r"lanzou[a-z]?\.com/"),
    ("文叔叔", r"wenshushu\.cn/|wss\.(?:ink|show|cc)/"),
    ("奶牛快传", r"cowtransfer\.com/"),
    ("123 云盘", r"(?:123pan|123684|123865|123912)\.com/s/"),
    ("联通云盘", r"pan\.wo\.cn/s"),
    ("微盘", r"vdisk\.weibo\.com/"),
    ("QQ 群文件", r"qun\.qq\.com/.{0,40}file"),
    ("263 网盘", r"netdisk\.263\.net/"),
    ("单位邮箱（Coremail）", r"/coremail/\S{0,80}(?:nf|ftn?)[:%]"),
    ("城通网盘", r"(?:ctfile|ct\.ghpym|089u)\.com/"),
)
"""What a clerk calls the service, and the addresses of its files."""
_BY_ADDRESS: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _SERVICES)
_WORDS: Final = re.compile("超大附件|云附件|大附件下载|文件中转站|网盘附件")
_SIGNS: Final = re.compile("https?://|到期|过期|有效期|剩余|进入下载页面")

_DOCUMENT: Final = re.compile(
    r"[^\s/\\<>|:：]{1,80}\.(?:docx?|wps|pdf|ofd|zip|rar|7z)(?![a-z0-9])(?!\S{0,40}://)", re.IGNORECASE
)
"""The name of a document or of an archive."""
_PATH: Final = re.compile(r"://[^\s/?]{1,255}(?:/|/?\?)[^\s/]")
"""In the address of a file; a signature has that of a home page."""


def cloud_attachment(message: Message) -> Reason | None:
    """What to ask for when the letter only links to a file; None when it links to none."""
    if any(part.content_type.lower() == "message/external-body" for part in message.parts):
        return _reason("")
    text = "\n".join((_text(message), *message.links[:_MOST_LINKS]))
    service = next((name for name, addresses in _BY_ADDRESS if addresses.search(text)), None)
    if service is None and not (_WORDS.search(text) and _SIGNS.search(text)):
        return None
    return _reason(service or "")


def linked_document(message: Message) -> Reason | None:
    """What to ask for when a letter without files names a document and links to a file: it lies with a service that
    the table does not have. None for any other letter."""
    text = _text(message)
    links = "\n".join((text, *message.links[:_MOST_LINKS]))
    if _PATH.search(links) is None or _DOCUMENT.search(text) is None:
        return None
    return _reason("")


def _text(message: Message) -> str:
    return "\n".join((message.text[:_MOST_TEXT], message.html_text[:_MOST_TEXT]))


def _reason(service: str) -> Reason:
    of = f"{service}上的" if service else ""
    return Reason.alike(
        f"信中的超大附件（云附件）只是一个{of}会过期的下载链接，系统不会去下载。请以普通附件重发 .docx。"
    )
