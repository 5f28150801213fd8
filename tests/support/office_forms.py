"""Documents written line by line, each line with the way it is set and with what must become of it.

A file has several documents. `# name` begins one; further lines are `SETTING ROLE text`, or `=key value`.

    settings  R red and large, J the same over the whole width, r red at the right; T title (22 points), C centred,
              c centred without a size, K centred and bold; P paragraph with an indent, p the same without a size;
              L from the left edge, l the same without a size; E at the right, I far from the left; H 黑体, k 楷体,
              B bold; X text box, Y text box with a title; G row of a table (cells between |, lines of one between ¶);
              D page header, O page break, Z empty line
    roles     t title, b byline, h house line, x text (x1 to x4 a heading of that level, x0 no heading), - nothing
    keys      =t title, =b byline, =d departments, =f file name, =rule name of a rule with a finding
    text      ⏎ is Shift+Enter, ⇥ a tab
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from intake.outcome import ReadArticle
from tools.docx_builder import docx, paragraph
from values.department import Department
from values.manuscript import Heading

REGISTERED: Final = (
    Department("区民政局", "章贡区民政局", (), ("mzj@example.org",)),
    Department("区教体局", "章贡区教育体育局", ("区教育局",)),
    Department("区人社局", "章贡区人力资源和社会保障局"),
    Department("水南镇"),
)
"""The register of these documents. The first sends them."""
_CENTRED: Final = '<w:jc w:val="center"/>'
_RIGHT: Final = '<w:jc w:val="right"/>'
_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BODY: Final = '<w:sz w:val="32"/>'
_RED: Final = '<w:color w:val="FF0000"/><w:sz w:val="72"/>'


def _in(font: str, run: str = _BODY) -> str:
    return f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"/>{run}'


_SETTINGS: Final = {
    "R": (_CENTRED, _RED),
    "J": ('<w:jc w:val="distribute"/>', _RED),
    "r": (_RIGHT, _RED),
    "T": (_CENTRED, _in("方正小标宋简体", '<w:sz w:val="44"/>')),
    "C": (_CENTRED, _in("仿宋")),
    "c": (_CENTRED, ""),
    "K": (_CENTRED, f"<w:b/>{_BODY}"),
    "P": (_INDENT, _in("仿宋_GB2312")),
    "p": (_INDENT, ""),
    "L": ("", _in("仿宋_GB2312")),
    "l": ("", ""),
    "E": (_RIGHT, _in("仿宋_GB2312")),
    "I": ('<w:ind w:leftChars="1500" w:left="4800"/>', _in("仿宋_GB2312")),
    "H": (_INDENT, _in("黑体")),
    "k": (_INDENT, _in("楷体_GB2312")),
    "B": (_INDENT, f"<w:b/>{_BODY}"),
}
"""Inner XML of w:pPr and w:rPr for each way of setting a paragraph."""
_BOX: Final = (
    '<w:p><w:r><w:pict><v:shape style="position:absolute;width:80pt;height:100pt"><v:textbox><w:txbxContent>{}'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)
_PAGE: Final = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" '
    'w:header="851" w:footer="1304" w:gutter="0"/></w:sectPr>'
)
"""A4 with the margins of GB/T 9704-2012 5.2.1."""
_TABLE_WIDTH: Final = 8800  # twips
_WIDTH: Final = f'<w:tblW w:w="{_TABLE_WIDTH}" w:type="dxa"/>'
_EDGES: Final = ("top", "left", "bottom", "right", "insideH", "insideV")
_LINES: Final = re.compile("[⏎¶]")
_UNPRINTED: Final = ("D", "O", "Z")
"""Settings whose text is in no paragraph of the body."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line of a document, or a row of a table."""

    setting: str
    role: str
    text: str

    @property
    def parts(self) -> list[str]:
        """Its paragraphs as they are read."""
        return [self.text.replace("|", "\t").replace("¶", " ")] if self.setting == "G" else _LINES.split(self.text)


