"""ISO/IEC 29500 Strict: the same names under other namespaces."""

from __future__ import annotations

import pytest

from intake.read.docx.strict import parse_part
from intake.read.docx.tags import W_NS, w
from values.errors import UnreadableManuscript

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PART = f'<w:document xmlns:w="{STRICT}" xmlns:o="urn:other"><w:p w:val="1" o:val="2"/></w:document>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_elements_and_attributes_get_their_transitional_names(encoding: str) -> None:
    root = parse_part(f'<?xml version="1.0" encoding="{encoding}"?>{PART}'.encode(encoding), 100)
    assert root.tag == w("document")
    assert {str(name): value for name, value in root[0].attrib.items()} == {w("val"): "1", "{urn:other}val": "2"}


def test_transitional_names_stay() -> None:
    assert parse_part(PART.replace(STRICT, W_NS).encode(), 100)[0].get(w("val")) == "1"


def test_too_many_tags_are_refused() -> None:
    with pytest.raises(UnreadableManuscript):
        parse_part(PART.encode(), 2)
