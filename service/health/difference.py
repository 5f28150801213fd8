"""What `verify` names: something that is not as it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# `Difference.what` is a value of `archive.recorded_files.RecordedKind`, or one of these.
UNKNOWN_FILE: Final = "unknown_file"
"""A file that the ledger does not record."""
REMOVED_LETTER: Final = "removed_letter"
"""The file of a letter that was erased or destroyed: a backup has brought it back."""
LETTER_OUT: Final = "letter_out"
"""The row of a letter out."""
RECORD_LINE: Final = "record_line"
"""A line of the record of changes that does not follow from the line before."""
RECORD_HEAD: Final = "record_head"
"""A line of the record of changes that is not the one whose SHA-256 a manifest holds."""
RECORD_GUARD: Final = "record_guard"
"""A trigger that keeps the record of changes as it is."""
ISSUE_ROW: Final = "issue_row"
"""The rows of a signed-off issue, compared with its manifest."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was recorded."""

    what: str
    """A value of `RecordedKind`, or one of the constants above."""
    path: str
    """Relative to data_dir; of a row the ledger's file, "#", table, "/" and id."""
    expected: str | None
    """SHA-256 that is recorded, of an issue's rows what the manifest holds; None: nothing is recorded."""
    actual: str | None
    """The same of what is there; None: nothing is there, or a link."""

    @property
    def chinese(self) -> str:
        """What the difference is, for a clerk."""
        if self.expected is None and self.what not in _IN_CHINESE:
            return "多出来的，台账里没有"
        return _IN_CHINESE.get(self.what) or ("不见了" if self.actual is None else "与入库时不同")


_IN_CHINESE: Final = {
    REMOVED_LETTER: "来信早已删除或销毁，文件又出现了（恢复过旧备份？），已再次销毁",
    RECORD_LINE: "变更记录在这一行断开：这一行或它前面的被改过、删过",
    RECORD_HEAD: "变更记录与签发时的清单不符：被整个改写过",
    RECORD_GUARD: "保护变更记录的触发器不见了",
    ISSUE_ROW: "台账里这一期与它的清单不符",
}
