"""From pages of placed characters and pictures to paragraphs in reading order. What is left out is reported.

Independent of the format: PDF and OFD both give such pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.read.docx.characters import visible
from intake.read.docx.tally import Tally
from intake.read.pages.aligned_tables import aligned_tables
from intake.read.pages.columns import lines_in_order
from intake.read.pages.footnotes import without_footnotes
from intake.read.pages.furniture import BodyLines, without_furniture, without_running_pictures
from intake.read.pages.lines import PageLine, segments_of
from intake.read.pages.page import Box, Character, FixedPage, PlacedPicture
from intake.read.pages.paragraphs import begins_paragraph, centred_lines, paragraph_of, setting_of
from intake.read.pages.refusals import SCAN, too_long
from intake.read.pages.report import omissions_of
from intake.read.pages.ruled_tables import PlacedTable, joined, tables_among, with_text
from intake.read.source import Omission, SourceBlock, SourceDocument
from values.errors import UnreadableManuscript
from values.manuscript import Picture, Table
from values.paper import EMU_PER_POINT

_Placed = PlacedPicture | PlacedTable


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What reading one fixed-layout file may cost; a file above any limit is refused (figures: security.md)."""

    pages: int = 200
    characters: int = 200_000
    """Of all pages; more is a book, not an article."""
    objects: int = 50_000
    """Drawn on one page."""
    pixels: int = 40_000_000
    """Of all pictures together; those beyond are left out."""


def read_pages(
    pages: Sequence[FixedPage], limits: PageLimits, file_type: str, further: Iterable[Omission] = ()
) -> SourceDocument:
    """The document that the pages show.

    A page that is a picture with hidden text is a scan, and its hidden text is read. file_type: "PDF" or "OFD", for the
    report. further: omissions that concern the file as a whole.
    Raises UnreadableManuscript when there is no text at all, or more than the limit.
    """
    pages = without_running_pictures(pages)
    tally = Tally()
    shown = [tuple(_readable((*page.characters, *(page.hidden if page.scanned else ())), tally)) for page in pages]
    if not any(not character.text.isspace() for characters in shown for character in characters):
        raise UnreadableManuscript(SCAN)
    if sum(map(len, shown)) > limits.characters:
        raise UnreadableManuscript(too_long(limits.characters))
    ruled = [with_text(tables_among(page.rules), characters) for page, characters in zip(pages, shown, strict=True)]
    aligned = [aligned_tables(segments_of(rest)) for _, rest in ruled]
    lines = [list(lines_in_order(rest, at)) for at, (_, rest) in enumerate(aligned)]
    body = without_furniture(lines, [page.height for page in pages])
    texts, notes = without_footnotes(body.lines)
    body = replace(body, lines=tuple(texts))
    tables = [[*drawn, *gapped] for (drawn, _), (gapped, _) in zip(ruled, aligned, strict=True)]
    blocks = (*_joined(_blocks(pages, body, tables)), *notes)
    undrawn = [at for at, (tables, _) in enumerate(aligned, start=1) if tables]
    media = {picture.media.sha256: picture.media for page in pages for picture in page.pictures}
    return SourceDocument(
        blocks,
        (*omissions_of(pages, body, undrawn, file_type), *tally.omissions(), *further),
        tuple(media.values()),
    )


def _readable(characters: Iterable[Character], tally: Tally) -> Iterator[Character]:
    """The characters as a reader sees them; invisible ones are left out and counted."""
    for character in characters:
        text = visible(character.text, "", tally)
        if text:
            yield character if text == character.text else replace(character, text=text)


def _blocks(
    pages: Sequence[FixedPage], body: BodyLines, tables: Sequence[Sequence[PlacedTable]]
) -> Iterator[SourceBlock]:
    lines = [line for page in body.lines for line in page]
    placed = _placed_by_line(pages, body, tables)
    yield from map(_block, placed.get(-1, ()))
    if not lines:
        return
    alone = [line.cells > 1 for line in lines]
    running = [line for line in lines if line.cells == 1]
    setting = setting_of(running or lines, lines, max(page.width for page in pages))
    centred = centred_lines(lines, setting)
    start = 0
    for at in range(1, len(lines) + 1):
        follows = at < len(lines) and at - 1 not in placed and not (alone[at - 1] or alone[at])
        if follows and not begins_paragraph(lines, at, setting, centred):
            continue
        yield paragraph_of(lines[start:at], centred=centred[start])
        for line in range(start, at):
            yield from map(_block, placed.get(line, ()))
        start = at


def _joined(blocks: Iterable[SourceBlock]) -> Iterator[SourceBlock]:
    """The blocks, with tables that follow each other joined where the columns are the same: a table that goes on on the
    next page."""
    above: Table | None = None
    for block in blocks:
        whole = joined(above, block) if above is not None and isinstance(block, Table) else None
        if above is not None and whole is None:
            yield above
        if isinstance(block, Table):
            above = whole or block
        else:
            above = None
            yield block
    if above is not None:
        yield above


def _placed_by_line(
    pages: Sequence[FixedPage], body: BodyLines, tables: Sequence[Sequence[PlacedTable]]
) -> dict[int, list[_Placed]]:
    """Pictures and tables by the index of the line after which they follow; -1 for those before all lines."""
    by_line: dict[int, list[_Placed]] = {}
    first = 0
    for page, lines, own in zip(pages, body.lines, tables, strict=True):
        boxes: list[_Placed] = [*page.pictures, *own]
        for placed in sorted(boxes, key=lambda placed: (placed.box.top, placed.box.left)):
            by_line.setdefault(_line_above(placed.box, lines, first), []).append(placed)
        first += len(lines)
    return by_line


def _line_above(box: Box, lines: Sequence[PageLine], first: int) -> int:
    """The last line above the middle of a box, among those that overlap it horizontally. first: index of lines[0]."""
    overlapping = [at for at, line in enumerate(lines) if line.left < box.right and line.right > box.left]
    above = [at for at in overlapping if lines[at].baseline <= (box.top + box.bottom) / 2]
    return first + (above[-1] if above else (overlapping[0] if overlapping else 0) - 1)


def _block(placed: _Placed) -> SourceBlock:
    return placed.table if isinstance(placed, PlacedTable) else _picture(placed)


def _picture(placed: PlacedPicture) -> Picture:
    box, media = placed.box, placed.media
    return Picture(
        media.sha256, media.content_type, round(box.width * EMU_PER_POINT), round(box.height * EMU_PER_POINT)
    )
