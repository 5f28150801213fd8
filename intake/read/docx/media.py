"""The pictures of a document: each distinct one is unpacked and kept once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from intake.read.docx.package import Package, Relationship
from intake.read.docx.pictures import PRINTABLE, UNKNOWN_TYPE, PictureKind, picture_kind
from intake.read.docx.tally import Tally
from intake.read.drawings.drawings import Drawings
from intake.read.drawings.drawn import Drawn
from values.manuscript import Media, Picture

_EMU_PER_PIXEL: Final = 9_525  # at 96 dots an inch
_LARGEST: Final = 914_400 * 100  # 100 inches; a larger extent is a mistake or a trick
_NAMES: Final = {"image/emf": "EMF", "image/wmf": "WMF", "image/webp": "WebP", "image/svg+xml": "SVG"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How a picture is shown: width and height in EMU (0: not told), description."""

    width: int = 0
    height: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    sha256: str
    kind: PictureKind


class MediaStore:
    """Pictures by part name, and their bytes by SHA-256."""

    def __init__(self, package: Package, tally: Tally, pixels: int, drawings: Drawings) -> None:
        self.drawings = drawings
        self._package = package
        self._tally = tally
        self._pixels = pixels
        self._by_part: dict[str, _Stored | None] = {}
        self._by_hash: dict[str, Media] = {}

    @property
    def media(self) -> tuple[Media, ...]:
        return tuple(self._by_hash.values())

    def picture(self, relationship: Relationship | None, shown: Shown) -> Picture | None:
        """The picture behind a relationship; None, with an omission, when there is none to be had.

        One outside the package is never fetched (its omission comes from the relationship itself).
        """
        if relationship is not None and relationship.external:
            return None
        if relationship is None or not relationship.target:
            self._tally.add("missing-picture")
            return None
        part = relationship.target
        drawn = self.drawings.picture(part, shown.width, shown.height)
        if drawn is not None:
            return self.drawn(drawn, shown.description)
        if part not in self._by_part:
            self._by_part[part] = self._store(part)
        stored = self._by_part[part]
        if stored is None:
            return None
        width, height = _size(shown, stored.kind)
        return Picture(stored.sha256, stored.kind.content_type, width, height, shown.description)

    def drawn(self, drawn: Drawn, description: str) -> Picture:
        """Keeps the picture of a drawing."""
        sha256 = hashlib.sha256(drawn.png).hexdigest()
        self._by_hash.setdefault(sha256, Media(sha256, "image/png", drawn.png))
        return Picture(sha256, "image/png", drawn.width, drawn.height, description)

    def _store(self, part: str) -> _Stored | None:
        data = self._package.read(part)
        if data is None:
            self._tally.add("missing-picture")
            return None
        kind = picture_kind(data)
        if kind.width * kind.height > self._pixels:
            self._tally.add("huge-picture")
            return None
        if kind.content_type == UNKNOWN_TYPE:
            self._tally.add("damaged-picture")
        elif kind.content_type not in PRINTABLE:
            self._tally.add("picture-format", _NAMES.get(kind.content_type, kind.content_type))
        sha256 = hashlib.sha256(data).hexdigest()
        self._by_hash.setdefault(sha256, Media(sha256, kind.content_type, data))
        return _Stored(sha256, kind)


def _size(shown: Shown, kind: PictureKind) -> tuple[int, int]:
    if 0 < shown.width <= _LARGEST and 0 < shown.height <= _LARGEST:
        return shown.width, shown.height
    return min(kind.width * _EMU_PER_PIXEL, _LARGEST), min(kind.height * _EMU_PER_PIXEL, _LARGEST)
