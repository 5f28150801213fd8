from __future__ import annotations

from pathlib import Path

import pytest

from service.renaming.former_ids import former_ids, note_renaming
from values.errors import StorageFailed


def test_every_former_id_leads_to_the_present_one(tmp_path: Path) -> None:
    assert former_ids(tmp_path) == {}
    note_renaming(tmp_path, "a", "b")
    note_renaming(tmp_path, "b", "c")
    assert former_ids(tmp_path) == {"a": "c", "b": "c"}
    note_renaming(tmp_path, "c", "a")
    assert former_ids(tmp_path) == {"b": "a", "c": "a"}


def test_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "renamed.json").write_bytes(b"[]")
    with pytest.raises(StorageFailed, match=r"renamed\.json"):
        former_ids(tmp_path)
