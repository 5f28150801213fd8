"""The pictures of a document. Each is unpacked and prepared once for each way in which it is displayed."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from intake.read.docx.package import Relationship, SourcePackage
from intake.read.docx.tally import Tally
from intake.read.drawings.drawings import Drawings
from intake.read.pictures.display import NO_CROP, PictureDisplay
from intake.read.pictures.prepare import PreparedPicture, UnprintablePicture, prepare
from values import rules
from values.manuscript import Media, Picture

if TYPE_CHECKING:
    from intake.read.drawings.drawn import RenderedDrawing


class MediaStore:
    """The pictures prepared so far, by the name of their part and how they are displayed; their bytes by SHA-256."""

    def __init__(self, package: SourcePackage, tally: Tally, pixels: int, drawings: Drawings) -> None:
        """pixels: the most that a picture may have."""
        self.drawings = drawings
        self._package = package
        self._tally = tally
        self._pixels = pixels
        self._made: dict[tuple[str, PictureDisplay], Picture | None] = {}
        self._by_hash: dict[str, Media] = {}
        self._sources: set[str] = set()

    @property
    def media(self) -> tuple[Media, ...]:
        """The prepared pictures, in the order of their first appearance."""
        return tuple(self._by_hash.values())

    @property
    def sources(self) -> frozenset[str]:
        """SHA-256 of the pictures as the file holds them, before they are prepared."""
        return frozenset(self._sources)

    def picture(self, relationship: Relationship | None, shown: PictureDisplay) -> Picture | None:
        """The picture that a relationship leads to, as it is displayed.

        None, with an omission, when the file does not hold it or it has too many pixels. A picture outside the
        package is never fetched; `unread` reports its relationship.
        """
        if relationship is not None and relationship.external:
            return None
        if relationship is None or not relationship.target:
            self._tally.add(rules.MISSING_PICTURE)
            return None
        key = relationship.target, replace(shown, description="")
        if key not in self._made:
            drawn = self.drawings.picture(relationship.target, shown.width, shown.height)
            self._made[key] = self._make(*key) if drawn is None else self.add_drawing(drawn, key[1])
        made = self._made[key]
        return made and replace(made, description=shown.description)

    def add_drawing(self, drawn: RenderedDrawing, shown: PictureDisplay) -> Picture | None:
        """The picture of a drawing that LibreOffice has drawn, cropped and turned as it is displayed."""
        if (shown.crop, shown.orientation) == (NO_CROP, 1):
            shown = replace(shown, width=drawn.width, height=drawn.height)
        return self._prepared(drawn.png, shown)

    def _make(self, part: str, shown: PictureDisplay) -> Picture | None:
        data = self._package.read(part)
        if data is None:
            self._tally.add(rules.MISSING_PICTURE)
            return None
        picture = self._prepared(data, shown)
        unchanged = picture is not None and self._by_hash[picture.sha256].data == data
        self._sources.add(picture.sha256 if picture and unchanged else hashlib.sha256(data).hexdigest())
        return picture

    def _prepared(self, data: bytes, shown: PictureDisplay) -> Picture | None:
        made = prepare(data, shown, self._pixels)
        if isinstance(made, UnprintablePicture):
            return self._unfit(data, shown, made)
        for remark in made.remarks:
            self._tally.add(remark)
        return self._kept(made)

    def _unfit(self, data: bytes, shown: PictureDisplay, unfit: UnprintablePicture) -> Picture | None:
        """The picture with its own bytes: it keeps its place and is not printed. None for one with too many pixels."""
        self._tally.add(unfit.rule, unfit.name)
        return None if unfit.rule == rules.HUGE_PICTURE else self._kept(unfit.as_it_is(data, shown))

    def _kept(self, made: PreparedPicture) -> Picture:
        self._by_hash.setdefault(made.media.sha256, made.media)
        return made.picture
