"""Where a text contains some words, and the text with other words in their place. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from intake.check.mending import Edit, mended, mended_text
from service.article.title_lines import broken_alike
from values.errors import Changed
from values.manuscript import Manuscript

_AROUND: Final = 16
"""Characters shown on either side: together about a line of the page."""

PlacePart = Literal["title", "byline"] | int
"""The title, the byline, or an index into `Manuscript.lines`."""


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """Where some words begin in an article."""

    part: PlacePart
    start: int
    """Index of their first character in that part; the title counts without its line breaks."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Words in an article, with the characters around them."""

    place: WordsPlace
    before: str
    words: str
    after: str


def occurrences(manuscript: Manuscript, words: str) -> tuple[Occurrence, ...]:
    """Every place of the words in the order of the text; of two that overlap, the first. words: not empty."""
    return tuple(
        Occurrence(
            WordsPlace(part, start),
            text[max(0, start - _AROUND) : start],
            words,
            text[start + len(words) : start + len(words) + _AROUND],
        )
        for part, text in _parts(manuscript)
        for start in _starts(text, words)
    )


def with_replaced(manuscript: Manuscript, places: Collection[WordsPlace], words: str, substitute: str) -> Manuscript:
    """The manuscript with `substitute` instead of `words` at these places.

    Marks, widths and merged cells stay; the title is broken at the same words as before, where they are still there.
    Raises Changed when the words are not at one of the places.
    """
    if not {occurrence.place for occurrence in occurrences(manuscript, words)}.issuperset(places):
        raise Changed("文字已经不是查找时的样子了，请重新查找。")
    edits: dict[PlacePart, list[Edit]] = {}
    for place in sorted(places, key=lambda place: place.start):
        edits.setdefault(place.part, []).append(Edit(place.start, place.start + len(words), substitute))
    title_edits, byline_edits = edits.pop("title", []), edits.pop("byline", [])
    if title_edits:
        title = mended_text(manuscript.title, title_edits)
        manuscript = replace(manuscript, title_lines=broken_alike(manuscript.title_lines, title))
    if byline_edits:
        manuscript = replace(manuscript, byline=mended_text(manuscript.byline or "", byline_edits) or None)
    return mended(manuscript, {part: own for part, own in edits.items() if isinstance(part, int)})


def _parts(manuscript: Manuscript) -> Iterator[tuple[PlacePart, str]]:
    yield "title", manuscript.title
    yield "byline", manuscript.byline or ""
    yield from enumerate(manuscript.lines)


def _starts(text: str, words: str) -> Iterator[int]:
    start = text.find(words)
    while start >= 0:
        yield start
        start = text.find(words, start + len(words))
