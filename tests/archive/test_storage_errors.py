"""What the disk refuses is reported with its remedy."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from archive.files import HashStore, make_directory, make_read_only
from values.errors import StorageFailed

LETTER: Final = b"Subject: 1\r\n\r\n"
NAME: Final = hashlib.sha256(LETTER).hexdigest()


@pytest.fixture
def blocked(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "raw").write_text("a file where a folder belongs")
    yield tmp_path / "raw"
    assert [path.name for path in tmp_path.rglob("*")] == ["raw"]


def test_file_where_a_folder_belongs_is_reported_when_writing(blocked: Path) -> None:
    store = HashStore(blocked)
    with pytest.raises(StorageFailed, match="该是目录的地方有一个文件。请检查 data_dir"):
        store.put(LETTER)
    with pytest.raises(StorageFailed, match="该是目录的地方有一个文件"):
        make_directory(blocked / "70")


def test_file_where_a_folder_belongs_is_reported_when_reading(blocked: Path) -> None:
    with pytest.raises(StorageFailed, match="路径中有一段不是目录"):
        HashStore(blocked).read(NAME)


def test_missing_file_points_to_the_backup(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed, match=f"{NAME}.*文件不在了。请检查数据目录，或从备份恢复"):
        HashStore(tmp_path).read(NAME)
    with pytest.raises(StorageFailed, match="文件不在了"):
        make_read_only(tmp_path / "70-r1.docx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; the read-only disk stands for it")
def test_folder_of_somebody_else_is_reported(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageFailed, match="没有权限。请检查目录的属主和权限"):
        HashStore(tmp_path / "raw").put(LETTER)
