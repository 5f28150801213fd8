"""Documents made from raw XML, and why they are refused."""

from __future__ import annotations

import pytest

from intake.read.docx.limits import DocumentLimits
from intake.read.docx.reader import read_docx
from tools.docx_builder import W_NS, zipped
from values.errors import UnreadableManuscript


def refusal(data: bytes, limits: DocumentLimits | None = None) -> str:
    with pytest.raises(UnreadableManuscript) as refused:
        read_docx(data, limits or DocumentLimits())
    return str(refused.value)


def word_document(xml: bytes) -> bytes:
    return zipped({"word/document.xml": xml})


def word_xml(inner: str) -> bytes:
    return f'<w:document xmlns:w="{W_NS}"><w:body>{inner}</w:body></w:document>'.encode()
