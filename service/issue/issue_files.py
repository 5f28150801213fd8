"""The draft of the next issue as the desk hands it out, and the files that a signed-off one has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from archive import issues
from archive.files import read_file
from archive.issues import FileKind, IssueRecord
from archive.transaction import Transaction
from service.issue.page_numbers import UNCOUNTED
from service.issue.press import Press
from service.issue.preview import counted, issue_now
from service.issue.publish import assemble
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPES: Final[dict[FileKind, str]] = {"docx": WORD, "pdf": "application/pdf", "manifest": "application/json"}
_NOT_IN_NAMES: Final = re.compile(r'[/\\:*?"<>|]')


@dataclass(frozen=True, slots=True)
class File:
    """name: for the person who keeps it."""

    name: str
    content_type: str
    data: bytes


def make_draft(office: Office, press: Press, bulletin: BulletinSettings, *, supplement: bool = False) -> IssueRecord:
    """The draft as the ledger now stands; the same one, where nothing has changed. Nobody is written to: who asks for
    it is looking at it. Raises NothingToAssemble, BadTemplate, StorageFailed."""
    with office.ledger.reading() as ledger:
        now = issue_now(office, ledger, bulletin, supplement=supplement)
    pages = counted(office, press, now) if now.template else UNCOUNTED
    dated = now.issue.masthead.dated
    made = assemble(office, bulletin, dated, supplement=supplement, tell_editors=False, counted=pages)
    assert made is not None  # None is only for a scheduled time
    return made.issue


def draft_file(office: Office, press: Press, bulletin: BulletinSettings, *, supplement: bool = False) -> File:
    """The draft as a Word file, with the editor's margin. Raises as `make_draft`."""
    draft = make_draft(office, press, bulletin, supplement=supplement)
    name = f"{bulletin.title}{draft.number.label}送审稿（第{draft.revision}稿）.docx"
    return File(_NOT_IN_NAMES.sub("", name), WORD, read_file(office.data_dir / draft.draft))


def final_file(office: Office, bulletin: BulletinSettings, issue_id: int, kind: str) -> File:
    """A file of a signed-off issue. Raises BadUsage when there is none."""
    with office.ledger.reading() as ledger:
        record = issue_of(ledger, bulletin, issue_id)
    for file in record.final:
        if file.kind == kind:
            name = _NOT_IN_NAMES.sub("", f"{bulletin.title}{record.number.label}")
            suffix = PurePosixPath(file.path).suffix
            return File(f"{name}{suffix}", CONTENT_TYPES[file.kind], read_file(office.data_dir / file.path))
    raise BadUsage(f"{record.number.label}没有这个文件。")


def issue_of(ledger: Transaction, bulletin: BulletinSettings, issue_id: int) -> IssueRecord:
    """The bulletin's issue of that id. Raises BadUsage."""
    record = issues.issue_of_bulletin(ledger, bulletin.id, issue_id)
    if record is None:
        raise BadUsage("没有这一期。")
    return record
