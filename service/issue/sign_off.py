"""Sign-off: the issue as it is printed, and its final files.

Three files: the .docx without comments, header and cover note; its PDF, where LibreOffice is installed; and
manifest.json, which lists what they are made of. The .docx is written in the transaction of the sign-off; LibreOffice
takes seconds, so the other two follow it. Files that a kill left out are made by `complete_issues`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any, Final

import structlog

from archive import articles, change_chain, issue_changes, issues, preparations
from archive.articles import ArticleRecord
from archive.change_chain import ChainHead
from archive.changes import NewChange, record_change
from archive.files import make_read_only, read_unaltered, write_durably
from archive.issues import FileKind, IssueFile, IssueRecord
from archive.preparations import Preparation, paragraphs_of
from archive.transaction import Transaction
from assembler.typeset import typeset
from programs.libreoffice import ConversionLimits
from programs.pdf import PdfFailure, PdfNotMade, pdf_of
from service.backup.hold import refuse_while_held
from service.health.fonts import ReplacedFont, replaced_fonts
from service.issue.page_numbers import pages_in_draft
from service.issue.planning import plan, template_of, total_of
from service.issue.unseen import UnseenText, unseen_texts
from service.office import Office
from service.register.register import department_names
from settings.model import BulletinSettings
from values.draft import News
from values.errors import BadUsage, JianbaoError, Stopped
from values.issue import Issue, IssueStatus

_log = structlog.get_logger(__name__)

_NAMES: Final[dict[FileKind, str]] = {"docx": "{}.docx", "pdf": "{}.pdf", "manifest": "manifest.json"}
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
    printed otherwise than it shows, or when a letter has changed a text that nobody has opened since
    (`service.issue.unseen`), and until a restore is released; BadTemplate; StorageFailed when the draft's file
    is missing or was altered; FilesIncomplete.
    """
    refuse_while_held(office)
    with office.ledger.reading() as ledger:
        draft = issues.issue_numbered(ledger, bulletin.id, number, supplement=supplement)
        total = total_of(ledger, bulletin, draft)
        prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
        departments = department_names(ledger, bulletin)
        records = articles.articles_in_issue(ledger, draft.id)
        _refuse_unseen(ledger, draft, draft.revision if seen is None else seen)
        if draft.status is IssueStatus.DRAFT:
            _refuse_unseen_texts(unseen_texts(ledger, records), shown)
    if _is_unfinished(draft):
        return _complete(office, draft, records)
    docx = b""
    if draft.status is IssueStatus.DRAFT:
        read_unaltered(office.data_dir / draft.draft, draft.sha256)  # the manifest will vouch for what was looked at
        issue = plan(bulletin, departments, records, draft.number, total, draft.dated, prepared.paragraphs)
        docx = _as_printed(office, bulletin, draft, issue, prepared)
    with office.ledger.writing() as ledger:
        now = issues.issue_with_id(ledger, draft.id)
        _refuse_unseen(ledger, now, draft.revision)  # the revision that was typeset
        signed = issue_changes.sign_off(ledger, now, who=who, at=office.local(office.now()), note=prepared.editors_note)
        if preparations.clear_preparation(ledger, bulletin.id, supplement=supplement) != prepared:
            raise _prints_otherwise(draft)
        _record(office, ledger, signed, who, shown)
        _keep(office, ledger, signed, "docx", docx)
    with office.ledger.reading() as ledger:
        signed = issues.issue_with_id(ledger, signed.id)
    return _complete(office, signed, records)


def complete_issues(office: Office) -> None:
    """Makes the files that signed-off issues lack after a kill or a failure of LibreOffice; logs what fails again."""
    with office.ledger.reading() as ledger:
        signed_off = issues.signed_off_issues(ledger)
    for issue in signed_off:
        try:
            if _is_unfinished(issue):
                with office.ledger.reading() as ledger:
                    records = articles.articles_in_issue(ledger, issue.id)
                _complete(office, issue, records)
            else:
                _close_files(office, issue)
        except JianbaoError as error:
            if office.stopping():
                return  # the next start goes on
            _log.error("issue not completed", issue=issue.number.label, reason=str(error))


def _is_unfinished(issue: IssueRecord) -> bool:
    """Whether a signed-off issue lacks its manifest. One from before there were manifests has no files to complete."""
    return bool(issue.final) and all(file.kind != "manifest" for file in issue.final)


def _as_printed(
    office: Office,
    bulletin: BulletinSettings,
    draft: IssueRecord,
    issue: Issue,
    prepared: Preparation,
) -> bytes:
    """The .docx to print, with the page numbers that the draft shows (its cover note is not counted).

    Raises BadUsage where order, sections, departments, note, date or template differ from the draft that was seen.
    """
    template = template_of(bulletin)
    same = [article.id for article in issue.articles] == [id for id, _ in draft.articles]
    if same and draft.print_sha256:
        same = hashlib.sha256(typeset(issue, template, office.media.read)).hexdigest() == draft.print_sha256
    if not same or prepared.dated not in (None, draft.dated):
        raise _prints_otherwise(draft)
    return typeset(issue, template, office.media.read, pages_in_draft(office, draft))


