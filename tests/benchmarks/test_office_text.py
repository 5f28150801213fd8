"""LibreOffice's text of a folder of .docx, and that it is asked once."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.office_text import office_texts
from tools.docx_builder import docx, paragraph


@pytest.mark.libreoffice
def test_texts_are_made_once_and_a_file_that_is_refused_has_none(soffice: Path, tmp_path: Path) -> None:
    contents = {"a.docx": docx(paragraph("甲")), "b.docx": b"PK\x03\x04 broken", "c.docx": docx(paragraph("丙"))}
    files = [tmp_path / name for name in contents]
    for file in files:
        file.write_bytes(contents[file.name])
    console = Console(quiet=True)
    texts = office_texts(files, tmp_path / "texts", soffice, console)
    assert [texts[file] for file in files] == ["甲\n", None, "丙\n"]
    assert office_texts(files, tmp_path / "texts", Path("/nowhere"), console) == texts
