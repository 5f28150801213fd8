"""The PDF of a sign-off, read by programs that had no part in making it: QPDF's library and its PDF/A validator."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa

from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from programs.pdf_archival import archival_pdf_of, with_language
from programs.pdf_destinations import destinations
from programs.pdfium import UnreadablePdf
from tests.support.archival_pdf import LIMITS, TITLES, rich_issue
from tests.support.pdf import lines, pdf


@pytest.fixture
def archived(archival_pdf: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(archival_pdf)) as document:
        yield document


def structure(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The elements of the tree of tags, in the order in which they are read (ISO 32000-1, 14.7.2)."""
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from structure(kid)


def roles(document: pikepdf.Pdf) -> list[str]:
    """The standard role of each element: LibreOffice names some by their style."""
    root: Any = document.Root.StructTreeRoot
    renamed = {name: str(role) for name, role in root.get("/RoleMap", pikepdf.Dictionary()).items()}
    return [renamed.get(str(element.S), str(element.S)) for element in structure(root)]


@pytest.mark.libreoffice
def test_a_validator_finds_no_violation_of_level_2b(archived: pikepdf.Pdf) -> None:
    report = pdfa.check(archived, "2b")
    assert report.violations == ()
    # an entry of LibreOffice's own, which a reader ignores (ISO 32000-1, annex E)
    assert [finding for finding in report.unsupported if "/DocChecksum" not in str(finding)] == []
    with archived.open_metadata() as metadata:
        assert metadata.pdfa_status == "2B"
        assert metadata["dc:title"] == "章贡区“五型”政府建设工作简报第70期"


@pytest.mark.libreoffice
def test_it_is_tagged_in_chinese_and_shows_its_title(archived: pikepdf.Pdf) -> None:
    assert bool(archived.Root.MarkInfo.Marked)
    assert str(archived.Root.Lang) == "zh-CN"
    assert bool(archived.Root.ViewerPreferences.DisplayDocTitle)
    read = roles(archived)
    assert {"/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Link"} <= set(read)
    assert read.count("/H1") >= len(TITLES)
    described = [str(element.Alt) for element in structure(archived.Root.StructTreeRoot) if "/Alt" in element]
    assert any("办事大厅的照片" in words for words in described)


@pytest.mark.libreoffice
def test_outline_and_named_places_lead_to_the_articles(archived: pikepdf.Pdf, archival_pdf: bytes) -> None:
    with archived.open_outline() as outline:
        titles = [entry.title.replace(" ", "") for entry in outline.root]  # a space where a title has a second line
    assert all(any(title in entry for entry in titles) for title in TITLES)
    assert {"article1", "article2", "article3"} <= set(destinations(archival_pdf))


@pytest.mark.libreoffice
def test_fonts_are_in_the_file(archived: pikepdf.Pdf) -> None:
    resources: list[Any] = [page.Resources.Font for page in archived.pages]
    fonts = [font for named in resources for font in named.values()]
    assert fonts
    for font in fonts:
        described = font.get("/FontDescriptor") or font.DescendantFonts[0].FontDescriptor
        assert any(name.startswith("/FontFile") for name in described)


@pytest.mark.libreoffice
def test_pages_look_as_those_of_the_preview(archival_pdf: bytes, soffice: Path) -> None:
    """An editor has signed off what the preview has shown."""
    assert pictures(archival_pdf) == pictures(pdf_of(rich_issue(), soffice))


def pictures(data: bytes) -> list[bytes]:
    with closing(pypdfium2.PdfDocument(data)) as document:
        return [page.render(scale=1).to_pil().tobytes() for page in document]


def test_language_is_appended_and_the_bytes_before_it_stay() -> None:
    without = pdf(lines("第一页"), catalog="/Lang (en-US)")
    changed = with_language(without)
    assert changed.startswith(without)
    with pikepdf.open(io.BytesIO(changed)) as document:
        assert str(document.Root.Lang) == "zh-CN"
        assert len(document.pages) == 1


@pytest.mark.parametrize("data", [b"", b"no pdf", b"%PDF-1.7\n%%EOF"])
def test_language_of_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadablePdf):
        with_language(data)


def test_without_libreoffice_there_is_no_archival_pdf_either() -> None:
    with pytest.raises(PdfNotMade) as raised:
        archival_pdf_of(b"", None, LIMITS)
    assert raised.value.failure is PdfFailure.NOT_INSTALLED
