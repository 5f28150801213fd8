"""Attachments that cannot be read: what each is, by its bytes first, then its name, and what to ask for instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from intake.classify.useless_parts import is_useless
from intake.parse.archive_fault import ArchiveFault
from intake.parse.file_kinds import FileKind, is_owner_file, kind_of, plain_name
from intake.parse.message import Part
from intake.parse.picture_kinds import picture_kind
from values.reason import Reason

_SAVE_AS: Final = Reason.alike("请另存为 .docx 重发")
_TEXT_AS: Final = Reason.alike("请把文字稿存为 .docx 重发")
_UNPACK: Final = Reason.alike("请不要压缩，直接附上其中的 .docx 重发")
_UNLOCK: Final = Reason.alike("请取消密码，另存为 .docx 重发")
_PLAIN_LETTER: Final = Reason.alike("请改用 HTML 或纯文本格式写信，把 .docx 作普通附件重发")
_TAKE_OUT: Final = Reason.alike("请把其中的 .docx 直接作附件重发")
_NOT_ENCRYPTED: Final = Reason.alike("请不要加密，把 .docx 作附件重发")
_EXPORT: Final = Reason.alike("请在 Pages 里导出为 Word（.docx）重发")
_WHOLE: Final = Reason.alike("请不要拆分邮件，把整封信连同 .docx 附件重发")
_OLD_ENCODING: Final = Reason.alike("这种旧编码系统不读，请把 .docx 作普通附件重发")
_ITSELF: Final = Reason.alike("请发送文稿本身")

_UNOPENED: Final = {
    ArchiveFault.NOT_A_ZIP: "已损坏，解不出来",
    ArchiveFault.DAMAGED: "已损坏，解不出来",
    ArchiveFault.LOCKED: "加了密码的压缩包",
    ArchiveFault.SUSPICIOUS: "内容异常的压缩包，疑似压缩炸弹",
    ArchiveFault.VOLUME: "分卷压缩包的一卷",
    ArchiveFault.GREEDY: "解压所需内存过大的压缩包",
    ArchiveFault.RARE_METHOD: "压缩方法少见的压缩包",
    ArchiveFault.NO_DECODER: "本机没有 libarchive，打不开 7z、rar、tar、gz 压缩包",
}
"""What a clerk calls an archive that stayed closed."""
_UNOPENED_REMEDIES: Final = {
    ArchiveFault.NOT_A_ZIP: Reason.alike("请检查后重发"),
    ArchiveFault.DAMAGED: Reason.alike("请检查后重发"),
    ArchiveFault.LOCKED: Reason.alike("请取消密码后重发"),
    ArchiveFault.VOLUME: Reason.alike("请不要分卷，压缩成一个文件重发，或直接附上其中的 .docx 重发"),
    ArchiveFault.NO_DECODER: Reason(
        "请管理员安装（apt-get install libarchive13）后用 retry 重读，或请对方直接附上其中的 .docx 重发",
        "请直接附上其中的 .docx 重发",
    ),
}

_PICTURES: Final = frozenset(
    {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".avif", ".heic", ".heif", ".svg"}
)
_REMEDIES: Final = {
    **dict.fromkeys(_PICTURES, _TEXT_AS),
    **dict.fromkeys((".xls", ".xlsx", ".et", ".csv", ".ppt", ".pptx", ".dps"), _TEXT_AS),
    **dict.fromkeys((".zip", ".rar", ".7z", ".gz", ".tgz", ".tar", ".exe", ".eml", ".msg"), _TAKE_OUT),
    ".docx": _UNLOCK,  # by content: a .docx that is no manuscript is an encrypted one
    ".p7m": _NOT_ENCRYPTED,
    ".pgp": _NOT_ENCRYPTED,
    ".gpg": _NOT_ENCRYPTED,
    ".rpmsg": _NOT_ENCRYPTED,
    ".pages": _EXPORT,
    ".partial": _WHOLE,
    ".hqx": _OLD_ENCODING,
    ".yenc": _OLD_ENCODING,
    ".dat": _PLAIN_LETTER,
    ".lnk": _ITSELF,
}
_BY_TYPE: Final = {
    "application/ms-tnef": FileKind(".dat", "Outlook 专用的 winmail.dat"),
    "application/vnd.ms-tnef": FileKind(".dat", "Outlook 专用的 winmail.dat"),
    "application/pkcs7-mime": FileKind(".p7m", "加密邮件"),
    "application/x-pkcs7-mime": FileKind(".p7m", "加密邮件"),
    "message/rfc822": FileKind(".eml", "邮件"),
    "message/partial": FileKind(".partial", ""),
    "application/mac-binhex40": FileKind(".hqx", "BinHex 编码的文件"),
    "application/mac-binhex": FileKind(".hqx", "BinHex 编码的文件"),
    "application/x-microsoft-rpmsg-message": FileKind(".rpmsg", "加了权限保护的邮件"),
}
_BY_TYPE_FIRST: Final = frozenset({".partial"})
"""Kinds of which the bytes say nothing."""
_LONGEST_NAME: Final = 60  # characters; longer names are shortened in the middle, so that both ends can be recognised
_SHOWN_ANYHOW: Final = frozenset({".hqx", ".pages", ".wpt", ".rpmsg", ".lnk"})
"""Endings that say nothing to most clerks."""
_VOLUME: Final = re.compile(r"(?:\.(?:7z|zip|rar)\.\d{3}|\.[rz]\d{2})$")
_SAME: Final = ({".jpg", ".jpeg"}, {".tif", ".tiff"}, {".doc", ".wps", ".dot", ".wpt"}, {".html", ".htm", ".mht"})
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 150
"""Pixels. Logos in signatures are smaller; at 300 dots an inch a picture of that width prints 17 mm wide."""
_WIDEST_ICON: Final = 32
"""Pixels: a ninth of an inch in print."""
_LOGO: Final = re.compile(r"(?:logo|image\d{3}|sign|qr_?code|icon|签名|二维码|徽标)", re.IGNORECASE)
_LEAST_OCTETS: Final = 20_000
"""Of a picture whose size in pixels cannot be read; logos have less."""
_WIDEST_SHAPE: Final = 3
"""Width to height. Banners and signatures are wider; panoramas of that shape are rare, and the letter keeps them."""


@dataclass(frozen=True, slots=True)
class Unread:
    """An attachment that is no manuscript."""

    shown: str
    """Chinese: its name in quotation marks, and in brackets what it is, where the name does not show that."""
    remedy: Reason
    """What to ask for; no full stop."""


def is_picture(part: Part) -> bool:
    """Whether it is a picture, by content, or by name or type where the content says nothing."""
    return _kind(part).extension in _PICTURES or part.content_type.lower().startswith("image/")


def is_attachment(part: Part) -> bool:
    """Whether the sender attached it: not the letter's own text, a picture within the text, or what programs add.

    A picture that no page of the letter shows is attached, although an iPhone marks it as inline. One that a page shows
    is not, although 163's web pages mark it as an attachment.
    """
    if is_useless(part):
        return False
    if is_picture(part):
        shown = part.shown_in_text or part.shown_in_signature
        return not shown and (part.disposition.lower() == "attachment" or is_photograph(part))
    if part.disposition.lower() == "attachment":
        return True
    return not (part.content_type.lower().startswith(("text/", "multipart/")) and not part.name.strip())


def is_photograph(part: Part) -> bool:
    """Whether a picture is too large, and too little of a banner, for a signature."""
    kind = picture_kind(part.data)
    if not kind.width:
        return len(part.data) >= _LEAST_OCTETS
    large = kind.width >= _LEAST_WIDTH and kind.height >= _LEAST_HEIGHT
    return large and kind.width <= _WIDEST_SHAPE * kind.height


def is_icon(part: Part) -> bool:
    """Whether a picture is so small that it belongs to no article, or is small and named as logos in signatures are,
    however it is marked."""
    kind = picture_kind(part.data)
    tiny = 0 < kind.width <= _WIDEST_ICON and 0 < kind.height <= _WIDEST_ICON
    named = _LOGO.match(plain_name(part.name)) is not None
    return tiny or (named and kind.width > 0 and not is_photograph(part))


def unread(part: Part) -> Unread:
    """An attachment that cannot be read, as the clerk and the sender see it."""
    fault = ArchiveFault.VOLUME if _is_volume(part) else part.unopened
    if fault is not None:
        return Unread(_shown(part, _UNOPENED[fault]), _UNOPENED_REMEDIES.get(fault, _UNPACK))
    kind = _kind(part)
    if is_owner_file(part.name):
        return Unread(_shown(part, "Word 打开文稿时留下的临时文件"), _ITSELF)
    suffix = _suffix(part)
    description = "" if _is_named_by(part.name, suffix, kind) else kind.chinese
    return Unread(_shown(part, description), _REMEDIES.get(kind.extension, _TEXT_AS if is_picture(part) else _SAVE_AS))


def _is_named_by(name: str, suffix: str, kind: FileKind) -> bool:
    """Whether the name shows the kind already, or nothing is known of it. suffix: of the name."""
    alike = any({suffix, kind.extension} <= same for same in _SAME)
    winmail = kind.extension == ".dat" and "winmail" in name
    return not kind.extension or (suffix == kind.extension and suffix not in _SHOWN_ANYHOW) or alike or winmail


def _kind(part: Part) -> FileKind:
    """By content; by content type or name where the content is not known, then with nothing to add to the name."""
    typed = _BY_TYPE.get(part.content_type.lower())
    if typed is not None and typed.extension in _BY_TYPE_FIRST:
        return typed
    by_content = kind_of(part.data, part.name)
    if by_content.extension == ".docx" and part.data.startswith(b"PK"):
        return FileKind(".zip", "压缩包")  # it is no manuscript itself, so it contains one
    if by_content.extension:
        return by_content
    if typed:
        return typed
    if plain_name(part.name) == "winmail.dat":
        return _BY_TYPE["application/ms-tnef"]
    suffix = _suffix(part)
    if suffix in _REMEDIES and suffix not in (".docx", ".dat"):
        return FileKind(suffix, by_content.chinese)
    return by_content


def _is_volume(part: Part) -> bool:
    """Whether its name is that of one of several volumes (材料.7z.002, 材料.z01), and it was not unpacked by itself."""
    name = plain_name(part.name)
    return part.unopened in (None, ArchiveFault.DAMAGED) and _VOLUME.search(name) is not None


def _suffix(part: Part) -> str:
    _, dot, suffix = plain_name(part.name).rpartition(".")
    return dot + suffix if dot else ""


def _shown(part: Part, description: str) -> str:
    """The attachment as a clerk sees it. description: what its name does not show, "" for nothing."""
    name = " ".join(part.name.split())
    if not name:
        return f"（没有文件名，{description or '不认识的格式'}）"
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"
    return f"“{short}”（{description}）" if description else f"“{short}”"