def _prints_otherwise(draft: IssueRecord) -> BadUsage:
    return BadUsage(
        f"{draft.number.label}编排之后，稿件的先后、栏目、单位，按语、日期，或刊物的配置、模板改过。"
        "请先重新编排，看过新的送审稿再签发。"
    )


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


def _refuse_unseen(ledger: Transaction, now: IssueRecord, seen: int) -> None:
    if now.status is not IssueStatus.DRAFT or now.revision == seen:
        return
    if seen > now.revision:
        raise BadUsage(f"{now.number.label}还没有第 {seen} 稿，现在是第 {now.revision} 稿。")
    changes = _in_words(issues.news_since(ledger, now.id, seen)) or "稿件没有增减，版面或审校意见有改动"
    raise BadUsage(
        f"{now.number.label}已更新到第 {now.revision} 稿，您看过的是第 {seen} 稿：{changes}。请看过新的一稿再签发。"
    )


def _in_words(news: Iterable[News]) -> str:
    revisions = list(news)
    kinds = {
        "新增": [title for revision in revisions for title in revision.added],
        "换稿": [title for revision in revisions for title in revision.changed],
        "撤下": [title for revision in revisions for title in revision.removed],
        "调整位置": [title for revision in revisions for title in revision.moved],
    }
    return "；".join(
        f"{kind}" + "".join(f"《{title}》" for title in titles) for kind, titles in kinds.items() if titles
    )


def _complete(office: Office, issue: IssueRecord, records: Sequence[ArticleRecord]) -> IssueRecord:
    """Makes the PDF outside any transaction, then records PDF and manifest, unless another process was faster."""
    [printed] = [file for file in issue.final if file.kind == "docx"]
    docx = read_unaltered(office.data_dir / printed.path, printed.sha256)
    pdf = _pdf(office, issue, docx)
    replaced = replaced_fonts(docx, office.environ) if pdf else ()
    with office.ledger.writing() as ledger:
        now = issues.issue_with_id(ledger, issue.id)
        if _is_unfinished(now):
            files = [printed] + ([_keep(office, ledger, issue, "pdf", pdf)] if pdf else [])
            manifest = _manifest(office, issue, records, files, change_chain.chain_head(ledger))
            manifest["fonts_replaced"] = _in_manifest(replaced)
            _keep(office, ledger, issue, "manifest", f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n".encode())
            now = issues.issue_with_id(ledger, issue.id)
    _close_files(office, now)
    _log.info("issue signed off", issue=issue.number.label, files=list(now.files))
    return now


def _pdf(office: Office, issue: IssueRecord, docx: bytes) -> bytes | None:
    """The PDF; None where LibreOffice is not installed, or has no wall. Raises FilesIncomplete."""
    try:
        return pdf_of(docx, office.soffice, _LIMITS, office.stopping)
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


def _manifest(
    office: Office,
    issue: IssueRecord,
    records: Sequence[ArticleRecord],
    files: Sequence[IssueFile],
    head: ChainHead,
) -> dict[str, Any]:
    """Of manifest.json: what was printed, from which letters, who signed it; each file with SHA-256 and size in octets.

    head: of the record of changes, in which the sign-off is a line. No line up to it can be altered unseen.
    """
    by_id = {record.id: record for record in records}
    draft = read_unaltered(office.data_dir / issue.draft, issue.sha256)
    return {
        "bulletin": issue.bulletin,
        "number": issue.number.number,
        "label": issue.number.label,
        "supplement": issue.number.supplement,
        "editors_note": list(paragraphs_of(issue.editors_note)),
        "date": issue.dated.isoformat(),
        "revision": issue.revision,
        "signed_off_by": issue.decided_by,
        "signed_off_at": office.local(issue.decided_at).isoformat() if issue.decided_at else None,
        "record": {"line": head.line, "sha256": head.sha256},
        "files": [
            *({"path": file.path, "sha256": file.sha256, "size": file.size} for file in files),
            {"path": issue.draft, "sha256": issue.sha256, "size": len(draft)},
        ],
        "articles": [
            {
                "id": id,
                "revision": revision,
                "title": by_id[id].manuscript.title,
                "department": by_id[id].department,
                "section": by_id[id].section,
                "letter": {"sha256": by_id[id].letter_sha256, "size": office.raws.size(by_id[id].letter_sha256)},
            }
            for id, revision in issue.articles
        ],
    }


def _in_manifest(replaced: Iterable[ReplacedFont]) -> list[dict[str, str]]:
    """The fonts of the .docx that the PDF does not show, and those that it shows; "" for one that fontconfig chose."""
    return [{"font": font.family, "by": font.by} for font in replaced]
