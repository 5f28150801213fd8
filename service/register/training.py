"""`train`: learns what the office's own past issues write, so that the proofreader does not doubt it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.changes import NewChange, record_change
from archive.own_texts import NO_OWN_TEXTS, OwnTexts, forget_own_texts, own_texts, write_own_texts
from intake.check.language.model import language_model
from intake.check.language.own_texts import new_sequences, packed
from intake.outcome import DocumentLines
from intake.pool import ReadingPool, crash_reason
from programs.conversion import NO_CONVERSIONS
from programs.crash import Crash
from programs.libreoffice import convert
from service.letters.receive import ReportProgress, no_progress
from service.office import Office
from values.errors import BadUsage

_EXTENSIONS: Final = frozenset(
    {".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".txt", ".pdf", ".ofd", ".xml", ".htm", ".html", ".mht"}
)
_LARGEST: Final = 50_000_000
"""Octets of a file, as of one that `check-text` reads."""
_MOST_FILES: Final = 5_000
"""Of a folder: issues of a hundred years; more is most likely another folder than was meant."""
_NO_OFFICE: Final = "本机没有 LibreOffice，这种格式读不了；请另存为 .docx。"


@dataclass(frozen=True, slots=True)
class Training:
    """What one run has learned."""

    files: int
    """That were read."""
    characters: int
    """That were read."""
    sequences: int
    """That the office has now."""
    unread: tuple[str, ...]
    """A sentence for each file that could not be read, Chinese."""


@dataclass(frozen=True, slots=True)
class _ReadFile:
    path: Path
    lines: tuple[str, ...]
    refusal: str


def train(office: Office, pool: ReadingPool, folder: Path, who: str, report: ReportProgress = no_progress) -> Training:
    """Adds the texts of a folder, and of the folders in it, to what the office has.

    A kill leaves what was there before. Raises BadUsage for a folder without such files, StorageFailed.
    """
    office.require_data()
    paths = _files_in(folder)
    lines: list[str] = []
    unread: list[str] = []
    for done, file in enumerate(_read(office, pool, paths), start=1):
        lines += file.lines
        if not file.lines:
            unread.append(f"{file.path.relative_to(folder)}：{file.refusal or '没有读出文字。'}")
        report("读往期简报", done, len(paths))
    if len(unread) == len(paths):
        raise BadUsage(f"{folder} 里没有一个文件读得出来：{unread[0]}")
    before = own_texts(office.data_dir)
    octets, sequences = packed(new_sequences(lines, language_model()), before.octets)
    files, characters = len(paths) - len(unread), sum(map(len, lines))
    learned = OwnTexts(
        files=before.files + files,
        characters=before.characters + characters,
        sequences=sequences,
        trained_at=office.now().isoformat(),
        octets=octets,
    )
    write_own_texts(office.data_dir, learned)
    _record(office, who, f"审校记下本单位 {files} 个文件、{characters} 字的用词")
    return Training(files, characters, sequences, tuple(unread))


def forget_training(office: Office, who: str) -> OwnTexts:
    """Removes what was learned; returns what it was. Raises StorageFailed."""
    before = own_texts(office.data_dir)
    forget_own_texts(office.data_dir)
    if before != NO_OWN_TEXTS:
        _record(office, who, f"审校不再用记下的 {before.files} 个文件的用词")
    return before


def _files_in(folder: Path) -> list[Path]:
    """Documents of the folder and its folders, without hidden ones and the locks of Word. Raises BadUsage."""
    if not folder.is_dir():
        raise BadUsage(f"没有文件夹 {folder}。")
    try:
        paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _EXTENSIONS and path.is_file())
    except OSError as error:
        raise BadUsage(f"读不到 {folder}（{error.strerror}）。") from None
    paths = [path for path in paths if not path.name.startswith((".", "~$"))]
    if not paths:
        raise BadUsage(f"{folder} 里没有 .docx、.doc、.wps、.pdf、.ofd、.txt 文件。")
    if len(paths) > _MOST_FILES:
        raise BadUsage(f"{folder} 里有 {len(paths)} 个文件，最多 {_MOST_FILES} 个；请确认是往期简报的文件夹。")
    return paths


def _read(office: Office, pool: ReadingPool, paths: list[Path]) -> Iterator[_ReadFile]:
    for path in paths:
        answer = _lines(office, pool, path)
        if isinstance(answer, DocumentLines):
            yield _ReadFile(path, answer.lines, answer.refusal)
        else:
            yield _ReadFile(path, (), answer)


def _lines(office: Office, pool: ReadingPool, path: Path) -> DocumentLines | str:
    """The lines of a file, or why there are none."""
    try:
        size = path.stat().st_size
    except OSError as error:
        return f"读不到（{error.strerror}）。"
    if size > _LARGEST:
        return f"超过 {_LARGEST // 1_000_000} MB。"
    answer = pool.document_lines(path, size, NO_CONVERSIONS)
    if isinstance(answer, DocumentLines) and answer.unconverted:
        if office.soffice is None:
            return _NO_OFFICE
        answer = pool.document_lines(path, size, convert(answer.unconverted, office.soffice))
    return f"{crash_reason(answer)}。" if isinstance(answer, Crash) else answer


def _record(office: Office, who: str, summary: str) -> None:
    with office.ledger.writing() as ledger:
        change = NewChange(bulletin="", who=who, subject="word", subject_id="", summary=summary, at=office.now())
        record_change(ledger, change)
