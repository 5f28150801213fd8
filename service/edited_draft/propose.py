"""Compares an edited draft with the one that was sent, and both with what the ledger has now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from archive import article_comments, articles, preparations, revisions
from archive.article_mergers import mergers_of
from archive.articles import ArticleRecord
from archive.issues import IssueRecord
from archive.transaction import Transaction
from assembler.note import note_shown
from assembler.plan import ordered_by_section
from intake.edited_file import EditedFile
from service.edited_draft.front import FrontChanges, changed_lines, front_changes
from service.edited_draft.pairing import paired
from service.edited_draft.pieces import DraftPieces, HouseStyles, KnownTitles, Piece, divided, title_style
from service.edited_draft.proposal import EditKind, Proposal, ProposedEdit, ProposedNote
from service.edited_draft.rebuilt import added_text, rebuilt
from service.edited_draft.remarks import EditorsRemark, remarks_in
from service.edited_draft.words import bare, text_of
from service.issue.moves import out_of_order
from service.register.register import active_departments, department_names
from settings.model import BulletinSettings
from values.department import Department, department_called
from values.draft_marks import revision_marked
from values.issue import IN_ISSUE, ArticleStatus
from values.manuscript import Manuscript

_MOST_QUOTED: Final = 3
_LONGEST_QUOTE: Final = 30


@dataclass(frozen=True, slots=True)
class SentDraft:
    """The draft that was edited."""

    issue: IssueRecord
    """As it is now."""
    revision: int
    """That was edited."""
    file: EditedFile
    """Its file, read like the edited one."""


@dataclass(frozen=True, slots=True)
class _Compared:
    """Both files, divided."""

    sent: DraftPieces
    edited: DraftPieces
    of_article: Mapping[int, Piece]
    """The pieces of the sent file by article."""
    pairs: Mapping[int, int]
    """The index of the edited piece by article."""
    house: HouseStyles
    bulletin: BulletinSettings
    departments: Sequence[Department]
    supplement: bool
    """Whether the draft is one of a supplement."""
    remarks: Mapping[int, tuple[str, ...]]
    """By index of the edited piece."""


def propose(ledger: Transaction, bulletin: BulletinSettings, sent: SentDraft, edited: EditedFile) -> Proposal:
    """What taking over the edited file would change."""
    both, stray = _compared(ledger, bulletin, sent, edited)
    texts = _texts(sent)
    edits = [*_edits(ledger, both, texts), *_left_out(ledger, both, texts)]
    supplement = sent.issue.number.supplement
    edits = _with_moves(both, edits, _present(ledger, bulletin, supplement=supplement))
    prepared = preparations.preparation_of(ledger, bulletin.id, supplement=supplement)
    dated = prepared.dated or sent.issue.dated
    front = front_changes(both.sent.front, both.edited.front, prepared.paragraphs, dated, both.house)
    return Proposal(
        issue=sent.issue,
        revision=sent.revision,
        edits=tuple(edits),
        moved=any(edit.moved for edit in edits),
        note=_note(both, front, prepared.paragraphs),
        dated=None if front.dated == prepared.dated else front.dated,
        preparation=prepared.version,
        notices=tuple(_notices(sent, edited, both, front, stray)),
        media={media.sha256: media for media in edited.media},
    )


def _compared(
    ledger: Transaction, bulletin: BulletinSettings, sent: SentDraft, edited: EditedFile
) -> tuple[_Compared, tuple[str, ...]]:
    """Both files divided and paired, and the remarks that are at no article."""
    house = HouseStyles(title=title_style(sent.file))
    sections = frozenset(filter(None, bulletin.printed_sections))
    before = divided(sent.file, house, sections)
    of_article = {article: piece for piece in before.pieces for article in sorted(piece.title_marks)[:1]}
    firsts = {bare(piece.title[0]): article for article, piece in of_article.items()}
    after = divided(edited, house, sections, KnownTitles(firsts, before.tail))
    pairs = paired(of_article, after.pieces)
    remarks, stray = _placed(remarks_in(sent.file, edited), after, len(edited.blocks))
    departments = active_departments(ledger, bulletin)
    supplement = sent.issue.number.supplement
    return _Compared(before, after, of_article, pairs, house, bulletin, departments, supplement, remarks), stray


def _texts(sent: SentDraft) -> Mapping[int, int]:
    """The number of each article's text in the draft that was sent: by its marks, else as the ledger has it."""
    marked = dict(
        named for block in sent.file.blocks for name in block.bookmarks if (named := revision_marked(name)) is not None
    )
    return {**dict(sent.issue.articles), **marked}


