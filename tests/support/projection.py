"""An issue as text that a person can read and a scenario can compare: its paragraphs and their styles.

One line per paragraph of the body, `style id|text`; empty paragraphs have none. Within the text a line break is " / ",
a tab " ⇥ ", raised characters are ^(2) and lowered ones _(2). A table has a line per row, `style id|cell|cell|…`, with
"<" for the further columns of a cell that is several columns wide and "^" for a cell that goes on from the row above.
The page number in a reference to a page is "#", independent of its value.
A picture is `Picture|first 12 digits of the SHA-256 of its bytes|WxHmm`.

A draft has more: before the body `Header|text` for each header, after it `Comment|the characters|the comment`.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from itertools import groupby

from lxml import etree

from tests.support.remarks import remarks

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMU_PER_MM = 36_000
_SIGNS = {W + "br": " / ", W + "cr": " / ", W + "tab": " ⇥ ", W + "noBreakHyphen": "-"}


def projection(docx: bytes) -> str:
    """A .docx as lines; see above. Raises what a broken file raises."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    body = etree.fromstring(members["word/document.xml"]).find(W + "body")
    assert body is not None
    targets = {
        relation.get("Id", ""): f"word/{relation.get('Target', '')}"
        for relation in etree.fromstring(members["word/_rels/document.xml.rels"])
    }
    pictures = {rid: members[target] for rid, target in targets.items() if target.startswith("word/media/")}
    headers = [etree.fromstring(members[name]) for name in sorted(members) if name.startswith("word/header")]
    lines = [f"Header|{_text(paragraph)}" for header in headers for paragraph in header.iter(W + "p")]
    lines += [line for block in body for line in _block_lines(block, pictures)]
    marks = [(characters.replace("\n", " / ").replace("\t", " ⇥ "), comment) for characters, comment in remarks(docx)]
    return "\n".join([*lines, *(f"Comment|{characters}|{comment}" for characters, comment in marks)])


def _block_lines(block: etree._Element, pictures: dict[str, bytes]) -> Iterator[str]:
    if block.tag == W + "tbl":
        yield from (f"{_style(block, 'tblPr/', 'tblStyle')}|{_row(row)}" for row in block.iterchildren(W + "tr"))
    elif block.tag == W + "p":
        text = _text(block)
        if text:
            yield f"{_style(block, 'pPr/', 'pStyle')}|{text}"
        for drawing in block.iter(_WP + "inline"):
            yield _picture(drawing, pictures)


def _style(block: etree._Element, properties: str, name: str) -> str:
    style = block.find(f"{W}{properties}{W}{name}")
    return "" if style is None else style.get(W + "val", "")


def _row(row: etree._Element) -> str:
    cells = []
    for cell in row.iterchildren(W + "tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
        text = "^" if goes_on else " / ".join(map(_text, cell.iterchildren(W + "p")))
        cells += [text] + ["<"] * (int(span.get(W + "val", "1")) - 1 if span is not None else 0)
    return "|".join(cells)


def _text(paragraph: etree._Element) -> str:
    """Neighbouring runs that are raised or lowered alike are joined, since a comment may split them."""
    shown = _without_page_numbers(paragraph)
    alike = groupby(shown, lambda run: _sign(run[0]))
    return "".join(_signed("".join(text for _, text in runs), sign) for sign, runs in alike)


def _without_page_numbers(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The runs that show something, with what they show; a reference to a page shows "#"."""
    in_reference = False
    for run in paragraph.iter(W + "r"):
        marks = [mark.get(W + "fldCharType") for mark in run.iter(W + "fldChar")]
        if any((code.text or "").strip().startswith("PAGEREF") for code in run.iter(W + "instrText")):
            in_reference = True
            yield run, "#"
        elif not in_reference and (text := _run(run)):
            yield run, text
        in_reference = in_reference and "end" not in marks


def _sign(run: etree._Element) -> str:
    raised = run.find(f"{W}rPr/{W}vertAlign")
    return "" if raised is None else "^" if raised.get(W + "val") == "superscript" else "_"


def _signed(text: str, sign: str) -> str:
    return f"{sign}({text})" if sign else text


def _run(run: etree._Element) -> str:
    return "".join(_SIGNS.get(str(part.tag), "") or (part.text or "") * (part.tag == W + "t") for part in run)


def _picture(drawing: etree._Element, pictures: dict[str, bytes]) -> str:
    blip, extent = next(drawing.iter(_A + "blip")), next(drawing.iter(_WP + "extent"))
    sha256 = hashlib.sha256(pictures[blip.get(_R + "embed", "")]).hexdigest()
    width, height = (round(int(extent.get(side, "0")) / _EMU_PER_MM) for side in ("cx", "cy"))
    return f"Picture|{sha256[:12]}|{width}x{height}mm"
