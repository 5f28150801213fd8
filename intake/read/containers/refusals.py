"""Why a file cannot be read, in sentences for the person who sent it."""

from __future__ import annotations

from typing import Final

from intake.parse.file_kinds import COMPOUND_FILE
from values.errors import UnreadableManuscript

_AGAIN: Final = "请用 Word 或 WPS 打开，另存为 .docx 后再发一次。"
BROKEN: Final = f"文件损坏，无法打开。{_AGAIN}"
PASSWORD: Final = "文件设有密码，无法打开。请取消密码后再发一次。"  # noqa: S105 - a sentence about one
NO_TEXT: Final = "文件里没有文字。"
TOO_COMPLEX: Final = f"文件结构异常复杂，为安全起见没有打开。{_AGAIN}"
DOCTYPE: Final = f"文件里含有不该出现的外部声明（DOCTYPE），为安全起见没有打开。{_AGAIN}"
SUSPICIOUS_ZIP: Final = f"文件的压缩结构异常（疑似压缩炸弹），为安全起见没有打开。{_AGAIN}"

_MAGIC: Final = (
    (b"%PDF", f"这是 PDF 文件，不是 Word 文档。{_AGAIN}"),
    (b"{\\rtf", f"这是 RTF 文件，不是 .docx 文档。{_AGAIN}"),
    (b"\x89PNG", "这是图片，不是 Word 文档。请把文字稿存为 .docx 后再发一次。"),
    (b"\xff\xd8\xff", "这是图片，不是 Word 文档。请把文字稿存为 .docx 后再发一次。"),
    (b"Rar!", "这是 RAR 压缩包，不是 Word 文档。请直接发送里面的 .docx 文件。"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，不是 Word 文档。请直接发送里面的 .docx 文件。"),
)
_OWNER_FILE_SIZE: Final = 162
"""Bytes of the file that Word keeps next to an open document (~$name.docx): the name of the user, padded."""


def refuse(sentence: str) -> UnreadableManuscript:
    """The error for a file that cannot be read; the caller raises it."""
    return UnreadableManuscript(sentence)


def not_a_zip(data: bytes) -> UnreadableManuscript:
    """The refusal for bytes that are no zip, or one that cannot be opened: it says what they are instead."""
    if not data:
        return refuse("文件是空的（0 字节）。请检查后再发一次。")
    if data.startswith(b"PK"):
        return refuse(f"文件损坏或不完整，无法打开。{_AGAIN}")
    if data.startswith(COMPOUND_FILE):
        return _compound_file(data)
    if len(data) == _OWNER_FILE_SIZE:
        return refuse("这是 Word 打开文档时留下的临时文件（~$ 开头），不是文稿。请发送文稿本身。")
    for magic, sentence in _MAGIC:
        if data.startswith(magic):
            return refuse(sentence)
    return refuse(f"不是 Word 文档（.docx）。{_AGAIN}")


def _compound_file(data: bytes) -> UnreadableManuscript:
    # [MS-OFFCRYPTO] 2.3: an encrypted .docx is a compound file with a stream of this name.
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse(PASSWORD)
    if "WordDocument".encode("utf-16-le") in data:
        return refuse(f"这是旧版 Word（.doc）或 WPS（.wps）文件，不是 .docx。{_AGAIN}")
    return refuse(f"不是 Word 文档（.docx）。{_AGAIN}")


def other_package(names: frozenset[str]) -> UnreadableManuscript:
    """The refusal for a zip that is no Word document: it says what the file is. names: its members, in lower case."""
    if any(name.startswith("xl/") for name in names):
        return refuse("这是 Excel 表格，不是 Word 文档。请把文字稿存为 .docx 后再发一次。")
    if any(name.startswith("ppt/") for name in names):
        return refuse("这是演示文稿（PPT），不是 Word 文档。请把文字稿存为 .docx 后再发一次。")
    if "ofd.xml" in names:
        return refuse(f"这是 OFD 版式文件，不是 Word 文档。{_AGAIN}")
    if "mimetype" in names and "content.xml" in names:
        return refuse(f"这是 OpenDocument（.odt）文件，不是 Word 文档。{_AGAIN}")
    return refuse("这是普通压缩包，不是 Word 文档（.docx）。请直接发送 .docx 文件。")
