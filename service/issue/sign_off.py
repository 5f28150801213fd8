"""Sign-off: the issue as it is printed, and its final files.

The .docx without comments, header and cover note; its PDF/A, where LibreOffice is installed, and an OFD of its pages
where the bulletin wants one; and manifest.json, which lists what they are made of. The .docx is written in the
transaction of the sign-off; LibreOffice takes seconds, so the others follow it. Files that a kill left out are made by
`complete_issues`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

import structlog

from archive import articles, change_chain, corrections, issue_changes, issues, preparations
from archive.articles import ArticleRecord
from archive.change_chain import ChainHead
from archive.changes import NewChange, record_change
from archive.files import make_read_only, read_unaltered, write_durably
from archive.issues import FileKind, IssueFile, IssueRecord
from archive.preparations import paragraphs_of
from archive.transaction import Transaction
from assembler.typeset import typeset
from programs.libreoffice import ConversionLimits
from programs.pdf import PdfFailure, PdfNotMade
from service.approval.approvals_of import approvals_of
from service.approval.draft_state import refuse_unapproved
from service.backup.hold import refuse_while_held
from service.health.fonts import ReplacedFont, replaced_fonts
from service.issue.drafted import DraftedIssue, drafted_issue, prints_otherwise, refuse_printed_otherwise
from service.issue.later_revision import refuse_later_revision
from service.issue.manifest_articles import in_manifest
from service.issue.ofd_file import ofd_of_issue
from service.issue.page_numbers import pages_in_draft
from service.issue.planning import template_of
from service.issue.unseen import UnseenText, unseen_texts
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, JianbaoError, Stopped
from values.issue import IssueStatus

_log = structlog.get_logger(__name__)

_NAMES: Final[dict[FileKind, str]] = {"docx": "{}.docx", "pdf": "{}.pdf", "ofd": "{}.ofd", "manifest": "manifest.json"}
_LIMITS: Final = ConversionLimits(seconds=180)
"""Three times the usual limit: the PDF of a final issue must not fail on a busy machine, and no page waits for it."""


class FilesIncomplete(JianbaoError):
    """The issue is signed off, but not all of its files are made."""


def sign_off(
    office: Office,
    bulletin: BulletinSettings,
    number: int,
    who: str,
    *,
    seen: int | None = None,
    shown: Collection[int] = (),
    supplement: bool = False,
) -> IssueRecord:
    """Makes the number final, publishes the articles and typesets the issue anew; its files become read-only.

    seen: the revision that the editor has seen, None for the present one. shown: ids of articles whose changed text the
    editor has seen elsewhere than at the desk. An issue that is signed off already and lacks files after a kill gets
    them. Raises BadUsage when there is nothing to sign off, when the draft has a later revision, when it would be
    printed otherwise than it shows, when a step has not approved it, or when a letter has changed a text that nobody
    has opened since (`service.issue.unseen`), and until a restore is released; BadTemplate; StorageFailed when the
    draft's file is missing or was altered; FilesIncomplete.
    """
    refuse_while_held(office)
    with office.ledger.reading() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
        drafted = drafted_issue(ledger, bulletin, draft)
        refuse_later_revision(ledger, draft, draft.revision if seen is None else seen)
        if draft.status is IssueStatus.DRAFT:
            _refuse_unseen_texts(unseen_texts(ledger, drafted.records), shown)
            signers = refuse_unapproved(ledger, bulletin, draft).signers or (who,)
    if is_unfinished(draft):
        return _complete(office, draft, drafted.records)
    docx = b""
    if draft.status is IssueStatus.DRAFT:
        read_unaltered(office.data_dir / draft.draft, draft.sha256)  # the manifest will vouch for what was looked at
        refuse_printed_otherwise(office, bulletin, drafted)
        docx = _as_printed(office, bulletin, drafted, "、".join(signers))
    with office.ledger.writing() as ledger:
        now = issues.issue_with_id(ledger, draft.id)
        refuse_later_revision(ledger, now, draft.revision)  # the revision that was typeset
        prepared = drafted.prepared
        signed = issue_changes.sign_off(ledger, now, who=who, at=office.local(office.now()), printed=prepared)
        refuse_unapproved(ledger, bulletin, now)
        if preparations.clear_preparation(ledger, bulletin.id, supplement=supplement) != prepared:
            raise prints_otherwise(draft)
        _record(office, ledger, signed, who, shown)
        _keep(office, ledger, signed, "docx", docx)
    with office.ledger.reading() as ledger:
        signed = issues.issue_with_id(ledger, signed.id)
    return _complete(office, signed, drafted.records)


def complete_issues(office: Office) -> None:
    """Makes the files that signed-off issues lack after a kill or a failure of LibreOffice; logs what fails again."""
    with office.ledger.reading() as ledger:
        signed_off = issues.signed_off_issues(ledger)
    for issue in signed_off:
        try:
            if is_unfinished(issue):
                with office.ledger.reading() as ledger:
                    records = articles.articles_in_issue(ledger, issue.id)
                _complete(office, issue, records)
            else:
                _close_files(office, issue)
        except JianbaoError as error:
            if office.stopping():
                return  # the next start goes on
            _log.error("issue not completed", issue=issue.number.label, reason=str(error))


def is_unfinished(issue: IssueRecord) -> bool:
    """Whether a signed-off issue lacks its manifest. One from before there were manifests has no files to complete."""
    return bool(issue.final) and all(file.kind != "manifest" for file in issue.final)


def _as_printed(office: Office, bulletin: BulletinSettings, drafted: DraftedIssue, signed_by: str) -> bytes:
    """The .docx to print, with the page numbers that the draft shows (its cover note is not counted).

    signed_by: 签发, which a draft does not have yet.
    """
    imprint = replace(drafted.issue.imprint, signed_by=signed_by)
    issue, pages = replace(drafted.issue, imprint=imprint), pages_in_draft(office, drafted.draft)
    return typeset(issue, template_of(bulletin), office.media.read, pages)


def _record(office: Office, ledger: Transaction, signed: IssueRecord, who: str, shown: Collection[int]) -> None:
    also = f"；签发人说明看过稿件 {'、'.join(map(str, sorted(shown)))}" if shown else ""
    record_change(
        ledger,
        NewChange(
            bulletin=signed.bulletin,
            who=who,
            subject="issue",
            subject_id=signed.id,
            summary=f"{signed.number.label}签发（第 {signed.revision} 稿，{len(signed.articles)} 篇）{also}",
            at=office.now(),
        ),
    )


def _refuse_unseen_texts(unseen: Sequence[UnseenText], shown: Collection[int]) -> None:
    """Raises BadUsage for texts that nobody was shown, naming each."""
    left = [text for text in unseen if text.article not in shown]
    if left:
        options = " ".join(f"--shown {text.article}" for text in left)
        raise BadUsage(
            f"来信改过下列稿件，新的文本还没有人看过：{'；'.join(text.chinese for text in left)}。"
            f"请在审稿台打开看过再签发；已在别处看过的，签发时加上 {options}。"
        )


def _complete(office: Office, issue: IssueRecord, records: Sequence[ArticleRecord]) -> IssueRecord:
    """Makes PDF and OFD outside any transaction, then records them and the manifest, unless another process was
    faster."""
    [printed] = [file for file in issue.final if file.kind == "docx"]
    docx = read_unaltered(office.data_dir / printed.path, printed.sha256)
    pdf = _pdf(office, issue, docx)
    ofd = ofd_of_issue(office, issue, pdf)
    replaced = replaced_fonts(docx, office.environ) if pdf else ()
    with office.ledger.writing() as ledger:
        now = issues.issue_with_id(ledger, issue.id)
        if is_unfinished(now):
            kinds: tuple[tuple[FileKind, bytes | None], ...] = (("pdf", pdf), ("ofd", ofd.data))
            files = [printed, *(_keep(office, ledger, issue, kind, data) for kind, data in kinds if data)]
            manifest = _manifest(office, issue, files, change_chain.chain_head(ledger))
            manifest["articles"] = in_manifest(office, ledger, issue, records)
            manifest["approvals"] = approvals_of(office, ledger, issue)
            manifest["corrects"] = _corrections_in(ledger, issue)
            manifest["fonts_replaced"] = _in_manifest(replaced)
            manifest["ofd"] = ofd.note
            _keep(office, ledger, issue, "manifest", f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n".encode())
            now = issues.issue_with_id(ledger, issue.id)
    _close_files(office, now)
    _log.info("issue signed off", issue=issue.number.label, files=list(now.files))
    return now


def _pdf(office: Office, issue: IssueRecord, docx: bytes) -> bytes | None:
    """The PDF; None where LibreOffice is not installed, or has no wall. Raises FilesIncomplete."""
    from programs.pdf_archival import archival_pdf_of  # loads PDFium

    try:
        return archival_pdf_of(docx, office.soffice, _LIMITS, office.stopping)
    except Stopped as error:
        message = f"{issue.number.label}已签发，服务正在停止，PDF 和清单没有做成；下次启动时自动补上。"
        raise FilesIncomplete(message) from error
    except PdfNotMade as error:
        if error.failure in (PdfFailure.NOT_INSTALLED, PdfFailure.NO_WALL):
            return None
        label, again = issue.number.label, issue.number.as_argument
        message = f"{label}已签发，但 PDF 没有做成（{error}）。请再运行一次 sign-off {again}，缺的文件会补上。"
        raise FilesIncomplete(message) from error


def _keep(office: Office, ledger: Transaction, issue: IssueRecord, kind: FileKind, data: bytes) -> IssueFile:
    """Writes the file, into the folder of the draft, and its row."""
    folder = PurePosixPath(issue.draft).parent  # of a bulletin that has another id since: the one of the former id
    path = folder / _NAMES[kind].format(folder.name)
    write_durably(office.data_dir / path, data)
    file = IssueFile(kind, path.as_posix(), hashlib.sha256(data).hexdigest(), len(data))
    issue_changes.record_file(ledger, issue.id, file, at=office.now())
    return file


def _close_files(office: Office, issue: IssueRecord) -> None:
    """Makes the issue's files read-only, once the ledger has them: one that a rolled back transaction has left is
    written again. Those that are missing are what `verify` reports."""
    for path in (issue.draft, *(file.path for file in issue.final)):
        if (office.data_dir / path).is_file():
            make_read_only(office.data_dir / path)


def _manifest(office: Office, issue: IssueRecord, files: Sequence[IssueFile], head: ChainHead) -> dict[str, Any]:
    """Of manifest.json, but for its articles: who signed what; each file with SHA-256 and size in octets.

    head: of the record of changes, in which the sign-off is a line. No line up to it can be altered unseen.
    """
    draft = read_unaltered(office.data_dir / issue.draft, issue.sha256)
    return {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "label": issue.number.label,
        "supplement": issue.number.supplement,
        "editors_note": list(paragraphs_of(issue.editors_note)),
        "responsible_editor": issue.responsible_editor,
        "date": issue.dated.isoformat(),
        "revision": issue.revision,
        "signed_off_by": issue.decided_by,
        "signed_off_at": office.local(issue.decided_at).isoformat() if issue.decided_at else None,
        "record": {"line": head.line, "sha256": head.sha256},
        "files": [
            *({"path": file.path, "sha256": file.sha256, "size": file.size} for file in files),
            {"path": issue.draft, "sha256": issue.sha256, "size": len(draft)},
        ],
    }


def _corrections_in(ledger: Transaction, issue: IssueRecord) -> list[dict[str, Any]]:
    """What the issue corrects: each erratum with the printed article, whose own manifest stays as it is."""
    links = corrections.corrected_by(ledger, [id for id, _ in issue.articles])
    rows = []
    for link in links.values():
        printing = issues.signed_off_issue_of(ledger, link.corrects)
        if printing is not None:
            rows.append({"article": link.article, "corrects": link.corrects, "label": printing.number.label})
    return rows


def _in_manifest(replaced: Iterable[ReplacedFont]) -> list[dict[str, str]]:
    """The fonts of the .docx that the PDF does not show, and those that it shows; "" for one that fontconfig chose."""
    return [{"font": font.family, "by": font.by} for font in replaced]
