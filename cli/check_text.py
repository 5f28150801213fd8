"""`check-text`: proofreads a file, without a mailbox; a ledger is asked only for the register of departments."""

from __future__ import annotations

import codecs
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from archive.ledger_mark import MARK_FILE
from archive.opening import open_ledger
from archive.own_texts import OWN_TEXTS_FILE, own_texts
from archive.settled_findings import Settlements, settlements_of
from cli.base.command import Invocation
from cli.base.exit_status import ExitStatus
from cli.base.output_parts import OutputTable, Styled, line
from intake.check.checks import check
from intake.parse.message import Part
from intake.read.formats import is_word, read_manuscript
from intake.read.pasted.reading import blocks_of
from intake.read.plain_text import text_of_file
from intake.read.source import SourceDocument, SourceParagraph
from intake.read.structure.division import structure
from programs.conversion import NO_CONVERSIONS
from service.article.word_copy import word_bytes, write_annotated
from service.office import DATABASE, ledger_server, soffice_of
from service.register.register import active_departments
from settings.load import load_settings
from settings.model import BulletinSettings, Settings
from values import rules
from values.department import Department
from values.errors import BadUsage, NeedsEditor
from values.finding import Finding, Severity, Subject
from values.habits import FindingGroup, grouped
from values.word_list import NO_WORDS

_LARGEST: Final = 50_000_000
"""Octets of a file: as large as a letter may be; larger ones are full of pictures, which are not proofread."""
_LARGEST_TEXT: Final = 2_000_000
"""Octets of plain text that are read, half a million characters: far more than any article has."""
_SECTIONS: Final = ("", "情况通报")
"""Those of the printed issue, where there is no configuration."""
_TITLE_POINTS: Final = 22.0
"""Size of the title of plain text, so that its first line is read as one: 二号, as titles are set in GB/T 9704."""
_LONGEST_TITLE: Final = 80
"""Characters of a title; those of 通知 and 方案 reach so many (issue 14)."""
_MOST_QUOTED: Final = 3
"""Words that the row of a habit quotes; --json has all."""
_NO_ARTICLE: Final = 0
"""The id that no article has."""
_PROBED: Final = 4_096
"""Octets in which a file that is no text has a NUL."""

_SEVERITIES: Final = {
    Severity.ERROR: ("错误", "red"),
    Severity.WARNING: ("疑问", "yellow"),
    Severity.INFO: ("提示", "bright_black"),
}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="要审校的文件")
    parser.add_argument("--docx", type=Path, metavar="OUT", help="把意见作为批注写进 Word 文件的副本 OUT，原文件不动")
    parser.add_argument("--bulletin", metavar="ID", help="用哪个刊物的名录和用词表，只有一个时可省略")


def run(invocation: Invocation) -> ExitStatus:
    """IN_PART when there are findings. Without a config.toml there are neither register nor word list.

    Raises BadUsage for what cannot be read, BadConfig.
    """
    arguments = invocation.arguments
    if arguments.config == invocation.surroundings.installation.default_config and not arguments.config.exists():
        arguments.config = None  # a department may have this program and no configuration; one that is named must exist
    reference = _reference(arguments)
    bulletin, departments = reference.bulletin, reference.departments
    path: Path = arguments.file
    soffice = soffice_of(invocation.surroundings.environ) if arguments.docx else None
    data = _octets(path) if arguments.docx is None else word_bytes(_octets(path), soffice)
    try:
        document = _document(path, data)
        structured = structure(document, departments, bulletin.sections if bulletin else _SECTIONS, path.name)
    except NeedsEditor as error:
        raise BadUsage(f"{path.name}：{error}") from None
    word_list = bulletin.word_list if bulletin else NO_WORDS
    checked = check(
        structured,
        document.omissions,
        structured.byline_department,
        departments,
        word_list,
        own_texts=reference.own_texts,
    )
    if bulletin is not None and reference.settlements is not None:  # the words that the office always allows
        checked = reference.settlements.applied(_NO_ARTICLE, bulletin.id, structured.manuscript, checked)
    findings = sorted(
        (finding for finding in without_missing_title(checked, path.name) if finding.is_open),
        key=lambda finding: finding.place,
    )
    if arguments.docx is not None:
        dated = invocation.surroundings.now().date()
        write_annotated(data, structured.manuscript, findings, arguments.docx, dated)
    lines = structured.manuscript.lines
    invocation.output.give(
        lambda: [finding.as_json() for finding in findings],
        lambda: [
            _table(findings, lines) if findings else line("没有发现问题。", "green"),
            *([line(f"批注写在 {arguments.docx} 里，原文件没有改动。")] if arguments.docx is not None else []),
        ],
    )
    return ExitStatus.IN_PART if findings else ExitStatus.DONE


def _table(findings: Sequence[Finding], lines: Sequence[str]) -> OutputTable:
    """lines: of the body, from which the words are quoted. Several findings of one rule are one row."""
    return OutputTable(
        ("级别", "段落", "原文", "意见", "建议"), tuple(_table_row(group, lines) for group in grouped(findings))
    )


