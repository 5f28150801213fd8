"""The characters that the fonts of this machine can show."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from programs.font_coverage import font_coverage
from tests.support.fonts import machine_with
from values.font_coverage import uncovered


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="needs fontconfig")
def test_characters_of_the_installed_fonts_are_known_together() -> None:
    coverage = font_coverage()
    assert list(uncovered("abc①", coverage)) in ([], [(3, "①")])
    assert [character for _, character in uncovered("\U000f0000", coverage)] == ["\U000f0000"]


@pytest.mark.parametrize(
    ("charsets", "coverage"), [(("20-7e a0", "4e00-4e02 7f-80"), "20-80 a0-a0 4e00-4e02"), ((), "")]
)
def test_coverage_is_that_of_all_fonts_listed(
    charsets: tuple[str, ...], coverage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", machine_with(tmp_path, *charsets)["PATH"])
    assert font_coverage.__wrapped__() == coverage


def test_without_fontconfig_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert font_coverage.__wrapped__() == ""
