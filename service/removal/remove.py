"""A person removes a letter: `erase` (已删除) ends its personal data, `destroy_sealed` (已销毁) a sealed letter.

One transaction decides: before its commit all of the letter is there, after it the ledger has nothing of its content,
and the files follow, at once or at the next start (`service.removal.finish`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from archive import letters, removals
from archive.article_mergers import mergers_of
from archive.articles import ArticleRecord, articles_with_ids
from archive.changes import NewChange, record_change
from archive.draft_files import edited_files_of_removed_drafts
from archive.letters import LetterRecord
from archive.removed_drafts import articles_in_unfinished_issues
from archive.removed_letters_out import has_unsent
from archive.transaction import Transaction
from archive.withheld_texts import texts_of
from intake.sealing import take_back_texts
from intake.settle import SERVICE
from service.office import Office
from service.removal.finish import finish_removals
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed, NotThere
from values.issue import ArticleStatus
from values.letter import Removal, RemovalKind, Verdict

_LONGEST_WHY: Final = 500
_WITH_ITS_DRAFT: Final = "改自的那一稿的文件已随来信删除"
_UNDECIDED: Final = frozenset({ArticleStatus.DRAFT, ArticleStatus.ADOPTED, ArticleStatus.HELD})
"""Statuses of articles that an issue still may take."""


def erase(office: Office, bulletin: BulletinSettings, letter_id: int, why: str, *, who: str) -> LetterRecord:
    """Erases a letter; returns it as it is then. What is printed of it stays.

    Raises NotThere for an unknown letter; BadUsage without a reason, for one that is removed already, sealed or not
    read yet, and while one of its articles is not decided about, in an open draft, or an answer is still to be sent.
    """
    with office.ledger.writing() as ledger:
        letter = _letter(office, ledger, bulletin, letter_id)
        if refusal := why_not_erased(ledger, letter):
            raise BadUsage(refusal)
        removal = Removal(RemovalKind.ERASED, who, _reason(why, "删除"), office.now())
        erase_within(ledger, letter, removal)
    return _finished(office, bulletin, letter_id)


def erase_within(ledger: Transaction, letter: LetterRecord, removal: Removal) -> None:
    """`erase` as a part of the caller's transaction, without looking for what speaks against it."""
    _remove(ledger, letter, removal, f"删除来信 {letter.id}（sha256 {letter.sha256}）")


def destroy_sealed(office: Office, bulletin: BulletinSettings, letter_id: int, why: str, *, who: str) -> LetterRecord:
    """Destroys a sealed letter, in every bulletin that has it; returns it as it is then. For an administrator, at the
    word of the department of secrecy.

    Raises NotThere for an unknown letter; BadUsage without a reason, for one that is destroyed already, while an open
    draft contains an article of it, and when another bulletin has the letter unsealed; Changed when it is not sealed.
    """
    with office.ledger.writing() as ledger:
        letter = _letter(office, ledger, bulletin, letter_id)
        if letter.verdict is not Verdict.SEALED:
            raise Changed(f"这封来信现在的结果是“{letter.verdict.chinese}”，没有封存，不能销毁；要删除请用 erase。")
        removal = Removal(RemovalKind.DESTROYED, who, _reason(why, "销毁"), office.now())
        copies = [same for same in letters.letters_named(ledger, letter.sha256) if same.removal is None]
        for copy in copies:
            if copy.verdict is not Verdict.SEALED:
                raise BadUsage(f"刊物 {copy.bulletin} 也有这封来信，在那里没有封存。请先在那里重读（封存）它，再销毁。")
            _refuse_in_issue(ledger, copy)
        for copy in copies:
            _remove(ledger, copy, removal, f"销毁封存的来信 {copy.id}（sha256 {copy.sha256}）")
    return _finished(office, bulletin, letter_id)


def why_not_erased(ledger: Transaction, letter: LetterRecord) -> str:
    """What speaks against erasing the letter, in Chinese with the remedy; "" for nothing."""
    if letter.verdict is Verdict.SEALED:
        return "这封来信已封存，不能这样删除：由管理员在来信页上销毁，或用 sealed destroy。"
    if letter.verdict is Verdict.PENDING:
        return "这封来信还没有读；读完才能删除。"
    records = articles_with_ids(ledger, _articles_of(ledger, letter))
    printed = _printed_with_another(ledger, records)
    for record in records:
        if record.status in _UNDECIDED and record.id not in printed:
            return f"它的稿件 {record.id} 还是“{record.status.chinese}”，可能编入简报。请先决定去留，再删除来信。"
    try:
        _refuse_in_issue(ledger, letter)
    except BadUsage as refusal:
        return str(refusal)
    return "给它的回信还在发件箱里等着发出。请等发出以后再删除。" if has_unsent(ledger, letter.id) else ""


