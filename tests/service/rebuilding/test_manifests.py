"""Manifests are read as they were written; what no sign-off wrote is named, not believed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from service.rebuilding.manifests import BadManifest, PrintedIssue, manifests_in, missing_files

MANIFEST: dict[str, Any] = {
    "bulletin": "wuxing",
    "number": 1,
    "supplement": True,
    "editors_note": ["第一段", "第二段"],
    "date": "2022-11-08",
    "revision": 3,
    "signed_off_by": "王编辑",
    "signed_off_at": "2022-11-08T16:00:00+08:00",
    "files": [
        {"path": "issues/wuxing/supplement-1/supplement-1.docx", "sha256": "a" * 64, "size": 7},
        {"path": "issues/wuxing/supplement-1/supplement-1-r3.docx", "sha256": "b" * 64, "size": 8},
    ],
    "articles": [
        {"id": 1, "revision": 2, "title": "题", "department": None, "section": "", "letter": {"sha256": "c" * 64}}
    ],
}


def written(data_dir: Path, document: object) -> Path:
    path = data_dir / "issues" / "wuxing" / "supplement-1" / "manifest.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_manifest_is_read_with_its_files(tmp_path: Path) -> None:
    written(tmp_path, MANIFEST)
    [issue] = manifests_in(tmp_path)
    assert isinstance(issue, PrintedIssue)
    assert (issue.number, issue.supplement, issue.revision, issue.signed_by) == (1, True, 3, "王编辑")
    assert issue.signed_at.isoformat() == MANIFEST["signed_off_at"]
    assert issue.editors_note == "第一段\n第二段"
    assert [file.kind for file in issue.files] == ["docx", "manifest"]
    assert issue.draft.path.endswith("supplement-1-r3.docx")
    assert [(article.title, article.department) for article in issue.articles] == [("题", None)]
    assert missing_files(tmp_path, issue) == [file["path"] for file in MANIFEST["files"]]


DAMAGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no number": lambda document: document.pop("number"),
    "no file": lambda document: document["files"].clear(),
    "a file elsewhere": lambda document: document["files"][0].update(path="../../etc/passwd.docx"),
    "a file of another kind": lambda document: document["files"][0].update(path="issues/wuxing/supplement-1/a.exe"),
    "a time without zone": lambda document: document.update(signed_off_at="2022-11-08T16:00:00"),
    "articles of another shape": lambda document: document.update(articles=[1]),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_no_sign_off_wrote_is_named(tmp_path: Path, damage: str) -> None:
    document = copy.deepcopy(MANIFEST)
    DAMAGES[damage](document)
    path = written(tmp_path, document)
    [bad] = manifests_in(tmp_path)
    assert isinstance(bad, BadManifest)
    assert bad.path == path.relative_to(tmp_path).as_posix()


@pytest.mark.parametrize("document", [[], "text", None])
def test_json_of_another_shape_is_named(tmp_path: Path, document: object) -> None:
    written(tmp_path, document)
    assert [type(item) for item in manifests_in(tmp_path)] == [BadManifest]
