"""The characters that the fonts of this machine can show."""

from __future__ import annotations

from functools import lru_cache

from programs.fontconfig import font_properties
from values.font_coverage import merged


@lru_cache(maxsize=1)  # asked for with every register; a font that is installed later counts from the next start on
def font_coverage() -> str:
    """The characters that the installed fonts can show together (`values.font_coverage`); "" without fontconfig."""
    return merged(font_properties("%{charset}\n") or ())
