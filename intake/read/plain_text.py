"""A manuscript in a plain text file (.txt) → its document. The characters are recognised by the bytes.

Windows' editor writes GBK (ANSI), UTF-8 with a mark, or UTF-16; the label of the letter is about the letter's own text.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from intake.parse.charsets import decode
from intake.parse.file_kinds import kind_of, plain_name
from intake.parse.headers import clean
from intake.parse.message import Part
from intake.read.pasted.folding import unfolded
from intake.read.pasted.reading import blocks_of
from intake.read.source import SourceDocument
from values.errors import UnreadableManuscript

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SNIFF: Final = 4_096
"""Octets in which NUL octets are counted: a text in UTF-16 has one in each line end and Latin letter."""
_LONGEST: Final = 4_000_000
"""Octets that are read: more than the longest manuscript has in any encoding."""
_CHINESE: Final = re.compile("[\u4e00-\u9fff]")
_LEAST: Final = 60
"""Chinese characters that make a text a manuscript; a note or a list of passwords has fewer."""


def is_plain_text(part: Part) -> bool:
    """Whether it is a text file with a Chinese text."""
    named = plain_name(part.name).endswith(".txt") or (bool(part.name) and part.content_type.lower() == "text/plain")
    if not named or kind_of(part.data).extension:
        return False
    return len(_CHINESE.findall(text_of_file(part.data, part.charset)[:_LONGEST])) >= _LEAST


def text_of_file(data: bytes, label: str = "") -> str:
    """The text of a file, by its mark, its octets, or else the label ("" for none)."""
    data = data[:_LONGEST]
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _tidy(data.decode(codec, "replace"))
    head = data[:_SNIFF]
    if b"\0" in head:
        codec = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        return _tidy(data.decode(codec, "replace"))
    return _tidy(decode(data, label))


def read_plain_text(part: Part) -> SourceDocument:
    """The document: each line is a paragraph, folded lines are joined, lines with tabs are a table.

    Raises UnreadableManuscript for a file without text.
    """
    lines = [line.rstrip() for line in unfolded(text_of_file(part.data, part.charset).split("\n")) if line.strip()]
    if not lines:
        raise UnreadableManuscript("文本文件里没有文字。请检查后重发。")
    return SourceDocument(tuple(blocks_of(lines)))


def _tidy(text: str) -> str:
    return clean(text.replace("\r\n", "\n").replace("\r", "\n"))
