"""PDFs byte by byte (ISO 32000-1, 7.5): pages from content streams, Chinese text without any font in the file."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Final

WIDTH: Final = 595
HEIGHT: Final = 842
LEFT: Final = 79.5
_FIRST: Final = 720.0
_PITCH: Final = 28.0


def show(
    text: str,
    x: float,
    y: float,
    size: float = 16,
    *,
    state: str = "",
    turn: str = "1 0 0 1",
    font: str = "F1",
) -> str:
    """Text at a place, y from the bottom; black and visible unless operators in `state` change that.

    state: "1 g" is white, "3 Tr" invisible (rendering mode, 9.3.6). turn: a b c d of its matrix.
    """
    codes = text.encode("utf-16-be").hex()
    return f"BT 0 g 0 Tr {state} /{font} {size} Tf {turn} {x} {y} Tm <{codes}> Tj ET\n"


def lines(*texts: str, x: float = LEFT, y: float = _FIRST, size: float = 16, pitch: float = _PITCH) -> str:
    """Lines one below the other; each "　" at the beginning of one moves it by a character."""
    out = ""
    for at, text in enumerate(texts):
        bare = text.lstrip("　")
        out += show(bare, x + size * (len(text) - len(bare)), y - at * pitch, size)
    return out


def picture(name: str, x: float, y: float, width: float, height: float) -> str:
    """Draws one of the `images`."""
    return f"q {width} 0 0 {height} {x} {y} cm /{name} Do Q\n"


def image(width: int = 40, height: int = 40, shade: int = 128, more: str = "") -> bytes:
    """A grey image object. more: entries, as /SMask."""
    data = zlib.compress(bytes([shade]) * (width * height))
    head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8"
    return _stream(f"{head} /Filter /FlateDecode {more}", data)


def jpeg(data: bytes, width: int, height: int) -> bytes:
    """An image object that is a JPEG in RGB."""
    head = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB /BitsPerComponent 8"
    return _stream(f"{head} /Filter /DCTDecode", data)


def pdf(
    *contents: str,
    images: Mapping[str, bytes] | None = None,
    catalog: str = "",
    page: str = "",
    trailer: str = "",
    objects: Sequence[bytes] = (),
) -> bytes:
    """One page for each content stream. F1: 宋体, F2: a bold one, both in UTF-16. catalog, page, trailer: more entries.

    objects: numbered from 10 on, for what those entries refer to.
    """
    fonts = "".join(f"/{name} {number} 0 R " for name, number in (("F1", 3), ("F2", 4)))
    drawn = {name: 10 + len(objects) + at for at, name in enumerate(images or {})}
    resources = f"/Resources << /Font << {fonts}>> /XObject << {_references(drawn)} >> >>"
    first = 10 + len(objects) + len(drawn)
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(contents)))
    numbered: dict[int, bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        3: _font("SimSun", 5),
        4: _font("SimSun,Bold", 6),
        5: _described("SimSun"),
        6: _described("SimSun,Bold"),
    }
    numbered |= dict(enumerate([*objects, *(images or {}).values()], start=10))
    for at, content in enumerate(contents):
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {first + 2 * at + 1} 0 R"
        numbered[first + 2 * at] = f"<< /Type /Page /Parent 2 0 R {box} {resources} {page} >>".encode()
        numbered[first + 2 * at + 1] = _stream("", content.encode())
    return _file(numbered, trailer)


def _references(numbers: Mapping[str, int]) -> str:
    return " ".join(f"/{name} {number} 0 R" for name, number in numbers.items())


def _font(name: str, descendant: int) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /UniGB-UTF16-H "
        f"/DescendantFonts [{descendant} 0 R] >>"
    ).encode()


def _described(name: str) -> bytes:
    """Chinese characters are as wide as high, the first 95 of Adobe-GB1 (ASCII) half of that."""
    system = "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500]"
    describe = "/Type /FontDescriptor /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 859 /Descent -141"
    descriptor = f"<< {describe} /CapHeight 700 /StemV 80 /FontName /{name} >>"
    return f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} {system} /FontDescriptor {descriptor} >>".encode()


def _stream(head: str, data: bytes) -> bytes:
    return f"<< {head} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(numbered: Mapping[int, bytes], trailer: str) -> bytes:
    out = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, body in sorted(numbered.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    size = max(numbered) + 1
    table = "".join(
        f"{places[number]:010} 00000 n \n" if number in places else "0000000000 65535 f \n" for number in range(size)
    )
    start = len(out)
    ends = f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF"
    return out + f"xref\n0 {size}\n{table}{ends}".encode()
