"""The fonts of a PDF (ISO 32000-1, 9.6 to 9.10): the codes in its strings, their characters, widths and glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from programs.ofd.font_programs import FontProgram, ProgramKind, UnreadableFont, font_program

_PROGRAMS: Final = (("/FontFile", ProgramKind.TYPE1), ("/FontFile2", ProgramKind.TRUETYPE), ("/FontFile3", None))
_COMPACT: Final = {"/Type1C": ProgramKind.CFF, "/CIDFontType0C": ProgramKind.CFF, "/OpenType": ProgramKind.OPENTYPE}
_SUBSET_TAG: Final = re.compile(r"[A-Z]{6}\+")
_BLOCK: Final = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_TOKEN: Final = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")
_MOST_CODES: Final = 0x10000
"""Of one range: codes have two bytes at most."""
_THOUSAND: Final = 1_000
"""Units of a width an em."""


@dataclass(frozen=True, slots=True)
class PdfFont:
    """A font as the pages use it."""

    name: str
    """Its PostScript name, without the tag of a subset."""
    code_bytes: int
    """Bytes of a code: 1, or 2 with a composite font."""
    characters: Mapping[int, str]
    """By code, as /ToUnicode has them."""
    widths: Mapping[int, float]
    """By code, in ems."""
    width: float
    """Of the other codes, in ems."""
    program: FontProgram | None
    """Its outlines; None where they are not in the file, or cannot be read."""
    glyph_names: Mapping[int, str] = field(default_factory=dict)
    """By code: those that /Encoding gives instead of the program's own."""
    glyph_ids: Mapping[int, int] | None = None
    """By code, where the PDF has a table of them (/CIDToGIDMap)."""
    in_utf16: bool = False
    """Whether codes without an entry in `characters` are UTF-16 (/UniGB-UTF16-H and its like)."""

    def codes(self, string: bytes) -> Iterator[int]:
        step = self.code_bytes
        return (int.from_bytes(string[at : at + step], "big") for at in range(0, len(string), step))

    def character(self, code: int) -> str:
        """The characters of that code; "" where the PDF does not say."""
        return self.characters.get(code) or (_text(code.to_bytes(2, "big")) if self.in_utf16 else "")

    def width_of(self, code: int) -> float:
        return self.widths.get(code, self.width)

    def glyph_name(self, code: int) -> str | None:
        """The glyph's name in the program; None when there is none."""
        if self.program is None:
            return None
        if code in self.glyph_names and self.program.has(self.glyph_names[code]):
            return self.glyph_names[code]
        if self.glyph_ids is not None:
            return self.program.name_of(self.glyph_ids.get(code, 0))
        return self.program.glyph_for(code, composite=self.code_bytes > 1)


def font_of(font: DictionaryObject) -> PdfFont:
    """The font of a page's /Font dictionary. What is wrong with it costs its outlines or characters, never the page."""
    composite = font.get("/Subtype") == "/Type0"
    holder = _first(font.get("/DescendantFonts")) if composite else font
    name = _SUBSET_TAG.sub("", str(font.get("/BaseFont", "")).lstrip("/"))
    supported = not composite or font.get("/Encoding") == "/Identity-H"
    return PdfFont(
        name=name,
        code_bytes=2 if composite else 1,
        characters=characters_of(_stream(font.get("/ToUnicode"))),
        widths=_composite_widths(holder) if composite else _simple_widths(font),
        width=_number(holder.get("/DW", _THOUSAND)) / _THOUSAND if composite else 0.0,
        program=_program(holder) if supported and font.get("/Subtype") != "/Type3" else None,
        glyph_names={} if composite else _differences(_resolved(font.get("/Encoding"))),
        in_utf16=composite and "UTF16" in str(font.get("/Encoding")),
        glyph_ids=_glyph_ids(_resolved(holder.get("/CIDToGIDMap"))) if composite else None,
    )


def characters_of(cmap: bytes) -> dict[int, str]:
    """The characters by code that a /ToUnicode CMap gives (9.10.3)."""
    characters: dict[int, str] = {}
    for kind, block in _BLOCK.findall(cmap):
        tokens = _tokens(block)
        if kind == b"bfchar":
            for code, text in zip(tokens[::2], tokens[1::2], strict=False):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    characters[int.from_bytes(code, "big")] = _text(text)
        else:
            for first, last, target in zip(tokens[::3], tokens[1::3], tokens[2::3], strict=False):
                if isinstance(first, bytes) and isinstance(last, bytes):
                    characters |= _range(int.from_bytes(first, "big"), int.from_bytes(last, "big"), target)
    return characters


