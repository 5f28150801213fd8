"""The characters that the fonts of this machine can show."""

from __future__ import annotations

import shutil

import pytest

from programs.font_coverage import font_coverage
from values.font_coverage import uncovered


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="needs fontconfig")
def test_characters_of_the_installed_fonts_are_known_together() -> None:
    coverage = font_coverage()
    assert list(uncovered("abc①", coverage)) in ([], [(3, "①")])
    assert [character for _, character in uncovered("\U000f0000", coverage)] == ["\U000f0000"]