def _printed_with_another(ledger: Transaction, records: Sequence[ArticleRecord]) -> frozenset[int]:
    """Ids of the articles that are held because their text was printed as a part of another one (综合采用)."""
    mergers = mergers_of(ledger, [record.id for record in records])
    hosts = articles_with_ids(ledger, [merger.into for merger in mergers.values()]) if mergers else ()
    printed = {host.id for host in hosts if host.status is ArticleStatus.PUBLISHED}
    return frozenset(id for id, merger in mergers.items() if merger.into in printed)


def _refuse_in_issue(ledger: Transaction, letter: LetterRecord) -> None:
    contained = articles_in_unfinished_issues(ledger, _articles_of(ledger, letter))
    if contained:
        raise BadUsage(
            f"它的稿件 {contained[0]} 还在一期送审稿里，或那一期签发后文件还没有做完。"
            "请先重新生成（assemble）、作废送审稿，或等文件做完。"
        )


def _articles_of(ledger: Transaction, letter: LetterRecord) -> list[int]:
    """Ids of the articles that came of it or that it repeats."""
    return sorted({*letter.articles, *(row.article_id for row in texts_of(ledger, letter.id))})


def _remove(ledger: Transaction, letter: LetterRecord, removal: Removal, summary: str) -> None:
    take_back_texts(ledger, letter, f"来信{removal.kind.chinese}", at=removal.at)
    removals.remove(ledger, letter.id, removal)
    change = NewChange(
        bulletin=letter.bulletin,
        who=removal.who,
        subject="letter",
        subject_id=letter.id,
        summary=summary,
        why=removal.why,
        at=removal.at,
    )
    record_change(ledger, change)
    _erase_edited_drafts(ledger, letter.bulletin, replace(removal, kind=RemovalKind.ERASED))


def erase_edited_drafts(office: Office) -> None:
    """Erases the edited drafts that could not be erased when their draft's own file was: an article that came of them
    was not decided about, or an answer not sent. Raises StorageFailed."""
    for bulletin in office.settings.bulletins:
        with office.ledger.writing() as ledger:
            removal = Removal(RemovalKind.ERASED, SERVICE, _WITH_ITS_DRAFT, office.now())
            _erase_edited_drafts(ledger, bulletin.id, removal)


def _erase_edited_drafts(ledger: Transaction, bulletin: str, removal: Removal) -> None:
    """Erases the letters that hold an edited copy of a draft of which the file is removed: they may have the text of
    the letter for which it was. Those that may not be erased yet wait for `erase_edited_drafts`."""
    for id in edited_files_of_removed_drafts(ledger, bulletin):
        for letter in letters.letters_with_ids(ledger, [id]):  # erasing one may have erased the next
            if letter.removal is None and not why_not_erased(ledger, letter):
                erase_within(ledger, letter, removal)


def _letter(office: Office, ledger: Transaction, bulletin: BulletinSettings, letter_id: int) -> LetterRecord:
    letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    if letter is None:
        raise NotThere("没有这封来信。")
    if letter.removal is not None:
        raise BadUsage(f"这封来信{removed_sentence(office, letter.removal)}，已经没有内容了。")
    return letter


def removed_sentence(office: Office, removal: Removal) -> str:
    """已于 2026-11-30 由王主任删除 — without a full stop."""
    at: datetime = office.local(removal.at)
    return f"已于 {at:%Y-%m-%d} 由 {removal.who} {removal.kind.chinese[1:]}"


def _reason(why: str, what: str) -> str:
    why = " ".join(why.split())[:_LONGEST_WHY]
    if not why:
        raise BadUsage(f"请写明为什么{what}，以后查得到。")
    return why


def _finished(office: Office, bulletin: BulletinSettings, letter_id: int) -> LetterRecord:
    finish_removals(office)
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    assert letter, "its row stays"
    return letter
