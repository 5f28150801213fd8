"""`export`: the issues of a year with their articles and sources, for the archive (归档)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

from archive import articles, issues, letters
from archive.article_mergers import mergers_into
from archive.articles import ArticleRecord
from archive.corrections import CorrectionState
from archive.endorsements import Endorsement
from archive.files import write_durably
from archive.issues import IssueRecord
from service.article.endorse import scan_of
from service.article.original import OriginalViewer
from service.article.previews import may_be_shown
from service.exporting.index_page import ExportedArticle, ExportedFile, ExportedIssue, ExportIndex, index_page
from service.issue.past_issues import file_of, past_issue
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, NeedsEditor, StorageFailed
from values.issue import IssueStatus

_LABELS: Final = {"docx": "Word 文件", "pdf": "PDF 文件", "ofd": "OFD 文件", "manifest": "清单"}
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9]{1,5})$")
"""The end of a sender's file name; nothing else of it becomes part of a name on the disk (design.md 5.4)."""


@dataclass(frozen=True, slots=True)
class ExportedYear:
    """What was exported."""

    folder: Path
    issues: int
    articles: int
    problems: tuple[str, ...]
    """Chinese: the files that could not be exported, and why."""


@dataclass(slots=True)
class _Target:
    """The folder that is being filled."""

    folder: Path
    digests: dict[str, str] = field(default_factory=dict)
    """SHA-256 by path relative to the folder."""

    def write(self, path: str, data: bytes, label: str) -> ExportedFile:
        write_durably(self.folder / path, data)
        self.digests[path] = hashlib.sha256(data).hexdigest()
        return ExportedFile(path, label)


