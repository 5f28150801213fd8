"""What fontconfig lists of the installed fonts."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from programs.fontconfig import font_properties
from tests.support.fonts import machine_with


def test_each_line_that_is_printed_is_returned(tmp_path: Path) -> None:
    path = machine_with(tmp_path, "宋体,SimSun", "黑体")["PATH"]
    assert font_properties("%{family}\n", path) == ["宋体,SimSun", "黑体"]


def test_without_fontconfig_there_is_no_answer(tmp_path: Path) -> None:
    assert font_properties("%{family}\n", str(tmp_path)) is None


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="needs fontconfig")
def test_form_decides_what_is_printed_of_each_font() -> None:
    files = font_properties("%{file}\n", os.environ["PATH"])
    assert files
    assert all(Path(file).is_file() for file in files)
    assert set(font_properties("font\n") or ()) == {"font"}
