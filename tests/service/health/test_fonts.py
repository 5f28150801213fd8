"""`check` names the fonts that would be replaced without a word, and no others."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from service.health.check import CheckLine, CheckState, check_installation
from service.health.fonts import in_words, replaced_fonts
from tests.support.editing import replaced
from tests.support.fonts import FANGSONG, KAITI, TITLES, machine_with, with_embedded
from tests.support.issues import TEMPLATE
from tests.support.offices import SHANGHAI, bulletin, config, office_at, write_config
from tests.support.offices import TEMPLATE as SHIPPED

AT = datetime(2026, 9, 1, 9, 0, tzinfo=SHANGHAI)
COMMON = ("SimHei,黑体", "SimSun,宋体,NSimSun")


def font_lines(home: Path, environ: dict[str, str], template: bytes) -> list[CheckLine]:
    (home / "template.docx").write_bytes(template)
    text = config(bulletin()).replace(str(SHIPPED), str(home / "template.docx"))
    with office_at(write_config(home, text), AT, **environ) as office:
        return [line for line in check_installation(office) if line.name == "字体"]


def naming(font: str) -> bytes:
    """The template with another font for its body text."""
    return replaced(TEMPLATE, f'w:eastAsia="{FANGSONG}"', f'w:eastAsia="{font}"', member="word/styles.xml")


def absent(docx: bytes, environ: Mapping[str, str]) -> list[str]:
    return [font.family for font in replaced_fonts(docx, environ)]


def test_fonts_that_are_neither_installed_nor_embedded_are_named(tmp_path: Path) -> None:
    machine = machine_with(tmp_path / "bin", *COMMON, "KaiTi_GB2312,楷体_GB2312")
    assert absent(TEMPLATE, machine) == [FANGSONG, TITLES]
    assert absent(with_embedded(FANGSONG), machine) == [TITLES]


def test_a_font_is_known_by_any_of_its_names_in_any_case(tmp_path: Path) -> None:
    machine = machine_with(
        tmp_path / "bin", *COMMON, "FZXiaoBiaoSong-B05S,方正小标宋简体", "仿宋_gb2312", "楷体_GB2312"
    )
    assert replaced_fonts(TEMPLATE, machine) == ()


def test_without_fontconfig_nothing_is_missed(tmp_path: Path) -> None:
    assert replaced_fonts(TEMPLATE, {"PATH": str(tmp_path)}) == ()


def test_each_is_named_with_the_font_that_the_pages_show(tmp_path: Path) -> None:
    machine = machine_with(tmp_path / "bin", "SimHei,黑体", "Noto Serif CJK SC", "AR PL UKai CN", "SimSun,宋体")
    assert in_words(replaced_fonts(TEMPLATE, machine)) == (
        f"{FANGSONG}（换成 SimSun）、{TITLES}（换成 SimSun）、{KAITI}（换成 AR PL UKai CN）"
    )
    bare = machine_with(tmp_path / "bare", "DejaVu Sans", "方正小标宋简体", "黑体", "宋体", KAITI)
    assert in_words(replaced_fonts(TEMPLATE, bare)) == f"{FANGSONG}（换成系统选的字体）"


def test_check_advises_with_every_name_and_says_what_it_changes(tmp_path: Path) -> None:
    machine = dict(machine_with(tmp_path / "bin", *COMMON))
    [line] = font_lines(tmp_path, machine, TEMPLATE)
    assert line.state is CheckState.ADVICE
    assert all(name in line.message for name in (FANGSONG, KAITI, TITLES))
    assert "黑体" not in line.message
    assert "目录页码" in line.message
    everything = dict(machine_with(tmp_path / "bin", *COMMON, FANGSONG, KAITI, TITLES))
    assert font_lines(tmp_path, everything, TEMPLATE) == []


@pytest.mark.skipif(shutil.which("fc-list") is None, reason="needs fontconfig")
def test_fontconfig_itself_is_understood() -> None:
    """A font that nobody has is missing; one that this machine lists is not."""
    listed = subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, check=True).stdout.split("\n")
    there = listed[0].split(",")[0].replace("\\", "")
    assert there not in absent(naming(there), os.environ)
    assert "没有这种字体" in absent(naming("没有这种字体"), os.environ)
