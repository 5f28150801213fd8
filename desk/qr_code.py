"""QR codes as SVG within a page: no file, and no style or script, which the Content-Security-Policy forbids."""

from __future__ import annotations

import segno
from markupsafe import Markup


def qr_code(text: str) -> Markup:
    """An <svg> of class `qr`, dark on a white ground with the four modules of margin that ISO/IEC 18004 asks for."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, light="#fff", border=4)
    return Markup(svg)  # noqa: S704 - numbers and attributes of segno's; the text is in it as modules only
