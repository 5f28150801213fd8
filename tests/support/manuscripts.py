"""Manuscripts for the tests of structure and check: .docx bytes set as offices set them, and what is read from them."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from intake.read.docx.reader import read_docx
from intake.read.source import SourceDocument
from intake.read.structure.division import Structured, structure
from tests.support.docx_reading import inline, p, png
from tools.docx_builder import docx, paragraph
from values.department import Department

DEPARTMENTS: Final = (
    Department("区教体局", "章贡区教育体育局", ("区教育局",), ("jtj@example.org",)),
    Department("区人社局", "章贡区人力资源和社会保障局"),
    Department("区金融服务中心"),
    Department("区民政局", "章贡区民政局"),
)
SECTIONS: Final = ("", "情况通报")
TITLE: Final = "内外兼修提升学前教育改革发展品质"
BODY: Final = "坚持定期进行年度办园水平督导评估，促进全区各级各类幼儿园办园水平整体提升，效果明显。"
STYLES: Final = (
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
    "</w:style>"
)
CENTRED: Final = '<w:jc w:val="center"/>'


def plain(*texts: str) -> str:
    """Paragraphs of the body, 3号."""
    return "".join(paragraph(_breaks(text), run='<w:sz w:val="32"/>') for text in texts)


def centred(*texts: str, half_points: int = 32) -> str:
    """Centred paragraphs; "\\n" is a line break."""
    run = f'<w:sz w:val="{half_points}"/>'
    return "".join(paragraph(_breaks(text), properties=CENTRED, run=run) for text in texts)


def large(*texts: str) -> str:
    """Centred paragraphs in 2号, as titles are set."""
    return centred(*texts, half_points=44)


def styled(text: str, style: str) -> str:
    """A paragraph in the style with this id (T, H1, H2)."""
    return paragraph(_breaks(text), properties=f'<w:pStyle w:val="{style}"/>')


def small(*texts: str) -> str:
    """Paragraphs in 小四, as captions are often set."""
    return "".join(paragraph(_breaks(text), run='<w:sz w:val="24"/>') for text in texts)


def picture(number: int = 1) -> str:
    """A paragraph that holds one of the pictures 1 to 4."""
    return p(inline(f"rIdPicture{number}"))


def document(body: str) -> SourceDocument:
    """A .docx with this body, as it is read before its structure is read."""
    return read_docx(docx(body, styles=STYLES, pictures={f"rIdPicture{n}": png(shade=n) for n in range(1, 5)}))


def read(body: str, fallback_title: str = "") -> Structured:
    """What is read from a .docx with this body."""
    return structure(document(body), DEPARTMENTS, SECTIONS, fallback_title)


def _breaks(text: str) -> str:
    return escape(text).replace("\n", "</w:t><w:br/><w:t>")


def parts_of(result: Structured) -> tuple[tuple[str, ...], str | None, list[str], tuple[str, ...]]:
    """Title, byline, lines of the body, lines for the office."""
    manuscript = result.manuscript
    return manuscript.title_lines, manuscript.byline, list(manuscript.lines), manuscript.house_lines


def rules(result: Structured) -> list[str]:
    return [finding.rule.name for finding in result.findings]


def red(text: str) -> str:
    """The name of a bulletin: centred, red, 初号."""
    run = '<w:color w:val="FF0000"/><w:sz w:val="84"/>'
    return centred(text).replace('<w:sz w:val="32"/>', run)


def table(*rows: list[str]) -> str:
    """Rows of cells; "\\n" parts the paragraphs of a cell."""
    cells = (("".join(f"<w:tc>{plain(*cell.split(chr(10)))}</w:tc>" for cell in row)) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


PAGE: Final = p('<w:r><w:br w:type="page"/></w:r>')
"""A paragraph with a page break and nothing else, as Ctrl+Enter leaves it."""
