"""What a person does with a letter at the desk: has it read again, confirms its sender, or sets it aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive import article_changes, articles, letters, seals
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.letters import LetterRecord
from archive.transaction import Transaction
from service.office import Office
from service.register.learn_sender import ConfirmedLetter, learn_sender
from service.register.register import department_named
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed, NotThere
from values.issue import ArticleStatus
from values.letter import Verdict

CAN_BE_READ_AGAIN: Final = (*letters.CAN_BE_REOPENED, Verdict.IGNORED)
CAN_BE_SET_ASIDE: Final = (Verdict.QUARANTINED, Verdict.UNCONFIRMED, Verdict.QUESTION)
_LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What confirming the sender of a letter has changed."""

    articles: tuple[ArticleRecord, ...]
    """Those that were unconfirmed."""
    learned: str
    """The address that is from now on registered, "" for none."""


def read_again(office: Office, bulletin: BulletinSettings, letter_id: int, *, who: str) -> None:
    """Marks the letter to be read again; the running service does so at its next tick (`BulletinJobs.read_waiting`).

    An article that was set aside with its letter is open again. Raises BadUsage, Changed.
    """
    at = office.now()
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, CAN_BE_READ_AGAIN)
        action = _LetterAction(ledger, letter, who, at)
        if letter.verdict is Verdict.IGNORED:
            _change_unconfirmed(action, ArticleStatus.REJECTED, ArticleStatus.DRAFT, "来信重新处理")
        letters.reopen(ledger, letter.id, CAN_BE_READ_AGAIN)
        _record(action, f"让服务重读来信 {letter.id}（原为“{letter.verdict.chinese}”）")


def confirm_sender(
    office: Office, bulletin: BulletinSettings, letter_id: int, departments: Mapping[int, str], *, who: str
) -> Confirmed:
    """Confirms the department of each unconfirmed article of a letter; the articles then wait for the next issue.

    departments: by article id. Where all articles are of one department, the letter's sender is learned
    (`learn_sender`). Raises BadUsage for a department that the register does not have or an article without one,
    Changed when another person has handled the letter meanwhile.
    """
    at = office.now()
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, (Verdict.UNCONFIRMED,))
        names: dict[int, str] = {}
        for article_record in _unconfirmed(ledger, letter):
            if not departments.get(article_record.id):
                raise BadUsage(f"请为《{article_record.manuscript.title}》选定单位。")
            names[article_record.id] = department_named(office, ledger, bulletin, departments[article_record.id]).name
        owners = list(dict.fromkeys(names.values()))
        reason = f"来源已由编辑确认（{who}）：{'、'.join(owners) or '没有新的稿件'}"
        for article_id, name in names.items():
            article_changes.confirm(ledger, article_id, name, Verdict.ARTICLE, f"{reason}，稿件 {article_id}", at=at)
        letters.settle(ledger, letter.id, Verdict.ARTICLE, reason, at=at)
        learned = ""
        if len(owners) == 1:
            learned = learn_sender(office, ledger, ConfirmedLetter(bulletin.id, letter.sha256, owners[0], who), at=at)
        also = f"，记住 {learned} 是{owners[0]}的地址" if learned else ""
        _record(_LetterAction(ledger, letter, who, at), f"认领来信 {letter.id}：{'、'.join(owners)}{also}")
        return Confirmed(tuple(articles.article_named(ledger, article_id) for article_id in names), learned)


def set_aside(office: Office, bulletin: BulletinSettings, letter_id: int, why: str, *, who: str) -> None:
    """Closes a letter that is not for the office and rejects the articles that came of it. The letter is kept.

    Raises BadUsage without a reason, Changed when another person has handled the letter meanwhile.
    """
    why = why.strip()[:_LONGEST_WHY]
    if not why:
        raise BadUsage("请写明为什么不处理这封来信，以后查得到。")
    at = office.now()
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, CAN_BE_SET_ASIDE)
        action = _LetterAction(ledger, letter, who, at)
        _change_unconfirmed(action, ArticleStatus.DRAFT, ArticleStatus.REJECTED, why)
        letters.settle(ledger, letter.id, Verdict.IGNORED, f"编辑决定不处理（{who}）：{why}", at=at)
        _record(action, f"不处理来信 {letter.id}（原为“{letter.verdict.chinese}”）", why)


def release_sealed(office: Office, bulletin: BulletinSettings, letter_id: int, why: str, *, who: str) -> None:
    """Releases a sealed letter, for an administrator who has looked at marking and place: it is read without the gate.

    Raises BadUsage without a reason, Changed when it is not sealed any more.
    """
    why = why.strip()[:_LONGEST_WHY]
    if not why:
        raise BadUsage("请写明为什么解除封存，以后查得到。")
    at = office.now()
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, (Verdict.SEALED,))
        record = seals.seal_of(ledger, letter.id)
        assert record, "a sealed letter has its seal"
        seals.release(ledger, letter.id, at=at)
        evidence = f"{record.seal.place}标有“{record.seal.marking}”"
        _record(_LetterAction(ledger, letter, who, at), f"解除来信 {letter.id} 的封存（{evidence}）", why)


@dataclass(frozen=True, slots=True)
class _LetterAction:
    """One action on a letter, within one transaction."""

    ledger: Transaction
    letter: LetterRecord
    who: str
    at: datetime


def _letter(
    ledger: Transaction, bulletin: BulletinSettings, letter_id: int, wanted: tuple[Verdict, ...]
) -> LetterRecord:
    letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    if letter is None:
        raise NotThere("没有这封来信。")
    if letter.removal is not None:
        raise BadUsage(f"这封来信{letter.removal.kind.chinese}，没有内容了。")
    if letter.verdict not in wanted:
        raise Changed(f"这封来信现在的结果是“{letter.verdict.chinese}”，可能刚由别人处理过。请看过现在的样子再决定。")
    return letter


def _unconfirmed(ledger: Transaction, letter: LetterRecord) -> list[ArticleRecord]:
    return [record for record in articles.articles_with_ids(ledger, letter.articles) if not record.confirmed]


def _change_unconfirmed(action: _LetterAction, before: ArticleStatus, after: ArticleStatus, note: str) -> None:
    for record in _unconfirmed(action.ledger, action.letter):
        if record.status is before:
            article_changes.change_status(action.ledger, record, after, who=action.who, note=note, at=action.at)


def _record(action: _LetterAction, summary: str, why: str = "") -> None:
    record_change(
        action.ledger,
        NewChange(
            bulletin=action.letter.bulletin,
            who=action.who,
            subject="letter",
            subject_id=action.letter.id,
            summary=summary,
            why=why,
            at=action.at,
        ),
    )
