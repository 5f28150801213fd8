"""Pictures of an OFD's pages, drawn from its objects by their places and with the fonts in the file.

Written after GB/T 33190-2016 and not after the code that makes OFDs, so that the two can be compared: FreeType draws
the glyphs, Pillow the rest. It draws what an issue has: text, lines and areas, pictures.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import cmap_format_12
from lxml import etree
from PIL import Image, ImageDraw, ImageFont

_PRIVATE: Final = 0xF0000
"""Plane 15: a character for each glyph, since Pillow draws characters only."""
_FINER: Final = 4
"""Pixels are drawn that much smaller, then averaged."""


@dataclass
class _DrawnFont:
    data: bytes
    glyphs: dict[int, int]
    """Ids by character."""

    @classmethod
    def read(cls, data: bytes) -> _DrawnFont:
        font = TTFont(io.BytesIO(data))
        order = font.getGlyphOrder()
        glyphs = {character: font.getGlyphID(name) for character, name in font.getBestCmap().items()}
        table = cmap_format_12(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {_PRIVATE + at: name for at, name in enumerate(order)}
        font["cmap"].tables = [table]
        out = io.BytesIO()
        font.save(out)
        return cls(out.getvalue(), glyphs)

    def sized(self, size: float) -> Any:
        return ImageFont.truetype(io.BytesIO(self.data), size)


def drawn_pages(ofd: bytes, pixels: float) -> list[Image.Image]:
    """The pages in RGB. pixels: of a point."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        root = etree.fromstring(archive.read("OFD.xml"))
        document_path = _text(root, "DocRoot")
        document = etree.fromstring(archive.read(document_path))
        folder = posixpath.dirname(document_path)
        fonts: dict[str, _DrawnFont] = {}
        images: dict[str, bytes] = {}
        for name in ("PublicRes", "DocumentRes"):
            resources = etree.fromstring(archive.read(posixpath.join(folder, _text(document, name))))
            base = posixpath.join(folder, resources.get("BaseLoc", ""))
            for font in _all(resources, "Font"):
                if file := _text(font, "FontFile"):
                    fonts[font.get("ID", "")] = _DrawnFont.read(archive.read(posixpath.join(base, file)))
            for medium in _all(resources, "MultiMedia"):
                images[medium.get("ID", "")] = archive.read(posixpath.join(base, _text(medium, "MediaFile")))
        paths = [posixpath.join(folder, page.get("BaseLoc", "")) for page in _all(document, "Page")]
        return [_DrawnPage(etree.fromstring(archive.read(path)), fonts, images, pixels).drawn() for path in paths]


