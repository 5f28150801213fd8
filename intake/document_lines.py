"""The lines of a file of its own, which no letter brought: a past issue."""

from __future__ import annotations

from intake.outcome import DocumentLines
from intake.parse.message import Part
from intake.read.formats import is_word, read_manuscript
from intake.read.legacy.formats import conversion_of
from intake.read.plain_text import text_of_file
from intake.read.source import SourceBlock, SourceParagraph
from programs.conversion import Conversions
from values.errors import NeedsEditor
from values.manuscript import Table


def lines_of_file(data: bytes, name: str, converted: Conversions) -> DocumentLines:
    """name: of the file. converted: what LibreOffice has made of it, by `ConversionRequest.key`."""
    if name.lower().endswith(".txt") and not is_word(data):  # however short, and in any character set of Notepad
        return DocumentLines(tuple(filter(None, map(str.strip, text_of_file(data).splitlines()))))
    part = Part(name, "", "", data)
    request = conversion_of(part, converted)
    if request is not None:
        return DocumentLines((), unconverted=(request,))
    try:
        document = read_manuscript(part, converted)
    except NeedsEditor as error:
        return DocumentLines((), str(error))
    return DocumentLines(tuple(line for block in document.blocks for line in _lines(block) if line))


def _lines(block: SourceBlock) -> tuple[str, ...]:
    if isinstance(block, SourceParagraph):
        return (block.text,)
    return tuple(cell.text for row in block.rows for cell in row) if isinstance(block, Table) else ()