def export_year(office: Office, bulletin: BulletinSettings, year: int, folder: Path) -> ExportedYear:
    """Writes the issues dated in that year into a folder that is empty or does not exist.

    Raises BadUsage for another folder and for a year without issues, StorageFailed.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadUsage(f"{folder} 已有东西，没有导出。请给一个空的或还没有的文件夹。")
    with office.ledger.reading() as ledger:
        closed = issues.closed_issues(ledger, bulletin.id, date(year, 1, 1), date(year, 12, 31))
    signed_off = [record for record in closed if record.status is IssueStatus.SIGNED_OFF]
    if not signed_off:
        raise BadUsage(f"刊物 {bulletin.id} 在 {year} 年没有签发过，没有可导出的。")
    target, problems = _Target(folder), list[str]()
    with closing(OriginalViewer(office)) as viewer:
        exported = tuple(_export_issue(office, bulletin, record, target, viewer, problems) for record in signed_off)
    made_at = f"{office.local(office.now()):%Y-%m-%d %H:%M}"
    index = ExportIndex(f"{bulletin.title}{bulletin.kind}", bulletin.office, year, made_at, exported)
    target.write("index.html", index_page(index), "索引")
    sums = "".join(f"{digest}  {path}\n" for path, digest in sorted(target.digests.items()))
    write_durably(folder / "SHA256SUMS", sums.encode())
    return ExportedYear(folder, len(exported), sum(len(issue.articles) for issue in exported), tuple(problems))


def _export_issue(
    office: Office,
    bulletin: BulletinSettings,
    record: IssueRecord,
    target: _Target,
    viewer: OriginalViewer,
    problems: list[str],
) -> ExportedIssue:
    number = record.number
    folder = f"{number.year}-{'s' if number.supplement else ''}{number.number:03}"
    files: list[ExportedFile] = []
    for file in record.final:
        try:
            kept = file_of(office, bulletin, record.id, file.kind)
        except StorageFailed as error:
            problems.append(f"{number.label}的{_LABELS[file.kind]}：{error}")
            continue
        if kept is not None:
            name = "manifest.json" if file.kind == "manifest" else f"{folder}.{file.kind}"
            files.append(target.write(f"{folder}/{name}", kept.data, _LABELS[file.kind]))
    past = past_issue(office, bulletin, record.id)
    printed = past.printed if past is not None else ()
    articles = []
    for position, article in enumerate(printed, start=1):
        stem = f"{folder}/articles/{position:02}"
        endorsements = past.endorsements.get(article.id, ()) if past is not None else ()
        article_files, missing = _export_article(office, article, stem, target, viewer)
        scans, without = _export_scans(office, endorsements, stem, target, viewer)
        missing = [*missing, *without]
        problems += [f"{number.label}的《{article.manuscript.title}》：{each}" for each in missing]
        row = _row(office, article, [*article_files, *scans], missing)
        links = past.corrections.get(article.id, ()) if past is not None else ()
        corrected = "，".join(link.in_words for link in links if link.state is CorrectionState.PRINTED)
        articles.append(replace(row, endorsements=tuple(map(_endorsement_line, endorsements)), corrected=corrected))
    dated = record.dated.isoformat()
    return ExportedIssue(folder, number.label, dated, record.decided_by or "", tuple(files), tuple(articles))


def _row(office: Office, article: ArticleRecord, files: list[ExportedFile], missing: list[str]) -> ExportedArticle:
    return ExportedArticle(
        section=article.section,
        departments="、".join(article.departments),
        title=article.manuscript.title,
        received=f"{office.local(article.received_at):%Y-%m-%d}",
        files=tuple(files),
        note="；".join(missing),
    )


def _export_article(
    office: Office, article: ArticleRecord, stem: str, target: _Target, viewer: OriginalViewer
) -> tuple[list[ExportedFile], list[str]]:
    """The files of a printed article, and a sentence for each that is not there."""
    text = f"{article.manuscript.title}\r\n\r\n{article.manuscript.text}\r\n"
    files, missing = [target.write(f"{stem}.txt", text.encode("utf-8-sig"), "文字")], list[str]()
    with office.ledger.reading() as ledger:
        merged = [
            articles.revision_numbered(ledger, merger.article, merger.revision)
            for merger in mergers_into(ledger, [article.id])
        ]
    for number, source in enumerate([article, *merged], start=1):
        of_source, without = _export_source(office, source, stem, "" if number == 1 else f"-{number}", target, viewer)
        files += of_source
        missing += without
    return files, missing


def _export_source(
    office: Office, source: ArticleRecord, stem: str, suffix: str, target: _Target, viewer: OriginalViewer
) -> tuple[list[ExportedFile], list[str]]:
    """The file and the letter that a printed article, or one that was merged into it, came from. suffix: of their
    names."""
    files, missing = list[ExportedFile](), list[str]()
    try:
        original = viewer.original(source)
        files.append(target.write(f"{stem}-source{suffix}.{_extension(original.name)}", original.data, "原件"))
    except (NeedsEditor, StorageFailed) as error:
        missing.append(str(error))
    with office.ledger.reading() as ledger:
        letter = letters.letter_with_sha256(ledger, source.bulletin, source.letter_sha256)
    if letter is not None and letter.removal is None and may_be_shown(letter):
        try:
            files.append(target.write(f"{stem}-letter{suffix}.eml", office.raws.read(letter.sha256), "来信"))
        except StorageFailed as error:
            missing.append(str(error))
    return files, missing


def _export_scans(
    office: Office, endorsements: Sequence[Endorsement], stem: str, target: _Target, viewer: OriginalViewer
) -> tuple[list[ExportedFile], list[str]]:
    """The scans of the 批示 on an article, and a sentence for each that is not there."""
    files, missing = list[ExportedFile](), list[str]()
    for number, endorsement in enumerate(endorsements, start=1):
        if endorsement.scan is None:
            continue
        try:
            scan = scan_of(office, viewer, endorsement)
            files.append(target.write(f"{stem}-endorsement-{number}.{_extension(scan.name)}", scan.data, "批示原件"))
        except StorageFailed as error:
            missing.append(f"批示原件：{error}")
    return files, missing


def _endorsement_line(endorsement: Endorsement) -> str:
    """A 批示 in one line: 市级批示 张副市长 2022年11月8日：请推广."""
    words = endorsement.words
    dated = f"{words.dated.year}年{words.dated.month}月{words.dated.day}日" if words.dated else ""
    head = " ".join(filter(None, (f"{words.level}批示", words.leader, dated)))
    return f"{head}：{' '.join(words.text.split())}" if words.text else head


def _extension(name: str) -> str:
    """Of the sender's file name; "txt" for the letter's own text, which has none, "bin" for a name without one."""
    form = _EXTENSION.search(name)
    return form[1].lower() if form else "bin" if name else "txt"
