"""Office Math (ECMA-376 part 1, 22.1) as one line of readable text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from intake.read.docx.looks import Script
from intake.read.docx.tags import DEL, M_NS, MOVE_FROM, Element, T

Piece = tuple[str, Script | None]


def m(name: str) -> str:
    return f"{{{M_NS}}}{name}"


O_MATH: Final = m("oMath")
O_MATH_PARA: Final = m("oMathPara")
_M_T: Final = m("t")
_M_VAL: Final = m("val")
_SKIPPED: Final = frozenset({DEL, MOVE_FROM})


def pieces(element: Element) -> list[Piece]:
    """The text of an m:oMath or m:oMathPara, with what stands above or below the line."""
    return list(_inside(element))


def is_flattened(element: Element) -> bool:
    """Whether its meaning hung on the layout (fractions, roots, sums, matrices): a person should compare."""
    return next(element.iter(m("f"), m("rad"), m("nary"), m("m"), m("eqArr")), None) is not None


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


def _scripted(found: list[Piece], script: Script) -> list[Piece]:
    return [(text, script) for text, _ in found]


def _property(element: Element, group: str, name: str, default: str) -> str:
    found = element.find(f"{m(group)}/{m(name)}")
    return default if found is None else found.get(_M_VAL, default)


def _plain(found: list[Piece]) -> str:
    return "".join(text for text, _ in found)


def _bracketed(found: list[Piece]) -> list[Piece]:
    """In brackets unless it is one number or word."""
    text = _plain(found)
    return found if len(text) <= 1 or text.isalnum() else [("(", None), *found, (")", None)]


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
    found: list[Piece] = [(_property(element, "dPr", "begChr", "("), None)]
    for index, child in enumerate(element.iterchildren(m("e"))):
        found += [(separator, None)] if index else []
        found += _inside(child)
    return [*found, (_property(element, "dPr", "endChr", ")"), None)]


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