def _table_row(group: FindingGroup, lines: Sequence[str]) -> tuple[Styled, ...]:
    name, colour = _SEVERITIES[group.first.severity]
    suggestions = dict.fromkeys(finding.suggestion or "" for finding in group.findings)
    return (
        Styled(name, colour),
        Styled(group.places),
        Styled(_some(dict.fromkeys(_quoted(finding, lines) for finding in group.findings))),
        Styled(group.message),
        Styled(_some(suggestions)),
    )


def _quoted(finding: Finding, lines: Sequence[str]) -> str:
    if finding.paragraph is None or finding.start is None:
        return ""
    return lines[finding.paragraph][finding.start : finding.end]


def _some(texts: Iterable[str]) -> str:
    """The first few of the texts that are not empty."""
    shown = [text for text in texts if text]
    return "、".join(shown[:_MOST_QUOTED]) + ("等" if len(shown) > _MOST_QUOTED else "")


@dataclass(frozen=True, slots=True)
class _Reference:
    """What a file is checked against."""

    bulletin: BulletinSettings | None = None
    """None without a config.toml."""
    departments: tuple[Department, ...] = ()
    settlements: Settlements | None = None
    """The words that are always allowed; None where the ledger is not on this machine."""
    own_texts: bytes = b""
    """As in `Register`."""


def _reference(arguments: Namespace) -> _Reference:
    """Raises BadConfig, BadUsage, StorageFailed."""
    path: Path | None = arguments.config
    if path is None:
        return _Reference()
    settings = load_settings(path)
    bulletin = _named(settings, arguments.bulletin)
    return _Reference(bulletin, *_of_ledger(settings, bulletin), _own_texts(settings))


def _own_texts(settings: Settings) -> bytes:
    """What the office has trained, where this person may read it."""
    data_dir = settings.service.data_dir
    return own_texts(data_dir).octets if os.access(data_dir / OWN_TEXTS_FILE, os.R_OK) else b""


def _of_ledger(settings: Settings, bulletin: BulletinSettings) -> tuple[tuple[Department, ...], Settlements | None]:
    """The departments of the register and the allowed words, where this machine has the office's ledger and this person
    may read it; else the departments of the configuration and None.

    Raises StorageFailed, BadUsage for a ledger of another version.
    """
    data_dir = settings.service.data_dir
    # A reader of SQLite's WAL writes its -shm file; the mark is in every directory whose ledger is on a server.
    if not os.access(data_dir / (MARK_FILE if settings.service.database else DATABASE), os.R_OK | os.W_OK):
        return bulletin.departments, None
    with closing(open_ledger(ledger_server(settings, os.environ), data_dir)) as ledger, ledger.reading() as transaction:
        return active_departments(transaction, bulletin), settlements_of(transaction, _NO_ARTICLE)


def _named(settings: Settings, id: str | None) -> BulletinSettings:
    """The bulletin of that id; None: the only one there is. Raises BadUsage."""
    bulletins = settings.bulletins
    bulletin = settings.bulletin(id) if id else (bulletins[0] if len(bulletins) == 1 else None)
    if bulletin is None:
        raise BadUsage(f"请用 --bulletin 指明一个刊物；配置中有：{'、'.join(each.id for each in bulletins)}。")
    return bulletin


def _octets(path: Path) -> bytes:
    """Of the file. Raises BadUsage when it is too large or cannot be opened."""
    try:
        if path.stat().st_size > _LARGEST:
            raise BadUsage(f"{path.name} 超过 {_LARGEST // 1_000_000} MB，请压缩其中的图片后再试。")
        return path.read_bytes()
    except OSError as error:
        raise BadUsage(f"读不到 {path}（{error.strerror}）。") from None


def _document(path: Path, data: bytes) -> SourceDocument:
    """The file as it is read. data: its octets. Raises NeedsEditor."""
    if is_word(data) or not _is_text(data):
        return read_manuscript(Part(path.name, "", "", data), NO_CONVERSIONS)
    return document_of_text(text_of_file(data[:_LARGEST_TEXT]))


def document_of_text(text: str) -> SourceDocument:
    """Plain text has no formatting: its first line is taken for the title, unless it is a sentence; lines with tabs are
    rows of a table."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    titles = lines[:1] if lines and _can_be_title(lines[0]) else []
    title_blocks = [SourceParagraph(line, centred=True, size=_TITLE_POINTS) for line in titles]
    return SourceDocument((*title_blocks, *blocks_of(lines[len(titles) :])))


def _can_be_title(line: str) -> bool:
    """Whether it is no sentence, and no longer than the longest titles of 通知 and 方案."""
    return len(line) <= _LONGEST_TITLE and line[-1] not in "。；，："


def without_missing_title(findings: Sequence[Finding], name: str) -> Sequence[Finding]:
    """Plain text that is no whole article needs no title: what is remarked on one taken from its file's name goes.

    name: of the file.
    """
    if not name.endswith(".txt") or rules.TITLE_FROM_NAME not in (finding.rule for finding in findings):
        return findings
    return [finding for finding in findings if finding.rule.subject is not Subject.TITLE]


def _is_text(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return b"\0" not in data[:_PROBED] and not data.startswith((b"%PDF-", b"{\\rtf", b"PK", b"<"))
