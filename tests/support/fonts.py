"""Templates that name fonts and bring them along, and a machine with a few fonts on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.support.editing import members
from tests.support.issues import TEMPLATE
from tools.docx_builder import zipped

FANGSONG: Final = "仿宋_GB2312"
KAITI: Final = "楷体_GB2312"
TITLES: Final = "方正小标宋简体"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KEY: Final = "{11111111-2222-3333-4444-555555555555}"


def with_embedded(name: str, template: bytes = TEMPLATE, *, there: bool = True) -> bytes:
    """The template with that font embedded, as Word saves it; `there`: whether its file really is."""
    parts = members(template)
    table = parts["word/fontTable.xml"].decode()
    face = f'<w:embedRegular r:id="rId1" w:fontKey="{_KEY}"/>'
    head, name_of_it, rest = table.partition(f'w:name="{name}"')
    parts["word/fontTable.xml"] = (head + name_of_it + rest.replace("</w:font>", f"{face}</w:font>", 1)).encode()
    parts["word/_rels/fontTable.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/font" Target="fonts/font1.odttf"/></Relationships>'
    ).encode()
    types = parts["[Content_Types].xml"].decode()
    kind = '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
    parts["[Content_Types].xml"] = types.replace("<Default", f"{kind}<Default", 1).encode()
    return zipped(parts | ({"word/fonts/font1.odttf": b"obfuscated"} if there else {}))


def machine_with(folder: Path, *families: str) -> Mapping[str, str]:
    """The environment of a machine where fc-list lists these families."""
    folder.mkdir(exist_ok=True)
    program = folder / "fc-list"
    lines = "".join(f"{family}\n" for family in families)
    program.write_text(f"#!/bin/sh\n/bin/cat <<'END'\n{lines}END\n", encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": str(folder)}
