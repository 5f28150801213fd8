"""Raw bytes → `Message`: sender, subject, text, and every part with its bytes. Never raises."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Final

from intake.parse.addresses import parse_addresses
from intake.parse.archive_fault import ArchiveFault
from intake.parse.charsets import decode
from intake.parse.file_kinds import extension_of
from intake.parse.flowed import unflowed
from intake.parse.headers import Header, clean, shown
from intake.parse.html.page import Page, read_page
from intake.parse.manuscript_format import ManuscriptFormat
from intake.parse.mime import USUAL_LIMITS, Leaf, MessageLimits, dissect
from intake.parse.sender_field import sender_field, sole_mailbox
from intake.parse.signed_content import PGP_NOTE, without_clear_signature

_KEPT_HEADERS: Final = frozenset(
    {"auto-submitted", "content-type", "feedback-id", "precedence", "return-path", "sender", "x-loop"}
    | {"x-auto-response-suppress", "x-failed-recipients"}
    | {"reply-to", "resent-from", "x-google-original-from", "x-original-from", "x-original-sender"}  # written by lists
)
AUTOMATIC_HEADER: Final = re.compile(r"x-auto-?(?:reply|replied|respond|responder|response)|x-vacation(?:-message)?")
"""The fields by which programs that answer for their owner declare it, each its own."""
_MOST_VALUES: Final = 100  # of one field, and of References
_ID: Final = re.compile(r"<[^<>]{1,990}>")
_LONGEST_ID: Final = 998  # RFC 5322 2.1.1: the longest line
_LONGEST_SUBJECT: Final = 1_000  # characters, far beyond any title
_LONGEST_TEXT: Final = 1_000_000  # characters, five times what a manuscript may have
_TEXTS: Final = frozenset({"text/plain", "text/html"})
_ATTACHED: Final = "attachment"


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf part of a letter, or a file that was unpacked from one."""

    name: str
    """As the sender saw it; made by us for a file without one; "" for a text of the letter."""
    content_type: str
    disposition: str
    """Lower case, "" for none."""
    data: bytes
    inline: bool = False
    """Not marked as an attachment."""
    forwarded: bool = False
    """It lies in a letter within the letter, or its text forwards one."""
    problem: str = ""
    """What is wrong with the data, Chinese; "" when it is whole."""
    origin: str = ""
    """For a forwarded part, the From address of the forwarded letter, as that letter says; "" for none."""
    unopened: ArchiveFault | None = None
    """Why it, an archive or a file of one, was not unpacked (`intake.archives.opened`)."""
    manuscript_format: ManuscriptFormat = ManuscriptFormat.NONE
    """What it is as a manuscript (`intake.read.formats.with_formats`)."""
    folder: str = ""
    """Its folder in an archive, "照片/会场"; "" at the top and outside of archives."""
    writers: tuple[str, ...] = ()
    """For a part of letters within letters, the From addresses of them all, the outermost first."""
    charset: str = ""
    """Of a text, as labelled; "" for none."""
    shown_in_text: bool = False
    """A page of the letter shows it at its place in the text, however it is marked."""
    shown_in_signature: bool = False
    """A page of the letter shows it in the sender's signature."""


@dataclass(frozen=True, slots=True)
class BodyText:
    """A text that is shown as the body of the letter, or of a letter within it."""

    text: str
    is_page: bool = False
    """It was written in HTML."""
    is_structured: bool = False
    """It has a table or a numbered list, which a plain text can only imitate."""
    signature: frozenset[str] = frozenset()
    """Lines that the sender's program marks as the signature."""
    forwarded: bool = False
    """It is of a letter within the letter, or is quoted as forwarded."""
    origin: str = ""
    """For a forwarded one, the address of its writer, as that letter says; "" for none."""
    writers: tuple[str, ...] = ()
    """As in `Part`."""


