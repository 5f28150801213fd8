"""The manifests of signed-off issues, read back: what was printed, and from which letters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Final

from archive.files import files_below, read_file, sha256_of_file
from archive.issues import FileKind, IssueFile

_NAME: Final = "manifest.json"
_KINDS: Final[Mapping[str, FileKind]] = {".docx": "docx", ".pdf": "pdf", ".ofd": "ofd"}


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article as a manifest names it."""

    title: str
    department: str | None
    """None: unknown at the sign-off."""
    section: str
    letter_sha256: str
    departments: tuple[str, ...] = ()
    """The departments that share it; () in a manifest from before they were listed."""
    merged: tuple[PrintedArticle, ...] = ()
    """The articles whose text it has (综合采用); their section is ""."""


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """A signed-off issue as its manifest describes it."""

    bulletin: str
    number: int
    supplement: bool
    dated: date
    revision: int
    """Number of the draft that was signed off."""
    signed_by: str
    signed_at: datetime
    """Aware."""
    editors_note: str
    """A paragraph a line; "": none."""
    responsible_editor: str
    """"": none."""
    draft: IssueFile
    files: tuple[IssueFile, ...]
    """Those of the sign-off, the manifest itself among them."""
    articles: tuple[PrintedArticle, ...]
    """In printed order."""


@dataclass(frozen=True, slots=True)
class BadManifest:
    """A manifest that cannot be used."""

    path: str
    """Relative to the data directory."""
    reason: str
    """In Chinese."""


def manifests_in(data_dir: Path) -> Iterator[PrintedIssue | BadManifest]:
    """Those of all issues, in no particular order. Raises StorageFailed for one that cannot be read."""
    for path in files_below(data_dir / "issues"):
        if path.name == _NAME:
            yield _read(data_dir, path)


def missing_files(data_dir: Path, printed: PrintedIssue) -> list[str]:
    """The paths of files that are not there or not as the manifest has them. Raises StorageFailed."""
    return [
        file.path for file in (*printed.files, printed.draft) if sha256_of_file(data_dir / file.path) != file.sha256
    ]


def _read(data_dir: Path, path: Path) -> PrintedIssue | BadManifest:
    data, relative = read_file(path), path.relative_to(data_dir).as_posix()
    sha256 = sha256_of_file(path)
    assert sha256 is not None, "it was read above"
    try:
        return _parsed(json.loads(data), IssueFile("manifest", relative, sha256, len(data)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return BadManifest(relative, f"不是签发时写的清单（{type(error).__name__}）")


def _parsed(document: Mapping[str, Any], manifest: IssueFile) -> PrintedIssue:
    """Raises ValueError, KeyError, TypeError or AttributeError for a document that no sign-off wrote."""
    signed_at = datetime.fromisoformat(document["signed_off_at"])
    if signed_at.tzinfo is None:
        raise ValueError("a time without a zone")
    folder = PurePosixPath(manifest.path).parent
    *final, draft = (_file(file, folder) for file in document["files"])
    return PrintedIssue(
        bulletin=str(document["bulletin"]),
        number=int(document["number"]),
        supplement=bool(document.get("supplement", False)),
        dated=date.fromisoformat(document["date"]),
        revision=int(document["revision"]),
        signed_by=str(document["signed_off_by"] or ""),
        signed_at=signed_at,
        editors_note="\n".join(map(str, document.get("editors_note", ()))),
        responsible_editor=str(document.get("responsible_editor", "")),
        draft=draft,
        files=(*final, manifest),
        articles=tuple(map(_article, document["articles"])),
    )


def _file(document: Mapping[str, Any], folder: PurePosixPath) -> IssueFile:
    """Raises ValueError for a file outside of the manifest's own folder."""
    path = PurePosixPath(str(document["path"]))
    if path.parent != folder:
        raise ValueError("a file of another folder")
    return IssueFile(_KINDS[path.suffix], path.as_posix(), str(document["sha256"]), int(document["size"]))


def _article(document: Mapping[str, Any]) -> PrintedArticle:
    department = document["department"]
    return PrintedArticle(
        title=str(document["title"]),
        department=None if department is None else str(department),
        section=str(document.get("section", "")),
        letter_sha256=str(document["letter"]["sha256"]),
        departments=tuple(map(str, document.get("departments", ()))),
        merged=tuple(map(_article, document.get("merged", ()))),
    )