def _placed(
    remarks: Sequence[EditorsRemark], pieces: DraftPieces, end: int
) -> tuple[Mapping[int, tuple[str, ...]], tuple[str, ...]]:
    starts = [piece.start for piece in pieces.pieces]
    last = end - len(pieces.tail)
    placed: dict[int, tuple[str, ...]] = {}
    stray: list[str] = []
    for remark in remarks:
        place = sum(start <= remark.block for start in starts) - 1
        if place < 0 or remark.block >= last:
            stray.append(remark.note)
        else:
            placed[place] = (*placed.get(place, ()), remark.note)
    return placed, tuple(stray)


def _edits(ledger: Transaction, both: _Compared, texts: Mapping[int, int]) -> Iterator[ProposedEdit]:
    articles_of = {place: article for article, place in both.pairs.items()}
    added = 0
    for place in range(len(both.edited.pieces)):
        article = articles_of.get(place)
        if article is None:
            added += 1
            yield _added(ledger, both, place, added)
        else:
            yield _edit(ledger, both, article, place, texts.get(article, 1))


def _edit(ledger: Transaction, both: _Compared, article: int, place: int, text: int) -> ProposedEdit:
    record = articles.article_named(ledger, article)
    before = articles.revision_numbered(ledger, article, text).manuscript
    sent, piece = both.of_article[article], both.edited.pieces[place]
    made = rebuilt(before, sent, piece, both.house)
    after, department, notices = made.manuscript, None, list(_looks(sent, piece))
    if made.byline is not None:
        department, notice = _department(made.byline, both.departments, record)
        if notice:
            after = replace(after, byline=before.byline)
            notices.append(notice)
    if not after.title_lines:
        after = replace(after, title_lines=before.title_lines)
        notices.append("标题删空了，没有改")
    changed = (after != before and after != record.manuscript) or department is not None
    newer = record.revision != text and record.manuscript != before
    return ProposedEdit(
        key=str(article),
        kind=EditKind.CHANGED if changed else EditKind.SAME,
        title=record.manuscript.title,
        article=article,
        version=record.version,
        revision=text,
        before=before,
        after=after,
        current=record.manuscript if newer else None,
        conflict=_conflict(record, newer=newer and record.manuscript != after) if changed else "",
        section=sent.section or "" if piece.section is None else piece.section,
        department=department,
        is_printed=record.status in IN_ISSUE and record.for_supplement == both.supplement,
        remarks=_unwritten(ledger, article, both.remarks.get(place, ())),
        notices=tuple(notices),
    )


def _unwritten(ledger: Transaction, article: int, remarks: Sequence[str]) -> tuple[str, ...]:
    """Those of the remarks that the article does not have yet."""
    written = {comment.text for comment in article_comments.comments_on(ledger, article)} if remarks else set()
    return tuple(remark for remark in remarks if remark not in written)


def _conflict(record: ArticleRecord, *, newer: bool) -> str:
    if record.status is ArticleStatus.PUBLISHED:
        return f"已在{record.issue_label}刊发"
    if newer:
        return f"送审稿之后已有第 {record.revision} 稿{f'（{record.made_by}）' if record.made_by else ''}"
    return "" if record.status in IN_ISSUE else f"送审稿之后已改为{record.status.chinese}"


