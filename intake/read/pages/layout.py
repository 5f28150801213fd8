"""From pages of placed characters and pictures to paragraphs in reading order. What is left out is reported.

Independent of the format: PDF and OFD both give such pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from intake.read.docx.characters import visible
from intake.read.docx.tally import Tally
from intake.read.pages.columns import lines_in_order
from intake.read.pages.furniture import BodyLines, without_furniture, without_running_pictures
from intake.read.pages.lines import PageLine, segments_of
from intake.read.pages.page import Character, FixedPage, PlacedPicture
from intake.read.pages.paragraphs import begins_paragraph, centred_lines, paragraph_of, setting_of
from intake.read.pages.refusals import SCAN, too_long
from intake.read.pages.report import omissions_of
from intake.read.source import Omission, SourceBlock, SourceDocument
from values.errors import UnreadableManuscript
from values.manuscript import Picture
from values.paper import EMU_PER_POINT


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
    lines = [list(lines_in_order(segments_of(characters), at)) for at, characters in enumerate(shown)]
    body = without_furniture(lines, [page.height for page in pages])
    blocks = tuple(_blocks(pages, body))
    media = {picture.media.sha256: picture.media for page in pages for picture in page.pictures}
    return SourceDocument(
        blocks, (*omissions_of(pages, body, file_type), *tally.omissions(), *further), tuple(media.values())
    )


def _readable(characters: Iterable[Character], tally: Tally) -> Iterator[Character]:
    """The characters as a reader sees them; invisible ones are left out and counted."""
    for character in characters:
        text = visible(character.text, "", tally)
        if text:
            yield character if text == character.text else replace(character, text=text)


def _blocks(pages: Sequence[FixedPage], body: BodyLines) -> Iterator[SourceBlock]:
    lines = [line for page in body.lines for line in page]
    if not lines:
        return
    setting = setting_of(lines, max(page.width for page in pages))
    centred = centred_lines(lines, setting)
    alone = [line.cells > 1 or _in_table(line, pages) for line in lines]
    pictures = _pictures_by_line(pages, body)
    yield from map(_picture, pictures.get(-1, ()))
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not (alone[at - 1] or alone[at] or begins_paragraph(lines, at, setting, centred)):
            continue
        yield paragraph_of(lines[start:at], centred=centred[start])
        for line in range(start, at):
            yield from map(_picture, pictures.get(line, ()))
        start = at


def _in_table(line: PageLine, pages: Sequence[FixedPage]) -> bool:
    middle = (line.left + line.right) / 2
    return any(box.holds(middle, line.baseline - line.size / 3) for box in pages[line.column[0]].tables)


def _pictures_by_line(pages: Sequence[FixedPage], body: BodyLines) -> dict[int, list[PlacedPicture]]:
    """The pictures by the index of the line after which they follow; -1 for those before all lines."""
    by_line: dict[int, list[PlacedPicture]] = {}
    first = 0
    for page, lines in zip(pages, body.lines, strict=True):
        for picture in sorted(page.pictures, key=lambda picture: (picture.box.top, picture.box.left)):
            by_line.setdefault(_line_above(picture, lines, first), []).append(picture)
        first += len(lines)
    return by_line


def _line_above(picture: PlacedPicture, lines: Sequence[PageLine], first: int) -> int:
    """The last line above the middle of the picture, among those that overlap it horizontally. first: index of
    lines[0]."""
    box = picture.box
    overlapping = [at for at, line in enumerate(lines) if line.left < box.right and line.right > box.left]
    above = [at for at in overlapping if lines[at].baseline <= (box.top + box.bottom) / 2]
    return first + (above[-1] if above else (overlapping[0] if overlapping else 0) - 1)


def _picture(placed: PlacedPicture) -> Picture:
    box, media = placed.box, placed.media
    return Picture(
        media.sha256, media.content_type, round(box.width * EMU_PER_POINT), round(box.height * EMU_PER_POINT)
    )
