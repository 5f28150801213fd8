"""Letters from files, for `import`: .eml files, folders of them, Maildir, mbox.

It yields the same values as a mailbox (`Letter`, `Oversize`), without a place, since files have no UIDs; why none are
invented is explained in `intake.fetch.mailbox`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from intake.fetch.arrival import arrival, header_block
from intake.fetch.mailbox import HEADER_LIMIT, LETTER_LIMIT, Oversize
from values.letter import Letter

_LETTER_SUFFIXES = {".eml"}
_MBOX_SUFFIXES = {".mbox", ".mbx"}
_SYSTEM_FILES = {"thumbs.db", "desktop.ini"}

_FROM_LINE = re.compile(rb"From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b.*\d\d:\d\d.*\b\d{4}\b")
_FIELD = re.compile(rb"(?:\xef\xbb\xbf)?[!-9;-~]+[ \t]*:")


@dataclass(frozen=True, slots=True)
class BadPath:
    """A path that holds no letter."""

    path: Path
    reason: str
    """A Chinese sentence that names the path."""


FromFile = Letter | Oversize | BadPath


def letters_from(paths: Sequence[Path], *, limit: int = LETTER_LIMIT) -> Iterator[FromFile]:
    """Reads every letter under `paths`, file after file, in the order of names. Raises nothing: see BadPath.

    received_at is the date of the topmost Received header, else the Date header, else the file's time.
    An mbox letter is every octet between its "From " line and the blank line before the next one. ">From " stays
    as it is: whether a program quoted it or the author wrote it cannot be determined.
    """
    for path in paths:
        empty = True
        for letter in _under(path, limit):
            empty = False
            yield letter
        if empty:
            yield BadPath(path, f"{_shown(path)}：里面没有信。请指定 .eml 文件、mbox 文件，或放有它们的文件夹。")


def _under(path: Path, limit: int) -> Iterator[FromFile]:
    try:
        if path.is_dir():
            yield from _in_folder(path, limit)
        elif path.is_file():
            yield from _in_file(path, limit)
        elif path.exists():
            yield BadPath(path, f"{_shown(path)}：不是普通文件，没有导入。")
        else:
            yield BadPath(path, f"{_shown(path)}：没有这个文件或文件夹。请核对路径。")
    except OSError as error:
        yield BadPath(
            path, f"{_shown(path)}：读不了（{_cause(error)}）。请检查文件权限和磁盘，再导入一次；重复的信不会收两遍。"
        )


def _in_folder(folder: Path, limit: int) -> Iterator[FromFile]:
    if _is_maildir(folder):
        for part in ("new", "cur"):
            yield from _in_folder(folder / part, limit)
        return
    of_maildir = folder.name in {"new", "cur"} and _is_maildir(folder.parent)
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith(".") or entry.name.lower() in _SYSTEM_FILES:
            continue
        if entry.is_dir():
            if not entry.is_symlink():  # a link may lead back up
                yield from _under(entry, limit)
        elif of_maildir or entry.suffix.lower() in _LETTER_SUFFIXES | _MBOX_SUFFIXES:
            yield from _under(entry, limit)
        else:
            yield BadPath(entry, f"{_shown(entry)}：不是 .eml 或 mbox 文件，没有导入。是信的话请另存为 .eml 再导入。")


def _is_letter_by_name(path: Path) -> bool:
    return path.suffix.lower() in _LETTER_SUFFIXES or _is_maildir(path.parent.parent)


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _in_file(path: Path, limit: int) -> Iterator[FromFile]:
    with path.open("rb") as file:
        stat = os.fstat(file.fileno())
        at = datetime.fromtimestamp(stat.st_mtime, UTC)
        start = file.read(512)
        file.seek(0)
        if not start:
            yield BadPath(path, f"{_shown(path)}：是空文件，没有导入。")
        elif start.startswith(b"From "):
            yield from _in_mbox(file, at, limit)
        elif not (_is_letter_by_name(path) or _FIELD.match(start)):
            yield BadPath(path, f"{_shown(path)}：不像一封信（开头没有信头），没有导入。请指定 .eml 或 mbox 文件。")
        elif stat.st_size > limit:
            yield _oversize(file.read(HEADER_LIMIT), stat.st_size, at)
        else:
            yield _letter(file.read(), at)


def _in_mbox(file: BinaryIO, file_time: datetime, limit: int) -> Iterator[FromFile]:
    whole, size = BytesIO(), 0
    after_blank = line_start = False
    file.readline()
    for line in iter(lambda: file.readline(65_536), b""):
        if after_blank and line_start and _FROM_LINE.match(line):
            yield _mbox_letter(whole, size, file_time, limit)
            whole, size = BytesIO(), 0
        else:
            if size <= limit:
                whole.write(line)
            size += len(line)
        after_blank = line in (b"\n", b"\r\n")
        line_start = line.endswith(b"\n")
    if size:
        yield _mbox_letter(whole, size, file_time, limit)


def _mbox_letter(whole: BytesIO, size: int, file_time: datetime, limit: int) -> Letter | Oversize:
    """The letter without the blank line that separates it from the next."""
    raw = whole.getvalue()
    if size > limit:
        return _oversize(raw, size, file_time)
    blank = b"\r\n" if raw.endswith(b"\r\n") else b"\n"
    if raw.endswith(b"\n" + blank):
        raw = raw.removesuffix(blank)
    return _letter(raw, file_time)


def _letter(raw: bytes, file_time: datetime) -> Letter:
    return Letter(raw, _received_at(header_block(raw, HEADER_LIMIT), file_time))


def _oversize(beginning: bytes, size: int, file_time: datetime) -> Oversize:
    header = header_block(beginning, HEADER_LIMIT)
    return Oversize(header, size, _received_at(header, file_time))


def _received_at(header: bytes, file_time: datetime) -> datetime:
    return arrival(header, latest_year=file_time.year + 1) or file_time


def _shown(path: Path) -> str:
    return os.fsencode(path).decode("utf-8", "replace")


def _cause(error: OSError) -> str:
    return "没有读取权限" if isinstance(error, PermissionError) else error.strerror or str(error)
