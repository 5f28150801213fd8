"""The zip of a manuscript: its members within limits."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest

from intake.read.docx.limits import DocumentLimits
from intake.read.docx.package import is_docx
from intake.read.docx.reader import read_docx
from tools.docx_builder import W_NS, docx, paragraph, zipped
from values.errors import UnreadableManuscript

_DAMAGED = "文件损坏"


_BOMB = "压缩结构异常"


_PASSWORD = "设有密码"


def _refusal(data: bytes, limits: DocumentLimits | None = None) -> str:
    with pytest.raises(UnreadableManuscript) as refused:
        read_docx(data, limits or DocumentLimits())
    return str(refused.value)


def _w(inner: str) -> bytes:
    return f'<w:document xmlns:w="{W_NS}"><w:body>{inner}</w:body></w:document>'.encode()


def test_truncated_file_is_damaged() -> None:
    data = docx(paragraph("文" * 500))
    for cut in (1, 30, len(data) // 2, len(data) - 30):
        assert _DAMAGED in _refusal(data[:-cut])


def test_flipped_bit_in_the_text_is_damage() -> None:
    data = bytearray(zipped({"word/document.xml": _w(paragraph("文"))}))
    data[60] ^= 0xFF
    assert _DAMAGED in _refusal(bytes(data))


def test_member_behind_a_password_is_named() -> None:
    data = bytearray(docx(paragraph("文")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    assert _PASSWORD in _refusal(bytes(data))


def test_compression_no_word_processor_uses_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("word/document.xml", _w(paragraph("文")))
    assert _DAMAGED in _refusal(out.getvalue())


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    data = docx(paragraph("文") * 1_000_000)
    tracemalloc.start()
    started = time.process_time()
    assert _BOMB in _refusal(data)
    assert time.process_time() - started < 0.5
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert is_docx(data)


def test_too_many_members_are_refused() -> None:
    many = {f"a{index}": b"" for index in range(1_001)}
    assert _BOMB in _refusal(docx(paragraph("文"), parts=many))
