"""What a person does with a letter at the desk: has it read again, says who sent it, sets it aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive import articles, letters
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.letters import LetterRecord
from archive.transaction import Transaction
from service.article.decide import learn_sender
from service.office import Office
from service.register.register import department_named
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.letter import Verdict

CAN_BE_READ_AGAIN: Final = (*letters.REOPENED, Verdict.IGNORED)
CAN_BE_SET_ASIDE: Final = (Verdict.QUARANTINED, Verdict.UNCONFIRMED)
_LONGEST_WHY: Final = 500


@dataclass(frozen=True, slots=True)
class Confirmed:
    """articles: those that are now somebody's. learned: the address that is from now on known, "" for none."""

    articles: tuple[ArticleRecord, ...]
    learned: str


def read_again(office: Office, bulletin: BulletinSettings, letter_id: int, *, who: str) -> None:
    """The letter waits to be read; the running service does so at its next tick (`Rounds.read_waiting`).

    An article that was set aside with its letter is open again. Raises BadUsage, Changed.
    """
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, CAN_BE_READ_AGAIN)
        if letter.verdict is Verdict.IGNORED:
            _change_unconfirmed(
                office, ledger, letter, ArticleStatus.REJECTED, ArticleStatus.DRAFT, who, "来信重新处理"
            )
        letters.reopen(ledger, letter.id, CAN_BE_READ_AGAIN)
        _record(office, ledger, letter, who, f"让服务重读来信{_called(letter)}（原为“{letter.verdict.chinese}”）")


def confirm_sender(
    office: Office, bulletin: BulletinSettings, letter_id: int, departments: Mapping[int, str], *, who: str
) -> Confirmed:
    """A person says whose the articles of an unconfirmed letter are, each by its id; they wait for the next issue then.

    Where all are one department's, the register learns the address, unless there was more wrong with it than that it
    was unknown. Raises BadUsage for a department that the register does not know or an article that nobody spoke of,
    Changed when somebody else has dealt with the letter.
    """
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, (Verdict.UNCONFIRMED,))
        names: dict[int, str] = {}
        for one in _unconfirmed(ledger, letter):
            if not departments.get(one.id):
                raise BadUsage(f"请为《{one.manuscript.title}》选定单位。")
            names[one.id] = department_named(office, ledger, bulletin, departments[one.id]).name
        reason = f"来源已由编辑确认（{who}）：{'、'.join(dict.fromkeys(names.values())) or '没有新的稿件'}"
        for id, name in names.items():
            articles.confirm(ledger, id, name, Verdict.ARTICLE, f"{reason}，稿件 {id}", at=office.now())
        letters.settle(ledger, letter.id, Verdict.ARTICLE, reason, at=office.now())
        owners = list(dict.fromkeys(names.values()))
        only = owners[0] if len(owners) == 1 else None
        learned = learn_sender(office, ledger, bulletin, letter.sha256, only, who)
        also = f"，记住 {learned} 是{only}的地址" if learned else ""
        _record(office, ledger, letter, who, f"认领来信{_called(letter)}：{'、'.join(owners)}{also}")
        return Confirmed(tuple(articles.article_named(ledger, id) for id in names), learned)


def set_aside(office: Office, bulletin: BulletinSettings, letter_id: int, why: str, *, who: str) -> None:
    """Not ours: the letter needs nobody's attention any more, and what came of it is rejected. It stays in the archive.

    Raises BadUsage without a reason, Changed when somebody else has dealt with the letter.
    """
    why = why.strip()[:_LONGEST_WHY]
    if not why:
        raise BadUsage("请写明为什么不处理这封来信，以后查得到。")
    with office.ledger.writing() as ledger:
        letter = _letter(ledger, bulletin, letter_id, CAN_BE_SET_ASIDE)
        _change_unconfirmed(office, ledger, letter, ArticleStatus.DRAFT, ArticleStatus.REJECTED, who, why)
        letters.settle(ledger, letter.id, Verdict.IGNORED, f"编辑决定不处理（{who}）：{why}", at=office.now())
        _record(office, ledger, letter, who, f"不处理来信{_called(letter)}（原为“{letter.verdict.chinese}”）", why)


def _letter(
    ledger: Transaction, bulletin: BulletinSettings, letter_id: int, wanted: tuple[Verdict, ...]
) -> LetterRecord:
    letter = letters.letter_with_id(ledger, bulletin.id, letter_id)
    if letter is None:
        raise BadUsage("没有这封来信。")
    if letter.verdict not in wanted:
        raise Changed(f"这封来信现在的结果是“{letter.verdict.chinese}”，可能刚由别人处理过。请看过现在的样子再决定。")
    return letter


def _unconfirmed(ledger: Transaction, letter: LetterRecord) -> list[ArticleRecord]:
    return [record for record in articles.articles_with_ids(ledger, letter.articles) if not record.confirmed]


def _change_unconfirmed(
    office: Office,
    ledger: Transaction,
    letter: LetterRecord,
    before: ArticleStatus,
    after: ArticleStatus,
    who: str,
    note: str,
) -> None:
    for one in _unconfirmed(ledger, letter):
        if one.status is before:
            articles.change_status(ledger, one.id, after, who=who, note=note, at=office.now())


def _called(letter: LetterRecord) -> str:
    return f"《{letter.subject or '（无主题）'}》"


def _record(office: Office, ledger: Transaction, letter: LetterRecord, who: str, said: str, why: str = "") -> None:
    record_change(
        ledger,
        NewChange(
            bulletin=letter.bulletin,
            who=who,
            subject="letter",
            subject_id=letter.id,
            summary=said,
            why=why,
            at=office.now(),
        ),
    )
