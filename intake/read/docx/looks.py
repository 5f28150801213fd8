"""The formatting of a run (w:rPr): size, weight, visibility, and position on the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from intake.read.docx.tags import VAL, Element, integer, w

Script = Literal["superscript", "subscript"]

Written = tuple[str | None, ...]
"""The values of a w:rPr as written, in the order of _PLACES: quick to read, and a key for caching what they mean."""

_STYLE, _SIZE, _BOLD, _VANISH, _SCRIPT, _POSITION, _FONT, _CHINESE_FONT = range(8)
_PLACES: Final = {
    w("rStyle"): _STYLE,
    w("sz"): _SIZE,
    w("b"): _BOLD,
    w("vanish"): _VANISH,
    w("vertAlign"): _SCRIPT,
    w("position"): _POSITION,
    w("rFonts"): _FONT,
}
_PLACES_WRITTEN: Final = len(_PLACES) + 1  # a w:rFonts fills two
_WITHOUT_VALUE: Final = ("", "", "1", "1", "", "")
_HEI: Final = ("黑体", "simhei", "方正黑体", "华文黑体", "heiti")
_KAI: Final = ("楷体", "kaiti", "simkai", "方正楷体", "华文楷体", "stkaiti")
_EAST_ASIA: Final = w("eastAsia")
_ASCII: Final = w("ascii")
_H_ANSI: Final = w("hAnsi")
_OFF: Final = frozenset({"0", "false", "off"})
_POINTS_PER_UNIT: Final = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 7.2 / 2.54, "pc": 12.0, "pi": 12.0}
_SMALL: Final = 0.8
"""Of the surrounding size. Word shows a superscript at about two thirds, LibreOffice writes one at 58 %."""


@dataclass(frozen=True, slots=True)
class RunProperties:
    """The formatting that one w:rPr, or a chain of them, gives. None: it gives nothing for that property."""

    size: float | None = None
    """Points."""
    bold: bool | None = None
    vanish: bool | None = None
    """Whether the text is hidden."""
    script: Script | Literal[""] | None = None
    """ "" is the line itself, which overrides a script of the style."""
    font: str | None = None
    """Of Latin letters."""
    position: int = 0
    """Half-points above the line; negative below it."""
    heavy: bool | None = None
    """Whether Chinese characters are in 黑体."""
    kai: bool | None = None
    """Whether Chinese characters are in 楷体."""

    def over(self, below: RunProperties) -> RunProperties:
        """These properties, completed by those of `below`."""
        return RunProperties(
            below.size if self.size is None else self.size,
            below.bold if self.bold is None else self.bold,
            below.vanish if self.vanish is None else self.vanish,
            below.script if self.script is None else self.script,
            below.font if self.font is None else self.font,
            self.position or below.position,
            below.heavy if self.heavy is None else self.heavy,
            below.kai if self.kai is None else self.kai,
        )

    def direct_over(self, below: RunProperties) -> RunProperties:
        """As `over`, for the properties of the run itself.

        Small type that is moved up or down counts as superscript or subscript; LibreOffice writes them so.
        """
        look = self.over(below)
        if not self.position or look.script or self.size is None or below.size is None:
            return look
        if self.size > below.size * _SMALL:
            return look
        return replace(look, script="superscript" if self.position > 0 else "subscript")


def written(element: Element) -> Written:
    """The values of a w:rPr as written."""
    values: list[str | None] = [None] * _PLACES_WRITTEN
    for child in element:
        place = _PLACES.get(child.tag)
        if place is None:
            continue
        if place == _FONT:
            values[place] = child.get(_ASCII) or child.get(_H_ANSI)
            values[_CHINESE_FONT] = child.get(_EAST_ASIA)
        else:
            values[place] = child.get(VAL, _WITHOUT_VALUE[place])
    return tuple(values)


def run_style(values: Written) -> str:
    """The character style that a w:rPr names, "" for none."""
    return values[_STYLE] or ""


def interpreted(values: Written) -> RunProperties:
    """The properties that the values of a w:rPr stand for."""
    return RunProperties(
        points(values[_SIZE], 0.5),
        _on(values[_BOLD]),
        _on(values[_VANISH]),
        _script(values[_SCRIPT]),
        values[_FONT],
        integer(values[_POSITION], 0),
        _is_of(values[_CHINESE_FONT], _HEI),
        _is_of(values[_CHINESE_FONT], _KAI),
    )


def points(text: str | None, unit: float = 1.0) -> float | None:
    """A length in points: a number times `unit`, or with a unit of its own as in "16pt" (Strict).

    None when it is no length, or not between 0 and 10,000 points.
    """
    if not text:
        return None
    factor = _POINTS_PER_UNIT.get(text[-2:])
    try:
        value = float(text) * unit if factor is None else float(text[:-2]) * factor
    except ValueError:
        return None
    return value if 0 < value < 10_000 else None


def _on(text: str | None) -> bool | None:
    return None if text is None else text not in _OFF


def _is_of(font: str | None, names: tuple[str, ...]) -> bool | None:
    """Whether a font is of a kind, by the beginnings of the kind's names; None without a font."""
    return None if font is None else font.lower().startswith(names)


def _script(text: str | None) -> Script | Literal[""] | None:
    """The value of w:vertAlign; "" for "baseline"."""
    if text is None:
        return None
    if text == "superscript":
        return "superscript"
    return "subscript" if text == "subscript" else ""
