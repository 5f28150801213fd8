"""Prepares the pictures of a page for print, as those of any other manuscript."""

from __future__ import annotations

from typing import Final

from intake.read.pages.page import Box
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.prepare import PreparedPicture, prepare
from values import rules
from values.manuscript import Media
from values.paper import EMU_PER_POINT

_REASONS: Final = {rules.PICTURE_FORMAT: "format", rules.HUGE_PICTURE: "huge"}


def prepared(data: bytes, box: Box, pixels: int) -> Media | str:
    """The picture prepared for that box, or the reason why it is left out, as in `FixedPage.left_out`.

    pixels: the most it may have.
    """
    shown = PictureDisplay(round(box.width * EMU_PER_POINT), round(box.height * EMU_PER_POINT))
    made = prepare(data, shown, pixels)
    return made.media if isinstance(made, PreparedPicture) else _REASONS.get(made.rule, "damaged")