def _tokens(block: bytes) -> list[bytes | list[bytes]]:
    """The strings of a block, and its arrays of strings."""
    tokens: list[bytes | list[bytes]] = []
    array: list[bytes] | None = None
    for match in _TOKEN.finditer(block):
        if match[2]:
            array = []
        elif match[3]:
            if array is not None:
                tokens.append(array)
            array = None
        else:
            digits = re.sub(rb"\s", b"", match[1]).decode("ascii")
            (tokens if array is None else array).append(bytes.fromhex(digits + "0" * (len(digits) % 2)))
    return tokens


def _range(first: int, last: int, target: bytes | list[bytes]) -> dict[int, str]:
    count = max(0, min(last - first + 1, _MOST_CODES))
    if isinstance(target, list):
        return {first + at: _text(text) for at, text in enumerate(target[:count])}
    if not target:
        return {}
    start = int.from_bytes(target, "big")
    return {first + at: _text((start + at).to_bytes(len(target) + 1, "big")[1:]) for at in range(count)}


def _text(utf16: bytes) -> str:
    return utf16.decode("utf-16-be", errors="replace").replace("\0", "")


def _program(holder: DictionaryObject) -> FontProgram | None:
    descriptor = _resolved(holder.get("/FontDescriptor"))
    if not isinstance(descriptor, DictionaryObject):
        return None
    for key, kind in _PROGRAMS:
        stream = _resolved(descriptor.get(key))
        if isinstance(stream, StreamObject):
            actual = kind or _COMPACT.get(str(stream.get("/Subtype")))
            try:
                return font_program(stream.get_data(), actual) if actual else None
            except UnreadableFont:
                return None
    return None


def _simple_widths(font: DictionaryObject) -> dict[int, float]:
    widths = _resolved(font.get("/Widths"))
    first = int(_number(font.get("/FirstChar", 0)))
    if not isinstance(widths, list):
        return {}
    return {first + at: _number(width) / _THOUSAND for at, width in enumerate(widths)}


def _composite_widths(holder: DictionaryObject) -> dict[int, float]:
    """Of /W (9.7.4.3): `first [widths]` and `first last width`."""
    entries = [_resolved(entry) for entry in _resolved(holder.get("/W")) or ()]
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(entries):
        first, second = int(_number(entries[at])), entries[at + 1]
        if isinstance(second, list):
            widths |= {first + place: _number(width) / _THOUSAND for place, width in enumerate(second)}
            at += 2
        elif at + 2 < len(entries):
            last = min(int(_number(second)), first + _MOST_CODES)
            widths |= dict.fromkeys(range(first, last + 1), _number(entries[at + 2]) / _THOUSAND)
            at += 3
        else:
            break
    return widths


def _differences(encoding: Any) -> dict[int, str]:
    """The names that /Differences gives (9.6.6.1)."""
    names: dict[int, str] = {}
    code = 0
    if isinstance(encoding, DictionaryObject):
        for entry in _resolved(encoding.get("/Differences")) or ():
            if isinstance(entry, str):
                names[code] = entry.lstrip("/")
                code += 1
            else:
                code = int(_number(entry))
    return names


def _glyph_ids(table: Any) -> dict[int, int] | None:
    if not isinstance(table, StreamObject):
        return None
    data = table.get_data()
    return {at // 2: int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data) - 1, 2)}


def _resolved(value: Any) -> Any:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _first(array: Any) -> DictionaryObject:
    entries: Sequence[Any] = _resolved(array) or ()
    held = _resolved(entries[0]) if entries else None
    return held if isinstance(held, DictionaryObject) else DictionaryObject()


def _stream(value: Any) -> bytes:
    stream = _resolved(value)
    return stream.get_data() if isinstance(stream, StreamObject) else b""


def _number(value: Any) -> float:
    value = _resolved(value)
    return float(value) if isinstance(value, (int, float)) else 0.0
