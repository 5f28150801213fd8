"""A font that this machine lacks is replaced by the nearest free one of its kind, and an installed one by none."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pypdfium2.raw
import pytest

from programs.office_fonts import fontconfig_file, installed_families, replacement
from programs.pdf import pdf_of
from tools.docx_builder import docx, paragraph
from tools.template_styles import fonts

DEBIAN = frozenset({"noto serif cjk sc", "noto sans cjk sc", "ar pl ukai cn", "dejavu sans"})
BY_KIND = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "FZXiaoBiaoSong-B05S": "Noto Serif CJK SC",
    "华文中宋": "Noto Serif CJK SC",
    "仿宋_GB2312": "Noto Serif CJK SC",
    "FangSong": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "NSimSun": "Noto Serif CJK SC",
    "楷体_GB2312": "AR PL UKai CN",
    "STKaiti": "AR PL UKai CN",
    "黑体": "Noto Sans CJK SC",
    "微软雅黑": "Noto Sans CJK SC",
    "等线 Light": "Noto Sans CJK SC",
}
needs_fontconfig = pytest.mark.skipif(shutil.which("fc-match") is None, reason="needs fontconfig")


@pytest.mark.parametrize(("family", "free"), BY_KIND.items())
def test_each_kind_has_its_free_font(family: str, free: str) -> None:
    assert replacement(family, DEBIAN) == free


def test_without_a_kai_font_serif_is_nearest_and_without_any_fontconfig_decides() -> None:
    assert replacement("楷体_GB2312", DEBIAN - {"ar pl ukai cn"}) == "Noto Serif CJK SC"
    assert replacement("仿宋_GB2312", frozenset({"dejavu sans", "noto sans cjk sc"})) == ""
    assert replacement("Times New Roman", DEBIAN) == ""


def test_an_offices_own_font_of_the_kind_is_nearer_than_a_free_one() -> None:
    assert replacement("仿宋_GB2312", DEBIAN | {"fangsong", "simsun"}) == "FangSong"
    assert replacement("楷体_GB2312", DEBIAN | {"kaiti"}) == "KaiTi"


@needs_fontconfig
def test_fontconfig_answers_as_the_table_says(tmp_path: Path) -> None:
    installed = installed_families(os.environ["PATH"])
    assert installed is not None
    rules = tmp_path / "fonts.conf"
    rules.write_text(fontconfig_file(installed), encoding="utf-8")
    answers = {family: answer for family in BY_KIND if (answer := replacement(family, installed))}
    assert {family: matched(family, rules) for family in answers} == answers
    assert all("bold" in matched(family, rules, "style").lower() for family in ("方正小标宋简体", "华文中宋"))


@needs_fontconfig
def test_a_font_that_is_installed_is_not_replaced(tmp_path: Path) -> None:
    rules = tmp_path / "fonts.conf"
    rules.write_text(fontconfig_file(installed_families(os.environ["PATH"]) or ()), encoding="utf-8")
    for family in ("Noto Sans CJK SC", "Noto Serif CJK SC", "DejaVu Sans"):
        assert matched(family, rules) == family


def test_a_heavy_font_that_is_installed_is_not_made_bolder() -> None:
    assert "bold" in fontconfig_file(DEBIAN)
    assert "bold" not in fontconfig_file(DEBIAN | {"方正小标宋简体"})


def test_without_fontconfig_no_font_is_listed(tmp_path: Path) -> None:
    assert installed_families(str(tmp_path)) is None


@pytest.mark.libreoffice
def test_pages_show_fang_song_and_titles_in_a_serif_font(soffice: Path) -> None:
    serif = "".join(line_in(family) for family in ("仿宋_GB2312", "方正小标宋简体", "楷体_GB2312", "宋体"))
    assert not any("Sans" in font for font in fonts_of(pdf_of(docx(serif), soffice)))
    assert any("Sans" in font for font in fonts_of(pdf_of(docx(line_in("黑体")), soffice)))


def line_in(family: str) -> str:
    return paragraph(f"用{family}排的一行", run=fonts(family))


def matched(family: str, rules: Path, field: str = "family") -> str:
    """What fontconfig answers for a family, with our rules."""
    command = ["fc-match", "--format", f"%{{{field}[0]}}", family.replace("-", "\\-")]
    environ = {**os.environ, "FONTCONFIG_FILE": str(rules)}
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=True).stdout


def fonts_of(pdf: bytes) -> set[str]:
    """The names of the fonts in which the texts of a PDF are set."""
    names = set()
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        for item in document[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            name = ctypes.create_string_buffer(200)
            pypdfium2.raw.FPDFFont_GetBaseFontName(pypdfium2.raw.FPDFTextObj_GetFont(item), name, 200)
            names.add(name.value.decode())
    return names
