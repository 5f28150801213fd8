"""The kind of a file, by its bytes; the name only distinguishes kinds whose bytes are alike."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of an OLE2 compound file ([MS-CFB] 2.2): .doc, .xls, .ppt, an encrypted .docx."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SNIFF: Final = 1 << 16  # bytes at each end of a file in which names of members and streams are searched
_EXTENSION: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_NEW_WORD: Final = (".docx", ".docm", ".dotx", ".dotm")
PGP_MESSAGE: Final = "-----BEGIN PGP MESSAGE-----"
"""Begins what is encrypted with OpenPGP (RFC 9580 6.2)."""
BINHEX: Final = b"(This file must be converted with BinHex"
"""Begins a file in BinHex (RFC 1741 3)."""
YENC: Final = b"=ybegin "
"""Begins a file in yEnc, the encoding of Usenet (yEnc draft 1.3)."""
APPLE_DOUBLE: Final = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")
"""Beginnings of a Mac's resource fork (RFC 1740), which bears its file's name."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """The kind of a file."""

    extension: str
    """With its dot; "" when unknown."""
    chinese: str
    """What a clerk calls it."""


_EMPTY: Final = FileKind("", "空文件")
_UNKNOWN: Final = FileKind("", "不认识的格式")
_LOCKED: Final = FileKind(".docx", "加了密码的文档")
_BY_BEGINNING: Final = (
    (b"%PDF", FileKind(".pdf", "PDF")),
    (b"Rar!\x1a\x07", FileKind(".rar", "压缩包")),
    (b"7z\xbc\xaf\x27\x1c", FileKind(".7z", "压缩包")),
    (b"\x1f\x8b", FileKind(".gz", "压缩包")),
    (b"BZh", FileKind(".bz2", "压缩包")),
    (b"\xfd7zXZ\0", FileKind(".xz", "压缩包")),
    (PGP_MESSAGE.encode(), FileKind(".pgp", "PGP 加密的文件")),
    (YENC, FileKind(".yenc", "yEnc 编码的文件")),
    (b"L\0\0\0\x01\x14\x02\0", FileKind(".lnk", "快捷方式")),
    (BINHEX, FileKind(".hqx", "BinHex 编码的文件")),
    (b"\xff\xd8\xff", FileKind(".jpg", "图片")),
    (b"\x89PNG\r\n\x1a\n", FileKind(".png", "图片")),
    (b"GIF8", FileKind(".gif", "图片")),
    (b"BM", FileKind(".bmp", "图片")),
    (b"II*\0", FileKind(".tif", "图片")),
    (b"MM\0*", FileKind(".tif", "图片")),
    (b"{\\rtf", FileKind(".rtf", "RTF 文档")),
    (b"MZ", FileKind(".exe", "程序或自解压包")),
    (b"\x78\x9f\x3e\x22", FileKind(".dat", "Outlook 专用的 winmail.dat")),
)
_IN_ZIP: Final = (
    (b"word/document.xml", FileKind(".docx", "Word 文档")),
    (b"xl/workbook.xml", FileKind(".xlsx", "表格")),
    (b"ppt/presentation.xml", FileKind(".pptx", "演示文稿")),
    (b"OFD.xml", FileKind(".ofd", "OFD 版式文件")),
    (b"application/vnd.oasis.opendocument", FileKind(".odt", "ODF 文档")),
    (b"Index/Document.iwa", FileKind(".pages", "苹果 Pages 文稿")),
    (b"buildVersionHistory.plist", FileKind(".pages", "苹果 Pages 文稿")),
    (b"Index.zip", FileKind(".pages", "苹果 Pages 文稿")),
    (b"QuickLook/", FileKind(".pages", "苹果 Pages 文稿")),
)
_OLE_BY_NAME: Final = {
    ".wps": FileKind(".wps", "WPS 文档"),
    ".wpt": FileKind(".wpt", "WPS 模板"),
    ".xls": FileKind(".xls", "表格"),
    ".et": FileKind(".et", "表格"),
    ".ppt": FileKind(".ppt", "演示文稿"),
    ".dps": FileKind(".dps", "演示文稿"),
    ".msg": FileKind(".msg", "Outlook 邮件文件"),
}


def kind_of(data: bytes, name: str = "") -> FileKind:
    """The kind of a file. name: distinguishes only what is alike inside (.doc, .wps, .xls)."""
    if not data:
        return _EMPTY
    if data.startswith(COMPOUND_FILE):
        extension = "." + name.lower().rpartition(".")[2]
        if _ENCRYPTED in data[:_SNIFF] or _ENCRYPTED in data[-_SNIFF:]:
            return _LOCKED
        return _OLE_BY_NAME.get(extension, FileKind(".doc", "旧版 Word 文档"))
    if data.startswith(b"PK"):
        # The names of the members are in the zip's directory, at the end, and before each member.
        ends = data[:_SNIFF] + data[-_SNIFF:]
        return next((kind for mark, kind in _IN_ZIP if mark in ends), FileKind(".zip", "压缩包"))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind(".webp", "图片")
    if data[257:262] == b"ustar":  # POSIX 1003.1, also GNU's own form
        return FileKind(".tar", "压缩包")
    if data[:200].lstrip()[:5].lower() in (b"<html", b"<!doc"):
        return FileKind(".html", "网页文件")
    return next((kind for mark, kind in _BY_BEGINNING if data.startswith(mark)), _UNKNOWN)


def extension_of(data: bytes) -> str:
    """The usual extension of such a file, ".bin" when unknown."""
    return kind_of(data).extension or ".bin"


def stem_of(name: str) -> str:
    """A file's name without its archive and its extension."""
    return _EXTENSION.sub("", name.rpartition("/")[2]).strip()


def plain_name(name: str) -> str:
    """A file's name for comparing: one width, lower case, without the dots and blanks that Windows drops."""
    return unicodedata.normalize("NFKC", name).strip().rstrip(". ").casefold()


def is_owner_file(name: str) -> bool:
    """Whether it is the lock file ~$name.docx that Word keeps next to an open document."""
    return plain_name(name).startswith("~$")


def is_named_word(name: str, data: bytes) -> bool:
    """Whether the sender calls it a .docx (or .docm, .dotx, .dotm); a resource fork of that name is none, nor is a file
    in an encoding of its own."""
    return plain_name(name).endswith(_NEW_WORD) and not data.startswith((*APPLE_DOUBLE, YENC, BINHEX))
