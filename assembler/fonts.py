"""Which fonts a template asks for. By name only: a substitute hides a missing font from everyone but the reader."""

from __future__ import annotations

from typing import Final

from assembler.package import parse, read_package
from assembler.wordml import W

_FONT_ATTRIBUTES: Final = tuple(f"{W}{name}" for name in ("ascii", "hAnsi", "eastAsia", "cs"))


def fonts_named(template: bytes) -> frozenset[str]:
    """The font families that the template's styles name. The template must have passed `check_template`."""
    styles = read_package(template).members.get("word/styles.xml")
    if styles is None:
        return frozenset()
    found = {fonts.get(name) for fonts in parse(styles).iter(f"{W}rFonts") for name in _FONT_ATTRIBUTES}
    return frozenset(name for name in found if name)
