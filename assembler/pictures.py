"""Pictures in line with the text: scaled to the measure, their bytes stored once however often they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from assembler.package import PictureFile
from assembler.wordml import escape
from values.manuscript import Picture

# What Word, WPS and LibreOffice all show. Intake makes PNG and JPEG of everything; older ledgers hold the rest too.
EXTENSIONS: Final[Mapping[str, str]] = {
    "image/jpeg": "jpeg",
    "image/png": "png",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
}
_EMU_PER_MM: Final = 36_000
MAX_WIDTH: Final = 156 * _EMU_PER_MM
MAX_HEIGHT: Final = 200 * _EMU_PER_MM
_UNKNOWN_SIZE: Final = (100 * _EMU_PER_MM, 75 * _EMU_PER_MM)

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
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


class Album:
    """The pictures of one issue: a relationship for each file, an id for each place where one is shown.

    python-docx hashes every earlier picture for each new one and searches the document for a free id;
    counters keep 300 articles as cheap per article as ten.
    """

    def __init__(self, ids: Iterator[int], prefix: str) -> None:
        """ids: for wp:docPr. prefix: of relationship ids. Neither is used in the template.

        files: filled by `show`; the picture files by SHA-256, in the order of their first appearance.
        """
        self._ids = ids
        self._prefix = prefix
        self.files: dict[str, PictureFile] = {}

    def show(self, picture: Picture) -> str | None:
        """A run that shows the picture, None when Word cannot show its type."""
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
    """The size in EMU at which a picture is printed: never enlarged, never wider or higher than the page allows."""
    if width <= 0 or height <= 0:
        width, height = _UNKNOWN_SIZE
    scale = min(1.0, MAX_WIDTH / width, MAX_HEIGHT / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
