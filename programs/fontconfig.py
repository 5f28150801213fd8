"""The fonts that are installed on this machine, asked of fontconfig."""

from __future__ import annotations

import shutil
import subprocess


def font_properties(form: str, path: str | None = None) -> list[str] | None:
    """The lines that fc-list prints for all installed fonts; None without fontconfig.

    form: what it prints of each font (FcPatternFormat(3)), with the line end. path: the folders of programs, as in
    PATH; None for those of this process.
    """
    fc_list = shutil.which("fc-list", path=path)
    if fc_list is None:
        return None
    command = [fc_list, "--format", form]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout.splitlines()  # noqa: S603 - fixed words
