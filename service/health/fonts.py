"""Fonts that a Word file asks for and this machine does not have: LibreOffice puts others in their place, silently."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping

from assembler.fonts import fonts_embedded, fonts_named


def absent_fonts(docx: bytes, environ: Mapping[str, str]) -> tuple[str, ...]:
    """The families that are neither in the file nor installed, in the order of their names.

    None are missed where fontconfig is not there to be asked. docx: a template that has passed `check_template`, or
    an issue made with one.
    """
    installed = _installed(environ)
    if installed is None:
        return ()
    present = installed | {name.casefold() for name in fonts_embedded(docx)}
    return tuple(sorted(name for name in fonts_named(docx) if name.casefold() not in present))


def _installed(environ: Mapping[str, str]) -> frozenset[str] | None:
    """Every name of every font that fontconfig knows, Chinese ones too, in lower case: Word takes any of them.

    fc-list is asked for what there is: fc-match always answers with something.
    """
    fc_list = shutil.which("fc-list", path=environ.get("PATH", ""))
    if fc_list is None:
        return None
    command = [fc_list, "--format", "%{family}\n%{fullname}\n"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - a fixed command
    return frozenset(name.strip().casefold() for line in listed.stdout.splitlines() for name in line.split(","))
