"""PDFs as LibreOffice prints them from a text set by GB/T 9704: the paragraphs come back."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pytest

from intake.read.pages.pdf import read_pdf
from intake.read.source import SourceDocument, SourceParagraph
from intake.read.structure.division import structure
from programs.conversion import ConversionRequest
from programs.libreoffice import convert
from tests.support.docx_reading import inline, p, png
from tests.support.libreoffice import saved_as
from tests.support.manuscripts import DEPARTMENTS, SECTIONS
from tools.docx_builder import docx, paragraph
from tools.office_documents import office_document
from tools.sample_manuscripts import TEXTS

pytestmark = pytest.mark.libreoffice

ARTICLES: Final = [
    path.read_text(encoding="utf-8").splitlines()
    for path in sorted(TEXTS.glob("0*.txt"))
    if "\t" not in path.read_text()
]
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SPACES: Final = re.compile(r"(?<=[^\x00-\x7f]) +(?=[\x00-\x7f])|(?<=[\x00-\x7f]) +(?=[^\x00-\x7f])")
_FONT: Final = '<w:rFonts w:ascii="Noto Serif CJK SC" w:eastAsia="Noto Serif CJK SC" w:hAnsi="Noto Serif CJK SC"/>'
# LibreOffice prints no punctuation that hangs over the margin by default; asked for explicitly, it does.
_LINE: Final = '<w:overflowPunct w:val="1"/><w:spacing w:line="579" w:lineRule="exact"/>'
_FOOTER: Final = (
    '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>— </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> —</w:t></w:r></w:p>'
)
_HEADER: Final = "<w:p><w:r><w:t>章贡区“五型”政府建设</w:t></w:r></w:p>"


def printed(body: str, soffice: Path, folder: Path, *, columns: str = "", header: str = "") -> SourceDocument:
    """The pages of GB/T 9704, with page numbers."""
    references = "".join(
        f'<w:{kind}Reference xmlns:r="{_OFFICE}" w:type="default" r:id="rId{kind.title()}"/>'
        for kind in (("header", "footer") if header else ("footer",))
    )
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" '
        f'w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>{columns}</w:sectPr>'
    )
    stories = {"footer": _FOOTER} | ({"header": header} if header else {})
    return read_pdf(saved_as(soffice, "pdf", docx(body + section, stories=stories, pictures={"rId9": png()}), folder))


def set_as(article: list[str], *, size: int = 32, spacing: str = _LINE) -> str:
    """Title and byline centred, paragraphs indented by two characters. size: half points."""
    title, byline, *paragraphs = article
    centred = f'{spacing}<w:jc w:val="center"/>'
    body = paragraph(escape(title), properties=centred, run=f'{_FONT}<w:sz w:val="{size + 12}"/>')
    body += paragraph(escape(byline), properties=centred, run=f'{_FONT}<w:sz w:val="{size}"/>')
    indent = f'{spacing}<w:ind w:firstLineChars="200" w:firstLine="{size * 20}"/><w:jc w:val="both"/>'
    return body + "".join(
        paragraph(escape(text), properties=indent, run=f'{_FONT}<w:sz w:val="{size}"/>') for text in paragraphs
    )


def bare(document: SourceDocument) -> list[str]:
    return [_bare(block.text) for block in document.blocks if isinstance(block, SourceParagraph)]


def _bare(text: str) -> str:
    """Without spaces between Chinese and Latin characters, which LibreOffice prints as mere gaps."""
    return _SPACES.sub("", text)


def test_every_paragraph_of_an_issue_comes_back(soffice: Path, tmp_path: Path) -> None:
    document = printed("".join(map(set_as, ARTICLES)), soffice, tmp_path, header=_HEADER)
    assert bare(document) == [_bare(text) for article in ARTICLES for text in article]
    assert [(one.rule.name, one.serious) for one in document.omissions] == [
        ("fixed-layout", True),
        ("header-footer", False),
        ("page-number", False),
    ]


def test_title_byline_and_body_are_separated(soffice: Path, tmp_path: Path) -> None:
    document = printed(set_as(ARTICLES[0]), soffice, tmp_path)
    manuscript = structure(document, DEPARTMENTS, SECTIONS).manuscript
    title, byline, *paragraphs = ARTICLES[0]
    assert (manuscript.title, manuscript.byline) == (title, byline)
    assert [_bare(line) for line in manuscript.lines] == [_bare(text) for text in paragraphs]


def test_two_columns_are_read_one_after_the_other(soffice: Path, tmp_path: Path) -> None:
    spacing = '<w:overflowPunct w:val="1"/><w:spacing w:line="300" w:lineRule="auto"/>'
    body = "".join(set_as(article, size=21, spacing=spacing) for article in ARTICLES)
    document = printed(body, soffice, tmp_path, columns='<w:cols w:num="2" w:space="425"/>')
    assert bare(document) == [_bare(text) for article in ARTICLES for text in article]


def test_picture_is_kept_between_the_paragraphs(soffice: Path, tmp_path: Path) -> None:
    body = set_as(ARTICLES[0][:3]) + p(inline("rId9", width=1_800_000, height=1_200_000)) + set_as(ARTICLES[0][3:6])
    document = printed(body, soffice, tmp_path)
    kinds = [type(block).__name__ for block in document.blocks]
    assert (kinds.count("Picture"), kinds.index("Picture")) == (1, 3)


def test_paragraphs_of_documents_of_many_forms_come_back_whole(soffice: Path) -> None:
    random_ = random.Random(21)
    documents = [office_document(random_) for _ in range(16)]
    requests = [ConversionRequest.to_pdf(document.data) for document in documents]
    converted = convert(requests, soffice)
    whole = total = titles = 0
    for document, request in zip(documents, requests, strict=True):
        pdf = converted[request.key]
        assert isinstance(pdf, bytes)
        manuscript = structure(read_pdf(pdf), DEPARTMENTS, SECTIONS).manuscript
        lines = {"".join(line.split()) for line in manuscript.lines}
        whole += sum("".join(text.split()) in lines for text in document.text)
        total += len(document.text)
        titles += "".join(manuscript.title.split()) == "".join(document.title.split())
    assert whole >= 0.98 * total, f"{whole} of {total}"
    assert titles >= len(documents) - 1
