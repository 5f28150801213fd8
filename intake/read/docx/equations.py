"""Office Math (ECMA-376 part 1, 22.1) as one line of readable text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from intake.read.docx.looks import Script
from intake.read.docx.tags import DEL, M_NS, MOVE_FROM, Element, T, w
from values.manuscript import Formula

Piece = tuple[str, Script | None]
"""A text, and whether it is raised or lowered; None for the line itself."""


def m(name: str) -> str:
    """The full name of an element or attribute of Office Math."""
    return f"{{{M_NS}}}{name}"


_M: Final = m("")
O_MATH: Final = m("oMath")
O_MATH_PARA: Final = m("oMathPara")
_M_T: Final = m("t")
_M_VAL: Final = m("val")
_LAYOUT: Final = re.compile(r"<m:(?:f|rad|nary|m|eqArr)>")
_FORMATTING: Final = frozenset({w("rPr"), w("pPr")})
_SKIPPED: Final = frozenset({DEL, MOVE_FROM})


def equation_pieces(element: Element) -> list[Piece]:
    """The text of an m:oMath or m:oMathPara in reading order."""
    return list(_inside(element))


def as_written(element: Element) -> str:
    """The XML of an m:oMath or m:oMathPara: elements of Office Math only, without tracked deletions."""
    copy = etree.Element(element.tag, nsmap={"m": M_NS})
    _copy_children(element, copy)
    return etree.tostring(copy, encoding="unicode")


def _copy_children(source: Element, target: Element) -> None:
    for child in source:
        tag = child.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if not tag.startswith(_M):
            if len(child) and tag not in _FORMATTING:
                _copy_children(child, target)
            continue
        own = etree.SubElement(target, tag)
        own.text = child.text if tag == _M_T else None
        for name, value in child.attrib.items():
            if str(name).startswith(_M):
                own.set(name, value)
        _copy_children(child, own)


def depends_on_layout(formula: Formula) -> bool:
    """Whether a formula that is printed as one line of text should be compared with the original by a person."""
    return _LAYOUT.search(formula.omml) is not None


def _inside(element: Element | None) -> Iterator[Piece]:
    if element is None:
        return
    for child in element:
        tag = child.tag
        if tag in (_M_T, T):
            yield child.text or "", None
        elif tag in _SKIPPED:
            continue
        elif tag in _SHAPES:
            yield from _SHAPES[tag](child)
        else:
            yield from _inside(child)


def _part(element: Element, name: str) -> list[Piece]:
    return list(_inside(element.find(m(name))))


def _scripted(pieces: list[Piece], script: Script) -> list[Piece]:
    return [(text, script) for text, _ in pieces]


def _property(element: Element, group: str, name: str, default: str) -> str:
    setting = element.find(f"{m(group)}/{m(name)}")
    return default if setting is None else setting.get(_M_VAL, default)


def _plain(pieces: list[Piece]) -> str:
    return "".join(text for text, _ in pieces)


def _bracketed(pieces: list[Piece]) -> list[Piece]:
    """The pieces in brackets, unless they are one number or word."""
    text = _plain(pieces)
    return pieces if len(text) <= 1 or text.isalnum() else [("(", None), *pieces, (")", None)]


def _fraction(element: Element) -> list[Piece]:
    return [*_bracketed(_part(element, "num")), ("/", None), *_bracketed(_part(element, "den"))]


def _scripts(element: Element) -> list[Piece]:
    return [
        *_part(element, "e"),
        *_scripted(_part(element, "sub"), "subscript"),
        *_scripted(_part(element, "sup"), "superscript"),
    ]


def _scripts_before(element: Element) -> list[Piece]:
    return [
        *_scripted(_part(element, "sub"), "subscript"),
        *_scripted(_part(element, "sup"), "superscript"),
        *_part(element, "e"),
    ]


def _root(element: Element) -> list[Piece]:
    return [*_scripted(_part(element, "deg"), "superscript"), ("√", None), *_bracketed(_part(element, "e"))]


def _sum(element: Element) -> list[Piece]:
    sign = _property(element, "naryPr", "chr", "∫")
    return [
        (sign, None),
        *_scripted(_part(element, "sub"), "subscript"),
        *_scripted(_part(element, "sup"), "superscript"),
        *_part(element, "e"),
    ]


def _delimited(element: Element) -> list[Piece]:
    separator = _property(element, "dPr", "sepChr", "|")
    pieces: list[Piece] = [(_property(element, "dPr", "begChr", "("), None)]
    for index, child in enumerate(element.iterchildren(m("e"))):
        pieces += [(separator, None)] if index else []
        pieces += _inside(child)
    return [*pieces, (_property(element, "dPr", "endChr", ")"), None)]


def _matrix(element: Element) -> list[Piece]:
    rows = [
        ", ".join(_plain(list(_inside(cell))) for cell in row.iterchildren(m("e")))
        for row in element.iterchildren(m("mr"))
    ]
    return [(f"[{'; '.join(rows)}]", None)]


def _array(element: Element) -> list[Piece]:
    return [("; ".join(_plain(list(_inside(line))) for line in element.iterchildren(m("e"))), None)]


def _limit(element: Element) -> list[Piece]:
    return [*_part(element, "e"), *_scripted(_part(element, "lim"), "subscript")]


_SHAPES: Final[dict[str, Callable[[Element], list[Piece]]]] = {
    m("f"): _fraction,
    m("sSup"): _scripts,
    m("sSub"): _scripts,
    m("sSubSup"): _scripts,
    m("sPre"): _scripts_before,
    m("rad"): _root,
    m("nary"): _sum,
    m("d"): _delimited,
    m("m"): _matrix,
    m("eqArr"): _array,
    m("limLow"): _limit,
    m("limUpp"): _limit,
}
