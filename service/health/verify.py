"""Compares what is stored with what the ledger records of it, and names every difference.

Files are compared by SHA-256: letters, pictures, drafts, the files of signed-off issues, letters out. A file in one of
these folders that the ledger does not record is a difference too. `verify_record` compares the record of changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive import change_chain, recorded_files, removals
from archive.files import files_below, sha256_of_file
from archive.recorded_files import RecordedFile, RecordedKind
from service.health.difference import LETTER_OUT, REMOVED_LETTER, UNKNOWN_FILE, Difference
from service.health.verify_record import record_differences
from service.office import DATABASE, Office

_FOLDERS: Final = ("raw", "media", "issues", "outbox")
"""Where every file has its row. `previews` holds copies that may be deleted at any time, and is not compared."""
_COMMITTED_SOON_SECONDS: Final = 5.0
"""A file is written before its row is committed: one that was written just now is looked at again after this pause.
The longest such batch, 50 letters, takes a second."""
_JUST_NOW_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Verification:
    """The result of comparing."""

    checked: int
    """Files and rows that were compared."""
    differences: tuple[Difference, ...]


def verify(office: Office, *, pause: Callable[[float], None] = time.sleep) -> Verification:
    """Compares everything. Changes nothing; may run next to the service. Raises StorageFailed.

    pause: waits for so many seconds, for files that another process has written and not recorded yet.
    """
    unrecorded = list(_unrecorded(office))
    recorded = _recorded(office)
    differences = [
        *compare_files(office, recorded),
        *unknown_files(office, unrecorded, pause),
        *letters_out(office),
        *record_differences(office),
    ]
    with office.ledger.reading() as ledger:
        rows = recorded_files.letters_out_in_rows(ledger) + change_chain.chain_head(ledger).line
    return Verification(len(recorded) + rows, tuple(differences))


def path_of(office: Office, file: RecordedFile) -> Path:
    """Where the file is, or would be."""
    stores = {RecordedKind.LETTER: office.raws, RecordedKind.PICTURE: office.media, RecordedKind.SCAN: office.media}
    store = stores.get(file.kind)
    return store.path(file.sha256) if store else office.data_dir / file.name


def compare_files(office: Office, files: Iterable[RecordedFile]) -> Iterator[Difference]:
    """The files that differ from their rows, or are missing. Raises StorageFailed."""
    for file in files:
        path = path_of(office, file)
        actual = None if path.is_symlink() else sha256_of_file(path)
        if actual != file.sha256:
            yield Difference(file.kind.value, _name(office, path), file.sha256, actual)


def letters_out(office: Office) -> Iterator[Difference]:
    """Letters out whose bytes are in the ledger, and differ from their SHA-256."""
    with office.ledger.reading() as ledger:
        altered = list(recorded_files.altered_letters_out(ledger))
    for row in altered:
        yield Difference(LETTER_OUT, f"{DATABASE}#outbox/{row.outbox_id}", row.expected, row.actual)


def unknown_files(
    office: Office, candidates: Sequence[Path] | None = None, pause: Callable[[float], None] = time.sleep
) -> Iterator[Difference]:
    """Files without a row, also after those that were written just now had time to get one.

    candidates: files that had none, None to look for them.
    """
    unknown = list(_unrecorded(office)) if candidates is None else candidates
    if any(map(_is_new, unknown)):
        pause(_COMMITTED_SOON_SECONDS)
    if unknown:
        paths = {path_of(office, file) for file in _recorded(office)}
        removed = removed_paths(office)
        for path in unknown:
            actual = None if path.is_symlink() else sha256_of_file(path)
            if actual is not None and path == office.media.path(actual):
                continue  # a picture that no article uses: those of a letter that turned out to be a duplicate stay
            if path not in paths and (actual is not None or path.is_symlink()):  # else it is gone: a link in the making
                what = REMOVED_LETTER if path in removed else UNKNOWN_FILE
                yield Difference(what, _name(office, path), None, actual)


def removed_paths(office: Office) -> set[Path]:
    """Where the bytes of removed letters were."""
    with office.ledger.reading() as ledger:
        return {office.raws.path(sha256) for sha256 in removals.without_bytes(ledger)}


def _unrecorded(office: Office) -> Iterator[Path]:
    present = [path for folder in _FOLDERS for path in files_below(office.data_dir / folder)]
    recorded = {path_of(office, file) for file in _recorded(office)}
    return (path for path in present if path not in recorded)


def _recorded(office: Office) -> list[RecordedFile]:
    with office.ledger.reading() as ledger:
        return list(recorded_files.recorded_files(ledger))


def _is_new(path: Path) -> bool:
    try:
        return time.time() - path.lstat().st_mtime < _JUST_NOW_SECONDS
    except OSError:
        return False


def _name(office: Office, path: Path) -> str:
    return path.relative_to(office.data_dir).as_posix()
