"""A restore that was killed half-way: until it is run again, no other command touches the data directory.

A file beside the ledger says so. It is written before anything else is, and removed when all is in place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from archive.files import remove_file, write_durably
from values.errors import BadUsage

UNFINISHED_FILE: Final = "restore-unfinished"
"""In data_dir; no backup contains it."""


def begin_restore(data_dir: Path) -> None:
    """Durable when it returns. Raises StorageFailed."""
    write_durably(data_dir / UNFINISHED_FILE, b"restore\n")


def end_restore(data_dir: Path) -> None:
    """Everything is in place, or nothing was changed. Raises StorageFailed."""
    remove_file(data_dir / UNFINISHED_FILE)


def is_unfinished(data_dir: Path) -> bool:
    """Whether a restore was killed."""
    return (data_dir / UNFINISHED_FILE).is_file()


def refuse_unfinished(data_dir: Path) -> None:
    """Raises BadUsage, with the remedy, after a restore that was killed."""
    if is_unfinished(data_dir):
        raise BadUsage(
            f"数据文件夹 {data_dir} 的恢复中途断了，没有做完。请再运行一次 restore 备份（同一份备份），它从头做完；"
            "在此之前别的命令都不运行。备份用不了、台账也没有的，用 rebuild。"
        )
