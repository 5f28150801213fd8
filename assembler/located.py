"""Where the lines of an article stand in the .docx that it was read from: characters of its runs.

The reader leaves out spaces at the ends of lines, adds automatic numbers and divides paragraphs; so lines are looked
for by their characters without white space, each after the one before it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from assembler.wordml import W

_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD: Final = frozenset({f"{W}del", f"{W}moveFrom", _FALLBACK})
"""What the reader does not read either."""
_AROUND: Final = 12
"""Characters around a place by which it is looked for where its line is not in the document as it was read."""


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A character of a w:t."""

    text: etree._Element
    offset: int


@dataclass(frozen=True, slots=True)
class PlacedSpan:
    """Characters within one paragraph."""

    start: int
    """Index of the first one among those of the document."""
    end: int
    """Index after the last one."""


class LocatedText:
    """The characters of a document without white space, with their places."""

    def __init__(self, document: etree._Element) -> None:
        self._places: list[TextPlace] = []
        characters: list[str] = []
        self._paragraph_starts: list[int] = []
        for paragraph in document.iter(f"{W}p"):
            self._paragraph_starts.append(len(characters))
            for text in _texts_of(paragraph):
                for offset, character in enumerate(text.text or ""):
                    if not character.isspace():
                        characters.append(character)
                        self._places.append(TextPlace(text, offset))
        self._characters = "".join(characters)

    def __bool__(self) -> bool:
        return bool(self._characters)

    def place(self, index: int) -> TextPlace:
        """Of the character with that index."""
        return self._places[index]

    @property
    def first_paragraph(self) -> PlacedSpan:
        """All of the first paragraph that has text."""
        return self._span(0, len(self._characters))

    def starts_of(self, lines: Sequence[str]) -> list[int | None]:
        """Where each line begins, in the order of the document; None for one that is not there as it was read."""
        starts: list[int | None] = []
        after = 0
        for line in lines:
            bare = "".join(line.split())
            start = self._characters.find(bare, after) if bare else -1
            starts.append(start if start >= 0 else None)
            after = start + len(bare) if start >= 0 else after
        return starts

    def span(self, line: str, start_of_line: int | None, start: int, end: int, after: int) -> PlacedSpan | None:
        """The characters [start, end) of a line; None when they are not in the document.

        start_of_line: of `starts_of`. after: where lines before it end, from which a line that is not there as it was
        read is looked for by the characters around the place.
        """
        before, marked = len("".join(line[:start].split())), len("".join(line[start:end].split()))
        if start_of_line is None:
            start_of_line = self._by_surroundings("".join(line.split()), before, marked, after)
        if start_of_line is None or not marked:
            return None
        return self._span(start_of_line + before, start_of_line + before + marked)

    def _by_surroundings(self, bare: str, before: int, marked: int, after: int) -> int | None:
        """Where a line would begin whose characters around a place are in the document."""
        for around in range(_AROUND, -1, -1):
            first = max(0, before - around)
            place = self._characters.find(bare[first : before + marked + around], after)
            if place >= 0:
                return place - first
        return None

    def _span(self, start: int, end: int) -> PlacedSpan:
        """The characters [start, end), as far as they are in the paragraph of the first one."""
        following = bisect_right(self._paragraph_starts, start)
        until = self._paragraph_starts[following] if following < len(self._paragraph_starts) else len(self._places)
        return PlacedSpan(start, max(start + 1, min(end, until)))


def _texts_of(element: etree._Element) -> Iterator[etree._Element]:
    """The w:t of a paragraph that are read, without those of paragraphs within it (text boxes)."""
    for child in element:
        if child.tag in (f"{W}p", *_UNREAD):
            continue
        if child.tag == f"{W}t":
            yield child
        elif isinstance(child.tag, str) and child.tag != f"{W}txbxContent":
            yield from _texts_of(child)
