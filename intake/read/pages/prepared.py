"""The pictures of a page as they print: the same way as those of any other manuscript."""

from __future__ import annotations

from typing import Final

from intake.read.pages.page import Box
from intake.read.pictures.display import PictureDisplay
from intake.read.pictures.prepare import Ready, prepare
from values import rules
from values.manuscript import Media

_EMU_PER_POINT: Final = 12_700
_WHY: Final = {rules.PICTURE_FORMAT: "format", rules.HUGE_PICTURE: "huge"}


def prepared(data: bytes, box: Box, pixels: int) -> Media | str:
    """What prints in that box; else why it is left out, as in `FixedPage.left_out`. pixels: the most it may have."""
    shown = PictureDisplay(round(box.width * _EMU_PER_POINT), round(box.height * _EMU_PER_POINT))
    made = prepare(data, shown, pixels)
    return made.media if isinstance(made, Ready) else _WHY.get(made.rule, "damaged")
