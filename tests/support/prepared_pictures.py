"""Pictures as they are prepared for print, checked on the way."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

from assembler.pictures import EXTENSIONS
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.prepare import PreparedPicture, prepare

_AS_IT_IS: Final = PictureDisplay()


def ready(data: bytes, shown: PictureDisplay = _AS_IT_IS) -> PreparedPicture:
    made = prepare(data, shown)
    assert isinstance(made, PreparedPicture), made
    assert made == prepare(data, shown), "the same bytes for the same picture"
    assert made.picture.content_type == made.media.content_type
    assert made.picture.content_type in EXTENSIONS
    return made


def image(made: PreparedPicture) -> Image.Image:
    seen = Image.open(io.BytesIO(made.media.data))
    assert Image.MIME[seen.format or ""] == made.media.content_type
    seen.load()
    return seen
