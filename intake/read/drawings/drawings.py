"""Drawings that only LibreOffice can draw: their pictures, or the sheets from which it is to draw them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from intake.parse.picture_kinds import picture_kind
from intake.read.docx.package import Relationship, SourcePackage
from intake.read.docx.tags import A_NS, R_NS, Element, r
from intake.read.docx.tally import Tally
from intake.read.drawings.copied import DRAWABLE, Copier
from intake.read.drawings.sheet import (
    SheetPart,
    chart_graphic,
    diagram_graphic,
    picture_graphic,
    sheet,
    sheet_size,
)
from intake.read.drawings.theme import usual_theme
from programs.conversion import ConversionRequest, Conversions
from values import rules
from values.errors import UnreadableManuscript

if TYPE_CHECKING:
    from intake.read.drawings.drawn import RenderedDrawing

_MOST: Final = 100
"""Drawings of one manuscript; each may cost LibreOffice a second."""
_LARGEST: Final = 48 << 20
"""Bytes of one drawing: a photograph pasted as EMF has 36 MB and more."""
_LARGEST_OF_ALL: Final = 96 << 20
"""Bytes of all drawings of one manuscript: two such photographs."""
_EXTENSION: Final = "{http://schemas.microsoft.com/office/drawing/2008/diagram}dataModelExt"
"""Names the part in which Office keeps the drawn shapes of a SmartArt graphic ([MS-ODRAWXML] 2.9.2.1)."""
_TEXT: Final = f"{{{A_NS}}}t"
_THEME: Final = "rIdTheme"
_PICTURE: Final = "rIdPicture"
_THEME_TYPE: Final = "application/vnd.openxmlformats-officedocument.theme+xml"

Relationships = Mapping[str, Relationship]


@dataclass(frozen=True, slots=True)
class _Composed:
    """The content of a sheet."""

    graphic: str
    """The a:graphicData of the drawing."""
    parts: tuple[SheetPart, ...]
    words: str = ""
    """The text that the drawn picture must contain, "" for none."""
    room: bool = False
    """Whether the drawing gets a larger page, and is cropped to what is visible."""


class Drawings:
    """The drawings of one manuscript.

    `chart`, `diagram` and `picture` return the picture of a drawing that is shown at a size in EMU (0 when unknown).
    None means that its sheet is among `undrawn`, or that it cannot be drawn, or that LibreOffice has failed at it.
    """

    def __init__(self, package: SourcePackage, converted: Conversions, tally: Tally) -> None:
        """converted: the PDFs of sheets, or why there are none. tally: counts the drawings that have become
        pictures."""
        self._package = package
        self._converted = converted
        self._tally = tally
        self._pictures: dict[str, RenderedDrawing | None] = {}
        self._undrawn: dict[str, ConversionRequest] = {}
        self._seen = 0
        self._left = _LARGEST_OF_ALL

    @property
    def undrawn(self) -> tuple[ConversionRequest, ...]:
        """The sheets of which LibreOffice has made nothing yet."""
        return tuple(self._undrawn.values())

    def chart(self, relationships: Relationships, rid: str, width: int, height: int) -> RenderedDrawing | None:
        """The chart that a relationship leads to, drawn from the values stored in it, without its workbook."""

        def compose(copier: Copier) -> _Composed | None:
            part = copier.part(rid, relationships.get(rid))
            return None if part is None else _Composed(chart_graphic(rid), (part, self._theme(copier)))

        return self._picture(compose, width, height)

    def diagram(self, relationships: Relationships, ids: Element, width: int, height: int) -> RenderedDrawing | None:
        """The SmartArt graphic of a dgm:relIds. A drawn picture that lacks some of its text is not used.

        It gets a larger page, since LibreOffice moves a graphic whose shapes do not fill its frame.
        """
        names = [ids.get(r(name), "") for name in ("dm", "lo", "qs", "cs")]

        def compose(copier: Copier) -> _Composed | None:
            data = self._package.xml(relationships[names[0]].target) if names[0] in relationships else None
            if data is None:
                return None
            wanted = dict.fromkeys([*names, *(element.get("relId", "") for element in data.iter(_EXTENSION))])
            copies = [copier.part(name, relationships.get(name)) for name in wanted]
            parts = (*(copy for copy in copies if copy is not None), self._theme(copier))
            words = "".join(text.text or "" for text in data.iter(_TEXT))
            return _Composed(diagram_graphic(*names), parts, words, room=True)

        return self._picture(compose, width, height)

    def picture(self, part: str, width: int, height: int) -> RenderedDrawing | None:
        """The EMF, WMF or SVG of that name; None for any other picture."""
        if picture_kind(self._package.head(part) or b"").content_type not in DRAWABLE:
            return None

        def compose(copier: Copier) -> _Composed | None:
            copy = copier.image(_PICTURE, part)
            return None if copy is None else _Composed(picture_graphic(_PICTURE, *sheet_size(width, height)), (copy,))

        return self._picture(compose, width, height)

    def _picture(
        self, compose: Callable[[Copier], _Composed | None], width: int, height: int
    ) -> RenderedDrawing | None:
        self._seen += 1
        if self._seen > _MOST:
            return None
        copier = Copier(self._package, min(_LARGEST, self._left))
        try:
            composed = compose(copier)
        except UnreadableManuscript:  # the drawing is lost, not the text around it
            return None
        finally:
            self._left -= copier.octets
        return None if composed is None else self._drawn(composed, sheet_size(width, height))

    def _drawn(self, composed: _Composed, size: tuple[int, int]) -> RenderedDrawing | None:
        request = ConversionRequest.to_pdf(sheet(composed.graphic, *size, composed.parts, room=composed.room))
        key = request.key
        if key not in self._pictures:
            made = self._converted.get(key)
            if made is None:
                self._undrawn[key] = request
            self._pictures[key] = _picture_of(made, composed, size) if isinstance(made, bytes) else None
        if self._pictures[key] is not None:
            self._tally.add(rules.DRAWN)
        return self._pictures[key]

    def _theme(self, copier: Copier) -> SheetPart:
        name = next(iter(self._package.related("theme")), "")
        theme = copier.part(_THEME, Relationship("theme", name, external=False)) if name else None
        return theme or SheetPart(_THEME, f"{R_NS}/theme", _THEME_TYPE, "xml", usual_theme())


def _picture_of(pdf: bytes, composed: _Composed, size: tuple[int, int]) -> RenderedDrawing | None:
    from intake.read.drawings.drawn import render_drawing  # loads PDFium, and most manuscripts hold no drawing

    return render_drawing(pdf, *size, words=composed.words, room=composed.room)
