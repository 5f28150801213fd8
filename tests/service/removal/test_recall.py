"""A ledger or a data folder from an older backup does not bring back what was removed since."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from archive import letters, removals
from archive.letters import LetterRecord
from archive.tombstones import FOLDER
from intake.keep import LetterStore
from service.letters.add_by_hand import refuse_removed
from service.office import DATABASE, Office
from service.removal.finish import destroy_removed_files, finish_removals
from service.removal.recall import recall_removed
from service.removal.remove import destroy_sealed, erase
from tests.support.ledger_rows import BULLETIN, INBOX
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import office_at
from tests.support.outboxes import sending
from tests.support.removable import SECRET, Removable, add_rejected, add_sealed, deliver_all, left_of
from values.errors import BadUsage
from values.letter import Letter, RemovalKind, Verdict

OTHER = "other"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def removed(office: Office, kind: RemovalKind) -> Removable:
    """A letter of each kind, removed; before that, a copy of all is put aside."""
    letter = add_rejected(office) if kind is RemovalKind.ERASED else add_sealed(office)
    deliver_all(office)
    office.ledger.close()
    shutil.copytree(office.data_dir, office.data_dir.parent / "backup")
    operation = erase if kind is RemovalKind.ERASED else destroy_sealed
    operation(office, office.bulletin(None), letter.id, "理由", who="赵管理")
    office.ledger.close()
    return letter


def restore(office: Office, *names: str) -> None:
    """Unpacks a part of the backup over the data folder."""
    backup = office.data_dir.parent / "backup"
    for name in names:
        if (backup / name).is_dir():
            shutil.copytree(backup / name, office.data_dir / name, dirs_exist_ok=True)
        else:
            shutil.copy(backup / name, office.data_dir / name)


def everything(office: Office) -> tuple[str, ...]:
    return tuple(path.name for path in (office.data_dir.parent / "backup").iterdir())


def stored(office: Office) -> list[LetterRecord]:
    with office.ledger.reading() as ledger:
        return list(letters.letters(ledger))


@pytest.mark.parametrize("kind", list(RemovalKind))
@pytest.mark.parametrize("what", ["raw", "ledger", "everything"])
def test_restoring_a_backup_brings_nothing_back(office: Office, kind: RemovalKind, what: str) -> None:
    letter = removed(office, kind)
    restore(office, *{"raw": ("raw",), "ledger": (DATABASE,), "everything": everything(office)}[what])
    with office_at(office.data_dir.parent / "config.toml", office.now()) as again:
        assert recall_removed(again) == (what != "raw")
        assert recall_removed(again) == 0
        destroy_removed_files(again)
        assert finish_removals(again)
        assert left_of(again.data_dir, SECRET) == []
        [record] = [each for each in stored(again) if each.sha256 == letter.sha256]
        assert record.removal is not None
        assert (record.removal.kind, record.removal.who) == (kind, "赵管理")


def test_of_processes_that_recall_at_the_same_time_one_does(office: Office) -> None:
    removed(office, RemovalKind.ERASED)
    restore(office, DATABASE)
    with office_at(office.data_dir.parent / "config.toml", office.now()) as again, ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(recall_removed, [again] * 4)) == 1


def test_a_ledger_from_before_the_letter_came_refuses_it(office: Office, tmp_path: Path) -> None:
    letter = removed(office, RemovalKind.DESTROYED)
    with office_at(office.data_dir.parent / "config.toml", office.now()) as other:
        tombstones = other.data_dir / FOLDER
    home = tmp_path / "new"
    home.mkdir()
    shutil.copy(office.data_dir.parent / "config.toml", home / "config.toml")
    with office_at(home / "config.toml", office.now()) as new:
        shutil.copytree(tombstones, new.data_dir / FOLDER)
        assert recall_removed(new) == 1
        [record] = stored(new)
        assert (record.sha256, record.verdict, record.received_at) == (
            letter.sha256,
            Verdict.SEALED,
            record.received_at,
        )
        store = LetterStore(BULLETIN, new.ledger, new.raws, new.now)
        counts = store.keep([Letter(letter.raw, new.now())])
        assert (counts.stored, counts.new, counts.refused) == (0, 0, 1)
        assert not new.raws.path(letter.sha256).exists()


def test_a_tombstone_that_cannot_be_read_stops_nothing(office: Office) -> None:
    letter = removed(office, RemovalKind.ERASED)
    [tombstone] = (office.data_dir / FOLDER).rglob("*.json")
    tombstone.write_bytes(b"{")
    restore(office, DATABASE)
    with office_at(office.data_dir.parent / "config.toml", office.now()) as again:
        assert recall_removed(again) == 0
        assert [each.removal for each in stored(again) if each.sha256 == letter.sha256] == [None]


@pytest.mark.parametrize("kind", list(RemovalKind))
def test_the_same_bytes_are_not_stored_again(office: Office, kind: RemovalKind) -> None:
    letter = removed(office, kind)
    before = stored(office)
    store = LetterStore(BULLETIN, office.ledger, office.raws, office.now)
    counts = store.keep([Letter(letter.raw, office.now(), INBOX), Letter(b"Subject: other\r\n\r\n", office.now())])
    assert (counts.stored, counts.new, counts.refused) == (1, 1, 1)
    assert not office.raws.path(letter.sha256).exists()
    assert [(each.sha256, each.removal) for each in stored(office)][: len(before)] == [
        (each.sha256, each.removal) for each in before
    ]
    with office.ledger.reading() as ledger, pytest.raises(BadUsage, match=kind.chinese):
        refuse_removed(ledger, office.bulletin(None), letter.raw)


@pytest.mark.parametrize(("kind", "refused"), [(RemovalKind.ERASED, 0), (RemovalKind.DESTROYED, 1)])
def test_another_bulletin_refuses_what_was_destroyed_and_takes_what_was_erased(
    office: Office, kind: RemovalKind, refused: int
) -> None:
    letter = removed(office, kind)
    counts = LetterStore(OTHER, office.ledger, office.raws, office.now).keep([Letter(letter.raw, office.now())])
    assert (counts.refused, counts.new) == (refused, 1 - refused)
    assert office.raws.path(letter.sha256).exists() is not bool(refused)
    with office.ledger.reading() as ledger:
        names = removals.removed_names(ledger)
    assert ((OTHER, letter.sha256) in names) is bool(refused)
