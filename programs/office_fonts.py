"""Free fonts in place of those that a Word file names and this machine lacks: each by the nearest of the same kind.

Without a rule of its own, fontconfig answers for 仿宋_GB2312 with any font that has the characters, mostly a sans one.
The rules are in a fontconfig file that only our LibreOffice sees (docs/decisions/0091).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from programs.fontconfig import font_properties

_SYSTEM: Final = "/etc/fonts/fonts.conf"


@dataclass(frozen=True, slots=True)
class FontKind:
    """A kind of Chinese type, and the fonts that may be used for it."""

    words: tuple[str, ...]
    """In lower case; a family whose name contains one of them is of this kind."""
    families: tuple[str, ...]
    """Best first. Fonts of Windows and macOS stand before free ones: an office may have installed its own."""
    bold: bool = False
    """Whether the kind is heavier than the text fonts that replace it, so that their bold is nearest."""


_SERIF: Final = (
    *("SimSun", "Songti SC", "STSong", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC"),
    *("Source Han Serif CN", "FandolSong", "AR PL UMing CN"),
)
_SANS: Final = (
    *("SimHei", "Heiti SC", "STHeiti", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
    *("FandolHei", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"),
)
_KAI: Final = ("KaiTi", "Kaiti SC", "STKaiti", "AR PL UKai CN", "AR PL KaitiM GB", "FandolKai", "LXGW WenKai")
_FANG_SONG: Final = ("FangSong", "STFangsong", "Zhuque Fangsong (technical preview)", "FandolFang")
KINDS: Final = (
    FontKind(("宋", "song", "simsun", "明体", "mincho"), _SERIF),
    FontKind(("黑", "hei", "等线", "dengxian"), _SANS),
    FontKind(("楷", "kai"), (*_KAI, *_SERIF)),
    FontKind(("仿宋", "fangsong"), (*_FANG_SONG, *_SERIF)),
    FontKind(("标宋", "biaosong", "中宋", "zhongsong"), ("STZhongsong", *_SERIF), bold=True),
)
"""General kinds first: of the kinds whose word a name contains, the last one is the font's (小标宋 is also 宋)."""


def installed_families(path: str) -> frozenset[str] | None:
    """Every name of every installed font, Chinese ones too, in lower case: a Word file may use any of them.

    None without fontconfig. fc-list lists what is installed; fc-match would always answer with some font. path: the
    folders of programs, as in PATH.
    """
    lines = font_properties("%{family}\n%{fullname}\n", path)
    if lines is None:
        return None
    return frozenset(name.strip().casefold() for line in lines for name in line.split(","))


def replacement(family: str, installed: Collection[str]) -> str:
    """The family that LibreOffice prints in place of one that is not installed; "" for a font of no kind known here, of
    which fontconfig decides. installed: names of families, in lower case."""
    name = family.casefold()
    kinds = [kind for kind in KINDS if any(word in name for word in kind.words)]
    ours = kinds[-1].families if kinds else ()
    return next((candidate for candidate in ours if candidate.casefold() in installed), "")


def fontconfig_file(installed: Collection[str]) -> str:
    """The rules of KINDS for fontconfig, before those of the machine (fonts-conf(5)).

    Each family of a kind is appended to the one asked for, so that a font that is installed is never replaced.
    installed: names of families, in lower case.
    """
    rules = "".join(_rule(word, kind, installed) for kind in KINDS for word in kind.words)
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f'<fontconfig>\n{rules}<include ignore_missing="yes">{_SYSTEM}</include>\n</fontconfig>\n'
    )


def _rule(word: str, kind: FontKind, installed: Collection[str]) -> str:
    names = "".join(f"<string>{escape(family)}</string>" for family in kind.families)
    # A font of the kind that is installed must not be made bolder than it is.
    is_bold = kind.bold and not any(other in family for family in installed for other in kind.words)
    weight = '<edit name="weight" mode="assign"><const>bold</const></edit>' if is_bold else ""
    return (
        f'<match target="pattern"><test name="family" compare="contains"><string>{word}</string></test>'
        f'<edit name="family" mode="append" binding="same">{names}</edit>{weight}</match>\n'
    )
