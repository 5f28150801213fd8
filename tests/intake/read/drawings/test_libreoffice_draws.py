"""Charts, SmartArt and vector pictures through a real LibreOffice: coloured pictures, and no word to the network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument
from programs.libreoffice import convert
from tests.support.docx_reading import inline, p
from tests.support.drawings import SVG, chart, emf, related, relationships, with_chart, with_smart_art, wmf
from tests.support.listener import Listener
from tools.docx_builder import docx, paragraph
from values.manuscript import Picture

pytestmark = pytest.mark.libreoffice
_BLUE, _GOLD, _GREEN, _RED = (68, 114, 196), (255, 192, 0), (0, 192, 0), (255, 0, 0)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with closing(Listener()) as listener:
        yield listener


def drawn(soffice: Path, *files: bytes, wall: tuple[str, ...] | None = None) -> list[SourceDocument]:
    """The files, read with what LibreOffice made of their sheets."""
    sheets = [sheet for data in files for sheet in read_docx(data).undrawn]
    assert len(sheets) == len(files)
    made = convert(sheets, soffice)
    return [read_docx(data, converted=made) for data in files]


def colours(document: SourceDocument) -> set[tuple[int, ...]]:
    """The colours that fill at least a hundredth of the document's only picture."""
    (media,) = document.media
    assert [omission.rule.name for omission in document.omissions][-1] == "drawn"
    with Image.open(io.BytesIO(media.data)) as image:
        area = image.width * image.height
        return {colour for count, colour in image.getcolors(area) or [] if count > area / 100}  # type: ignore[misc]


def vector(data: bytes) -> bytes:
    return docx(paragraph("文") + p(inline("rId9")), pictures={"rId9": data})


def test_drawings_become_coloured_pictures(soffice: Path) -> None:
    files = [with_chart(), with_smart_art(), vector(emf()), vector(wmf()), vector(SVG)]
    documents = drawn(soffice, *files)
    for document, colour in zip(documents, [_BLUE, _GOLD, _GREEN, _GREEN, _RED], strict=True):
        assert colour in colours(document)
    (picture,) = [block for block in documents[0].blocks if isinstance(block, Picture)]
    assert (picture.width, picture.height) == (3 * 914_400, 2 * 914_400)
    with Image.open(io.BytesIO(documents[0].media[0].data)) as image:
        assert (image.width, image.height) in ((900, 600), (901, 601), (901, 600))  # LibreOffice rounds the page up


def test_smart_art_whose_drawing_lacks_a_word_is_reported(soffice: Path) -> None:
    (document,) = drawn(soffice, with_smart_art("稳就业促增收", "稳就业"))
    assert ([omission.rule.name for omission in document.omissions], document.media) == (["smart-art"], ())


@pytest.mark.parametrize("wall", [(), None])
def test_nothing_is_asked_for_from_a_sheet(soffice: Path, listener: Listener, wall: tuple[str, ...] | None) -> None:
    linked = relationships(
        related("rId1", "oleObject", f"{listener.address}/a.xlsx", external=True),
        related("rId2", "image", f"{listener.address}/a.png", external=True),
    )
    more = '<c:externalData r:id="rId1"><c:autoUpdate val="1"/></c:externalData>'
    linking = with_chart(chart(more=more), parts={"word/charts/_rels/chart1.xml.rels": linked})
    inner = f'<rect width="90" height="50" fill="red"/><image href="{listener.address}/b.png" width="9" height="9"/>'
    style = f'<style>@import url("{listener.address}/c.css");</style>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="100" height="60">{style}{inner}</svg>'
    first, second = drawn(soffice, linking, vector(svg.encode()))
    assert _BLUE in colours(first)
    assert _RED in colours(second)
    assert listener.callers == 0
