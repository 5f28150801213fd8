"""`rebuild`: a ledger made again from the raw letters and the manifests of the issues (docs/decisions/0079)."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive import article_changes, articles, issue_changes, issues, letters
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.files import HashStore, make_directory, storage_errors
from archive.issue_changes import NewIssueRevision
from archive.letters import KeptLetter
from archive.lost_ledger import holds_tables
from archive.opening import create_ledger
from archive.privacy import refuse_directory_of_another
from archive.transaction import Transaction
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver, ReportProgress, no_progress
from service.office import DATABASE, Office, soffice_of
from service.rebuilding.manifests import BadManifest, PrintedArticle, PrintedIssue, manifests_in, missing_files
from service.rebuilding.stored_letters import AlteredLetter, stored_letters
from service.removal.finish import destroy_removed_letters
from service.removal.recall import recall_removed
from service.running.lock import sole_service
from settings.model import BulletinSettings, Settings
from values.draft import News
from values.errors import BadUsage
from values.issue import ArticleStatus, IssueNumber

_UNFINISHED: Final = f"{DATABASE}.rebuilding"
"""The new ledger until it is whole: a run that is killed leaves no ledger behind that looks like one."""
_WHO: Final = "rebuild"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What the new ledger has."""

    letters: int
    articles: int
    issues: int
    problems: tuple[str, ...]
    """Chinese sentences: what could not be taken back, and why."""


def rebuild(
    settings: Settings,
    now: Callable[[], datetime],
    environ: Mapping[str, str],
    report: ReportProgress = no_progress,
) -> Rebuilt:
    """Makes the ledger of the data directory again. Nothing is fetched, sent or answered, and no stored file changes.

    Raises BadUsage where there is a ledger or a service runs, and for a directory of another user; StorageFailed.
    """
    data_dir = settings.service.data_dir
    make_directory(data_dir)
    refuse_directory_of_another(data_dir, os.geteuid())
    database = data_dir / DATABASE
    if holds_tables(database):
        raise BadUsage(f"台账 {database} 还在，没有重建。确实要重建的，先停服务，把它移到别处。")
    with sole_service(data_dir):
        unfinished = data_dir / _UNFINISHED
        _remove(unfinished)
        ledger = create_ledger(unfinished)
        try:
            raws, media = HashStore(data_dir / "raw", ".eml"), HashStore(data_dir / "media")
            office = Office(settings, ledger, raws, media, now, environ, soffice_of(environ))
            rebuilt = _filled(office, report)
        finally:
            ledger.close()
        _remove(database)
        with storage_errors(database):
            unfinished.rename(database)
    return rebuilt


def _remove(database: Path) -> None:
    """Removes a database without content, with the files that SQLite has beside it."""
    with storage_errors(database):
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)


def _filled(office: Office, report: ReportProgress) -> Rebuilt:
    # Before any letter is read: what was erased or destroyed stays so, also where a backup has brought its file back.
    recall_removed(office)
    destroy_removed_letters(office)
    read = list(manifests_in(office.data_dir))
    problems = [f"{bad.path}：{bad.reason}，这一期没有记入台账。" for bad in read if isinstance(bad, BadManifest)]
    printed = sorted((issue for issue in read if isinstance(issue, PrintedIssue)), key=lambda issue: issue.signed_at)
    taken, more = _take_letters(office, printed)
    problems += more
    with ReadingPool() as pool:
        for bulletin in office.settings.bulletins:
            LetterReceiver(office, pool, report=report).read(bulletin)
    for issue in printed:
        problems += _sign_off_again(office, issue)
    with office.ledger.writing() as ledger:
        for bulletin in office.settings.bulletins:
            change = NewChange(
                bulletin=bulletin.id,
                who=_WHO,
                subject="ledger",
                subject_id=0,
                summary="台账遗失，由来信原件和各期清单重建；此前的变更记录没有了",
                at=office.now(),
            )
            record_change(ledger, change)
    with office.ledger.reading() as ledger:
        return Rebuilt(taken, len(articles.articles(ledger)), len(issues.signed_off_issues(ledger)), tuple(problems))


