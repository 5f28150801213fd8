"""Which draft an edited file is, and both files read within the walls of a child process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from archive import issues
from archive.draft_files import DraftFile, draft_file
from archive.files import read_unaltered
from archive.issues import IssueRecord
from archive.letters import LetterRecord
from archive.transaction import Transaction
from intake.edited_file import EditedFile
from intake.pool import ReadingPool, crash_reason
from programs.conversion import NO_CONVERSIONS, Conversions
from programs.crash import Crash
from programs.libreoffice import convert
from service.article.previews import may_be_shown
from service.edited_draft.proposal import Proposal
from service.edited_draft.propose import SentDraft, propose
from service.edited_draft.words import bare, text_of
from service.office import Office
from service.renaming.former_ids import former_ids
from settings.model import BulletinSettings
from values.draft_marks import DraftIdentity
from values.errors import BadUsage
from values.issue import IssueStatus

LARGEST: Final = 50_000_000
"""Octets of a file, as of one that `check-text` reads."""
_NONE_OF_OURS: Final = (
    "这不是本机编排的送审稿：文件里没有送审稿的记号，也没有送审单和页眉。请用收到的送审稿改，改好另存后交回。"
)
_NO_OFFICE: Final = "本机没有 LibreOffice，这种格式读不了；请用 Word 或 WPS 另存为 .docx。"


def read_file(office: Office, pool: ReadingPool, name: str, data: bytes) -> EditedFile:
    """The file as it was read. Raises BadUsage for one that cannot be read, Chinese."""
    if not data:
        raise BadUsage("请选择一个文件；选中的文件是空的。")
    if len(data) > LARGEST:
        raise BadUsage(f"文件超过 {LARGEST // 1_000_000} MB，请压缩其中的图片后再试。")
    shown = PurePath(name).name
    return _read(office, shown, lambda converted: pool.edited_file(data, shown, converted))


def read_file_of_letter(office: Office, pool: ReadingPool, letter: LetterRecord) -> EditedFile:
    """The edited draft that a letter brings. Raises BadUsage as `read_file`, and for a letter that may not be shown."""
    if letter.removal is not None or not may_be_shown(letter):
        raise BadUsage("这封来信已删除、已封存，或还没有读，里面的文件不能看。")
    raw, size = office.raws.path(letter.sha256), office.raws.size(letter.sha256)
    return _read(office, f"来信 {letter.id}", lambda converted: pool.edited_file_in(raw, size, converted))


def _read(office: Office, name: str, ask: Callable[[Conversions], EditedFile | Crash]) -> EditedFile:
    """Asks a child; a second time with what LibreOffice has made of a file in another format."""
    file = ask(NO_CONVERSIONS)
    if isinstance(file, EditedFile) and file.unconverted:
        if office.soffice is None:
            raise BadUsage(_NO_OFFICE)
        file = ask(convert(file.unconverted, office.soffice))
    if isinstance(file, Crash):
        raise BadUsage(f"{name}：{crash_reason(file)}，没有读入。")
    if file.refusal:
        raise BadUsage(f"{name}：{file.refusal}")
    return file


def proposal_of(office: Office, pool: ReadingPool, bulletin: BulletinSettings, edited: EditedFile) -> Proposal:
    """What taking over the file would change.

    Raises BadUsage for a file of another bulletin, of a draft that is closed, or of none of ours; FileAltered.
    """
    with office.ledger.reading() as ledger:
        kept = _draft_of(office, ledger, bulletin, edited)
        issue = issues.issue_with_id(ledger, kept.issue)
    _refuse_closed(issue)
    if kept.removed:
        raise BadUsage(f"{issue.number.label}第 {kept.revision} 稿的文件已随来信删除，不能比较；请改现在的一稿。")
    sent = pool.edited_file(read_unaltered(office.data_dir / kept.path, kept.sha256), PurePath(kept.path).name)
    if isinstance(sent, Crash) or sent.refusal:
        raise BadUsage(f"{issue.number.label}第 {kept.revision} 稿自己的文件读不出来，不能比较。")
    _refuse_other_content(issue, kept, sent, edited)
    with office.ledger.reading() as ledger:
        return propose(ledger, bulletin, SentDraft(issue, kept.revision, sent), edited)


def bulletin_of_file(office: Office, edited: EditedFile) -> BulletinSettings:
    """The bulletin whose draft the file says it is; the only one there is where it says nothing. Raises BadUsage."""
    identity = DraftIdentity.read(edited.identity)
    bulletins = office.settings.bulletins
    if identity is None and len(bulletins) > 1:
        with office.ledger.reading() as ledger:
            named = [bulletin for bulletin in bulletins if _by_words(ledger, bulletin, edited) is not None]
        if len(named) == 1:
            return named[0]
    return office.bulletin(None if identity is None else _present_id(office, identity.bulletin))


def _draft_of(office: Office, ledger: Transaction, bulletin: BulletinSettings, edited: EditedFile) -> DraftFile:
    identity = DraftIdentity.read(edited.identity)
    if identity is None:
        by_words = _by_words(ledger, bulletin, edited)
        if by_words is None:
            raise BadUsage(_NONE_OF_OURS)
        return by_words
    if _present_id(office, identity.bulletin) != bulletin.id:
        raise BadUsage(f"这是另一份刊物（{identity.bulletin}）的送审稿，不是{bulletin.title}的。")
    kept = draft_file(ledger, bulletin.id, identity.series, identity.number, identity.revision)
    if kept is None:
        raise BadUsage(f"台账里没有这一稿（{identity.written}）：文件可能来自另一台机器，或来自恢复之前。")
    return kept


def _by_words(ledger: Transaction, bulletin: BulletinSettings, edited: EditedFile) -> DraftFile | None:
    """The draft that the first line of the cover note names, or the page header together with the masthead."""
    front = [bare(text_of(block)) for block in edited.blocks[:40]]
    for record in reversed(issues.issues(ledger)):
        if record.bulletin != bulletin.id:
            continue
        label = bare(record.number.label)
        for revision in range(record.revision, 0, -1):
            cover = bare(f"{bulletin.title}{record.number.label}送审稿（第 {revision} 稿）")
            header = bare(f"送审稿（第 {revision} 稿，")
            headed = any(bare(line).startswith(header) for line in edited.headers) and label in front
            if cover in front or headed:
                return draft_file(ledger, bulletin.id, record.number.series, record.number.number, revision)
    return None


def _refuse_other_content(issue: IssueRecord, kept: DraftFile, sent: EditedFile, edited: EditedFile) -> None:
    """Raises BadUsage for a file that was made of a draft with the same number which prints something else: the ledger
    was restored from a backup since, and the number given a second time."""
    ours, theirs = DraftIdentity.read(sent.identity), DraftIdentity.read(edited.identity)
    if ours is not None and theirs is not None and theirs.content and ours.content != theirs.content:
        raise BadUsage(
            f"这个文件改自另一份{issue.number.label}第 {kept.revision} 稿，内容和台账里的这一稿不同"
            "（台账可能从备份恢复过）。文件里的改动没有读入；请改现在的一稿。"
        )


def _present_id(office: Office, bulletin: str) -> str:
    return former_ids(office.data_dir).get(bulletin, bulletin)


def _refuse_closed(issue: IssueRecord) -> None:
    if issue.status is not IssueStatus.DRAFT:
        what = "签发，不能再改；有误请在下一期更正" if issue.status is IssueStatus.SIGNED_OFF else "作废"
        raise BadUsage(f"{issue.number.label}已{what}。文件里的改动没有读入。")
