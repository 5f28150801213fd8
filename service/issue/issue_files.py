"""Files of issues for download: the draft of the next issue, and those of signed-off issues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from archive import issues
from archive.files import read_unaltered
from archive.issues import FileKind, IssueRecord
from archive.transaction import Transaction
from service.issue.assemble import assemble
from service.issue.page_numbers import UNCOUNTED
from service.issue.page_renderer import PageRenderer
from service.issue.preview import counted, issue_now
from service.office import Office
from settings.model import BulletinSettings
from values.errors import NotThere

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPES: Final[dict[FileKind, str]] = {
    "docx": WORD,
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "manifest": "application/json",
}
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class DownloadFile:
    """A file for download."""

    name: str
    """File name, in Chinese, without characters that file systems refuse."""
    content_type: str
    data: bytes


def make_draft(
    office: Office, renderer: PageRenderer, bulletin: BulletinSettings, *, supplement: bool = False
) -> IssueRecord:
    """Assembles the draft from the present ledger; returns the present draft where nothing has changed.

    No editor is mailed: the person who asks gets the file. Raises NothingToAssemble, BadTemplate, StorageFailed.
    """
    with office.ledger.reading() as ledger:
        now = issue_now(office, ledger, bulletin, supplement=supplement)
    pages = counted(office, renderer, now) if now.template else UNCOUNTED
    dated = now.issue.masthead.dated
    assembled = assemble(office, bulletin, dated, supplement=supplement, mailed_to=(), counted=pages)
    assert assembled is not None  # None is returned for a scheduled time alone
    return assembled.issue


def draft_file(
    office: Office, renderer: PageRenderer, bulletin: BulletinSettings, *, supplement: bool = False
) -> tuple[IssueRecord, DownloadFile]:
    """The draft, and its Word file with comments. Raises as `make_draft`."""
    draft = make_draft(office, renderer, bulletin, supplement=supplement)
    name = f"{bulletin.title}{draft.number.label}送审稿（第{draft.revision}稿）.docx"
    data = read_unaltered(office.data_dir / draft.draft, draft.sha256)
    return draft, DownloadFile(_NOT_IN_NAMES.sub("", name), WORD, data)


def final_file(office: Office, bulletin: BulletinSettings, issue_id: int, kind: str) -> DownloadFile:
    """A file of a signed-off issue. Raises NotThere when the issue has no file of that kind, FileAltered."""
    with office.ledger.reading() as ledger:
        record = issue_of(ledger, bulletin, issue_id)
    for file in record.final:
        if file.kind == kind:
            name = _NOT_IN_NAMES.sub("", f"{bulletin.title}{record.number.label}")
            suffix = PurePosixPath(file.path).suffix
            data = read_unaltered(office.data_dir / file.path, file.sha256)
            return DownloadFile(f"{name}{suffix}", CONTENT_TYPES[file.kind], data)
    raise NotThere(f"{record.number.label}没有这个文件。")


def issue_of(ledger: Transaction, bulletin: BulletinSettings, issue_id: int) -> IssueRecord:
    """The issue with that id, of this bulletin. Raises NotThere when the bulletin has none."""
    record = issues.issue_of_bulletin(ledger, bulletin.id, issue_id)
    if record is None:
        raise NotThere("没有这一期。")
    return record
