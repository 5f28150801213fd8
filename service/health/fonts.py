"""Fonts that a Word file names and this machine does not have: LibreOffice replaces them without saying so."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from functools import lru_cache

from assembler.fonts import fonts_embedded, fonts_named
from values.font_coverage import merged


def absent_fonts(docx: bytes, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The families that are neither in the file nor installed, in the order of their names.

    Without fontconfig nothing is known, and () is returned. docx: a template that has passed `check_template`, or an
    issue made with one.
    """
    installed = _installed(environ)
    if installed is None:
        return ()
    present = installed | {name.casefold() for name in fonts_embedded(docx)}
    return tuple(sorted(name for name in fonts_named(docx) if name.casefold() not in present))


@lru_cache(maxsize=1)  # asked for with every register; a font that is installed later counts from the next start on
def font_coverage() -> str:
    """The characters that the installed fonts can show together (`values.font_coverage`); "" without fontconfig."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return ""
    command = [fc_list, "--format", "%{charset}\n"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - a fixed command
    return merged(listed.stdout.splitlines())


def _installed(environ: Mapping[str, str]) -> frozenset[str] | None:
    """Every name of every installed font, Chinese ones too, in lower case: a Word file may use any of them.

    None without fontconfig. fc-list lists what is installed; fc-match would always answer with some font.
    """
    fc_list = shutil.which("fc-list", path=environ.get("PATH", ""))
    if fc_list is None:
        return None
    command = [fc_list, "--format", "%{family}\n%{fullname}\n"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - a fixed command
    return frozenset(name.strip().casefold() for line in listed.stdout.splitlines() for name in line.split(","))
