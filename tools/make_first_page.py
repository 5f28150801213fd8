"""Makes docs/first-page.png of an issue: some of its pages, with free fonts in place of the official ones.

    python -m tools.make_first_page ISSUE.docx [PAGE ...]

Needs LibreOffice and the Noto CJK fonts. Without pages: the first, the third and the last.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from typing import Final

import pypdfium2
from PIL import Image

from programs.pdf import pdf_of

TARGET: Final = Path(__file__).parent.parent / "docs" / "first-page.png"
_SCALE: Final = 1.2
_GAP: Final = 20
_GREY: Final = "#b8b8b8"


def pictured(docx: bytes, chosen: list[int]) -> Image.Image:
    """The pages (counted from 1) side by side, as our LibreOffice lays them out."""
    soffice = shutil.which("soffice") or sys.exit("LibreOffice is not installed")
    with contextlib.closing(pypdfium2.PdfDocument(pdf_of(docx, Path(soffice)))) as document:
        pages = chosen or [1, min(3, len(document)), len(document)]
        drawn = [document[page - 1].render(scale=_SCALE, draw_annots=False).to_pil() for page in pages]
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
