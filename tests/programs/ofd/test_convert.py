"""The OFD of a PDF: its text by others' reader and our own, its looks by a renderer that knows only the standard."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import closing
from datetime import date
from typing import Any

import ofdkit
import pypdfium2
import pytest
from lxml import etree
from PIL import Image, ImageChops, ImageFilter

from intake.read.pages.ofd import ofd_lines
from programs.ofd.convert import NoOfd, load, ofd_of
from programs.ofd.doubt import Doubt, PicturedPage
from tests.support.embedded_fonts import pdf_with_font, square_font
from tests.support.ofd_renderer import drawn_pages
from tests.support.pdf import image, lines, pdf

DAY = date(2022, 11, 8)
BLURRED = 2
"""Points: two rasterizers differ at edges, which are as wide as a pixel."""
UNLIKE = 48
"""Of 255, of a blurred point: a stroke that is missing differs by more than a hundred."""


def words(ofd: bytes) -> list[str]:
    """The text of each page in the order of its objects, as ofdkit reads it, without spaces."""
    return ["".join("".join(run.text for run in page.runs).split()) for page in ofdkit.open(io.BytesIO(ofd)).pages]


def words_of_pdf(data: bytes) -> list[str]:
    """As PDFium reads it; U+0002 and U+FFFE stand for what it takes for the hyphen of a divided word."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [re.sub(r"[\s\ufffe\x02]", "", page.get_textpage().get_text_bounded()) for page in document]


def unlike(ofd: bytes, data: bytes) -> list[int]:
    """The largest difference between OFD and PDF on each page, from 0 to 255."""
    differences = []
    with closing(pypdfium2.PdfDocument(data)) as document:
        for drawn, page in zip(drawn_pages(ofd, 1.0), document, strict=True):
            original = page.render(scale=4).to_pil().convert("RGB").resize(drawn.size, Image.Resampling.BOX)
            blur = ImageFilter.BoxBlur(BLURRED)
            difference: Any = ImageChops.difference(drawn.filter(blur), original.filter(blur)).getextrema()
            differences.append(max(most for _, most in difference))
    return differences


