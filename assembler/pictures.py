"""Pictures in line with the text, scaled to the text area. The bytes of each are stored once, however often it is
shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assembler.package import PictureFile
from assembler.wordml import escape
from values.manuscript import Picture
from values.paper import EMU_PER_MM, HIGHEST_PICTURE, TEXT_WIDTH

EXTENSIONS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
}
"""The file extension by content type, for the types that Word, WPS and LibreOffice all show. Intake makes PNG or JPEG
of every picture; older ledgers hold the other types, too."""
_UNKNOWN_SIZE: Final = (100 * EMU_PER_MM, 75 * EMU_PER_MM)
"""EMU. Two thirds of the text width, in the proportion 4:3 of most photographs."""

_DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"
_INLINE: Final = (
    "<w:r><w:drawing>"
    f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{id}" name="图片 {id}" descr="{description}"/>'
    f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{_DRAWING}/main" noChangeAspect="1"/>'
    f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
    f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{{id}}" name="图片 {{id}}"/><pic:cNvPicPr/>'
    "</pic:nvPicPr><pic:blipFill>"
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="{relationship}"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr>"
    '<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>'
    "</w:drawing></w:r>"
)


class IssuePictures:
    """The pictures of one issue: a relationship for each file, an id for each place where it is shown.

    Both are counted. python-docx hashes every earlier picture for each new one and searches the document for a free id,
    so that its time grows with the square of the articles.
    """

    def __init__(self, ids: Iterator[int], prefix: str) -> None:
        """ids: for wp:docPr; the template uses none of them. prefix: of relationship ids; none in the template has
        it."""
        self._ids = ids
        self._prefix = prefix
        self.files: dict[str, PictureFile] = {}
        """The files shown so far by SHA-256, in the order of their first appearance."""

    def run(self, picture: Picture) -> str | None:
        """A w:r that shows the picture. None when Word cannot show its content type; nothing is recorded then."""
        extension = EXTENSIONS.get(picture.content_type)
        if extension is None:
            return None
        file = self.files.get(picture.sha256)
        if file is None:
            relationship = f"{self._prefix}{len(self.files) + 1}"
            file = PictureFile(relationship, f"{picture.sha256}.{extension}", picture.content_type)
            self.files[picture.sha256] = file
        width, height = fitted(picture.width, picture.height)
        return _INLINE.format(
            width=width,
            height=height,
            id=next(self._ids),
            description=escape(picture.description),
            relationship=file.relationship,
        )


def fitted(width: int, height: int) -> tuple[int, int]:
    """The width and height in EMU at which a picture is printed: reduced to the text area, never enlarged.

    A side of 0 or less means that the size is unknown.
    """
    if width <= 0 or height <= 0:
        width, height = _UNKNOWN_SIZE
    scale = min(1.0, TEXT_WIDTH / width, HIGHEST_PICTURE / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
