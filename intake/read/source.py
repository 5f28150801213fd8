"""A manuscript file before anyone has said what is title and what is body: paragraphs with their looks, in order.

Every reader (.docx today) turns bytes into a `SourceDocument`; `structure` turns that into a `Manuscript`.
"""

from __future__ import annotations

from dataclasses import dataclass

from programs.conversion import ConversionRequest
from values.finding import Rule, Severity
from values.manuscript import Mark, Media, Picture, Table
from values.reason import Reason


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """A paragraph that has text. `text` includes the automatic number label; line breaks inside it are "\\n".

    style: the style's name as the author's program shows it ("heading 1", "Title", "标题"), "" for none.
    outline_level: 0–8 from style or paragraph (ECMA-376 17.3.1.20), None for body text.
    size: points of the largest run, None when nowhere given. bold: or in 黑体. label: the automatic label, "" for none.
    boxed: it stood in a text box. page_break_before: it begins a page, by a page or section break or 段前分页.
    """

    text: str
    marks: tuple[Mark, ...] = ()
    style: str = ""
    outline_level: int | None = None
    size: float | None = None
    centred: bool = False
    bold: bool = False
    label: str = ""
    boxed: bool = False
    page_break_before: bool = False


SourceBlock = SourceParagraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Omission:
    """Something the file holds and the article will not: one line of the editor's report.

    message: Chinese, with a count or a short quote. for_sender: the message as a receipt puts it, "" for the same.
    """

    rule: Rule
    message: str
    for_sender: str = ""

    @property
    def serious(self) -> bool:
        """Whether the letter is flagged for the editor's eye because of it."""
        return self.rule.severity is not Severity.INFO

    @property
    def reason(self) -> Reason:
        """The message in its two wordings."""
        return Reason(self.message, self.for_sender or self.message)


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """picture_sources: SHA-256 of the pictures' bytes as the file holds them, before they are prepared for print.

    undrawn: sheets of drawings that are omitted as long as LibreOffice has not drawn them.
    """

    blocks: tuple[SourceBlock, ...]
    omissions: tuple[Omission, ...] = ()
    media: tuple[Media, ...] = ()
    picture_sources: frozenset[str] = frozenset()
    undrawn: tuple[ConversionRequest, ...] = ()
