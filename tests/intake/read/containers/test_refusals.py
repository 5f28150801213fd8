"""What a file is that cannot be read, in sentences for its sender."""

from __future__ import annotations

import pytest

from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from tools.docx_builder import zipped
from values.errors import UnreadableManuscript

_PASSWORD = "设有密码"


def _refusal(data: bytes, limits: DocumentLimits | None = None) -> str:
    with pytest.raises(UnreadableManuscript) as refused:
        read_docx(data, limits or DocumentLimits())
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "文件是空的"),
        (b"PK\x03\x04 and nothing more", "文件损坏或不完整"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), _PASSWORD),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "不是 Word 文档"),
        (b"%PDF-1.7", "这是 PDF 文件"),
        (b"{\\rtf1 text}", "这是 RTF 文件"),
        (b"\xff\xd8\xff\xe0", "这是图片"),
        (b"Rar!\x1a\x07", "RAR 压缩包"),
        (b"\x06Author" + b"\0" * 155, "临时文件"),
        (b"<html>text</html>", "不是 Word 文档"),
        (zipped({"a.txt": b"a"}), "普通压缩包"),
        (zipped({"xl/workbook.xml": b"<a/>"}), "Excel"),
        (zipped({"ppt/presentation.xml": b"<a/>"}), "PPT"),
        (zipped({"OFD.xml": b"<a/>"}), "OFD"),
        (zipped({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument"),
    ],
)
def test_file_that_is_no_docx_is_named(data: bytes, sentence: str) -> None:
    assert sentence in _refusal(data)
