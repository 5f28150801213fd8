"""Pages of placed characters, as a reader of PDF or OFD makes them."""

from __future__ import annotations

from typing import Final

from intake.read.pages.layout import PageLimits, read_pages
from intake.read.pages.page import Character, FixedPage
from intake.read.source import SourceDocument, SourceParagraph

WIDTH: Final = 595.0
HEIGHT: Final = 842.0
LEFT: Final = 80.0
SIZE: Final = 16.0


def line(text: str, y: float, x: float = LEFT, size: float = SIZE) -> list[Character]:
    """The characters of one line. ASCII is half as wide as the rest; "\\t" is a gap of four characters."""
    placed: list[Character] = []
    for character in text:
        width = size / 2 if character.isascii() else size
        if character == "\t":
            x += 4 * size
            continue
        placed.append(Character(character, x, x + width, y, size))
        x += width
    return placed


def page(*texts: str, top: float = 120.0, pitch: float = 28.0, more: list[Character] | None = None) -> FixedPage:
    """Lines below each other, from `top` on. more: further characters."""
    placed = [character for at, text in enumerate(texts) for character in line(text, top + at * pitch)]
    return FixedPage(WIDTH, HEIGHT, (*placed, *(more or [])))


def read(*pages: FixedPage) -> SourceDocument:
    """The document of a PDF with these pages."""
    return read_pages(pages, PageLimits(), "PDF")


def texts(*pages: FixedPage) -> list[str]:
    """Its paragraphs."""
    return [block.text for block in read(*pages).blocks if isinstance(block, SourceParagraph)]
