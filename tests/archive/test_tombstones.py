"""The file that is left of a removed letter beside the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.removals import RemovedLetter
from archive.tombstones import FOLDER, read_tombstone, tombstone_names, write_tombstones
from tests.support.ledger_rows import AT, BULLETIN
from values.errors import StorageFailed
from values.letter import Removal, RemovalKind, Seal, Verdict

LETTER = RemovedLetter(
    id=0,
    bulletin=BULLETIN,
    sha256="a" * 64,
    size=123,
    received_at=AT,
    verdict=Verdict.SEALED,
    seal=Seal("机密★10年", "主题"),
    removal=Removal(RemovalKind.DESTROYED, "赵管理", "保密办要求", AT),
)


def test_it_is_read_as_it_was_written_and_never_replaced(tmp_path: Path) -> None:
    assert tombstone_names(tmp_path) == frozenset()
    write_tombstones(tmp_path, [LETTER])
    [path] = (tmp_path / FOLDER).rglob("*.json")
    before = path.read_bytes()
    write_tombstones(tmp_path, [LETTER])
    assert path.read_bytes() == before
    assert tombstone_names(tmp_path) == {(BULLETIN, LETTER.sha256)}
    assert read_tombstone(tmp_path, BULLETIN, LETTER.sha256) == LETTER


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"kind": "gone"}'])
def test_a_damaged_one_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    write_tombstones(tmp_path, [LETTER])
    [path] = (tmp_path / FOLDER).rglob("*.json")
    path.write_bytes(data)
    with pytest.raises(StorageFailed, match=LETTER.sha256):
        read_tombstone(tmp_path, BULLETIN, LETTER.sha256)


def test_other_files_in_the_folder_are_no_tombstones(tmp_path: Path) -> None:
    (tmp_path / FOLDER / BULLETIN).mkdir(parents=True)
    (tmp_path / FOLDER / BULLETIN / "notes.json").write_bytes(b"{}")
    assert tombstone_names(tmp_path) == frozenset()
