"""What a letter that adds to an article, or corrects words of it, changes in the ledger (`intake.outcome.Addition`).

Pictures become the end of the article's next text; words never change a text: the editor is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from archive import articles, revisions
from archive.article_changes import change_status
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from archive.revision_letters import further_letters
from archive.revisions import NewArticle, NewEdit
from archive.transaction import Transaction
from intake.apart import merged_into
from intake.edits import is_edited
from intake.new_article import settled_article
from intake.outcome import Addition, AskedCorrection, Intent, Reading
from intake.relation import EarlierArticle, added_to
from values import rules
from values.finding import Finding
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Manuscript, Picture, paragraph_lines
from values.ordinals import number_of
from values.outgoing import SettledArticle
from values.reason import Reason, joined

_SERVICE: Final = "jianbao"
_LEFT_BY_A_NEW_TEXT: Final = frozenset({ArticleStatus.ADOPTED, ArticleStatus.RETURNED})
"""Statuses that a new text sets back to 待审 (`intake.settle`)."""
_MOST_NAMED: Final = 5
"""Articles that the question which one is meant lists."""


@dataclass(frozen=True, slots=True)
class SettledAddition:
    """What became of an addition, in the place of what the reading says."""

    verdict: Verdict
    reason: Reason
    articles: tuple[SettledArticle, ...] = ()
    note: str = ""
    """For the writer of a letter that goes to the editor; Chinese, "" for nothing."""


def settle_addition(
    ledger: Transaction,
    letter: LetterRecord,
    reading: Reading,
    answered: frozenset[int],
    earlier: Iterable[EarlierArticle],
    at: datetime,
) -> SettledAddition | None:
    """None for a letter that means no article of its sender: it is what it would be without.

    answered: the articles of the letters that it answers.
    """
    addition = reading.addition
    if addition is None:
        return None
    meant = added_to(addition, reading.sender, answered, earlier)
    records = [record for record in (articles.article_named(ledger, each.id) for each in meant) if record.confirmed]
    if not records:
        return None
    if len(records) > 1:
        return _asked_which(records, addition)
    [record] = records
    refusal = _refusal(ledger, record, reading)
    if refusal is not None:
        return refusal
    return _Added(ledger, letter, reading, addition, at).settle(record)


def added_clause(ledger: Transaction, reading: Reading, answered: frozenset[int], new: NewArticle) -> str:
    """Why a text that answers an article of its department and says that it adds to that is no article by itself; ""
    for any other text."""
    if reading.intent is not Intent.ADDITION or not new.confirmed:
        return ""
    records = articles.articles_with_ids(ledger, sorted(answered))
    own = [record for record in records if record.confirmed and record.department == new.department]
    shown = "、".join(f"稿件 {each.id}《{each.manuscript.title}》（{each.status.chinese}）" for each in own)
    return f"像是对{shown}的补充，没有并入" if own else ""


def _asked_which(records: Sequence[ArticleRecord], addition: Addition) -> SettledAddition:
    named = "、".join(f"《{record.manuscript.title}》（编号 {record.id}）" for record in records[:_MOST_NAMED])
    more = f"等 {len(records)} 篇" if len(records) > _MOST_NAMED else ""
    again = "，并再附上照片" if addition.pictures else ""
    note = f"没有看出这封信说的是哪一篇：{named}{more}。请回复写明标题或编号{again}。"
    reason = Reason.alike(f"来信{_what(addition)}，没有写明是哪一篇：{named}{more}；没有改动，已问来信人")
    return SettledAddition(Verdict.QUESTION, reason, note=note)


def _refusal(ledger: Transaction, record: ArticleRecord, reading: Reading) -> SettledAddition | None:
    """Why nothing is added to the article: it is printed, has become another one, or nobody vouches for the letter."""
    assert reading.addition is not None, "only additions are settled here"
    what, title = _what(reading.addition), f"《{record.manuscript.title}》"
    host = merged_into(ledger, record)
    printed = next((r for r in (record, host) if r is not None and r.status is ArticleStatus.PUBLISHED), None)
    note = ""
    if printed is not None:
        why = f"已刊于{printed.issue_label}，没有改动；需要时可在下一期刊登更正"
        note = f"{title}已刊发，不再改动；需要更正的，编辑会在下一期更正。"
    elif host is not None:
        why = f"已并入稿件 {host.id}，没有改动，请对照"
    elif not reading.vouched and (record.status is not ArticleStatus.DRAFT or not reading.addition.pictures):
        why = "来源未经验证，没有改动，请与单位核实"
    else:
        return None
    reason = f"来信{what}：稿件 {record.id}{title}{why}{_words(reading.addition.corrections)}"
    return SettledAddition(Verdict.QUESTION, Reason.alike(reason), (_mentioned(record),), note)


@dataclass(frozen=True, slots=True)
class _Added:
    """An addition to an article that may be changed."""

    ledger: Transaction
    letter: LetterRecord
    reading: Reading
    addition: Addition
    at: datetime

    def settle(self, record: ArticleRecord) -> SettledAddition:
        addition, shown = self.addition, f"稿件 {record.id}《{record.manuscript.title}》"
        if not addition.pictures:
            return self._settle_words(record, shown)
        arrived = [picture for picture in addition.pictures if not self._has(record, picture.sha256)]
        if not arrived:
            return self._nothing_new(record, shown)
        number = self._add_pictures(record, arrived)
        clauses = [f"来信补充的 {len(arrived)} 张图片已放在{shown}文末，作为第 {number} 稿"]
        if record.status in _LEFT_BY_A_NEW_TEXT:
            changed = articles.article_named(self.ledger, record.id)
            note = f"补充了 {len(arrived)} 张图片，成为第 {number} 稿"
            change_status(self.ledger, changed, ArticleStatus.DRAFT, who=_SERVICE, note=note, at=self.at)
            clauses.append(f"原为“{record.status.chinese}”，已改回待审")
        if addition.corrections:
            clauses.append(self._proposed(articles.article_named(self.ledger, record.id)))
        elif addition.says_more:
            clauses.append("来信另有文字，请看信")
        unplaced = joined("；", addition.unplaced) if addition.unplaced else Reason.alike("")
        calm = len(clauses) == 1 and not unplaced.for_clerk
        clerk = "；".join(filter(None, [*clauses, unplaced.for_clerk]))
        now = _mentioned(articles.article_named(self.ledger, record.id))
        settled = replace(now, revision=number, added_pictures=len(arrived))
        verdict = Verdict.ARTICLE if calm else Verdict.FLAGGED
        return SettledAddition(verdict, Reason(clerk, unplaced.for_sender), (settled,))

    def _settle_words(self, record: ArticleRecord, shown: str) -> SettledAddition:
        reason = f"来信{_what(self.addition)}：{shown}，{self._proposed(record)}"
        if self.addition.unplaced:
            reason += f"；{joined('；', self.addition.unplaced).for_clerk}"
        note = "；".join(each.for_sender or each.for_clerk for each in self.addition.unplaced)
        if not note:
            note = f"说的是《{record.manuscript.title}》（编号 {record.id}），由编辑看后决定。"
        return SettledAddition(Verdict.QUESTION, Reason.alike(reason), (_mentioned(record),), note)

    def _proposed(self, record: ArticleRecord) -> str:
        """Shows the asked corrections as findings, where the words are at one place; the clause that says so."""
        findings = tuple(_findings(record.manuscript, self.addition.corrections, self.letter.id))
        shown_before = {
            (f.paragraph, f.start, f.replacement) for f in record.findings if f.rule == rules.CORRECTION_ASKED
        }
        added = tuple(f for f in findings if (f.paragraph, f.start, f.replacement) not in shown_before)
        if added:
            revisions.add_findings(self.ledger, record, added)
        words = _words(self.addition.corrections)
        if not words:
            return "请看信处理"
        if len(findings) == len(self.addition.corrections):
            return f"已作为意见列在稿件里，文字没有改，请定夺{words}"
        return f"没有全部找到要改的字句，文字没有改，请看信{words}"

    def _nothing_new(self, record: ArticleRecord, shown: str) -> SettledAddition:
        own = self.letter.id in further_letters(self.ledger, record.id, record.revision)
        reason = f"随信的图片已在{shown}里，没有重复放入"
        if self.addition.corrections or self.addition.says_more:
            return self._settle_words(record, f"{shown}（图片已在里面）")
        if own:
            return SettledAddition(Verdict.ARTICLE, Reason.alike(reason), (_mentioned(record),))
        return SettledAddition(Verdict.DUPLICATE, Reason.alike(reason), (replace(_mentioned(record), repeated=True),))

    def _has(self, record: ArticleRecord, sha256: str) -> bool:
        """Whether the text has the picture, or an editor may have taken it out: the text is an editor's and an
        earlier one has it. A later file of the department that lacks it says nothing about it."""
        if any(isinstance(block, Picture) and block.sha256 == sha256 for block in record.manuscript.blocks):
            return True
        return bool(record.made_by and articles.articles_with_picture(self.ledger, [record.id], sha256))

    def _add_pictures(self, record: ArticleRecord, arrived: Sequence[Picture]) -> int:
        """Returns the number of the new text. An editor's text stays that editor's: a later file of the department is
        compared with it."""
        manuscript = replace(record.manuscript, blocks=(*record.manuscript.blocks, *arrived))
        message = f"{len(arrived)} 张附图由后来的来信补充，已放在文末。"
        findings = (*record.findings, rules.ATTACHED_PICTURE.finding(message))
        if not self.reading.vouched:
            unverified = f"补充的图片来自自称 {self.reading.sender} 的来信，来源未经验证。"
            findings = (rules.CORRECTION_UNVERIFIED.finding(unverified, suggestion="有疑问时向单位核实"), *findings)
        who = record.made_by if is_edited(self.ledger, record) else ""
        edit = NewEdit(manuscript, findings, manuscript.text_sha256, who, letters=(self.letter.id,))
        return revisions.add_edit(self.ledger, record, edit, at=self.at)


def _findings(manuscript: Manuscript, corrections: Iterable[AskedCorrection], letter: int) -> Iterator[Finding]:
    """A finding for each correction whose words are at exactly one place."""
    lines = manuscript.lines
    paragraphs = paragraph_lines(manuscript.blocks)
    for asked in corrections:
        number = (number_of(asked.paragraph) if asked.paragraph else None) or 0
        named = paragraphs[number - 1 : number] if number else []
        for candidates in (named, range(len(lines))):
            places = [(line, *span) for line in candidates for span in _places(lines[line], asked.wrong)]
            if len(places) == 1:
                line, start, end = places[0]
                message = f"来信 {letter} 说“{asked.wrong}”应为“{asked.right}”。"
                yield rules.CORRECTION_ASKED.finding(message, line, start, end, "请向单位核实后再改", asked.right)
                break
            if places:
                break  # at several places of the paragraph that is named: which is not certain


def _places(line: str, words: str) -> Iterator[tuple[int, int]]:
    """Where the words are in the line; a number not within a longer one."""
    before = r"(?<![\d.])" if words[0].isdigit() else ""
    after = r"(?![\d]|\.\d)" if words[-1].isdigit() else ""
    yield from (match.span() for match in re.finditer(f"{before}{re.escape(words)}{after}", line))


def _what(addition: Addition) -> str:
    if addition.pictures:
        return "补充照片"
    return "要求更正" if addition.corrections else "补充或更正"


def _words(corrections: Sequence[AskedCorrection]) -> str:
    listed = "，".join(f"“{each.wrong}”应为“{each.right}”" for each in corrections)
    return f"（{listed}）" if listed else ""


def _mentioned(record: ArticleRecord) -> SettledArticle:
    return settled_article(record.id, record.manuscript)