class _DrawnPage:
    def __init__(self, root: Any, fonts: dict[str, _DrawnFont], images: dict[str, bytes], pixels: float) -> None:
        _, _, width, height = _numbers(_text(root, "PhysicalBox"))
        self._root, self._fonts, self._images = root, fonts, images
        self._scale = pixels * 72 / 25.4 * _FINER
        size = (round(width * self._scale / _FINER), round(height * self._scale / _FINER))
        self._size = size
        self._canvas = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER), "white")
        self._pen = ImageDraw.Draw(self._canvas)

    def drawn(self) -> Image.Image:
        for element in _all(self._root, "Layer")[0]:
            {"TextObject": self._text, "PathObject": self._path, "ImageObject": self._image}[_name(element)](element)
        return self._canvas.resize(self._size, Image.Resampling.BOX)

    def _text(self, element: Any) -> None:
        left, top, _, _ = _numbers(element.get("Boundary"))
        font = self._fonts.get(element.get("Font"))
        if font is None:
            return
        matrix = _numbers(element.get("CTM", "1 0 0 1 0 0"))
        [code] = _all(element, "TextCode")
        x, y = float(code.get("X")), float(code.get("Y"))
        transforms = _all(element, "CGTransform")
        chosen = {int(each.get("CodePosition")): int(_text(each, "Glyphs")) for each in transforms}
        sized = font.sized(float(element.get("Size")) * self._scale)
        colour = _colour(element, "FillColor", (0, 0, 0))
        steps = [0.0, *_steps(code.get("DeltaX", ""))]
        for at, character in enumerate(code.text):
            x += steps[at]
            if at and chosen.get(0) is not None:
                continue  # the rest of a ligature
            glyph = chosen.get(at, font.glyphs.get(ord(character)))
            assert glyph is not None, f"no glyph for {character!r}"
            a, b, c, d, e, f = matrix
            place = (left + a * x + c * y + e) * self._scale, (top + b * x + d * y + f) * self._scale
            self._glyph(chr(_PRIVATE + glyph), place, sized, colour, (a, b, c, d))

    def _glyph(
        self,
        character: str,
        place: tuple[float, float],
        font: Any,
        colour: tuple[int, ...],
        turned: tuple[float, float, float, float],
    ) -> None:
        """place: of the glyph's origin. turned: how it is stretched, slanted or turned around it."""
        if list(turned) == [1, 0, 0, 1]:
            self._pen.text(place, character, colour, font, anchor="ls")
            return
        a, b, c, d = turned
        left, top, right, bottom = font.getbbox(character, anchor="ls")
        glyph = Image.new("L", (round(right - left) + 2, round(bottom - top) + 2))
        ImageDraw.Draw(glyph).text((1 - left, 1 - top), character, 255, font, anchor="ls")
        corners = [(a * x + c * y, b * x + d * y) for x in (left - 1, right + 1) for y in (top - 1, bottom + 1)]
        over, up = min(x for x, _ in corners), min(y for _, y in corners)
        size = round(max(x for x, _ in corners) - over) + 1, round(max(y for _, y in corners) - up) + 1
        whole = a * d - b * c
        back = (d / whole, -c / whole, -b / whole, a / whole)  # from the page to the upright glyph
        shift = (back[0] * over + back[1] * up - left + 1, back[2] * over + back[3] * up - top + 1)
        mask = glyph.transform(
            size,
            Image.Transform.AFFINE,
            (back[0], back[1], shift[0], back[2], back[3], shift[1]),
            Image.Resampling.BILINEAR,
        )
        self._canvas.paste(colour, (round(place[0] + over), round(place[1] + up)), mask)

    def _path(self, element: Any) -> None:
        left, top, _, _ = _numbers(element.get("Boundary"))
        words = iter(_text(element, "AbbreviatedData").split())
        lines: list[list[tuple[float, float]]] = []
        for word in words:
            if word == "C":
                lines[-1].append(lines[-1][0])
                continue
            x, y = float(next(words)), float(next(words))
            point = ((left + x) * self._scale, (top + y) * self._scale)
            if word == "M":
                lines.append([point])
            else:
                assert word == "L", "only straight lines are drawn here"
                lines[-1].append(point)
        for line in lines:
            if element.get("Fill") == "true":
                self._pen.polygon(line, _colour(element, "FillColor", (0, 0, 0)))
            if element.get("Stroke", "true") == "true":
                width = max(1, round(float(element.get("LineWidth")) * self._scale))
                self._pen.line(line, _colour(element, "StrokeColor", (0, 0, 0)), width)

    def _image(self, element: Any) -> None:
        left, top, _, _ = _numbers(element.get("Boundary"))
        a, b, c, d, e, f = _numbers(element.get("CTM"))
        assert b == c == 0, "only upright pictures are drawn here"
        picture = Image.open(io.BytesIO(self._images[element.get("ResourceID")])).convert("RGBA")
        scaled = picture.resize((round(a * self._scale), round(d * self._scale)), Image.Resampling.BILINEAR)
        self._canvas.paste(scaled, (round((left + e) * self._scale), round((top + f) * self._scale)), scaled)


def _colour(element: Any, name: str, otherwise: tuple[int, ...]) -> tuple[int, ...]:
    for colour in _all(element, name):
        return tuple(int(part) for part in colour.get("Value").split())
    return otherwise


def _steps(text: str) -> Iterator[float]:
    words = iter(text.split())
    for word in words:
        if word == "g":
            count, step = int(next(words)), float(next(words))
            yield from [step] * count
        else:
            yield float(word)


def _numbers(text: str) -> list[float]:
    return [float(word) for word in text.split()]


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element.iter() if _name(child) == name]


def _text(element: Any, name: str) -> str:
    return next(((child.text or "").strip() for child in _all(element, name)), "")


def _name(element: Any) -> str:
    return str(etree.QName(element).localname)
