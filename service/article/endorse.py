"""批示: a leader's words on a printed article, recorded at the desk or by command, with the scan of the paper.

The words are not repeated in the record of changes, whose lines can never be removed: a 批示 may turn out to be secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from archive import articles, endorsements
from archive.articles import ArticleRecord
from archive.changes import NewChange, record_change
from archive.endorsements import Endorsement, EndorsementScan, EndorsementWords
from archive.transaction import Transaction
from intake.parse.headers import clean
from intake.sealing import destroy_unused
from intake.secrecy.gate import marking_in_words
from intake.secrecy.markings import office_words
from service.article.original import OriginalPages, OriginalViewer
from service.issue.issue_files import DownloadFile
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, Changed, NotThere
from values.issue import ArticleStatus

LONGEST_TEXT: Final = 500
"""Characters. A 批示 is a sentence or two."""
_LONGEST_LEADER: Final = 40
_LONGEST_NAME: Final = 120
LARGEST_SCAN: Final = 20_000_000
"""Octets; a page scanned in colour at 600 dpi has some ten million."""
_EXTENSIONS: Final = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/avif": "avif",
}
"""Content types of scans, with the end that the name of a downloaded one gets whatever it was called."""


@dataclass(frozen=True, slots=True)
class ScanUpload:
    """A file that a person chose as the scan of a 批示."""

    name: str
    """As the person's computer calls it."""
    data: bytes


@dataclass(frozen=True, slots=True)
class EndorsementRequest:
    """What a person wants recorded of a 批示."""

    words: EndorsementWords
    scan: ScanUpload | None = None
    """None: no scan, or the one that is there stays."""
    without_scan: bool = False
    """The scan that is there goes."""


def endorse(
    office: Office,
    viewer: OriginalViewer,
    bulletin: BulletinSettings,
    article_id: int,
    wanted: EndorsementRequest,
    *,
    who: str,
) -> int:
    """Records a 批示 on a published article of the bulletin; returns its id.

    Raises NotThere for an article that the bulletin does not have; BadUsage for an article that is not published, a
    level that the bulletin does not have, a text that is too long or bears a marking of secrecy, and a scan that is
    no picture and no PDF, cannot be opened or bears a marking of secrecy; StorageFailed.
    """
    with office.ledger.reading() as ledger:
        _printed(ledger, bulletin, article_id)
    upload = _checked(viewer, bulletin, wanted)
    with office.ledger.writing() as ledger:
        record = _printed(ledger, bulletin, article_id)
        scan = _store(office, upload)
        endorsement_id = endorsements.add_endorsement(ledger, article_id, wanted.words, scan, who, office.now())
        _record(office, ledger, record, f"登记{wanted.words.level}批示{'，附原件' if scan else ''}", who)
    return endorsement_id


def change_endorsement(
    office: Office,
    viewer: OriginalViewer,
    before: Endorsement,
    wanted: EndorsementRequest,
    *,
    who: str,
    seen: int | None = None,
) -> None:
    """Writes other words and, where one is given, another scan over those of a 批示.

    Raises as `endorse`, and Changed where it is not the version seen, or not there any more.
    """
    with office.ledger.reading() as ledger:
        bulletin = office.bulletin(articles.article_named(ledger, before.article).bulletin)
    upload = _checked(viewer, bulletin, wanted)
    with office.ledger.writing() as ledger:
        record = _printed(ledger, bulletin, before.article)
        _refuse_changed(ledger, before, seen)
        scan = _store(office, upload) or (None if wanted.without_scan else before.scan)
        endorsements.write_endorsement(ledger, before, wanted.words, scan, who)
        _record(office, ledger, record, f"改{wanted.words.level}批示", who)
    _destroy_scan(office, before)


def remove_endorsement(office: Office, before: Endorsement, *, who: str, why: str, seen: int | None = None) -> None:
    """Deletes a 批示 and its scan. Raises BadUsage without a reason, Changed as `change_endorsement`, StorageFailed."""
    if not why.strip():
        raise BadUsage("删除批示要写明原因。")
    with office.ledger.writing() as ledger:
        record = articles.article_named(ledger, before.article)
        _refuse_changed(ledger, before, seen)
        endorsements.delete_endorsement(ledger, before.id)
        _record(office, ledger, record, f"删除{before.words.level}批示", who, why)
    _destroy_scan(office, before)


def endorsement_named(office: Office, article_id: int, endorsement_id: int) -> Endorsement:
    """The 批示 of that id on the article. Raises NotThere."""
    with office.ledger.reading() as ledger:
        on_article = endorsements.endorsements_on(ledger, [article_id])
    for endorsement in on_article:
        if endorsement.id == endorsement_id:
            return endorsement
    raise NotThere(f"稿件 {article_id} 没有编号为 {endorsement_id} 的批示。")


