"""Tracked changes (ECMA-376 17.13.5) as markup within the runs of a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Final

from assembler.wordml import NO_MARKUP, MarkupByOffset, escape, runs
from values.manuscript import Mark, marks_within
from values.word_changes import word_changes

_TEXT: Final = re.compile(r"<(/?)w:t(?=[ >])")
"""The element of text that a run shows; a tracked deletion has w:delText in its place (17.3.3.7)."""
_ROW: Final = re.compile(r"<w:tr>(?:<w:trPr>(.*?)</w:trPr>)?")


@dataclass(frozen=True, slots=True)
class TrackedText:
    """The markup that turns the runs of a text into one with tracked changes."""

    closing: Mapping[int, str]
    """By offset: what ends an insertion there."""
    opening: Mapping[int, str]
    """By offset: deletions, and what begins an insertion."""

    def around(self, inner: MarkupByOffset) -> MarkupByOffset:
        """With other markup of the same text, which does not come between a deletion and its insertion."""
        offsets = sorted({*self.closing, *self.opening, *inner})
        return {at: self.closing.get(at, "") + inner.get(at, "") + self.opening.get(at, "") for at in offsets}


@dataclass(frozen=True, slots=True)
class Tracking:
    """Who proposes changes, and when. The ids of the changes are counted (17.13.5: each has one of its own)."""

    author: str
    at: datetime
    """In the office's time zone; Word shows it as it is written."""
    ids: Iterable[int] = field(default_factory=lambda: count(1))

    def begin(self, kind: str) -> str:
        """The start tag of a w:ins or w:del."""
        return f"<w:{kind} {self._attributes()}>"

    def mark(self, kind: str) -> str:
        """An empty w:ins or w:del, for the properties of a paragraph's mark or of a row."""
        return f"<w:{kind} {self._attributes()}/>"

    def styled(self, style_id: str) -> str:
        """The w:pPrChange of a paragraph that had another style."""
        return f'<w:pPrChange {self._attributes()}><w:pPr><w:pStyle w:val="{escape(style_id)}"/></w:pPr></w:pPrChange>'

    def removed(self, content: str) -> str:
        """Runs as a tracked deletion; "" for none."""
        deleted = _TEXT.sub(r"<\1w:delText", content)
        return f"{self.begin('del')}{deleted}</w:del>" if content else ""

    def inserted(self, content: str) -> str:
        """Runs as a tracked insertion; "" for none."""
        return f"{self.begin('ins')}{content}</w:ins>" if content else ""

    def text(self, before: str, after: str, marks: Iterable[Mark] = ()) -> TrackedText:
        """The words in which the text differs. marks: those of `before`."""
        opening: defaultdict[int, str] = defaultdict(str)
        closing: dict[int, str] = {}
        marks = tuple(marks)
        for change in word_changes(before, after):
            start, end = change.before_start, change.before_end
            opening[change.start] += self.removed(runs(before[start:end], marks_within(marks, start, end)))
            if change.start < change.end:
                opening[change.start] += self.begin("ins")
                closing[change.end] = "</w:ins>"
        return TrackedText(closing, opening)

    def whole(self, text: str) -> TrackedText:
        """All of a text as an insertion."""
        return TrackedText({len(text): "</w:ins>"}, {0: self.begin("ins")}) if text else TrackedText({}, {})

    def rows(self, table: str, kind: str) -> str:
        """The w:tbl with all its rows inserted or deleted."""
        return _ROW.sub(lambda row: f"<w:tr><w:trPr>{row[1] or ''}{self.mark(kind)}</w:trPr>", table)

    def _attributes(self) -> str:
        id = next(iter(self.ids))
        return f'w:id="{id}" w:author="{escape(self.author)}" w:date="{self.at:%Y-%m-%dT%H:%M:%S}Z"'


def joined_markup(*layers: MarkupByOffset) -> MarkupByOffset:
    """Markup of several kinds that may stand in any order at one offset."""
    present = [layer for layer in layers if layer]
    if len(present) < 2:
        return present[0] if present else NO_MARKUP
    offsets = sorted(set().union(*present))
    return {at: "".join(layer.get(at, "") for layer in present) for at in offsets}
