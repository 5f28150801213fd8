"""Formulas of an article as Office Math (ECMA-376 22.1), for Word, WPS and LibreOffice to set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from assembler.wordml import NO_MARKUP, W_NS, MarkupByOffset, runs
from values.manuscript import Formula, Mark, marks_within

_M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
_M: Final = f"{{{_M_NS}}}"
_ROOTS: Final = (f"{_M}oMath", f"{_M}oMathPara")
_FONT: Final = "Cambria Math"
"""The font in which Word sets formulas; LibreOffice takes its own."""


def runs_with_formulas(
    text: str, marks: Sequence[Mark], formulas: Sequence[Formula], markup: MarkupByOffset = NO_MARKUP
) -> str:
    """The runs of a text in which the characters of formulas are replaced by the formulas themselves.

    A formula whose characters the text no longer has, or whose XML is none, is left out; its text is printed.
    """
    parts: list[str] = []
    done = 0
    places = sorted((place, formula.omml) for formula in formulas if (place := formula.place_in(text)) is not None)
    for (start, end), omml in places:
        xml = _office_math(omml) if start >= done else ""
        if not xml:
            continue
        inside = "".join(markup[offset] for offset in sorted(markup) if start <= offset < end)
        parts += [_part(text, done, start, marks, markup), inside, xml]
        done = end
    return "".join([*parts, _part(text, done, len(text), marks, markup, last=True)])


def _part(text: str, start: int, end: int, marks: Sequence[Mark], markup: MarkupByOffset, *, last: bool = False) -> str:
    """The runs of text[start:end]. last: markup at its end belongs to it."""
    own = {offset - start: xml for offset, xml in markup.items() if start <= offset < end + last}
    return runs(text[start:end], marks_within(marks, start, end), own)


def _office_math(omml: str) -> str:
    """The XML with nothing in it but Office Math, in the font of formulas; "" for XML that is damaged or something
    else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(omml.encode(), parser)
    except etree.XMLSyntaxError:
        return ""
    if root.tag not in _ROOTS or root.getroottree().docinfo.internalDTD is not None:
        return ""
    copy = etree.Element(root.tag, nsmap={"m": _M_NS, "w": W_NS})
    _copy(root, copy)
    return etree.tostring(copy, encoding="unicode")


def _copy(source: etree._Element, target: etree._Element) -> None:
    for child in source:
        if not isinstance(child.tag, str) or not child.tag.startswith(_M):
            continue
        own = etree.SubElement(target, child.tag)
        own.text = child.text if child.tag == f"{_M}t" else None
        for name, value in child.attrib.items():
            if str(name).startswith(_M):
                own.set(name, value)
        _copy(child, own)
        if child.tag == f"{_M}r":
            _set_font(own)


def _set_font(run: etree._Element) -> None:
    """Adds the w:rPr of a formula's run, which follows its m:rPr (22.1.2.87)."""
    properties = etree.Element(f"{{{W_NS}}}rPr")
    fonts = etree.SubElement(properties, f"{{{W_NS}}}rFonts")
    for name in ("ascii", "hAnsi"):
        fonts.set(f"{{{W_NS}}}{name}", _FONT)
    own = run.find(f"{_M}rPr")
    run.insert(0 if own is None else 1, properties)
