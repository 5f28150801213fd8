"""PDFs of originals, made for viewing: a cache in data_dir. They may be deleted at any time and are made again.

Each is previews/<SHA-256 of the letter>/<SHA-256 of the original>.pdf: they go when their letter is sealed or removed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from archive import letters
from archive.files import destroy_file, files_below
from archive.storage_errors import storage_errors
from service.office import Office
from values.letter import Verdict

PREVIEWS: Final = "previews"
"""Folder in data_dir."""
_MOST_KEPT: Final = 300
"""PDFs in that folder, the latest: the articles of about three months. Older ones are hardly viewed again."""


def preview_path(office: Office, letter_sha256: str, original: bytes) -> Path:
    """Where the PDF of an original is, or would be."""
    return office.data_dir / PREVIEWS / letter_sha256 / f"{hashlib.sha256(original).hexdigest()}.pdf"


def delete_oldest_previews(office: Office) -> None:
    """Deletes the PDFs above `_MOST_KEPT`. Raises StorageFailed."""
    folder = office.data_dir / PREVIEWS
    with storage_errors(folder):
        kept = sorted(folder.glob("*/*.pdf"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in kept[_MOST_KEPT:]:
            path.unlink(missing_ok=True)


def destroy_previews(office: Office, letter_sha256: str) -> None:
    """Destroys the PDFs of one letter's originals. Raises StorageFailed."""
    for path in files_below(office.data_dir / PREVIEWS / letter_sha256):
        destroy_file(path)


def destroy_stale_previews(office: Office) -> None:
    """Destroys the PDFs whose letter is sealed, removed or unknown, and those of versions that named them by the
    original alone. Raises StorageFailed."""
    folder = office.data_dir / PREVIEWS
    paths = list(files_below(folder))
    owners = {path.parent.name for path in paths}
    with office.ledger.reading() as ledger:
        shown = {
            letter.sha256 for name in owners for letter in letters.letters_named(ledger, name) if may_be_shown(letter)
        }
    for path in paths:
        if path.parent.name not in shown:
            destroy_file(path)


def may_be_shown(letter: letters.LetterRecord) -> bool:
    """Whether originals in the letter may be viewed: it is read, not sealed, and its content is there."""
    return letter.removal is None and letter.verdict not in (Verdict.SEALED, Verdict.PENDING)
