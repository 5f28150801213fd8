"""Building a paragraph from its runs: text, marks, and the drawings anchored in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from intake.read.docx.graphics import DrawingContent
from intake.read.docx.looks import RunProperties, Script
from intake.read.docx.numbering import Label
from values.manuscript import Formula, Mark, marks_within


@dataclass(slots=True)
class LineLook:
    """How one line of a paragraph is set. A line ends at a line break (Shift+Enter)."""

    start: int
    """The index of its first character in the text of the paragraph."""
    size: float | None = None
    """Points, of the largest visible run; None when no run gives a size."""
    bold: bool = True
    """Whether all visible runs are bold or in 黑体."""
    kai: bool = True
    """Whether all visible runs are in 楷体."""
    visible: bool = False
    """Whether there is text other than white space."""

    def add(self, look: RunProperties) -> None:
        """Takes visible text of a run into account."""
        self.visible = True
        self.bold = self.bold and bool(look.bold or look.heavy)
        self.kai = self.kai and bool(look.kai)
        if look.size is not None and (self.size is None or look.size > self.size):
            self.size = look.size


@dataclass(slots=True)
class ParagraphBuilder:
    """What the runs of a paragraph, or of several that are joined, have given so far."""

    parts: list[str] = field(default_factory=list)
    """The text, run by run."""
    length: int = 0
    """Characters of the text."""
    marks: list[Mark] = field(default_factory=list)
    visible: bool = False
    """Whether there is text other than white space."""
    lines: list[LineLook] = field(default_factory=lambda: [LineLook(0)])
    """Its lines, at least one."""
    label: Label | None = None
    """The automatic number of the first of several joined paragraphs."""
    page_break_at: int | None = None
    """The index of the character that the last page break precedes."""
    formulas: list[Formula] = field(default_factory=list)
    drawings: DrawingContent = field(default_factory=DrawingContent)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    @property
    def begins_page(self) -> bool:
        """Whether a page break precedes all visible text."""
        return self.page_break_at is not None and not self.text[: self.page_break_at].strip()

    @property
    def ends_page(self) -> bool:
        """Whether a page break follows all visible text."""
        return self.page_break_at is not None and not self.text[self.page_break_at :].strip()

    def add(self, text: str, look: RunProperties, script: Script | None = None) -> None:
        """Adds text formatted as `look`. script: raises or lowers it; None leaves that to `look`."""
        if not text:
            return
        script = script or look.script or None
        if script:
            self._mark(len(text), script)
        self.parts.append(text)
        if "\n" in text:
            self._add_lines(text, look)
        elif not text.isspace():
            self.visible = True
            self.lines[-1].add(look)
        self.length += len(text)

    def _add_lines(self, text: str, look: RunProperties) -> None:
        start = self.length
        for at, piece in enumerate(text.split("\n")):
            if at:
                self.lines.append(LineLook(start))
            if piece and not piece.isspace():
                self.visible = True
                self.lines[-1].add(look)
            start += len(piece) + 1

    def visible_lines(self) -> Iterator[tuple[str, tuple[Mark, ...], LineLook]]:
        """The text, the marks within it, and the look of each line that shows anything."""
        text = self.text
        if len(self.lines) == 1:
            yield text, tuple(self.marks), self.lines[0]
            return
        for line, following in zip_longest(self.lines, self.lines[1:]):
            end = following.start - 1 if following else self.length
            if line.visible:
                yield text[line.start : end], marks_within(self.marks, line.start, end), line

    def _mark(self, length: int, script: Script) -> None:
        last = self.marks[-1] if self.marks else None
        if last is not None and last.end == self.length and last.kind == script:
            self.marks[-1] = Mark(last.start, self.length + length, script)
        else:
            self.marks.append(Mark(self.length, self.length + length, script))