@dataclass(slots=True)
class OfficeForm:
    """A document, and what must become of its lines."""

    name: str
    lines: list[FormLine] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """The name of the file in the letter."""
        return self.keys.get("f", "稿件.docx")

    @property
    def data(self) -> bytes:
        """The .docx."""
        body = ""
        for lines in self._runs():
            body += _table(lines) if lines[0].setting == "G" else _paragraph(lines[0])
        header = "".join(paragraph(line.text) for line in self.lines if line.setting == "D")
        return docx(f"{body}<w:p/>{_PAGE}", stories={"header": header} if header else {})

    def differences(self, article: ReadArticle) -> Iterator[tuple[str, object]]:
        """(what, as it was read) for everything that is not as the document says."""
        manuscript = article.manuscript
        title = self.keys.get("t", "".join(self._of("t")))
        byline = self.keys.get("b", "、".join(text.strip() for text in self._of("b")))
        if _plain(manuscript.title) != _plain(title):
            yield "title", manuscript.title
        if _plain(manuscript.byline or "") != _plain(byline):
            yield "byline", manuscript.byline
        if "d" in self.keys and list(article.departments) != self.keys["d"].split():
            yield "departments", article.departments
        if [_plain(line) for line in manuscript.lines] != [_plain(text) for text in self._of("x")]:
            yield "text", manuscript.lines
        record = "".join(map(_plain, manuscript.house_lines))
        yield from (("house", text) for text in self._of("h") if not all(_plain(p) in record for p in text.split("\t")))
        levels = {_plain(block.text): block.level for block in manuscript.blocks if isinstance(block, Heading)}
        for line in self.lines:
            if line.role[1:] and levels.get(_plain(line.text), 0) != int(line.role[1:]):
                yield "level", (line.text, levels.get(_plain(line.text), 0))
        if self.keys.get("rule", "") not in {"", *(finding.rule.name for finding in article.findings)}:
            yield "rule", [finding.rule.name for finding in article.findings]
        if lost := self._characters() - shown_characters(article):
            yield "lost", "".join(lost.elements())

    def _of(self, role: str) -> Iterator[str]:
        return (text for line in self.lines if line.role[:1] == role for text in line.parts)

    def _characters(self) -> Counter[str]:
        return words_of(line.text for line in self.lines if line.setting not in _UNPRINTED)

    def _runs(self) -> Iterator[Sequence[FormLine]]:
        """The rows of a table together, and every other line for itself."""
        rows: list[FormLine] = []
        for line in self.lines:
            if rows and line.setting != "G":
                yield rows
                rows = []
            if line.setting == "G":
                rows.append(line)
            else:
                yield [line]
        if rows:
            yield rows


def forms_in(path: Path) -> list[OfficeForm]:
    """The documents that a file describes."""
    forms: list[OfficeForm] = []
    for text in path.read_text(encoding="utf-8").splitlines():
        if text.startswith("# "):
            forms.append(OfficeForm(text[2:]))
        elif text.startswith("="):
            key, _, value = text[1:].partition(" ")
            forms[-1].keys[key] = value
        elif text:
            setting, role, *rest = text.split(" ", 2)
            forms[-1].lines.append(FormLine(setting, role, "".join(rest)))
    return forms


def words_of(texts: Iterator[str]) -> Counter[str]:
    """How often each letter, Chinese character and digit is there, in one width."""
    return Counter(character for text in texts for character in _plain(text) if character.isalnum())


def shown_characters(article: ReadArticle) -> Counter[str]:
    """Those of the article, of the record, and of what the findings quote."""
    manuscript = article.manuscript
    texts = (manuscript.title, manuscript.byline or "", *manuscript.lines, *manuscript.house_lines)
    return words_of(iter((*texts, *(finding.message for finding in article.findings))))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text.replace("⇥", "")).split())


def _xml(text: str) -> str:
    run = escape(text).replace("⏎", '</w:t><w:br/><w:t xml:space="preserve">')
    return run.replace("⇥", '</w:t><w:tab/><w:t xml:space="preserve">')


def _paragraph(line: FormLine) -> str:
    match line.setting:
        case "X":
            return _BOX.format(paragraph(_xml(line.text)))
        case "Y":
            return _BOX.format("".join(_paragraph(FormLine("T", line.role, text)) for text in line.text.split("¶")))
        case "O":
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        case "Z":
            return "<w:p/>"
        case "D":
            return ""
    properties, run = _SETTINGS[line.setting]
    return paragraph(_xml(line.text), properties=properties, run=run)


def _table(rows: Sequence[FormLine]) -> str:
    """A table with rules, whose columns have equal widths."""
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in _EDGES)
    columns = max(len(row.text.split("|")) for row in rows)
    grid = f'<w:gridCol w:w="{_TABLE_WIDTH // columns}"/>' * columns
    inner = "".join(f"<w:tr>{''.join(map(_cell, row.text.split('|')))}</w:tr>" for row in rows)
    properties = f"<w:tblPr>{_WIDTH}<w:tblBorders>{borders}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"


def _cell(text: str) -> str:
    return f"<w:tc><w:tcPr/>{''.join(paragraph(_xml(line), run=_BODY) for line in text.split('¶'))}</w:tc>"