@dataclass(frozen=True, slots=True)
class Message:
    """A letter as parsed. Addresses are lower case; texts have no control and no direction characters."""

    sender: str
    """The From address; "" unless From is exactly one well-formed mailbox (`intake.parse.sender_field`)."""
    sender_name: str
    written_senders: tuple[str, ...]
    """Every address that a reader may see in From; only to be shown."""
    sender_text: str
    """From as a reader sees it, for a letter without `sender`."""
    to: tuple[str, ...]
    """To and Cc."""
    subject: str
    message_id: str
    """With angle brackets, as the two fields below; "" for none."""
    in_reply_to: str
    references: tuple[str, ...]
    date: datetime | None
    """By the sender's clock, aware; for display only. None when there is no valid date."""
    received: datetime | None
    """When the server that wrote the topmost Received field took it, aware; None for none."""
    headers: Mapping[str, tuple[str, ...]]
    """Lower-case name → values as shown, topmost first; only fields that show what kind of letter it is."""
    text: str
    """The body; from HTML when there is no plain text."""
    parts: tuple[Part, ...]
    html_text: str = ""
    """The text of the HTML body; "" when there is none."""
    links: tuple[str, ...] = ()
    """The addresses to which the HTML body links."""
    bodies: tuple[BodyText, ...] = ()
    """Every text that is shown as the letter's body or that of a letter within it, plain ones before those of HTML."""
    remote_pictures: int = 0
    """How many pictures the letter's own page only links to."""
    forwarded_subjects: tuple[str, ...] = ()
    """Subjects of the letters within the letter."""
    forwarded_from: tuple[str, ...] = ()
    """From addresses of the letters within the letter."""
    authentication_results: tuple[str, ...] = ()
    """Raw values, topmost first (RFC 8601)."""
    defects: tuple[str, ...] = ()
    """What could not be read; Chinese."""


def parse_message(raw: bytes, limits: MessageLimits = USUAL_LIMITS) -> Message:
    """Reads any bytes as a letter. What exceeds the limits is omitted and named in `defects`."""
    dissection = dissect(raw, limits)
    header = dissection.header
    origin = sender_field(tuple(header.raw("from")))
    bodies, page = _bodies(dissection.leaves)
    own = [body for body in bodies if body.text]
    subject = header.text("subject")[:_LONGEST_SUBJECT]
    parts, too_many = _parts(dissection.leaves, subject, page, limits.files)
    letters = dict.fromkeys(letter for leaf in dissection.leaves for letter in leaf.letters)
    return Message(
        sender=origin.address,
        sender_name=origin.name,
        written_senders=origin.written,
        sender_text=origin.text,
        to=_addresses((*header.raw("to"), *header.raw("cc"))),
        subject=subject,
        message_id=next(_ids(header.first("message-id")), ""),
        in_reply_to=next(_ids(header.first("in-reply-to")), ""),
        references=tuple(islice(_ids(" ".join(header.raw("references"))), _MOST_VALUES)),
        date=_date(header.first("date")),
        received=_date(header.first("received").rpartition(";")[2]),
        headers=_kept(header),
        text=next((body.text for body in own if not body.is_page), "") or page.text,
        parts=parts,
        html_text=page.text,
        links=page.links,
        bodies=tuple(own),
        remote_pictures=page.remote_pictures,
        forwarded_subjects=tuple(letter.text("subject")[:_LONGEST_SUBJECT] for letter in letters),
        forwarded_from=_addresses([field for letter in letters for field in letter.raw("from")]),
        authentication_results=tuple(islice(header.raw("authentication-results"), _MOST_VALUES)),
        defects=(*dissection.defects, *too_many, *_notes_on_signatures(dissection.leaves)),
    )


def _addresses(fields: Iterable[str]) -> tuple[str, ...]:
    """The addresses of some fields, each once."""
    return tuple(dict.fromkeys(address.address for address in parse_addresses(fields)))


def _ids(value: str) -> Iterator[str]:
    """Message ids, in angle brackets also where the sender left them out."""
    ids = [match[0] for match in _ID.finditer(value)]
    bare = value.split()
    if not ids and bare:
        ids = [f"<{bare[0].strip('<>')[: _LONGEST_ID - 2]}>"]
    return map(clean, ids)


