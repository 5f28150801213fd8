"""Writes what a person has picked of an edited draft: one transaction, each change recorded as the editor's."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from archive import article_changes, articles, issues, letters, preparations, revisions
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.revisions import NewArticle
from archive.transaction import Transaction
from intake.check.again import checked_again
from intake.secrecy.gate import marking_in_words
from intake.secrecy.markings import office_words
from service.article.comment import comment_within
from service.article.decide import DecisionRequest, decide_within
from service.article.edit import LONGEST, edit_within
from service.article.joint import JointRequest, change_departments_within
from service.edited_draft.kept_file import KeptFile
from service.edited_draft.proposal import DATE_KEY, NOTE_KEY, ORDER_KEY, EditKind, Proposal, ProposedEdit, titles
from service.issue.arrange import arrange_within
from service.issue.prepare import set_date_within, write_note_within
from service.office import Office
from service.register.register import register_of
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus, IssueStatus
from values.letter import Verdict
from values.manuscript import Manuscript, Picture

_WHY_HELD: Final = "改过的送审稿里删去了这一篇"
_WHY_PUT_BACK: Final = "改过的送审稿里又有这一篇"
_HEAD: Final = 15
"""Lines among which an article bears a marking of secrecy (GB/T 9704-2012 7.2)."""


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What was written."""

    changed: tuple[ProposedEdit, ...]
    """Articles with another text, unit, or new comments."""
    added: tuple[ProposedEdit, ...]
    put_back: tuple[ProposedEdit, ...]
    """Articles that were held, returned or rejected, and are adopted."""
    held: tuple[ProposedEdit, ...]
    moved: bool
    note: bool
    dated: bool

    @property
    def in_words(self) -> str:
        """A clause in Chinese for the record and the person; "" where nothing was written."""
        parts = [
            f"改了{titles(self.changed)}" if self.changed else "",
            f"加了{titles(self.added)}" if self.added else "",
            f"放回{titles(self.put_back)}" if self.put_back else "",
            f"留用{titles(self.held)}" if self.held else "",
            "调整了先后" if self.moved else "",
            "改了按语" if self.note else "",
            "改了印发日期" if self.dated else "",
        ]
        return "，".join(filter(None, parts))


def take_over(
    office: Office,
    bulletin: BulletinSettings,
    proposal: Proposal,
    file: KeptFile,
    who: str,
    *,
    picked: Collection[str] | None = None,
) -> TakenOver:
    """Takes over what is picked of the proposal; None picks all but conflicts.

    file: where an article that the editor has added comes from. Articles that are not picked keep their text byte for
    byte. Raises Changed when an article, the 按语 or the draft is not as it was compared, BadUsage for a key that the
    proposal does not have and for a file that was erased or sealed; nothing is written then.
    """
    _store_pictures(office, proposal)
    with office.ledger.writing() as ledger:
        return take_over_within(office, ledger, bulletin, (proposal, file), who, picked=picked)


def take_over_within(
    office: Office,
    ledger: Transaction,
    bulletin: BulletinSettings,
    shown: tuple[Proposal, KeptFile],
    who: str,
    *,
    picked: Collection[str] | None = None,
) -> TakenOver:
    """`take_over`, as a part of the caller's transaction, which rolls back for what is raised."""
    proposal, file = shown
    chosen = proposal.picked if picked is None else frozenset(picked)
    if unknown := sorted(chosen - set(proposal.choices)):
        raise BadUsage(f"没有可以采纳的改动：{'、'.join(unknown)}。可选的有：{'、'.join(proposal.choices) or '无'}。")
    edits = [edit for edit in proposal.edits if edit.key in chosen]
    _store_pictures(office, proposal)
    file.refuse_removed(ledger, bulletin)
    _refuse_changed(ledger, bulletin, proposal, edits)
    step = _Writing(office, ledger, bulletin, who)
    ids = {edit.key: step.write(edit, file) for edit in edits}
    moved = ORDER_KEY in chosen and step.arrange(proposal, ids)
    taken = TakenOver(
        changed=tuple(edit for edit in edits if edit.kind in (EditKind.CHANGED, EditKind.SAME)),
        added=tuple(edit for edit in edits if edit.kind is EditKind.ADDED),
        put_back=tuple(edit for edit in edits if edit.kind is EditKind.PUT_BACK),
        held=tuple(edit for edit in edits if edit.kind is EditKind.LEFT_OUT),
        moved=moved,
        note=NOTE_KEY in chosen,
        dated=DATE_KEY in chosen,
    )
    supplement = proposal.issue.number.supplement
    if taken.note and proposal.note is not None:
        text = "\n".join(proposal.note.after)
        write_note_within(office, ledger, bulletin, text, who, supplement=supplement)
    if taken.dated:
        set_date_within(office, ledger, bulletin, proposal.dated, who, supplement=supplement)
    if taken.in_words:
        step.record(proposal, taken)
    return taken


