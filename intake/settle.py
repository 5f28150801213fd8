"""What a reading does to the ledger: new articles, later texts of articles, links to known ones, withdrawals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from archive import articles
from archive.articles import ArticleRecord, NewArticle
from archive.letters import LetterRecord
from intake.check.likeness import words_of
from intake.classify.intent import Intent
from intake.manuscripts import Draft
from intake.neighbours import Neighbours
from intake.reading import Reading
from intake.relation import Arriving, Earlier, corrected, withdrawn
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Finding, Manuscript, Picture, Severity, Table
from values.outgoing import SettledArticle, SettledLetter

SERVICE: Final = "jianbao"
"""Who decided, where the service did."""
_LOOK_AGAIN: Final = frozenset({ArticleStatus.ADOPTED, ArticleStatus.RETURNED})
"""A new text undoes these: the one was said of the old text, the other asked for the new one."""
_OF_THE_LEDGER: Final = frozenset({"near-duplicate", "erratum", "correction-unconfirmed", "correction-unmatched"})
"""Findings that no reading makes: they come from comparing with other articles."""
_IN_ISSUES: Final = frozenset({ArticleStatus.DRAFT, ArticleStatus.ADOPTED})


@dataclass(slots=True)
class _Settled:
    """What is to be recorded of a letter. repeats: what of it was known already. fresh: something was not."""

    verdict: Verdict
    notes: list[str]
    repeats: list[str] = field(default_factory=list)
    articles: list[SettledArticle] = field(default_factory=list)
    fresh: bool = False

    def has(self, article_id: int) -> bool:
        return any(article.id == article_id for article in self.articles)

    @property
    def reason(self) -> str:
        repeats = list(dict.fromkeys(self.repeats))
        if self.verdict is Verdict.DUPLICATE:
            return "；".join(repeats) + "，没有重复成稿"
        return "；".join(dict.fromkeys(filter(None, [*self.notes, *(f"其中{one}" for one in repeats)])))


def settle_reading(
    ledger: Connection, letter: LetterRecord, reading: Reading, neighbours: Neighbours, at: datetime
) -> SettledLetter:
    """Writes what is new and links what is known already; verdict and reason are left to the caller to record."""
    settled = _Settled(reading.verdict, [reading.reason])
    if reading.drafts or reading.withdrawal is not None:
        neighbours.refresh(ledger)
    answered = articles.articles_of_messages(ledger, letter.bulletin, reading.answers)
    for draft in reading.drafts:
        _settle_draft(ledger, letter, reading, draft, answered, neighbours, settled, at)
    if reading.withdrawal is not None:
        _hold_back(ledger, reading, answered, neighbours.earlier(), settled, at)
    if reading.drafts and not settled.fresh:
        settled.verdict = Verdict.DUPLICATE
    return _letter_of(letter, reading, settled)


def _settle_draft(
    ledger: Connection,
    letter: LetterRecord,
    reading: Reading,
    draft: Draft,
    answered: frozenset[int],
    neighbours: Neighbours,
    settled: _Settled,
    at: datetime,
) -> None:
    new = _new_article(letter, reading, draft)
    same = articles.same_article(ledger, new)
    if same is not None and _was_read_from(letter, same, new) and not settled.has(same.id):
        _read_again(ledger, letter, same, new, settled, at)
        return
    if same is not None:
        _link(ledger, new, same, settled, at)
        return
    settled.fresh = True
    words = words_of(draft.manuscript)
    title = draft.manuscript.title
    arriving = Arriving(draft.department, reading.sender, title, words, reading.intent, answered)
    earlier = corrected(arriving, neighbours.earlier())
    target = articles.article_named(ledger, earlier.id) if earlier else None
    if target is not None and (new.confirmed or not target.confirmed):
        if target.status is ArticleStatus.PUBLISHED:
            _add_erratum(ledger, letter, new, target, settled, at)
        else:
            _revise(ledger, letter, new, target, settled, at)
        return
    told = _doubts(reading, new, target) + neighbours.near_duplicates(words)
    new = replace(new, findings=(*told, *new.findings))
    settled.articles.append(_article_of(articles.add_article(ledger, letter.id, new, at=at), new))
    settled.notes += (finding.message.rstrip("。") for finding in told)


def _link(ledger: Connection, new: NewArticle, same: ArticleRecord, settled: _Settled, at: datetime) -> None:
    if new.confirmed and not same.confirmed:
        settled.articles.append(_article_of(same.id, new))
        reason = f"与稿件 {same.id} 相同，后由已登记的单位来信确认，没有重复成稿"
        articles.confirm(ledger, same.id, new.department, Verdict.DUPLICATE, reason, at=at)
        settled.fresh = True
        return
    settled.articles.append(replace(_article_of(same.id, new), repeated=True))
    told = f"《{new.manuscript.title}》与稿件 {same.id}（{same.department or '单位不明'}）内容相同"
    settled.repeats.append(told + _further_pictures(new.manuscript, same.manuscript))


def _was_read_from(letter: LetterRecord, same: ArticleRecord, new: NewArticle) -> bool:
    """Whether the article is what an earlier reading of this very letter made of this very file."""
    return (same.letter_sha256, same.content_sha256) == (letter.sha256, new.content_sha256)


def _read_again(
    ledger: Connection, letter: LetterRecord, same: ArticleRecord, new: NewArticle, settled: _Settled, at: datetime
) -> None:
    """An article nobody has decided about is what was read last."""
    settled.articles.append(_article_of(same.id, new))
    settled.fresh = True
    told = tuple(finding for finding in same.findings if finding.rule in _OF_THE_LEDGER)
    new = replace(new, findings=(*told, *new.findings))
    if (new.manuscript, new.findings) == (same.manuscript, same.findings):
        return
    if same.status is ArticleStatus.DRAFT:
        articles.add_revision(ledger, same, letter.id, new, at=at)
        settled.notes.append(f"稿件 {same.id} 已换成重读的内容")
    else:
        settled.notes.append(f"稿件 {same.id}（{same.status.chinese}）没有换成重读的内容")


def _further_pictures(sent: Manuscript, known: Manuscript) -> str:
    """What is to be said of pictures that came beside a manuscript which is an article already."""
    further = _pictures(sent) - _pictures(known)
    return f"（这次另有 {len(further)} 张图片，没有放入，需要时请到原信中取）" if further else ""


def _pictures(manuscript: Manuscript) -> set[str]:
    return {block.sha256 for block in manuscript.blocks if isinstance(block, Picture)}


def _revise(
    ledger: Connection, letter: LetterRecord, new: NewArticle, target: ArticleRecord, settled: _Settled, at: datetime
) -> None:
    number = articles.add_revision(ledger, target, letter.id, new, at=at)
    settled.articles.append(replace(_article_of(target.id, new), revision=number))
    said = f"作为稿件 {target.id} 的第 {number} 稿，原稿仍保存"
    if target.status in _LOOK_AGAIN:
        note = f"收到第 {number} 稿"
        articles.change_status(ledger, target.id, ArticleStatus.DRAFT, who=SERVICE, note=note, at=at)
        said += f"（原为“{target.status.chinese}”，已改回待审）"
    elif target.status not in _IN_ISSUES:
        said += f"（该稿现为“{target.status.chinese}”）"
    settled.notes.append(said)


def _add_erratum(
    ledger: Connection, letter: LetterRecord, new: NewArticle, target: ArticleRecord, settled: _Settled, at: datetime
) -> None:
    """A signed-off issue never changes: the new text waits, held, for the editor to make an erratum of it."""
    said = f"更正的是已刊于第 {target.issue} 期的稿件 {target.id}《{target.manuscript.title}》，可在下一期刊登更正"
    finding = Finding("erratum", Severity.WARNING, f"来稿{said}。")
    article_id = articles.add_article(ledger, letter.id, replace(new, findings=(finding, *new.findings)), at=at)
    articles.change_status(ledger, article_id, ArticleStatus.HELD, who=SERVICE, note=said, at=at)
    settled.articles.append(_article_of(article_id, new))
    settled.verdict = Verdict.FLAGGED if settled.verdict is Verdict.ARTICLE else settled.verdict
    settled.notes.append(said + "，现为留用")


def _doubts(reading: Reading, new: NewArticle, target: ArticleRecord | None) -> tuple[Finding, ...]:
    """What a correction that became an article of its own says of itself."""
    if target is not None:
        message = f"像是对稿件 {target.id}《{target.manuscript.title}》的更正，但来源没有确认，没有替换原稿。"
        return (Finding("correction-unconfirmed", Severity.WARNING, message),)
    if reading.intent is Intent.CORRECTION:
        message = "来信说是修改稿或更正，但没有找到它要替换的稿件，按新稿处理。"
        return (Finding("correction-unmatched", Severity.WARNING, message),)
    return ()


def _hold_back(
    ledger: Connection,
    reading: Reading,
    answered: frozenset[int],
    earlier: Iterable[Earlier],
    settled: _Settled,
    at: datetime,
) -> None:
    """The articles that a letter takes back wait, held, for the editor's word."""
    assert reading.withdrawal is not None
    wanted = reading.withdrawal
    found = withdrawn(wanted.department, reading.sender, wanted.titles, answered, earlier)
    if not found:
        settled.notes.append("没有找到所指的稿件，请看原信")
    for one in found:
        record = articles.article_named(ledger, one.id)
        settled.articles.append(_article_held(record))
        shown = f"稿件 {one.id}《{one.title}》"
        if record.status in _IN_ISSUES:
            articles.change_status(ledger, one.id, ArticleStatus.HELD, who=SERVICE, note="来信要求撤稿", at=at)
            settled.notes.append(f"{shown}已先改为留用，不会编入简报；请编辑定夺")
        else:
            settled.notes.append(f"{shown}现为“{record.status.chinese}”，没有改动")


