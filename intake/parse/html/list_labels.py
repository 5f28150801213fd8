"""The labels that a browser shows before the items of a list: they are in no text of the page (HTML 4.4.8, 15.3.7)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from values.number_formats import number

_BY_TYPE: Final = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
"""The attribute `type`, whose letter case matters."""
_BY_STYLE: Final = {
    "decimal": "decimal",
    "decimal-leading-zero": "decimalZero",
    "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter",
    "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman",
    "upper-roman": "upperRoman",
    "cjk-ideographic": "chineseCountingThousand",
    "simp-chinese-informal": "chineseCountingThousand",
    "trad-chinese-informal": "chineseCountingThousand",
    "simp-chinese-formal": "chineseLegalSimplified",
    "cjk-decimal": "ideographDigital",
    "cjk-earthly-branch": "ideographZodiac",
    "cjk-heavenly-stem": "ideographTraditional",
}
"""CSS Counter Styles 3, by the number format that counts alike."""
_STYLE: Final = re.compile(r"list-style(?:-type)?\s*:\s*([^;]*)", re.IGNORECASE)
_NO_LABEL: Final = "none"
_SEPARATORS: Final = {"chineseCountingThousand": "、", "chineseLegalSimplified": "、", "ideographDigital": "、"}
"""What follows the number; after all others a dot, as browsers write it."""
BULLET: Final = "●"
"""Before the items of an unnumbered list, whatever the page's bullet looks like."""
_INTEGER: Final = re.compile(r"\s*([+-]?\d{1,9})")


@dataclass(slots=True)
class ListCounter:
    """Counts the items of one list."""

    form: str
    """The number format; "bullet" for an unnumbered list, "none" for a list without labels."""
    next_number: int = 1
    step: int = 1
    """-1 in a reversed list."""

    def label(self, item: etree._Element, style: str) -> str:
        """The label of the next item, "" for none. style: its declarations, those that count most first."""
        own = _integer(item.get("value", ""))
        value = self.next_number if own is None else own
        self.next_number = value + self.step
        form = _form_of(item, style) or self.form
        if form in (_NO_LABEL, "bullet"):
            return BULLET if form == "bullet" else ""
        return number(value, form) + _SEPARATORS.get(form, ".")


def counter_of(element: etree._Element, style: str) -> ListCounter:
    """The counter of an <ol> or <ul>, at its first item. style: its declarations, those that count most first."""
    form = _form_of(element, style)
    if element.tag == "ul":
        return ListCounter(form or "bullet")
    start = _integer(element.get("start", ""))
    is_reversed = element.get("reversed") is not None
    if start is None:
        start = sum(child.tag == "li" for child in element) if is_reversed else 1
    return ListCounter(form or "decimal", start, -1 if is_reversed else 1)


def _form_of(element: etree._Element, style: str) -> str:
    """The number format that an element or its style names; "" for none."""
    for declared in _STYLE.findall(style):
        words = declared.lower().split()
        if _NO_LABEL in words:
            return _NO_LABEL
        styled = next((_BY_STYLE[word] for word in words if word in _BY_STYLE), "")
        if styled or any(word in ("disc", "circle", "square") for word in words):
            return styled or "bullet"
    written = element.get("type", "").strip()
    return _BY_TYPE.get(written, "bullet" if written.lower() in ("disc", "circle", "square") else "")


def _integer(text: str) -> int | None:
    match = _INTEGER.match(text)
    return int(match[1]) if match else None
