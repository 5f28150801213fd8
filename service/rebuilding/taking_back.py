"""Letters and signed-off issues that are stored and that the ledger does not know are recorded in it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive import article_changes, articles, issue_changes, issues, letters
from archive.article_mergers import ArticleMerger, record_merger
from archive.articles import ArticleRecord
from archive.issue_changes import NewIssueRevision
from archive.letters import KeptLetter
from archive.preparations import Preparation
from archive.transaction import Transaction
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver, ReportProgress, no_progress
from service.office import Office
from service.rebuilding.manifests import BadManifest, PrintedArticle, PrintedIssue, manifests_in, missing_files
from service.rebuilding.stored_letters import AlteredLetter, stored_letters
from service.renaming.former_ids import former_ids
from settings.model import BulletinSettings
from values.draft import News
from values.issue import ArticleStatus, IssueNumber

WHO: Final = "rebuild"
"""Whose changes these are in the record."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was recorded again."""

    letters: int
    issues: int
    problems: tuple[str, ...]
    """Chinese sentences: what could not be taken back, and why."""


def take_back(office: Office, report: ReportProgress = no_progress) -> TakenBack:
    """Records and reads every stored letter, and signs off every issue with a manifest, that the ledger does not know.

    Nothing is fetched, sent or answered, and no stored file changes. Raises StorageFailed.
    """
    former = former_ids(office.data_dir)
    read = [_under_present_id(office, each, former) for each in manifests_in(office.data_dir)]
    problems = [f"{bad.path}：{bad.reason}，这一期没有记入台账。" for bad in read if isinstance(bad, BadManifest)]
    with office.ledger.reading() as ledger:
        known_paths = {file.path for issue in issues.signed_off_issues(ledger) for file in issue.final}
    printed = sorted(
        (each for each in read if isinstance(each, PrintedIssue) and each.files[-1].path not in known_paths),
        key=lambda each: each.signed_at,
    )
    taken, more = _take_letters(office, printed)
    problems += more
    if taken:
        with ReadingPool() as pool:
            for bulletin in office.settings.bulletins:
                LetterReceiver(office, pool, report=report).read(bulletin)
    for issue in printed:
        problems += _sign_off_again(office, issue)
    return TakenBack(taken, len(printed), tuple(problems))


def _under_present_id(
    office: Office, manifest: PrintedIssue | BadManifest, former: Mapping[str, str]
) -> PrintedIssue | BadManifest:
    """The manifest's issue under the id that its bulletin has now. former: the present ids by former ones."""
    if isinstance(manifest, BadManifest) or office.settings.bulletin(manifest.bulletin) is not None:
        return manifest
    return replace(manifest, bulletin=former.get(manifest.bulletin, manifest.bulletin))


def _take_letters(office: Office, printed: Sequence[PrintedIssue]) -> tuple[int, list[str]]:
    """Records every new letter of the raw store; returns how many, and a sentence for each that was left out."""
    with office.ledger.reading() as ledger:
        recorded = letters.letter_names(ledger)
    printed_in: defaultdict[str, set[str]] = defaultdict(set)
    for issue in printed:
        for article in issue.articles:
            for source in (article, *article.merged):
                printed_in[source.letter_sha256].add(issue.bulletin)
    of_bulletin: defaultdict[str, list[KeptLetter]] = defaultdict(list)
    problems: list[str] = []
    taken = 0
    for letter in stored_letters(office.data_dir, office.settings.bulletins, printed_in):
        if isinstance(letter, AlteredLetter):
            problems.append(f"{letter.path} 不是它名字所说的那封信（文件被改动过），没有记入台账。")
        elif letter.kept.sha256 in recorded:
            continue
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
                why = "改过题目、由别的一篇拆出，或来信不见了"
                yield f"{number.label}的《{article.title}》没有找到来稿（{why}），没有记入这一期。"
                continue
            _place(office, ledger, record, article)
            _merge_again(office, ledger, bulletin, record, article)
            contents.append((record.id, record.revision))
        open_draft = issues.open_draft(ledger, bulletin.id, supplement=number.supplement)
        if open_draft is not None:  # of a ledger from before this issue: its number, or its articles, may be printed
            issue_changes.discard(ledger, open_draft, who=WHO, at=office.now())
        issue_id = issue_changes.begin_issue(ledger, bulletin.id, number, printed.dated, at=printed.signed_at)
        revision = NewIssueRevision(
            printed.revision, printed.dated, contents, printed.draft.path, printed.draft.sha256, News()
        )
        issue_changes.write_revision(ledger, issue_id, revision, at=printed.signed_at)
        draft = issues.issue_with_id(ledger, issue_id)
        who = printed.signed_by or WHO
        prepared = Preparation(printed.editors_note, responsible_editor=printed.responsible_editor)
        issue_changes.sign_off(ledger, draft, who=who, at=printed.signed_at, printed=prepared)
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


def _merge_again(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, record: ArticleRecord, printed: PrintedArticle
) -> None:
    """The articles that were printed as parts of this one are not printed again, and their departments are credited."""
    before = articles.reread(ledger, record)
    for part in printed.merged:
        other = _article_of(ledger, bulletin, part, {record.id})
        if other is None:
            continue
        note, at = f"并入稿件 {record.id}", office.now()
        article_changes.change_status(ledger, other, ArticleStatus.HELD, who=WHO, note=note, at=at)
        merger = ArticleMerger(
            article=other.id,
            into=record.id,
            revision=other.revision,
            status=other.status,
            into_revision=before.revision,
            into_departments=before.departments,
            merged_by=WHO,
            merged_at=at,
        )
        record_merger(ledger, merger)
    if len(printed.departments) > 1:
        article_changes.assign_jointly(ledger, record.id, printed.departments)


def _place(office: Office, ledger: Transaction, record: ArticleRecord, printed: PrintedArticle) -> None:
    """Gives the article the department and the section that it was printed with."""
    if not record.confirmed:
        article_changes.confirm_by_editor(ledger, record.id, printed.department, who=WHO, at=office.now())
    elif printed.department is not None and printed.department != record.department:
        article_changes.assign(ledger, record.id, printed.department)
    if printed.section != record.section:
        article_changes.move(ledger, record.id, printed.section, None)
