"""The version of the program."""

from __future__ import annotations

from typing import Final

VERSION: Final = "0.1.0"
"""The one place of it: the wheel, `--version`, backups and the mailbox's ID command take it from here."""
