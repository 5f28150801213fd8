"""Lengths on paper: the unit of pictures in a document, and the text area on which an issue is printed."""

from __future__ import annotations

from typing import Final

# The English Metric Unit of DrawingML (ECMA-376 20.1.10.16): 914,400 an inch, so that points and millimetres are whole.
EMU_PER_INCH: Final = 914_400
EMU_PER_POINT: Final = 12_700
EMU_PER_MM: Final = 36_000

TEXT_WIDTH: Final = 156 * EMU_PER_MM
"""EMU. The width of the text area (GB/T 9704-2012 5.2.2)."""
HIGHEST_PICTURE: Final = 200 * EMU_PER_MM
"""EMU. The text area is 225 mm high; the rest is for a caption on the same page."""
PRINT_DOTS_PER_INCH: Final = 300
"""The resolution of office printers: pixels beyond it do not show."""