def scan_of(office: Office, viewer: OriginalViewer, endorsement: Endorsement) -> DownloadFile:
    """The scan as it was uploaded. Raises NotThere where there is none, StorageFailed, FileAltered."""
    data = _scan_bytes(office, endorsement)
    content_type = viewer.scan_reading(data, ()).content_type
    name = f"稿件{endorsement.article}批示{endorsement.id}.{_EXTENSIONS.get(content_type, 'bin')}"
    return DownloadFile(name, content_type if content_type in _EXTENSIONS else "application/octet-stream", data)


def scan_page(office: Office, viewer: OriginalViewer, endorsement: Endorsement, number: int) -> OriginalPages:
    """A page of the scan as a picture, counted from 1. Raises as `scan_of`, NeedsEditor."""
    return viewer.scan_pages(_scan_bytes(office, endorsement), number)


def _scan_bytes(office: Office, endorsement: Endorsement) -> bytes:
    if endorsement.scan is None:
        raise NotThere("这条批示没有原件。")
    return office.media.read(endorsement.scan.sha256)


def _checked(viewer: OriginalViewer, bulletin: BulletinSettings, wanted: EndorsementRequest) -> ScanUpload | None:
    """Refuses what may not be recorded; returns the scan under a clean name. Raises as `endorse`."""
    words, levels = wanted.words, bulletin.levels
    if words.level not in levels:
        raise BadUsage(f"没有“{words.level}”这一级批示；配置里有：{'、'.join(levels)}。")
    if len(words.text) > LONGEST_TEXT:
        raise BadUsage(f"批示内容最多 {LONGEST_TEXT} 个字。")
    if len(words.leader) > _LONGEST_LEADER:
        raise BadUsage(f"批示人最多 {_LONGEST_LEADER} 个字。")
    if not (words.text or words.leader or wanted.scan):
        raise BadUsage("批示人、批示内容和原件至少要有一样。")
    own = office_words(rule.marking for rule in bulletin.word_list.secrecy_markings)
    for place, text in (("批示内容", words.text), ("批示人", words.leader)):
        _refuse_marking(marking_in_words(text, own), place)
    return None if wanted.scan is None else _checked_scan(viewer, wanted.scan, own)


def _checked_scan(viewer: OriginalViewer, scan: ScanUpload, own: tuple[str, ...]) -> ScanUpload:
    name = " ".join(clean(scan.name).split())[-_LONGEST_NAME:].strip() or "原件"
    _refuse_marking(marking_in_words(name, own), "原件的文件名")
    if not scan.data:
        raise BadUsage("选中的原件是空的。")
    if len(scan.data) > LARGEST_SCAN:
        raise BadUsage(f"原件超过 {LARGEST_SCAN // 1_000_000} MB，请用较低的分辨率重新扫描。")
    reading = viewer.scan_reading(scan.data, own)
    _refuse_marking(reading.marking, "原件")
    if reading.content_type not in _EXTENSIONS or not reading.pages:
        raise BadUsage("原件打不开：应是图片（JPG、PNG、TIFF……）或没有密码的 PDF。请重新扫描，或另存后再选。")
    return ScanUpload(name, scan.data)


def _store(office: Office, upload: ScanUpload | None) -> EndorsementScan | None:
    """Stores the scan. To be called as a writer: files that nothing refers to are destroyed by writers only."""
    if upload is None:
        return None
    sha256 = office.media.put(upload.data)
    office.media.sync()
    return EndorsementScan(sha256, upload.name)


def _refuse_marking(marking: str, place: str) -> None:
    if marking:
        raise BadUsage(f"{place}标有“{marking}”，没有登记：涉密的批示不能存进本机，请按保密规定另行登记。")


def _printed(ledger: Transaction, bulletin: BulletinSettings, article_id: int) -> ArticleRecord:
    record = articles.article_of_bulletin(ledger, bulletin.id, article_id)
    if record is None:
        raise NotThere(f"刊物 {bulletin.id} 没有编号为 {article_id} 的稿件。")
    if record.status is not ArticleStatus.PUBLISHED:
        raise BadUsage(f"稿件 {article_id}《{record.manuscript.title}》还没有刊发，不能记批示。")
    return record


def _refuse_changed(ledger: Transaction, before: Endorsement, seen: int | None) -> None:
    now = next((row for row in endorsements.endorsements_on(ledger, [before.article]) if row.id == before.id), None)
    if now is None or now.version != before.version or (seen is not None and now.version != seen):
        raise Changed("这条批示刚才有人改过，请看过现在的样子再改。")


def _destroy_scan(office: Office, before: Endorsement) -> None:
    """Destroys the scan that a 批示 had, where nothing has it any more."""
    if before.scan is not None:
        destroy_unused(office.ledger, office.media, [before.scan.sha256])


def _record(office: Office, ledger: Transaction, record: ArticleRecord, summary: str, who: str, why: str = "") -> None:
    summary = f"《{record.manuscript.title}》{summary}"
    record_change(ledger, NewChange(record.bulletin, who, "article", record.id, summary, office.now(), why))
