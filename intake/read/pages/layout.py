"""Pages with characters and pictures at their places → paragraphs and pictures in reading order, nothing lost in
silence. Knows neither PDF nor OFD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from intake.read.docx.characters import visible
from intake.read.docx.tally import Tally
from intake.read.pages.columns import lines_in_order
from intake.read.pages.furniture import Sorted, sort_out, without_running_pictures
from intake.read.pages.lines import PageLine, pieces_of
from intake.read.pages.page import Character, FixedPage, PlacedPicture
from intake.read.pages.paragraphs import begins, centred_lines, paragraph_of, setting_of
from intake.read.pages.refusals import SCAN, too_long
from intake.read.pages.report import omissions_of
from intake.read.source import Omission, SourceBlock, SourceDocument
from values.errors import UnreadableManuscript
from values.manuscript import Picture

_EMU_PER_POINT: Final = 12_700


@dataclass(frozen=True, slots=True)
class PageLimits:
    """What one fixed-layout file may cost. objects: drawn things a page. pixels: of all its pictures together."""

    pages: int = 200
    characters: int = 200_000
    objects: int = 50_000
    pixels: int = 40_000_000


def read_pages(
    pages: Sequence[FixedPage], limits: PageLimits, called: str, told: Iterable[Omission] = ()
) -> SourceDocument:
    """The document that the pages show. called: "PDF" or "OFD". told: what else the file holds and the article not.

    A page that is a picture with hidden text is a scan, and read from that text. Raises UnreadableManuscript.
    """
    pages = without_running_pictures(pages)
    tally = Tally()
    shown = [tuple(_readable((*page.characters, *(page.hidden if page.scanned else ())), tally)) for page in pages]
    if not any(not one.text.isspace() for characters in shown for one in characters):
        raise UnreadableManuscript(SCAN)
    if sum(map(len, shown)) > limits.characters:
        raise UnreadableManuscript(too_long(limits.characters))
    found = [list(lines_in_order(pieces_of(characters), at)) for at, characters in enumerate(shown)]
    kept = sort_out(found, [page.height for page in pages])
    blocks = tuple(_blocks(pages, kept))
    media = {one.media.sha256: one.media for page in pages for one in page.pictures}
    return SourceDocument(
        blocks, (*omissions_of(pages, kept, called), *tally.omissions(), *told), tuple(media.values())
    )


def _readable(characters: Iterable[Character], tally: Tally) -> Iterator[Character]:
    for one in characters:
        text = visible(one.text, "", tally)
        if text:
            yield one if text == one.text else replace(one, text=text)


def _blocks(pages: Sequence[FixedPage], kept: Sorted) -> Iterator[SourceBlock]:
    lines = [line for page in kept.lines for line in page]
    if not lines:
        return
    setting = setting_of(lines, max(page.width for page in pages))
    centred = centred_lines(lines, setting)
    alone = [line.cells > 1 or _in_table(line, pages) for line in lines]
    pictures = _pictures_by_line(pages, kept)
    yield from map(_picture, pictures.get(-1, ()))
    start = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and not (alone[at - 1] or alone[at] or begins(lines, at, setting, centred)):
            continue
        yield paragraph_of(lines[start:at], centred=centred[start])
        for line in range(start, at):
            yield from map(_picture, pictures.get(line, ()))
        start = at


def _in_table(line: PageLine, pages: Sequence[FixedPage]) -> bool:
    middle = (line.left + line.right) / 2
    return any(box.holds(middle, line.baseline - line.size / 3) for box in pages[line.column[0]].tables)


def _pictures_by_line(pages: Sequence[FixedPage], kept: Sorted) -> dict[int, list[PlacedPicture]]:
    """Each picture after the last line above its middle that lies over it; -1: before all lines."""
    found: dict[int, list[PlacedPicture]] = {}
    first = 0
    for page, lines in zip(pages, kept.lines, strict=True):
        for picture in sorted(page.pictures, key=lambda one: (one.box.top, one.box.left)):
            found.setdefault(_line_above(picture, lines, first), []).append(picture)
        first += len(lines)
    return found


def _line_above(picture: PlacedPicture, lines: Sequence[PageLine], first: int) -> int:
    box = picture.box
    beside = [at for at, line in enumerate(lines) if line.left < box.right and line.right > box.left]
    above = [at for at in beside if lines[at].baseline <= (box.top + box.bottom) / 2]
    return first + (above[-1] if above else (beside[0] if beside else 0) - 1)


def _picture(placed: PlacedPicture) -> Picture:
    box, media = placed.box, placed.media
    return Picture(
        media.sha256, media.content_type, round(box.width * _EMU_PER_POINT), round(box.height * _EMU_PER_POINT)
    )
