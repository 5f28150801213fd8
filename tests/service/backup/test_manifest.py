from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from service.backup.manifest import (
    BackupManifest,
    BackupMember,
    DamagedBackup,
    manifest_text,
    parse_manifest,
    refuse_difference,
)
from service.office import DATABASE
from values.errors import BadUsage

LEDGER = BackupMember(DATABASE, 5, "ab" * 32, is_final=False)
ISSUE = BackupMember("issues/wuxing/70/70.docx", 7, "cd" * 32, is_final=True)
MANIFEST = BackupManifest("0.1.0", "0018", datetime(2026, 11, 30, tzinfo=UTC), (LEDGER, ISSUE))


def test_manifest_is_read_back() -> None:
    assert parse_manifest(manifest_text(MANIFEST)) == MANIFEST


@pytest.mark.parametrize(
    "change",
    [
        {"made_at": "2026-11-30T00:00:00"},
        {"members": []},
        {"members": [{"path": "raw/x", "size": 1, "sha256": "ab" * 32, "is_final": False}]},
        {"members": 2 * [{"path": DATABASE, "size": 1, "sha256": "ab" * 32, "is_final": False}]},
        {"members": [{"path": DATABASE, "size": 1, "sha256": "ab", "is_final": False}]},
        {"form": "x"},
    ],
)
def test_what_no_backup_wrote_is_damaged(change: dict[str, Any]) -> None:
    fields = json.loads(manifest_text(MANIFEST)) | change
    with pytest.raises(DamagedBackup, match="清单读不出来"):
        parse_manifest(json.dumps(fields).encode())


@pytest.mark.parametrize("path", ["../x", "/etc/passwd", "raw/../../x", "", ".", "raw//x", "raw/./x", "a\0b"])
def test_path_outside_of_the_folder_is_damage(path: str) -> None:
    fields = json.loads(manifest_text(MANIFEST))
    fields["members"][1]["path"] = path
    with pytest.raises(DamagedBackup):
        parse_manifest(json.dumps(fields).encode())


def test_later_form_asks_for_its_version() -> None:
    with pytest.raises(BadUsage, match=r"更新的版本（9\.0）"):
        parse_manifest(json.dumps({"form": 2, "version": "9.0"}).encode())


@pytest.mark.parametrize("present", [[LEDGER], [LEDGER, ISSUE, BackupMember("x", 1, "ab" * 32, is_final=False)]])
def test_missing_and_further_files_are_named(present: list[BackupMember]) -> None:
    with pytest.raises(DamagedBackup, match=r"70\.docx|x 等"):
        refuse_difference(MANIFEST, present)
