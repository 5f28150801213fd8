"""The names of WordprocessingML (ECMA-376 part 1) that the reader uses, and its simple types."""

from __future__ import annotations

from typing import Final

from intake.read.containers.xml_parts import Element as Element

W_NS: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
CHART_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DIAGRAM_NS: Final = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
M_NS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC_NS: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
V_NS: Final = "urn:schemas-microsoft-com:vml"
O_NS: Final = "urn:schemas-microsoft-com:office:office"
RELATIONSHIPS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MICROSOFT = "http://schemas.microsoft.com/office"
WPG_NS: Final = f"{_MICROSOFT}/word/2010/wordprocessingGroup"
CHARTEX_NS: Final = f"{_MICROSOFT}/drawing/2014/chartex"

XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_STRICT = "http://purl.oclc.org/ooxml"
STRICT_NAMESPACES: Final = {
    f"{_STRICT}/wordprocessingml/main": W_NS,
    f"{_STRICT}/officeDocument/relationships": R_NS,
    f"{_STRICT}/officeDocument/math": M_NS,
    f"{_STRICT}/drawingml/wordprocessingDrawing": WP_NS,
    f"{_STRICT}/drawingml/main": A_NS,
    f"{_STRICT}/drawingml/picture": PIC_NS,
    f"{_STRICT}/drawingml/chart": CHART_NS,
    f"{_STRICT}/drawingml/diagram": DIAGRAM_NS,
}

_UNDERSTOOD: Final = frozenset(
    {
        f"{_MICROSOFT}/word/2010/wordprocessingShape",
        WPG_NS,
        f"{_MICROSOFT}/word/2010/wordprocessingCanvas",
        f"{_MICROSOFT}/word/2010/wordprocessingDrawing",
        f"{_MICROSOFT}/word/2010/wordml",
        f"{_MICROSOFT}/word/2012/wordml",
        f"{_MICROSOFT}/drawing/2010/main",
        CHARTEX_NS,
        f"{_MICROSOFT}/drawing/2015/9/8/chartex",
        f"{_MICROSOFT}/drawing/2015/10/21/chartex",
        f"{_MICROSOFT}/drawing/2016/5/10/chartex",
    }
)
"""Extensions whose mc:Choice this reader follows. Others (ink, 3D models) bring a picture of themselves as
mc:Fallback."""


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W_NS}}}{name}"


def r(name: str) -> str:
    """The full name of an attribute that refers to a relationship, such as r:id."""
    return f"{{{R_NS}}}{name}"


def mc(name: str) -> str:
    """The full name of an element of markup compatibility (part 3)."""
    return f"{{{MC_NS}}}{name}"


VAL: Final = w("val")
P: Final = w("p")
P_PR: Final = w("pPr")
R: Final = w("r")
R_PR: Final = w("rPr")
T: Final = w("t")
DEL_TEXT: Final = w("delText")
TBL: Final = w("tbl")
SDT: Final = w("sdt")
SDT_CONTENT: Final = w("sdtContent")
CUSTOM_XML: Final = w("customXml")
SMART_TAG: Final = w("smartTag")
INS: Final = w("ins")
DEL: Final = w("del")
MOVE_TO: Final = w("moveTo")
MOVE_FROM: Final = w("moveFrom")
NUM_PR: Final = w("numPr")
ALTERNATE_CONTENT: Final = mc("AlternateContent")
BLIP: Final = f"{{{A_NS}}}blip"
NEW_CHART: Final = f"{{{CHARTEX_NS}}}chart"

_OFF: Final = frozenset({"0", "false", "off"})


def val(parent: Element, tag: str) -> str | None:
    """The w:val of a child, None without such a child or attribute."""
    child = parent.find(tag)
    return None if child is None else child.get(VAL)


def flag(parent: Element, tag: str) -> bool | None:
    """An on/off child (ECMA-376 17.17.4): None when it is missing, True when it has no w:val."""
    child = parent.find(tag)
    return None if child is None else child.get(VAL, "1") not in _OFF


def integer(text: str | None, default: int) -> int:
    """A whole number as programs write it ("240", "240.0"), `default` for anything else."""
    if text is None:
        return default
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return default


def branch(alternate: Element) -> Element | None:
    """The branch of an mc:AlternateContent that is shown (ECMA-376 part 3, 7.5-7.7); None when it has none.

    For a chart of a new type, which only Office draws, the fallback is taken if it is a picture.
    """
    fallback = alternate.find(mc("Fallback"))
    if fallback is not None and _has(fallback, BLIP) and _has(alternate, NEW_CHART):
        return fallback
    choices = [child for child in alternate if child.tag == mc("Choice")]
    for choice in choices:
        required = choice.get("Requires", "").split()
        if all(choice.nsmap.get(prefix) in _UNDERSTOOD for prefix in required):
            return choice
    if fallback is not None:
        return fallback
    return choices[0] if choices else None


def _has(element: Element, tag: str) -> bool:
    return next(element.iter(tag), None) is not None