def _date(value: str) -> datetime | None:
    """None for what is no date. Without a time zone: UTC (RFC 5322 3.3, "-0000")."""
    try:
        moment = parsedate_to_datetime(value[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _kept(header: Header) -> dict[str, tuple[str, ...]]:
    kept: dict[str, tuple[str, ...]] = {}
    for field in header.fields:
        kept_name = field.name in _KEPT_HEADERS or AUTOMATIC_HEADER.fullmatch(field.name) is not None
        if kept_name or field.name.startswith("list-"):
            kept.setdefault(field.name, ())
            if len(kept[field.name]) < _MOST_VALUES:
                kept[field.name] += (shown(decode(field.value)),)
    return kept


def _is_body(leaf: Leaf, content_type: str) -> bool:
    return leaf.content_type == content_type and not leaf.name and leaf.disposition != _ATTACHED


def _bodies(leaves: Sequence[Leaf]) -> tuple[list[BodyText], Page]:
    """The plain texts, then those of pages, the letter's own before those of letters within it; and the first page.

    The texts of one letter are one: Apple's programs cut a text at each picture.
    """
    texts: list[BodyText] = []
    pages: list[tuple[Page, BodyText]] = []
    for group in _by_letter(leaves):
        origin, forwarded = _origin(group[0]), bool(group[0].letters)
        plain = "\n".join(filter(None, (_plain(leaf) for leaf in group if _is_body(leaf, "text/plain"))))
        writers = _writers(group[0])
        texts.append(BodyText(plain, forwarded=forwarded, origin=origin, writers=writers))
        if any(_is_body(leaf, "text/html") for leaf in group):
            page = _page([_source(leaf) for leaf in group if _is_body(leaf, "text/html")])
            body = BodyText(page.text, True, page.is_structured, page.signature, forwarded, origin, writers)
            pages.append((page, body))
    first = next((page for page, _ in pages if page.text or page.links), Page(""))
    return [*texts, *(body for _, body in pages)], first


def _notes_on_signatures(leaves: Sequence[Leaf]) -> tuple[str, ...]:
    bodies = [leaf for leaf in leaves if any(_is_body(leaf, content_type) for content_type in _TEXTS)]
    signed = any(b"-----BEGIN PGP SIGNED MESSAGE-----" in leaf.data for leaf in bodies)
    return (PGP_NOTE,) if signed else ()


def _by_letter(leaves: Sequence[Leaf]) -> list[list[Leaf]]:
    """The leaves of the letter itself, then those of each letter within it, the less deep before the deeper ones."""
    groups: dict[int, list[Leaf]] = {}
    for leaf in sorted(leaves, key=lambda leaf: len(leaf.letters)):
        groups.setdefault(id(leaf.letters[-1]) if leaf.letters else 0, []).append(leaf)
    return list(groups.values())


def _page(sources: Sequence[str]) -> Page:
    """The pages of one letter as one."""
    pages = [read_page(source) for source in sources]
    return Page(
        text=clean(without_clear_signature("\n".join(page.text for page in pages))).strip("\n"),
        links=tuple(link for page in pages for link in page.links),
        is_structured=any(page.is_structured for page in pages),
        signature=frozenset(clean(line) for page in pages for line in page.signature),
        embedded_pictures=tuple(data for page in pages for data in page.embedded_pictures),
        remote_pictures=sum(page.remote_pictures for page in pages),
        shown_ids=frozenset(id for page in pages for id in page.shown_ids),
        signature_ids=frozenset(id for page in pages for id in page.signature_ids),
    )


def _plain(leaf: Leaf) -> str:
    return clean(unflowed(without_clear_signature(_decoded(leaf)), leaf.flow))[:_LONGEST_TEXT].strip()


def _source(leaf: Leaf) -> str:
    """Of a page."""
    return clean(_decoded(leaf))[:_LONGEST_TEXT].strip()


def _decoded(leaf: Leaf) -> str:
    text = decode(leaf.data[: _LONGEST_TEXT * 4], leaf.charset)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _parts(
    leaves: Sequence[Leaf], subject: str, page: Page, most_files: int
) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The parts, with the pictures that the page itself holds; and the defect when there are too many files."""
    parts: list[Part] = []
    files = left_out = 0
    for leaf in leaves:
        is_text = any(_is_body(leaf, content_type) for content_type in _TEXTS)
        files += not is_text
        if files > most_files and not is_text:
            left_out += 1
            continue
        parts.append(
            Part(
                name=leaf.name or ("" if is_text else _name_for(leaf, subject)),
                content_type=leaf.content_type,
                disposition=leaf.disposition,
                data=leaf.data,
                inline=leaf.disposition != _ATTACHED,
                forwarded=bool(leaf.letters),
                problem=leaf.problem,
                origin=_origin(leaf),
                writers=_writers(leaf),
                charset=leaf.charset,
                shown_in_text=leaf.content_id in page.shown_ids,
                shown_in_signature=leaf.content_id in page.signature_ids,
            )
        )
    parts += [
        Part("", "image/*", "", data, inline=True, shown_in_text=True) for data in page.embedded_pictures[:most_files]
    ]
    defects = (f"附件超过 {most_files} 个，其余 {left_out} 个没有读",) if left_out else ()
    return tuple(parts), defects


def _origin(leaf: Leaf) -> str:
    """The sender of the innermost letter in which the part lies, as that letter says."""
    return sole_mailbox(tuple(leaf.letters[-1].raw("from"))) if leaf.letters else ""


def _writers(leaf: Leaf) -> tuple[str, ...]:
    return tuple(filter(None, (sole_mailbox(tuple(letter.raw("from"))) for letter in leaf.letters)))


def _name_for(leaf: Leaf, subject: str) -> str:
    """A name for a file that came without one, from the letter's subject and the file's content."""
    stem = re.sub(r'[/\\:*?"<>|\t\n]+', " ", subject).strip()[:80] or "附件"
    return stem + extension_of(leaf.data)
