"""Building a paragraph from its runs: text, marks, and the drawings anchored in it."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake.read.docx.graphics import DrawingContent
from intake.read.docx.looks import RunProperties, Script
from intake.read.docx.numbering import Label
from values.manuscript import Mark


@dataclass(slots=True)
class ParagraphBuilder:
    """What the runs of a paragraph, or of several that are joined, have given so far."""

    parts: list[str] = field(default_factory=list)
    """The text, run by run."""
    length: int = 0
    """Characters of the text."""
    marks: list[Mark] = field(default_factory=list)
    size: float | None = None
    """Points, of the largest visible run; None when no run gives a size."""
    bold: bool = True
    """Whether all visible runs are bold or in 黑体."""
    visible: bool = False
    """Whether there is text other than white space."""
    label: Label | None = None
    """The automatic number of the first of several joined paragraphs."""
    page_break_at: int | None = None
    """The index of the character that the last page break precedes."""
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
        self.length += len(text)
        if text.isspace():
            return
        self.visible = True
        self.bold = self.bold and bool(look.bold or look.heavy)
        if look.size is not None and (self.size is None or look.size > self.size):
            self.size = look.size

    def marks_after(self, shift: int) -> tuple[Mark, ...]:
        """The marks, for a text that is preceded by `shift` characters."""
        return tuple(Mark(mark.start + shift, mark.end + shift, mark.kind) for mark in self.marks)

    def _mark(self, length: int, script: Script) -> None:
        last = self.marks[-1] if self.marks else None
        if last is not None and last.end == self.length and last.kind == script:
            self.marks[-1] = Mark(last.start, self.length + length, script)
        else:
            self.marks.append(Mark(self.length, self.length + length, script))
