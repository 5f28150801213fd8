"""The characters that the fonts of this machine can show, asked of fontconfig."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache

from values.font_coverage import merged


@lru_cache(maxsize=1)  # asked for with every register; a font that is installed later counts from the next start on
def font_coverage() -> str:
    """The characters that the installed fonts can show together (`values.font_coverage`); "" without fontconfig."""
    fc_list = shutil.which("fc-list")
    if fc_list is None:
        return ""
    command = [fc_list, "--format", "%{charset}\n"]
    listed = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603 - a fixed command
    return merged(listed.stdout.splitlines())
