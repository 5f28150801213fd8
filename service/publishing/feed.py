"""The signed-off issues of a bulletin as an Atom feed (RFC 4287), page by page (RFC 5005 section 3)."""

from __future__ import annotations

import hmac
import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from archive import issues
from archive.corrections import CorrectionState, corrections_of
from archive.issues import IssueRecord, signed_off_issue_of
from archive.renaming import spans_of
from archive.transaction import Transaction
from archive.upper_adoptions import PrintedTitle, titles_in_issues
from archive.withdrawn_issues import withdrawn_issues
from service.issue.issue_files import CONTENT_TYPES
from service.issue.sign_off import is_unfinished
from service.office import Office
from settings.model import BulletinSettings

PAGE_SIZE: Final = 30
"""Issues on a page: more than half a year of a weekly bulletin."""
_ATOM: Final = "http://www.w3.org/2005/Atom"
_TOMBSTONES: Final = "http://purl.org/atompub/tombstones/1.0"
"""RFC 6721: what a reader has to forget."""
_NO_ISSUE: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""`updated` of a feed without any entry: it must have one (RFC 4287 4.1.1), and must not change by itself."""
_NAMESPACE: Final = uuid.UUID("7d1c4c3e-8f0b-4a52-9a57-2f6f7b3d9e10")
"""Of our ids, made once at random (RFC 9562 5.5)."""
_NOT_IN_XML: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES: Final = {"docx": "Word", "pdf": "PDF", "ofd": "OFD"}

ElementTree.register_namespace("", _ATOM)
ElementTree.register_namespace("at", _TOMBSTONES)


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A signed-off issue as the feed has it."""

    record: IssueRecord
    updated: datetime
    """When it was signed off, or when the last correction of an article of it was."""
    titles: Sequence[PrintedTitle]
    """In printed order."""
    corrections: Sequence[str]
    """更正 that were printed since, a Chinese sentence each."""
    withdrawn_at: datetime | None = None
    """When it was withdrawn (`archive.withdrawn_issues`); None: it was not."""


def feed_of(office: Office, bulletin: BulletinSettings, path: str, before: int | None = None) -> bytes:
    """The Atom document at that path of the desk, in UTF-8. before: the id of an issue, after which the page begins;
    None: the latest issues. An issue whose files are not all made is not in it yet."""
    with office.ledger.reading() as ledger:
        records = issues.signed_off_page(ledger, bulletin.id, before=before, most=PAGE_SIZE + 1)
        entries = _entries(ledger, [record for record in records[:PAGE_SIZE] if not is_unfinished(record)])
        first_id = spans_of(ledger, bulletin.id)[-1].id
    updated = max((entry.withdrawn_at or entry.updated for entry in entries), default=_NO_ISSUE)
    feed = _element("feed")
    _text(feed, "id", _feed_id(office, first_id))
    _text(feed, "title", f"{bulletin.title}{bulletin.kind}")
    _text(feed, "updated", _moment(updated))
    _text(SubElement(feed, f"{{{_ATOM}}}author"), "name", bulletin.office)
    url = office.settings.desk.public_url + path
    _link(feed, "self", url if before is None else f"{url}?before={before}", "application/atom+xml")
    if before is not None:
        _link(feed, "first", url, "application/atom+xml")
    if len(records) > PAGE_SIZE:
        _link(feed, "next", f"{url}?before={records[PAGE_SIZE - 1].id}", "application/atom+xml")
    for entry in entries:
        _add_entry(feed, office, bulletin, entry, url)
    document: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document


def is_withdrawn(office: Office, issue_id: int) -> bool:
    """Whether no other system is given the issue any more."""
    with office.ledger.reading() as ledger:
        return issue_id in withdrawn_issues(ledger, [issue_id])


def _entries(ledger: Transaction, records: Sequence[IssueRecord]) -> list[FeedEntry]:
    ids = [record.id for record in records]
    titles = titles_in_issues(ledger, ids)
    withdrawn = withdrawn_issues(ledger, ids)
    corrected = _corrections(ledger, titles)
    entries = []
    for record in records:
        signed_at = record.decided_at or record.made_at
        later = corrected.get(record.id, ())
        entries.append(
            FeedEntry(
                record,
                max((signed_at, *(at for at, _ in later))),
                titles.get(record.id, ()),
                [sentence for _, sentence in later],
                withdrawn.get(record.id),
            )
        )
    return entries


def _corrections(
    ledger: Transaction, titles: Mapping[int, Sequence[PrintedTitle]]
) -> Mapping[int, Sequence[tuple[datetime, str]]]:
    """The printed corrections of each issue: when the correcting issue was signed off, and a Chinese sentence."""
    places = {title.article: (issue_id, title.title) for issue_id, rows in titles.items() for title in rows}
    corrected: dict[int, list[tuple[datetime, str]]] = {}
    for article, links in corrections_of(ledger, list(places)).items():
        issue_id, title = places[article]
        for link in links:
            printing = signed_off_issue_of(ledger, link.article)
            if link.state is CorrectionState.PRINTED and printing is not None:
                at = printing.decided_at or printing.made_at
                corrected.setdefault(issue_id, []).append((at, f"更正：《{title}》{link.in_words}。"))
    return corrected


def _add_entry(feed: Element, office: Office, bulletin: BulletinSettings, entry: FeedEntry, url: str) -> None:
    record = entry.record
    if entry.withdrawn_at is not None:
        gone = {"ref": _entry_id(record), "when": _moment(entry.withdrawn_at)}
        SubElement(feed, f"{{{_TOMBSTONES}}}deleted-entry", gone)
        return
    item = SubElement(feed, f"{{{_ATOM}}}entry")
    _text(item, "id", _entry_id(record))
    _text(item, "title", f"{bulletin.title}{record.number.label}")
    _text(item, "published", _moment(record.decided_at or record.made_at))
    _text(item, "updated", _moment(entry.updated))
    _link(item, "alternate", f"{office.settings.desk.public_url}/b/{bulletin.id}/past/{record.id}", "text/html")
    for file in record.final:
        if file.kind in _NAMES:
            link = _link(item, "enclosure", f"{url}/{record.id}/{file.kind}", CONTENT_TYPES[file.kind])
            link.set("length", str(file.size))
            link.set("title", _NAMES[file.kind])
    lines = [f"{number}. {title.title}（{title.department}）" for number, title in enumerate(entry.titles, 1)]
    _text(item, "summary", "\n".join((*lines, *entry.corrections)))


def _feed_id(office: Office, bulletin: str) -> str:
    """The same for a bulletin under another id or address; different in every installation."""
    digest = hmac.digest(office.key(), f"feed:{bulletin}".encode(), "sha256")
    return uuid.uuid5(_NAMESPACE, digest.hex()).urn


def _entry_id(record: IssueRecord) -> str:
    """From the bytes that were signed off, so that it is the same in a ledger that was rebuilt from the files."""
    printed = next((file.sha256 for file in record.final if file.kind == "docx"), f"issue {record.id}")
    return uuid.uuid5(_NAMESPACE, printed).urn


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _element(name: str) -> Element:
    return Element(f"{{{_ATOM}}}{name}")


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, f"{{{_ATOM}}}{name}").text = _NOT_IN_XML.sub("", text)


def _link(parent: Element, relation: str, url: str, media_type: str) -> Element:
    return SubElement(parent, f"{{{_ATOM}}}link", {"rel": relation, "href": url, "type": media_type})