def _take_letters(office: Office, printed: Sequence[PrintedIssue]) -> tuple[int, list[str]]:
    """Records every letter of the raw store; returns how many, and a sentence for each that was left out."""
    printed_in: defaultdict[str, set[str]] = defaultdict(set)
    for issue in printed:
        for article in issue.articles:
            printed_in[article.letter_sha256].add(issue.bulletin)
    of_bulletin: defaultdict[str, list[KeptLetter]] = defaultdict(list)
    problems: list[str] = []
    taken = 0
    for letter in stored_letters(office.data_dir, office.settings.bulletins, printed_in):
        if isinstance(letter, AlteredLetter):
            problems.append(f"{letter.path} 不是它名字所说的那封信（文件被改动过），没有记入台账。")
        elif not letter.bulletins:
            problems.append(f"来信 {letter.kept.sha256[:12]} 看不出属于哪份简报，没有记入台账；可用 import 导入。")
        else:
            taken += 1
            for bulletin in letter.bulletins:
                of_bulletin[bulletin].append(letter.kept)
    for bulletin, kept in of_bulletin.items():
        in_order = sorted(kept, key=lambda letter: (letter.received_at, letter.sha256))
        with office.ledger.writing() as ledger:
            letters.keep(ledger, bulletin, in_order, at=office.now())
    return taken, problems


def _sign_off_again(office: Office, printed: PrintedIssue) -> Iterator[str]:
    """Records a signed-off issue with its articles; yields a sentence for each difference from the manifest."""
    bulletin = office.settings.bulletin(printed.bulletin)
    if bulletin is None:
        yield f"{printed.draft.path}：配置里没有刊物 {printed.bulletin}，这一期没有记入台账。"
        return
    number = IssueNumber(printed.number, bulletin.numbering, printed.dated.year, printed.supplement)
    for path in missing_files(office.data_dir, printed):
        yield f"{path} 不见了，或与签发时不同；请从备份恢复。"
    with office.ledger.writing() as ledger:
        contents: list[tuple[int, int]] = []
        for article in printed.articles:
            record = _article_of(ledger, bulletin, article, {id for id, _ in contents})
            if record is None:
                yield f"{number.label}的《{article.title}》没有找到来稿（改过题目，或来信不见了），没有记入这一期。"
                continue
            _place(office, ledger, record, article)
            contents.append((record.id, record.revision))
        issue_id = issue_changes.begin_issue(ledger, bulletin.id, number, printed.dated, at=printed.signed_at)
        revision = NewIssueRevision(
            printed.revision, printed.dated, contents, printed.draft.path, printed.draft.sha256, News()
        )
        issue_changes.write_revision(ledger, issue_id, revision, at=printed.signed_at)
        draft = issues.issue_with_id(ledger, issue_id)
        who, note = printed.signed_by or _WHO, printed.editors_note
        issue_changes.sign_off(ledger, draft, who=who, at=printed.signed_at, note=note)
        for file in printed.files:
            issue_changes.record_file(ledger, issue_id, file, at=printed.signed_at)


def _article_of(
    ledger: Transaction, bulletin: BulletinSettings, printed: PrintedArticle, taken: set[int]
) -> ArticleRecord | None:
    """The article that was printed: of those that its letter has brought, the one of its title, or the only one."""
    letter = letters.letter_with_sha256(ledger, bulletin.id, printed.letter_sha256)
    if letter is None:
        return None
    brought = [record for record in articles.articles_with_ids(ledger, letter.articles) if record.id not in taken]
    free = [record for record in brought if record.status is not ArticleStatus.PUBLISHED]
    same = [record for record in free if record.manuscript.title == printed.title]
    return same[0] if same else free[0] if len(free) == 1 else None


def _place(office: Office, ledger: Transaction, record: ArticleRecord, printed: PrintedArticle) -> None:
    """Gives the article the department and the section that it was printed with."""
    if not record.confirmed:
        article_changes.confirm_by_editor(ledger, record.id, printed.department, who=_WHO, at=office.now())
    elif printed.department is not None and printed.department != record.department:
        article_changes.assign(ledger, record.id, printed.department)
    if printed.section != record.section:
        article_changes.move(ledger, record.id, printed.section, None)
