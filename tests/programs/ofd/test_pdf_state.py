from __future__ import annotations

import pytest

from programs.ofd.page import Colour
from programs.ofd.pdf_state import colour_of


@pytest.mark.parametrize(
    ("channels", "colour"),
    [
        ([0.5], (128, 128, 128)),
        ([1, 0, 0], (255, 0, 0)),
        ([2, -1, 0], (255, 0, 0)),
        ([0, 1, 1, 0], (255, 0, 0)),
        ([0, 0, 0, 1], (0, 0, 0)),
        ([], None),
        ([1, 2], None),
    ],
)
def test_colour_is_rgb_of_255(channels: list[float], colour: Colour | None) -> None:
    assert colour_of(channels) == colour