@dataclass(frozen=True, slots=True)
class _Writing:
    """One transaction."""

    office: Office
    ledger: Transaction
    bulletin: BulletinSettings
    who: str
    added: list[int] = field(default_factory=list)
    """The articles that were added so far."""

    def write(self, edit: ProposedEdit, file: KeptFile) -> int:
        """Writes one edit; returns the id of the article."""
        article = edit.article if edit.article is not None else self._add(edit, file)
        if edit.kind is EditKind.CHANGED and edit.after is not None:
            record = articles.article_named(self.ledger, article)
            record = edit_within(self.office, self.ledger, record, edit.after, self.who, base=edit.revision)
            if edit.department is not None:
                self._assign(record, edit.department.split("、"))
        elif edit.kind is EditKind.LEFT_OUT:
            record = articles.article_named(self.ledger, article)
            held = DecisionRequest(article, ArticleStatus.HELD, self.who, note=_WHY_HELD)
            decide_within(self.office, self.ledger, record, held, at=self.office.now())
        elif edit.kind is EditKind.PUT_BACK and edit.after is not None:
            record = articles.article_named(self.ledger, article)
            if edit.after != record.manuscript:
                record = edit_within(self.office, self.ledger, record, edit.after, self.who)
            adopted = DecisionRequest(article, ArticleStatus.ADOPTED, self.who, note=_WHY_PUT_BACK)
            decide_within(self.office, self.ledger, record, adopted, at=self.office.now())
        for remark in edit.remarks:
            comment_within(self.office, self.ledger, article, remark, self.who)
        return article

    def _assign(self, record: ArticleRecord, departments: Sequence[str]) -> None:
        """Gives the article to these departments, which sign it together in this order."""
        if len(departments) > 1 or len(record.departments) > 1:
            request = JointRequest(record.id, self.who, add=departments, remove=record.departments)
            change_departments_within(self.office, self.ledger, request)
            return
        decision = DecisionRequest(record.id, record.status, self.who, department=departments[0])
        decide_within(self.office, self.ledger, record, decision, at=self.office.now())

    def _add(self, edit: ProposedEdit, file: KeptFile) -> int:
        """An article that the editor has typed into the draft: confirmed, since a person of the office wrote it."""
        manuscript = edit.after or Manuscript((), None, ())
        if len(manuscript.text) > LONGEST:
            raise BadUsage(f"新写的《{edit.title}》超过 {LONGEST // 10_000} 万字，没有收入。")
        own = office_words(rule.marking for rule in self.bulletin.word_list.secrecy_markings)
        head = "\n".join((*manuscript.title_lines, *manuscript.lines[:_HEAD]))
        if marking := marking_in_words(head, own):
            raise BadUsage(f"新写的《{edit.title}》标有“{marking}”，没有收入；文件里的改动都没有读入。")
        at = self.office.now()
        register = register_of(self.office, self.ledger, self.bulletin)
        new = NewArticle(
            bulletin=self.bulletin.id,
            section=edit.section,
            department=edit.department,
            confirmed=True,
            received_at=at,
            attachment=file.name,
            content_sha256=file.content_sha256(edit.place),
            text_sha256=manuscript.text_sha256,
            manuscript=manuscript,
            findings=checked_again(manuscript, manuscript, (), edit.section, edit.department, register),
            made_by=self.who,
        )
        same = revisions.same_article(self.ledger, new)
        if same is not None and same.id not in self.added:
            raise Changed(f"《{edit.title}》刚由别人收入台账，文件里的改动没有读入；请看过现在的样子再改。")
        letter = file.keep(self.office, self.ledger, self.bulletin, at=at)
        article = revisions.add_article(self.ledger, letter, new, at=at)
        self.added.append(article)
        reason = f"{self.who}在改过的送审稿里新写的稿件，不是收到的信"
        letters.settle(self.ledger, letter, Verdict.ARTICLE, reason, at=at, articles=[article])
        return article

    def arrange(self, proposal: Proposal, ids: dict[str, int]) -> bool:
        """Puts the articles into the order of the file; returns whether any has moved."""
        layout: dict[str, dict[int, None]] = {}
        for edit in proposal.edits:
            chosen = edit.article is not None and edit.kind is not EditKind.PUT_BACK
            article = edit.article if chosen else ids.get(edit.key)
            if article is not None and edit.is_printed:
                layout.setdefault(edit.section, {})[article] = None
        existing = dict.fromkeys(("", *self.bulletin.printed_sections))
        wanted = [(name, tuple(layout[name])) for name in existing if name in layout]
        return bool(arrange_within(self.office, self.ledger, self.bulletin, wanted, self.who))

    def record(self, proposal: Proposal, taken: TakenOver) -> None:
        """A line about the issue, besides those of each article."""
        summary = f"照改过的送审稿（{proposal.issue.number.label}第 {proposal.revision} 稿）{taken.in_words}"
        record_change(
            self.ledger,
            NewChange(
                bulletin=self.bulletin.id,
                who=self.who,
                subject="issue",
                subject_id=str(proposal.issue.id),
                summary=summary,
                at=self.office.now(),
            ),
        )


def _refuse_changed(
    ledger: Transaction, bulletin: BulletinSettings, proposal: Proposal, edits: list[ProposedEdit]
) -> None:
    issue = issues.issue_with_id(ledger, proposal.issue.id)
    if issue.status is not IssueStatus.DRAFT:
        raise Changed(f"{issue.number.label}刚由别人{issue.status.chinese}，文件里的改动没有读入。")
    for edit in edits:
        if edit.article is not None:
            article_changes.refuse_changed(articles.article_named(ledger, edit.article), edit.version)
    if proposal.note is not None or proposal.dated is not None:
        prepared = preparations.preparation_of(ledger, bulletin.id, supplement=issue.number.supplement)
        preparations.refuse_changed(prepared, proposal.preparation)


def _store_pictures(office: Office, proposal: Proposal) -> None:
    """Writes the pictures of the edited texts that the file brought, before the ledger names them."""
    office.media.put_missing(dict(_pictures(proposal)))


def _pictures(proposal: Proposal) -> Iterator[tuple[str, bytes]]:
    for edit in proposal.edits:
        for block in edit.after.blocks if edit.after is not None else ():
            if isinstance(block, Picture) and block.sha256 in proposal.media:
                yield block.sha256, proposal.media[block.sha256].data
