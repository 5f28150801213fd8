"""A data directory belongs to the user of the service and is closed to all others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from archive.privacy import privacy_problems, refuse_directory_of_another
from values.errors import BadUsage

NOBODY = 4_000_000_001
"""An id that no user has: a directory of this test's user is then another's."""


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o710, 0o701, 0o777])
def test_an_open_directory_is_reported_with_its_mode_and_the_remedy(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    [problem] = privacy_problems(tmp_path, os.geteuid())
    assert f"{mode:04o}" in problem
    assert f"chmod 700 {tmp_path}" in problem


def test_a_closed_directory_is_private_whatever_its_files_permit(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "raw").mkdir(mode=0o755)
    (tmp_path / "jianbao.sqlite3").touch(0o644)
    assert list(privacy_problems(tmp_path, os.geteuid())) == []


def test_files_of_another_user_are_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "jianbao.sqlite3-wal").touch()
    [problem] = privacy_problems(tmp_path, NOBODY)
    assert "jianbao.sqlite3-wal" in problem
    assert f"chown -R {NOBODY} {tmp_path}" in problem


def test_a_directory_of_another_user_is_refused(tmp_path: Path) -> None:
    refuse_directory_of_another(tmp_path, os.geteuid())
    with pytest.raises(BadUsage, match=f"现在运行程序的是 {NOBODY}"):
        refuse_directory_of_another(tmp_path, NOBODY)
