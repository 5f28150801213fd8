"""The key of an installation is made once, and only its owner can read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.installation_key import KEY_FILE, installation_key
from values.errors import StorageFailed


def test_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    assert installation_key(tmp_path, lambda length: b"a" * length) == b"a" * 32
    assert installation_key(tmp_path, lambda length: b"b" * length) == b"a" * 32
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


def test_of_two_processes_the_first_one_makes_it(tmp_path: Path) -> None:
    def random(length: int) -> bytes:
        (tmp_path / KEY_FILE).write_bytes(b"first" + bytes(27))
        return b"a" * length

    assert installation_key(tmp_path, random) == b"first" + bytes(27)


def test_damaged_key_is_reported(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"")
    with pytest.raises(StorageFailed, match="密钥文件"):
        installation_key(tmp_path, bytes)
