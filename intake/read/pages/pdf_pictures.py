"""The pictures of a PDF as files: JPEG as stored, everything else as PNG."""

from __future__ import annotations

import contextlib
import ctypes
import io
from collections.abc import Iterable
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from intake.read.pages.page import PlacedPicture
from intake.read.pages.pdf_objects import PageObject
from intake.read.pages.prepared import prepared
from values.manuscript import Media
from values.matrix import Matrix

_MOST: Final = 200
"""Pictures of one file; an article has a dozen."""
_MOST_RENDERED: Final = 30
"""Pictures of one file that are rendered to see whether they are opaque, a bound on time."""
_SEEN_THROUGH: Final = 200
"""Of 255: text shows through a picture with an opacity below."""
_UPRIGHT: Final = 0.01
"""Points: a matrix with less in b and c does not rotate the picture."""


class PictureTaker:
    """Takes the pictures of one file, up to a total of pixels."""

    def __init__(self, pixels: int) -> None:
        """pixels: of all pictures together."""
        self._pixels = pixels
        self._left = _MOST
        self._most = pixels
        self._renderings_left = _MOST_RENDERED

    def take(
        self, images: Iterable[tuple[PageObject, str]], page: Any
    ) -> tuple[tuple[PlacedPicture, ...], tuple[str, ...]]:
        """The pictures, and the reasons why others are left out.

        images: each with the reason to leave it out, "" for none. page: the PdfPage.
        """
        placed: list[PlacedPicture] = []
        left_out: list[str] = []
        for image, why in images:
            media = None if why else self._media(image, page)
            if isinstance(media, Media):
                placed.append(PlacedPicture(image.box, media))
            else:
                left_out.append(why or media or "damaged")
        return tuple(placed), tuple(left_out)

    def is_opaque(self, image: PageObject, page: Any) -> bool:
        """Whether nothing shows through a picture. It is rendered for that, since PDFium does not report masks
        otherwise.

        After the first _MOST_RENDERED of a file, and for one with too many pixels, True without looking.
        """
        if self._renderings_left == 0 or _pixels_of(image) > self._most:
            return True
        self._renderings_left -= 1
        drawn = raw.FPDFImageObj_GetRenderedBitmap(page.pdf, page, image.handle)
        if not drawn:
            return True
        bitmap = pypdfium2.PdfBitmap.from_raw(drawn)
        picture = bitmap.to_pil()
        return "A" not in picture.getbands() or picture.getchannel("A").getextrema()[0] >= _SEEN_THROUGH

    def _media(self, image: PageObject, page: Any) -> Media | str:
        pixels = _pixels_of(image)
        if self._left == 0 or pixels > self._pixels:
            return "huge"
        self._left -= 1
        self._pixels -= pixels
        stored = pypdfium2.PdfImage(image.handle, page=page, pdf=page.pdf)
        data = _jpeg(stored, image.matrix) or _png(stored, image.matrix)
        return prepared(data, image.box, pixels)


def _pixels_of(image: PageObject) -> int:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(image.handle, width, height)
    return width.value * height.value


def _jpeg(image: Any, matrix: Matrix) -> bytes:
    """The bytes of an upright JPEG in grey or RGB; b"" for any other picture."""
    upright = abs(matrix.b) + abs(matrix.c) < _UPRIGHT and matrix.a > 0 > matrix.d
    if not upright or raw.FPDFPageObj_HasTransparency(image):
        return b""
    with contextlib.suppress(OSError, UnicodeDecodeError, Image.DecompressionBombError):
        data = bytes(image.get_data()) if image.get_filters() == ["DCTDecode"] else b""
        with Image.open(io.BytesIO(data)) as picture:
            return data if picture.mode in ("L", "RGB") else b""
    return b""


def _png(image: Any, matrix: Matrix) -> bytes:
    """The picture as PNG, b"" when PDFium cannot decode it."""
    try:
        bitmap = image.get_bitmap()
        picture = bitmap.to_pil()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return b""
    out = io.BytesIO()
    _turned(picture, matrix).convert("RGB" if picture.mode != "L" else "L").save(out, "PNG")
    return out.getvalue()


def _turned(picture: Image.Image, matrix: Matrix) -> Image.Image:
    """The picture as shown. A row runs along (a, b), and rows follow each other along (-c, -d): ISO 32000 8.9.5.2."""
    across, down = matrix.a, -matrix.d
    if abs(matrix.b) > abs(matrix.a):
        picture = picture.transpose(Image.Transpose.TRANSPOSE)
        across, down = -matrix.c, matrix.b
    if across < 0:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM) if down < 0 else picture
