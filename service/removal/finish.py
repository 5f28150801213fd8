"""What follows the removal of a letter in the ledger: its files are overwritten and removed, and the ledger's own file
is written anew. Each step may be repeated: a process that is killed leaves it to the next start.

Overwriting means what the disk makes of it: an SSD, or a file system that copies on write or keeps snapshots, may keep
the octets elsewhere (docs/decisions/0073).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import structlog

from archive import removals
from archive.files import destroy_file, files_below, finish_destroying
from archive.letters import letter_names
from archive.recorded_files import files_in_media
from archive.removed_drafts import removed_paths
from archive.removed_letters_out import removed_letter_files
from archive.storage_errors import storage_errors
from archive.tombstones import write_tombstones
from intake.sealing import destroy_unused
from service.article.previews import destroy_stale_previews
from service.office import COPY_PREFIX, Office

_log = structlog.get_logger(__name__)

_LETTER_NAME: Final = re.compile(r"[0-9a-f]{64}\.eml")
"""Other files in raw/ are not the service's (`verify` names them)."""
_AT_ONCE: Final = 50
"""Pictures that are destroyed in one transaction: other writers wait for it."""


def finish_removals(office: Office) -> bool:
    """Does what is left to do of every removal; returns whether nothing is left. Raises StorageFailed."""
    with office.ledger.reading() as ledger:
        waiting = removals.unfinished(ledger)
    if not waiting:
        return True
    write_tombstones(office.data_dir, waiting)
    destroy_removed_letters(office)
    destroy_stale_previews(office)
    _destroy_copies(office)
    if not destroy_unused_pictures(office):
        return False
    finish_destroying(office.data_dir)
    if not office.ledger.purge():
        _log.warning("ledger still in use, removal finished later", letters=[letter.id for letter in waiting])
        return False
    with office.ledger.writing() as ledger:
        removals.finish(ledger, [letter.id for letter in waiting], at=office.now())
    _log.info("removal finished", letters=[letter.id for letter in waiting])
    return True


def removals_held_up(office: Office) -> str:
    """Why removals are not finished, in Chinese with the remedy; "" where nothing holds them up.

    Raises StorageFailed.
    """
    with office.ledger.reading() as ledger:
        waiting = len(removals.unfinished(ledger))
    if not waiting or not (unknown := unknown_letters(office)):
        return ""
    first = unknown[0].relative_to(office.data_dir).as_posix()
    return (
        f"{waiting} 封删除的来信没有清理完：{first} 等 {len(unknown)} 个来信文件台账里没有，可能恢复过旧的台账，"
        "没有用到的图片都先留着。请用 import 导入这些文件，或移到数据文件夹外面，服务会接着清理"
    )


def unknown_letters(office: Office) -> list[Path]:
    """The files in raw/ that are named as letters and are none of the ledger's. Raises StorageFailed."""
    stored = [path for path in files_below(office.raws.root) if _LETTER_NAME.fullmatch(path.name)]
    with office.ledger.reading() as ledger:
        recorded = letter_names(ledger)
    return [path for path in stored if path.stem not in recorded]


def _destroy_copies(office: Office) -> None:
    """The ledgers of earlier formats, which `migrate` leaves: they have the removed content."""
    with storage_errors(office.data_dir):
        copies = list(office.data_dir.glob(f"{COPY_PREFIX}*"))
    for copy in copies:
        destroy_file(copy)


def destroy_removed_files(office: Office) -> int:
    """`destroy_removed_letters`, and pictures that no text refers to, and previews of letters that may not be viewed.
    Returns how many files of letters there were. Raises StorageFailed."""
    destroyed = destroy_removed_letters(office)
    destroy_unused_pictures(office)
    destroy_stale_previews(office)
    finish_destroying(office.data_dir)
    return destroyed


def destroy_removed_letters(office: Office) -> int:
    """Destroys every file of a removed letter, of its drafts and of its answers, also those that a restored backup has
    brought back; returns how many there were. Raises StorageFailed."""
    with office.ledger.reading() as ledger:
        raws = sorted(removals.without_bytes(ledger))
        copies = [office.data_dir / path for path in removed_paths(ledger)]
        copies += [office.data_dir / path for path in removed_letter_files(ledger)]
    return sum(_destroy_letter(office, sha256) for sha256 in raws) + sum(map(destroy_file, copies))


def _destroy_letter(office: Office, sha256: str) -> bool:
    """Destroys the bytes of a removed letter. As a writer: another bulletin, which may have the letter, can record it
    only before or after that (`intake.keep`)."""
    if not office.raws.path(sha256).exists():
        return office.raws.destroy(sha256)
    with office.ledger.writing() as ledger:
        return sha256 in removals.without_bytes(ledger) and office.raws.destroy(sha256)


def destroy_unused_pictures(office: Office) -> bool:
    """Destroys the files in media/ that nothing in the ledger refers to: pictures of a letter that was sealed, removed
    or a duplicate, scans of a removed 批示. Raises StorageFailed.

    Returns False and destroys none where there are `unknown_letters`: an older ledger was restored, and the pictures
    may be those of articles that the right one has.
    """
    if unknown := unknown_letters(office):
        _log.warning("unused pictures kept, the ledger is older than the letters", letters=len(unknown))
        return False
    names = [path.name for path in files_below(office.media.root)]
    with office.ledger.reading() as ledger:
        unused = sorted(set(names) - files_in_media(ledger))
    for first in range(0, len(unused), _AT_ONCE):
        destroy_unused(office.ledger, office.media, unused[first : first + _AT_ONCE])
    return True
