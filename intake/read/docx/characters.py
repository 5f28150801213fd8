"""Characters that differ from what a reader sees: symbol fonts, direction overrides, invisible characters."""

from __future__ import annotations

import re
from typing import Final

from intake.read.docx.tally import Tally
from values import rules

UNKNOWN: Final = "〓"
"""The printer's mark for a missing character; □ would read as a box to tick."""

_BIDI = "\u202a-\u202e\u2066-\u2069"
# Kept: U+200D joins emoji, U+200C letters of some scripts, and U+FE00-FE0F and U+E0100- select variants.
_INVISIBLE = "\u0080-\u0084\u0086-\u009f\u00ad\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"
_PRIVATE = "\uf000-\uf0ff"
_BREAKS = "\u0085\u2028\u2029"
_ODD: Final = re.compile(f"[{_BIDI}{_INVISIBLE}{_PRIVATE}{_BREAKS}]")
_BIDI_ONLY: Final = re.compile(f"[{_BIDI}]")
_INVISIBLE_ONLY: Final = re.compile(f"[{_INVISIBLE}]")
_BREAK_ONLY: Final = re.compile(f"[{_BREAKS}]")
_PRIVATE_ONLY: Final = re.compile(f"[{_PRIVATE}]")


def _from(start: int, characters: str) -> dict[int, str]:
    return {start + index: character for index, character in enumerate(characters) if character != " "}


_SYMBOL: Final = (
    _from(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | _from(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂●÷≠≡≈…│─↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    | {0xF1: "〉", 0xF2: "∫"}
)
"""Adobe's Symbol encoding, with the fuller ● of Chinese fonts for its bullet."""
_WINGDINGS: Final = (
    {0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x3F: "✍", 0x4A: "☺", 0x4C: "☹", 0x9E: "·", 0x9F: "●"}
    | _from(0x45, "☜☞☝☟")
    | _from(0x6C, "●○■□□□□◆◆◆◆◆")
    | _from(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    | _from(0xA0, "○○○○◎◎○■□")
    | _from(0xAA, "✦★✶✴✹")
    | {0xB5: "☆", 0xB6: "☆", 0xD8: "➢", 0xDC: "➲"}
    | _from(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩")
    | {0xFB: "×", 0xFC: "√", 0xFD: "☒", 0xFE: "☑"}
)
"""Where Chinese fonts have a similar character (√ × □ ◆ ■), that one; so in the tables below."""
_WINGDINGS_2: Final = (
    {0x4F: "×", 0x50: "√", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "□"}
    | _from(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    | _from(0x95, "··●●●○○")
)
_WINGDINGS_3: Final = _from(0x70, "▲▼△▽◀▶◁▷") | {0x7D: "▶"}
_WEBDINGS: Final = {0x34: "▶", 0x61: "√", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "×"}
_FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}
_UNNAMED: Final = {code: _WINGDINGS[code] for code in (0x6C, 0x6E, 0x75, 0x76, 0xA7, 0xD8, 0xFC)} | {0xB7: "●"}
"""Private characters without a known font: only bullets that mean the same in every symbol font."""


def symbol(font: str, code: int, tally: Tally) -> str:
    """The character that a symbol font shows for `code` (0x00FE or 0xF0FE). UNKNOWN, with an omission, when the table
    of that font lacks it."""
    table = _FONTS.get(font.strip().lower())
    private = 0xF000 <= code <= 0xF0FF
    if table is None and not private:
        return chr(code) if _is_character(code) else UNKNOWN
    character = (_UNNAMED if table is None else table).get(code & 0xFF)
    if character is None:
        tally.add(rules.UNKNOWN_SYMBOL, f"{font} {code:04X}".strip())
        return UNKNOWN
    return character


def bullet(text: str, font: str, tally: Tally) -> str:
    """The text of a bullet level, in characters that Chinese fonts have."""
    name = font.strip().lower()
    if name in _FONTS:
        return "".join(symbol(font, ord(character), tally) for character in text)
    if text == "o" and name.startswith("courier"):
        return "○"
    return visible(text.replace("\u00ad", "-"), font, tally)  # as a bullet Word shows the soft hyphen


def visible(text: str, font: str, tally: Tally) -> str:
    """Text as a reader sees it: symbols of `font` mapped, direction overrides and invisible characters removed.

    What is removed is counted in `tally`.
    """
    if not _ODD.search(text):
        return text
    text = _PRIVATE_ONLY.sub(lambda match: symbol(font, ord(match[0]), tally), text)
    text = _BREAK_ONLY.sub("\n", text)
    text, overrides = _BIDI_ONLY.subn("", text)
    text, invisible = _INVISIBLE_ONLY.subn("", text)
    if overrides:
        tally.add(rules.BIDI_CONTROL, count=overrides)
    if invisible:
        tally.add(rules.INVISIBLE_CHARACTER, count=invisible)
    return text


def _is_character(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
