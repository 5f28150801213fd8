"""What every reader makes of a file: formatted paragraphs, tables and pictures in reading order.

A `SourceDocument` does not know yet which paragraph is title or body; `structure` makes a `Manuscript` of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from programs.conversion import ConversionRequest
from values.finding import Audience, Rule, Severity
from values.manuscript import Formula, Mark, Media, Picture, Table
from values.reason import Reason


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph that has text."""

    text: str
    """With the automatic number label. A line break (Shift+Enter) begins another paragraph."""
    marks: tuple[Mark, ...] = ()
    style: str = ""
    """The name of its style as the author's program shows it ("heading 1", "Title", "标题"), "" for none."""
    outline_level: int | None = None
    """0 to 8, from style or paragraph (ECMA-376 17.3.1.20); None for body text."""
    size: float | None = None
    """Points, of the largest run; None when the file gives no size."""
    centred: bool = False
    bold: bool = False
    """Whether all of it is bold or in 黑体."""
    kai: bool = False
    """Whether all of it is in 楷体."""
    label: str = ""
    """The automatic number label, "" for none."""
    boxed: bool = False
    """Whether it is in a text box."""
    page_break_before: bool = False
    """Whether it begins a page: after a page or section break, or by 段前分页."""
    formulas: tuple[Formula, ...] = ()
    """Those of its text, each with the characters that stand for it."""


SourceBlock = SourceParagraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that the file holds and the article does not, or holds otherwise: one line of the editor's report."""

    rule: Rule
    message: str
    """Chinese, with a count or a short quote."""
    for_sender: str = ""
    """The message as a receipt words it, "" for the same."""

    @property
    def serious(self) -> bool:
        """Whether the letter is flagged for the editor's eye because of it."""
        return self.rule.severity is not Severity.INFO

    @property
    def reason(self) -> Reason:
        """The message in its two wordings; the sender's is "" where the rule's findings do not go out unasked."""
        goes_out = self.rule.audience is Audience.RECEIPT
        return Reason(self.message, (self.for_sender or self.message) if goes_out else "")


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as it was read."""

    blocks: tuple[SourceBlock, ...]
    omissions: tuple[Omission, ...] = ()
    media: tuple[Media, ...] = ()
    """The bytes of its pictures, prepared for print."""
    picture_sources: frozenset[str] = frozenset()
    """SHA-256 of the pictures as the file holds them, before they are prepared."""
    undrawn: tuple[ConversionRequest, ...] = ()
    """Sheets of drawings for LibreOffice. Until their PDFs are given to the reader, the drawings are omitted."""