def _department(byline: str, departments: Sequence[Department], record: ArticleRecord) -> tuple[str | None, str]:
    """The department that a changed byline names, None where it stays; and why the byline is not taken, "" if it is."""
    if not byline:
        return None, "署名删去了：署名由稿件的单位决定，没有改"
    named = [department_called(name, departments) for name in byline.split("、")]
    names = "、".join(department.name for department in named if department is not None)
    if None in named and record.department:
        return None, f"署名改成了“{byline}”：名录里没有这个单位，没有改"
    present = "、".join(record.departments) or record.department
    return (names if None not in named and names != present else None), ""


def _added(ledger: Transaction, both: _Compared, place: int, number: int) -> ProposedEdit:
    """An article of the editor's; or one that the ledger has, where an article has, or had, just this text."""
    piece = both.edited.pieces[place]
    manuscript = added_text(piece, both.house)
    same = revisions.articles_with_text(ledger, both.bulletin.id, manuscript.text_sha256)
    records = articles.articles_with_ids(ledger, [id for id in same if id not in both.pairs])
    if records:
        return _existing(ledger, both, place, min(records, key=_rank), manuscript)
    named = department_called(manuscript.byline, both.departments) if manuscript.byline else None
    return ProposedEdit(
        key=f"n{number}",
        kind=EditKind.ADDED,
        place=number,
        title=manuscript.title,
        after=manuscript,
        section=piece.section or "",
        department=named.name if named else None,
        remarks=both.remarks.get(place, ()),
    )


def _rank(record: ArticleRecord) -> tuple[bool, bool, int]:
    """Of several articles with one text the first counts that is in the issue, else the first that may be put back."""
    return record.status not in IN_ISSUE, record.status is ArticleStatus.PUBLISHED, record.id


def _existing(
    ledger: Transaction, both: _Compared, place: int, record: ArticleRecord, typed: Manuscript
) -> ProposedEdit:
    """An article of the ledger that stands in the file without its marks: as it is where it is in the issue already,
    else put back, with the typed text."""
    piece, after = both.edited.pieces[place], record.manuscript
    kind, conflict = EditKind.SAME, ""
    notices: tuple[str, ...] = ()
    if record.status is ArticleStatus.PUBLISHED:
        notices = (f"已在{record.issue_label}刊发，不再收入本期",)
    elif record.status not in IN_ISSUE:
        kind, conflict = EditKind.PUT_BACK, _why_not_put_back(ledger, both, record)
        if typed.text_sha256 != record.manuscript.text_sha256:
            after = replace(record.manuscript, title_lines=typed.title_lines, blocks=typed.blocks)
    return ProposedEdit(
        key=str(record.id),
        kind=kind,
        title=record.manuscript.title,
        article=record.id,
        version=record.version,
        revision=record.revision,
        before=record.manuscript,
        after=after,
        conflict=conflict,
        section=piece.section or "",
        is_printed=record.status is not ArticleStatus.PUBLISHED,
        remarks=_unwritten(ledger, record.id, both.remarks.get(place, ())),
        notices=notices,
    )


def _why_not_put_back(ledger: Transaction, both: _Compared, record: ArticleRecord) -> str:
    """What speaks against putting an article back without asking; "" for nothing."""
    merger = mergers_of(ledger, [record.id]).get(record.id)
    if merger is not None:
        return f"已并入《{articles.article_named(ledger, merger.into).manuscript.title}》，要先取消合并"
    if record.for_supplement != both.supplement:
        return f"留在{'增刊' if record.for_supplement else '正刊'}，要先移过来"
    return ""


def _left_out(ledger: Transaction, both: _Compared, texts: Mapping[int, int]) -> Iterator[ProposedEdit]:
    for article, piece in both.of_article.items():
        if article in both.pairs:
            continue
        record = articles.article_named(ledger, article)
        text = texts.get(article, 1)
        if record.status not in IN_ISSUE:
            continue  # decided about since; nothing to hold
        before = articles.revision_numbered(ledger, article, text).manuscript
        newer = record.revision != text and record.manuscript != before
        yield ProposedEdit(
            key=str(article),
            kind=EditKind.LEFT_OUT,
            title=record.manuscript.title,
            article=article,
            version=record.version,
            before=before,
            current=record.manuscript if newer else None,
            conflict=_conflict(record, newer=newer),
            section=piece.section or "",
            is_printed=False,
        )


