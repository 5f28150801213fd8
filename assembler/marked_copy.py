"""退改: an article as a Word file for its department, with comments and tracked changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from typing import Final

from assembler import styles
from assembler.comments import ArticleComments, add_comments_part
from assembler.formulas import runs_with_formulas
from assembler.marks import add_property
from assembler.pages import NO_PICTURE, gap_xml
from assembler.pictures import IssuePictures
from assembler.plain_document import plain_document
from assembler.styles import TemplateStyles, comment_styles, find_styles
from assembler.tables import table_xml
from assembler.tracked import TrackedText, Tracking, joined_markup
from assembler.wordml import NO_MARKUP, MarkupByOffset, paragraph, runs
from values.manuscript import Block, Heading, Manuscript, Paragraph, Picture, Table, block_lines
from values.marked_copy import COPY_PROPERTY, EDITOR, BlockChange, MarkedCopy, PlacedRemark

_FIRST_DRAWING: Final = 1
_ONLY: Final = 0
"""The number of the one article for `ArticleComments`."""
_NO_CHANGE: Final = TrackedText({}, {})


def marked_copy(copy: MarkedCopy, picture: Callable[[str], bytes]) -> bytes:
    """The file: the same bytes for the same arguments.

    picture: returns the bytes of a picture by its SHA-256; what it raises is not caught.
    """
    package = plain_document("")
    part = next(iter(package.related("styles")))
    comments = ArticleComments({_ONLY: copy.findings}, copy.dated, comment_styles(package.edit(part)))
    pictures = IssuePictures(count(_FIRST_DRAWING), "picture")
    writer = _Writer(copy, find_styles(package.root(part)), comments, pictures)
    document = plain_document("".join(writer.paragraphs())).data(package.document)
    package.replace(package.document, document)
    add_comments_part(package, comments.recorded)
    add_property(package, COPY_PROPERTY, copy.letter)
    package.declare_pictures(pictures.files.values())
    return package.save((file, picture(sha256)) for sha256, file in pictures.files.items())


class _Writer:
    """Writes the body of one file, paragraph by paragraph."""

    def __init__(
        self, copy: MarkedCopy, style_ids: TemplateStyles, comments: ArticleComments, pictures: IssuePictures
    ) -> None:
        self._copy = copy
        self._style_ids = style_ids
        self._comments = comments
        self._pictures = pictures
        self._tracking = Tracking(EDITOR, copy.dated)

    def paragraphs(self) -> Iterator[str]:
        """The elements of the body; the last is a paragraph."""
        before, after = self._copy.before, self._copy.after
        yield self._title(before, after)
        if before.byline or after.byline:
            yield self._line(styles.BYLINE, before.byline, after.byline)
        number = 0
        for change in self._copy.blocks:
            yield self._block(change, number)
            number += len(block_lines(change.after)) if change.after is not None else 0
        for line in after.house_lines:
            yield paragraph(self._style_ids[styles.BODY], runs(line))

    def _title(self, before: Manuscript, after: Manuscript) -> str:
        was, title = "\n".join(before.title_lines), "\n".join(after.title_lines)
        of_findings = self._comments.mark_title(_ONLY, title, len(after.lines))
        of_editor = self._remarks((None,), len(title))
        markup = self._tracking.text(was, title).around(joined_markup(of_editor, of_findings))
        return paragraph(self._style_ids[styles.ARTICLE_TITLE], runs(title, (), markup))

    def _line(self, style: str, before: str | None, after: str | None) -> str:
        """A line that either text may lack."""
        tracked = self._tracking.text(before or "", after or "")
        mark = "" if before and after else self._mark("ins" if after else "del")
        return paragraph(self._style_ids[style], runs(after or "", (), tracked.around(NO_MARKUP)), mark)

    def _block(self, change: BlockChange, number: int) -> str:
        """number: of its first line in the lines of the proposed text."""
        before, after = change.before, change.after
        if after is None:
            return self._removed(before) if before is not None else ""
        if isinstance(after, Table):
            return self._table(before, after, number)
        if isinstance(after, Picture):
            return self._picture(before, after, number)
        return self._paragraph(before, after, number)

    def _paragraph(self, before: Block | None, after: Paragraph | Heading, number: int) -> str:
        style_id, properties = self._style_of(after), ""
        if isinstance(before, Paragraph | Heading):
            marks = before.marks if isinstance(before, Paragraph) else ()
            tracked = self._tracking.text(before.text, after.text, marks)
            was = self._style_of(before)
            properties = self._tracking.styled(was) if was != style_id else ""
        else:
            tracked, properties = self._tracking.whole(after.text), self._mark("ins")
        markup = tracked.around(self._line_markup(number, after.text))
        if isinstance(after, Heading):
            return paragraph(style_id, runs(after.text, (), markup), properties)
        return paragraph(style_id, runs_with_formulas(after.text, after.marks, after.formulas, markup), properties)

    def _picture(self, before: Block | None, after: Picture, number: int) -> str:
        stays = isinstance(before, Picture)
        shown = self._pictures.run(after) or runs(NO_PICTURE)
        drawing = shown if stays else self._tracking.inserted(shown)
        xml = paragraph(self._style_ids[styles.PICTURE], drawing, "" if stays else self._mark("ins"))
        was = before.caption if isinstance(before, Picture) else ""
        if not after.caption:
            return xml + (self._line(styles.CAPTION, was, "") if was else "")
        tracked = self._tracking.text(was, after.caption)
        markup = tracked.around(self._line_markup(number, after.caption))
        return xml + paragraph(
            self._style_ids[styles.CAPTION], runs(after.caption, (), markup), "" if was else self._mark("ins")
        )

    def _table(self, before: Block | None, after: Table, number: int) -> str:
        of_findings = self._comments.mark_table(_ONLY, number, after)
        old = before.rows if isinstance(before, Table) else ()
        markup: dict[tuple[int, int], MarkupByOffset] = {}
        for row, cells in enumerate(after.rows):
            texts = [cell.text for cell in old[row]] if old else [""] * len(cells)
            for place, cell in enumerate(cells):
                tracked = self._cell(texts[place], cell.text)
                remarks = self._remarks((number + row,), len(cell.text)) if place == 0 else NO_MARKUP
                inner = joined_markup(remarks, of_findings.get((row, place), NO_MARKUP))
                markup[row, place] = tracked.around(inner)
        xml = table_xml(after, self._style_ids, markup)
        return (xml if old else self._tracking.rows(xml, "ins")) + gap_xml(self._style_ids)

    def _cell(self, before: str, after: str) -> TrackedText:
        """The lines of a cell are paragraphs, over whose end no change reaches."""
        closing: dict[int, str] = {}
        opening: dict[int, str] = {}
        start = 0
        was, lines = before.split("\n"), after.split("\n")
        surplus = was[len(lines) :]
        for place, (old, new) in enumerate(zip_longest(was[: len(lines)], lines, fillvalue="")):
            whole = "\n".join([old, *surplus]) if place == len(lines) - 1 else old
            tracked = self._tracking.text(whole, new) if whole != new else _NO_CHANGE
            for at, xml in tracked.closing.items():
                closing[start + at] = xml
            for at, xml in tracked.opening.items():
                opening[start + at] = xml
            start += len(new) + 1
        return TrackedText(closing, opening)

    def _removed(self, block: Block) -> str:
        if isinstance(block, Table):
            empty = replace(block, rows=tuple(tuple(replace(cell, text="") for cell in row) for row in block.rows))
            markup = {
                (row, place): {0: self._tracking.removed(runs(cell.text))}
                for row, cells in enumerate(block.rows)
                for place, cell in enumerate(cells)
            }
            return self._tracking.rows(table_xml(empty, self._style_ids, markup), "del") + gap_xml(self._style_ids)
        if isinstance(block, Picture):
            drawing = self._tracking.removed(self._pictures.run(block) or "")
            xml = paragraph(self._style_ids[styles.PICTURE], drawing, self._mark("del"))
            return xml + (self._line(styles.CAPTION, block.caption, "") if block.caption else "")
        marks = block.marks if isinstance(block, Paragraph) else ()
        content = self._tracking.removed(runs(block.text, marks))
        return paragraph(self._style_of(block), content, self._mark("del"))

    def _line_markup(self, number: int, text: str) -> MarkupByOffset:
        of_findings = self._comments.mark_line(_ONLY, number, text)
        return joined_markup(self._remarks((number,), len(text)), of_findings)

    def _remarks(self, lines: Sequence[int | None], length: int) -> MarkupByOffset:
        own: Iterable[PlacedRemark] = (remark for remark in self._copy.remarks if remark.line in lines)
        return joined_markup(*(self._comments.mark_remark(EDITOR, remark.text.splitlines(), length) for remark in own))

    def _mark(self, kind: str) -> str:
        """The properties of a paragraph whose mark is inserted or deleted."""
        return f"<w:rPr>{self._tracking.mark(kind)}</w:rPr>"

    def _style_of(self, block: Paragraph | Heading) -> str:
        if isinstance(block, Heading):
            return self._style_ids[styles.HEADINGS[min(max(block.level, 1), len(styles.HEADINGS)) - 1]]
        return self._style_ids[styles.BODY]