def _new_article(letter: LetterRecord, reading: Reading, draft: Draft) -> NewArticle:
    return NewArticle(
        bulletin=letter.bulletin,
        section=draft.section,
        department=draft.department,
        confirmed=reading.verdict is not Verdict.UNCONFIRMED,
        received_at=letter.received_at,
        attachment=draft.attachment,
        content_sha256=draft.content_sha256,
        text_sha256=draft.text_sha256,
        manuscript=draft.manuscript,
        findings=draft.findings,
    )


def _letter_of(letter: LetterRecord, reading: Reading, settled: _Settled) -> SettledLetter:
    return SettledLetter(
        id=letter.id,
        bulletin=letter.bulletin,
        sha256=letter.sha256,
        received_at=letter.received_at,
        fetched=letter.uid is not None,
        head=reading.head,
        subject=reading.subject,
        verdict=settled.verdict,
        reason=settled.reason,
        concerns=reading.concerns,
        articles=tuple(settled.articles),
        withdraws=reading.withdrawal is not None,
    )


def _article_of(article_id: int, new: NewArticle) -> SettledArticle:
    return _settled_article(article_id, new.manuscript, new.findings)


def _article_held(record: ArticleRecord) -> SettledArticle:
    return _settled_article(record.id, record.manuscript, ())


def _settled_article(article_id: int, manuscript: Manuscript, findings: tuple[Finding, ...]) -> SettledArticle:
    return SettledArticle(
        id=article_id,
        title=manuscript.title,
        characters=len("".join(manuscript.text.split())),
        pictures=sum(isinstance(block, Picture) for block in manuscript.blocks),
        tables=sum(isinstance(block, Table) for block in manuscript.blocks),
        findings=findings,
    )
