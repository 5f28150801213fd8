"""Why a page is put into an OFD as a picture: a value, without the libraries that make it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Doubt(Enum):
    """What an OFD would show otherwise than the PDF."""

    FONT_MISSING = "font missing"
    """The font is not in the PDF, or in a format that is not read."""
    FONT_FORBIDDEN = "font forbidden"
    """The font's owner does not allow to embed it, or a part of it (OpenType, OS/2 fsType)."""
    TRANSPARENCY = "transparency"
    """Something is drawn partly transparent, or blended with what is below."""
    SHADING = "shading"
    """A gradient or a pattern."""
    CLIPPING = "clipping"
    """Something is cut off at an edge."""
    IMAGE = "image"
    """A picture in a format that is not read."""
    OPERATOR = "operator"
    """Something else of PDF."""

    @property
    def chinese(self) -> str:
        return _CHINESE[self]


_CHINESE = {
    Doubt.FONT_MISSING: "字体不在 PDF 里",
    Doubt.FONT_FORBIDDEN: "字体不许嵌入",
    Doubt.TRANSPARENCY: "有透明的内容",
    Doubt.SHADING: "有渐变或底纹",
    Doubt.CLIPPING: "有内容被裁切",
    Doubt.IMAGE: "有不能转换的图片",
    Doubt.OPERATOR: "有不能转换的内容",
}


@dataclass(frozen=True, slots=True)
class PicturedPage:
    """A page that the OFD shows as a picture, with its text under it."""

    page: int
    """Counted from 1."""
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True)
class OfdMade:
    """An OFD."""

    data: bytes
    pages: int
    pictured: tuple[PicturedPage, ...] = ()
    """The pages that are pictures."""
