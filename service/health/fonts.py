"""Fonts that a Word file names and this machine does not have: LibreOffice replaces them without a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assembler.fonts import fonts_embedded, fonts_named
from programs.office_fonts import installed_families, replacement


@dataclass(frozen=True, slots=True)
class ReplacedFont:
    """A font that pages from this machine do not show."""

    family: str
    """As the Word file names it."""
    by: str
    """The family that LibreOffice uses in its place; "" where fontconfig decides."""

    @property
    def chinese(self) -> str:
        return f"{self.family}（换成 {self.by}）" if self.by else f"{self.family}（换成系统选的字体）"


def replaced_fonts(docx: bytes, environ: Mapping[str, str]) -> tuple[ReplacedFont, ...]:
    """The families that are neither in the file nor installed, in the order of their names.

    Without fontconfig nothing is known, and () is returned. docx: a template that has passed `check_template`, or an
    issue made with one.
    """
    installed = installed_families(environ.get("PATH", ""))
    if installed is None:
        return ()
    present = installed | {name.casefold() for name in fonts_embedded(docx)}
    absent = sorted(name for name in fonts_named(docx) if name.casefold() not in present)
    return tuple(ReplacedFont(name, replacement(name, installed)) for name in absent)


def in_words(fonts: tuple[ReplacedFont, ...]) -> str:
    """The fonts in one Chinese phrase; "" for none."""
    return "、".join(font.chinese for font in fonts)
