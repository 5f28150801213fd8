"""Pictures of an OFD's pages, drawn from its objects by their places and with the fonts in the file.

Written after GB/T 33190-2016 and not after the code that makes OFDs, so that the two can be compared: FreeType draws
the glyphs, Pillow the rest. It draws what an issue has: upright text, lines and areas, pictures.
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
        assert matrix[1] == matrix[2] == 0, "only upright text is drawn here"
        [code] = _all(element, "TextCode")
        x, y = float(code.get("X")), float(code.get("Y"))
        transforms = _all(element, "CGTransform")
        chosen = {int(each.get("CodePosition")): int(_text(each, "Glyphs")) for each in transforms}
        sized = font.sized(float(element.get("Size")) * matrix[3] * self._scale)
        colour = _colour(element, "FillColor", (0, 0, 0))
        steps = [0.0, *_steps(code.get("DeltaX", ""))]
        for at, character in enumerate(code.text):
            x += steps[at]
            if at and chosen.get(0) is not None:
                continue  # the rest of a ligature
            glyph = chosen.get(at, font.glyphs.get(ord(character)))
            assert glyph is not None, f"no glyph for {character!r}"
            place = (left + matrix[0] * x + matrix[4], top + matrix[3] * y + matrix[5])
            self._glyph(chr(_PRIVATE + glyph), place, sized, colour, matrix[0] / matrix[3])

    def _glyph(
        self, character: str, place: tuple[float, float], font: Any, colour: tuple[int, ...], width: float
    ) -> None:
        """width: by how much it is stretched, of its own."""
        x, y = (value * self._scale for value in place)
        if width == 1:
            self._pen.text((x, y), character, colour, font, anchor="ls")
            return
        left, top, right, bottom = font.getbbox(character, anchor="ls")
        mask = Image.new("L", (max(1, round(right - left)), max(1, round(bottom - top))))
        ImageDraw.Draw(mask).text((-left, -top), character, 255, font, anchor="ls")
        mask = mask.resize((max(1, round(mask.width * width)), mask.height))
        self._canvas.paste(colour, (round(x + left * width), round(y + top)), mask)

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