def part(ofd: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.fixture(scope="module")
def made(archival_pdf: bytes) -> bytes:
    ofd = ofd_of(archival_pdf, DAY)
    assert ofd.pictured == ()
    return ofd.data


@pytest.mark.libreoffice
def test_text_is_that_of_the_pdf(made: bytes, archival_pdf: bytes) -> None:
    expected = words_of_pdf(archival_pdf)
    assert words(made) == expected
    ours = [sorted("".join("".join(page).split())) for page in ofd_lines(made)]  # from top to bottom, not as drawn
    assert ours == list(map(sorted, expected))


@pytest.mark.libreoffice
def test_pages_look_as_those_of_the_pdf(made: bytes, archival_pdf: bytes) -> None:
    assert max(unlike(made, archival_pdf)) < UNLIKE


@pytest.mark.libreoffice
def test_equal_pdfs_give_equal_bytes(made: bytes, archival_pdf: bytes) -> None:
    assert ofd_of(archival_pdf, DAY).data == made
    assert ofd_of(archival_pdf, date(2022, 11, 9)).data != made


@pytest.mark.libreoffice
def test_document_has_title_outline_and_sizes(made: bytes) -> None:
    described = ofdkit.open(io.BytesIO(made)).info
    assert described.title == "章贡区“五型”政府建设工作简报第70期"
    document = part(made, "Doc_0/Document.xml")
    pages = document.xpath("//*[local-name()='Page']/@ID")
    entries = document.xpath("//*[local-name()='OutlineElem']")
    assert [entry.get("Title") for entry in entries][:2] == ["普惠金融改革推动惠企政策落地见效", "一、加大服务供给"]
    assert set(document.xpath("//*[local-name()='Dest']/@PageID")) <= set(pages)
    ids = [int(number) for name in names(made) for number in part(made, name).xpath("//@ID")]
    assert len(ids) == len(set(ids))
    assert max(ids) <= int(document.xpath("string(//*[local-name()='MaxUnitID'])"))


def names(ofd: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        return [name for name in archive.namelist() if name.endswith(".xml")]


def test_lines_areas_pictures_and_glyphs_look_as_in_the_pdf() -> None:
    content = (
        "1 0 0 RG 3 w 79 545 m 521 545 l S 0 0 1 rg 100 100 60 40 re f 0 0 0 RG .5 w 200 100 60 40 re S "
        "BT /F1 40 Tf 100 600 Td <00010002> Tj 100 0 Td <00030004> Tj ET 1 0 0 rg BT /F1 20 Tf 50 Tz 100 300 Td "
        "<00040004> Tj ET"
    )
    data = pdf_with_font(content)
    made = ofd_of(data, DAY)
    assert (made.pages, made.pictured, words(made.data)) == (1, (), ["简报一二二二"])
    assert max(unlike(made.data, data)) < UNLIKE


def test_a_character_with_two_glyphs_and_a_glyph_of_two_characters_keep_their_glyphs() -> None:
    data = pdf_with_font(show_codes(1, 2, 3), codes={1: "一", 2: "一", 3: "——"})
    made = ofd_of(data, DAY)
    assert words(made.data) == ["一一——"]
    assert max(unlike(made.data, data)) < UNLIKE


def show_codes(*codes: int) -> str:
    return f"BT /F1 40 Tf 100 600 Td <{''.join(f'{code:04x}' for code in codes)}> Tj ET"


@pytest.mark.parametrize(
    ("data", "forbidden", "doubts"),
    [
        (pdf(lines("第一页")), (), (Doubt.FONT_MISSING,)),
        (pdf_with_font(show_codes(1, 2)), ("Squares",), (Doubt.FONT_FORBIDDEN,)),
        (pdf_with_font(show_codes(1, 2), font=square_font(fs_type=2)), (), (Doubt.FONT_FORBIDDEN,)),
        (pdf_with_font(show_codes(1, 2) + " /S sh"), (), (Doubt.SHADING,)),
        (pdf_with_font("0 0 130 842 re W n " + show_codes(1, 2)), (), (Doubt.CLIPPING,)),
    ],
    ids=["not in the file", "forbidden by name", "forbidden by the font", "shading", "cut off"],
)
def test_page_that_cannot_be_carried_over_is_a_picture_with_its_text(
    data: bytes, forbidden: tuple[str, ...], doubts: tuple[Doubt, ...]
) -> None:
    made = ofd_of(data, DAY, forbidden)
    assert made.pictured == (PicturedPage(1, doubts),)
    assert words(made.data) == ["第一页" if "第" in words_of_pdf(data)[0] else "简报"]
    page = part(made.data, "Doc_0/Pages/Page_0/Content.xml")
    assert [etree.QName(item).localname for item in page.iter() if "Object" in str(item.tag)][-1] == "ImageObject"
    assert max(unlike(made.data, data)) < UNLIKE
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        assert not [name for name in archive.namelist() if name.endswith((".ttf", ".otf"))]


def test_only_the_page_in_doubt_is_a_picture() -> None:
    made = ofd_of(pdf_with_font(show_codes(1), show_codes(2) + " /S sh", show_codes(3)), DAY)
    assert [page.page for page in made.pictured] == [2]
    assert words(made.data) == ["简", "报", "一"]


def test_empty_page_and_turned_text_are_carried_over() -> None:
    assert words(ofd_of(pdf(""), DAY).data) == [""]
    turned = pdf_with_font("BT /F1 40 Tf 0 1 -1 0 300 400 Tm <00010002> Tj ET")
    made = ofd_of(turned, DAY).data
    assert max(unlike(made, turned)) < UNLIKE
    page = part(made, "Doc_0/Pages/Page_0/Content.xml")
    [text] = page.xpath("//*[local-name()='TextObject']")
    assert text.get("CTM").split()[:4] == ["0", "-1", "1", "0"]


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF", pdf(lines("第一页"))[:400]])
def test_damaged_pdf_has_no_ofd(data: bytes) -> None:
    with pytest.raises(NoOfd):
        ofd_of(data, DAY)


def test_text_that_xml_forbids_and_pictures_of_one_file_are_written() -> None:
    data = pdf_with_font(show_codes(1), codes={1: "\x01"})
    assert ofd_of(data, DAY).pages == 1
    drawn = pdf("q 9 0 0 9 0 0 cm /P Do Q q 5 0 0 5 50 50 cm /P Do Q", images={"P": image()})
    with zipfile.ZipFile(io.BytesIO(ofd_of(drawn, DAY).data)) as archive:
        assert len([name for name in archive.namelist() if name.endswith(".png")]) == 1


def test_everything_is_loaded_for_a_child_that_can_open_no_file() -> None:
    load()