def _present(ledger: Transaction, bulletin: BulletinSettings, *, supplement: bool) -> Mapping[str, list[int]]:
    """The articles of each 栏目 as they would be printed now."""
    summaries = articles.summaries_for_issue(ledger, bulletin.id, supplement=supplement)
    departments = department_names(ledger, bulletin)
    in_order = ordered_by_section(summaries, sections=bulletin.printed_sections, departments=departments)
    return {name: [article.id for article in in_section] for name, in_section in in_order.items()}


def _with_moves(both: _Compared, edits: Sequence[ProposedEdit], present: Mapping[str, list[int]]) -> list[ProposedEdit]:
    """The edits, those marked whose place or 栏目 differs from the draft that was sent: none where the articles are in
    the order of the file by now. An added article has a place of its own."""
    wanted: dict[str, list[int]] = {}
    for edit in edits:
        if edit.is_printed:
            wanted.setdefault(edit.section, []).append(edit.article or 0)
    ids = {article for in_section in wanted.values() for article in in_section}
    if all([id for id in present.get(name, ()) if id in ids] == in_section for name, in_section in wanted.items()):
        return list(edits)
    before = list(both.of_article)
    kept = [edit.article for edit in edits if edit.article is not None and edit.article in both.pairs]
    moved = set(out_of_order(before, kept))
    marked = []
    for edit in edits:
        if edit.article is None or edit.kind is EditKind.PUT_BACK:
            marked.append(replace(edit, moved=True))
        elif edit.article in both.pairs:
            sent = both.of_article[edit.article].section
            marked.append(replace(edit, moved=edit.article in moved or (sent or "") != edit.section))
        else:
            marked.append(edit)
    return marked


def _note(both: _Compared, front: FrontChanges, prepared: Sequence[str]) -> ProposedNote | None:
    if front.note is None or tuple(front.note) == tuple(prepared):
        return None
    sent = [text_of(block).strip() for block in both.sent.front if block.style == both.house.note]
    shown = [bare(line) for line in note_shown(prepared)]
    newer = bool(sent or prepared) and [bare(line) for line in sent][1:] != shown[1:]
    newer = newer or bool(sent and prepared and not bare(sent[0]).endswith(bare(prepared[0])))
    return ProposedNote(tuple(prepared), front.note, "送审稿之后按语已改过" if newer else "")


def _looks(sent: Piece, edited: Piece) -> Iterator[str]:
    existing = {look for block in sent.body for look in block.looks}
    new = dict.fromkeys(look for block in edited.body for look in block.looks if look not in existing)
    if new:
        yield f"改动的{'、'.join(new)}没有保留：一律按本刊样式排"


def _notices(
    sent: SentDraft, edited: EditedFile, both: _Compared, front: FrontChanges, stray: Sequence[str]
) -> Iterator[str]:
    if sent.revision != sent.issue.revision:
        yield f"这是第 {sent.revision} 稿，现在已有第 {sent.issue.revision} 稿"
    if both.edited.strange_sections:
        named = "、".join(f"【{name}】" for name in both.edited.strange_sections)
        yield f"没有{named}这个栏目，它下面的文章留在原来的栏目"
    not_taken = (*front.not_taken, *changed_lines(both.sent.tail, both.edited.tail))
    if not_taken:
        yield f"目录、报头、送审单和版记里的改动没有读入：{_quoted(not_taken)}"
    yield from stray
    yield from (omission.rstrip("。") for omission in edited.omissions if omission not in sent.file.omissions)


def _quoted(lines: Sequence[str]) -> str:
    quotes = [f"“{line[:_LONGEST_QUOTE]}{'…' if len(line) > _LONGEST_QUOTE else ''}”" for line in lines[:_MOST_QUOTED]]
    return "、".join(quotes) + (f"等 {len(lines)} 处" if len(lines) > _MOST_QUOTED else "")
