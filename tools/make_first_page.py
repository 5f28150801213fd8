"""Makes docs/first-page.png of an issue: three of its pages, with free fonts in place of the official ones.

    python -m tools.make_first_page ISSUE.docx [PAGE PAGE PAGE]

Needs LibreOffice and the Noto CJK fonts. Without pages: the first, the third and the last.
"""

from __future__ import annotations

import contextlib
import io
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

TARGET: Final = Path(__file__).parent.parent / "docs" / "first-page.png"
_FONTS: Final = {
    "方正小标宋简体": "Noto Serif CJK SC",
    "仿宋_GB2312": "Noto Serif CJK SC",
    "宋体": "Noto Serif CJK SC",
    "黑体": "Noto Sans CJK SC",
    "楷体_GB2312": "Noto Sans CJK SC",
}
_SCALE: Final = 1.2
_GAP: Final = 20
_GREY: Final = "#b8b8b8"


def with_free_fonts(docx: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/styles.xml":
                for official, free in _FONTS.items():
                    data = data.replace(f'"{official}"'.encode(), f'"{free}"'.encode())
            target.writestr(name, data)
    return out.getvalue()


def pictured(docx: bytes, chosen: list[int]) -> Image.Image:
    """The pages (counted from 1) side by side."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "issue.docx").write_bytes(with_free_fonts(docx))
        soffice = shutil.which("soffice") or sys.exit("LibreOffice is not installed")
        command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        command += ["--outdir", name, f"{name}/issue.docx"]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        pdf = (folder / "issue.pdf").read_bytes()
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = chosen or [1, min(3, len(document)), len(document)]
        drawn = [document[page - 1].render(scale=_SCALE).to_pil() for page in pages]
    width, height = sum(page.width + _GAP for page in drawn) + _GAP, max(page.height for page in drawn) + 2 * _GAP
    whole = Image.new("RGB", (width, height), _GREY)
    left = _GAP
    for page in drawn:
        whole.paste(page, (left, _GAP))
        left += page.width + _GAP
    return whole


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    pictured(Path(sys.argv[1]).read_bytes(), [int(page) for page in sys.argv[2:]]).quantize(64).save(
        TARGET, optimize=True
    )
    print(TARGET)
