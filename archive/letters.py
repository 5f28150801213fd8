"""Letters: each recorded once by the SHA-256 of its bytes, with the places it was seen at, settled with one verdict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, select, update

from archive.added_letters import added_letters
from archive.database import insert_all_if_new, upsert
from archive.folders import folder_id
from archive.json_form import JsonForm
from archive.schema import folder, letter, letter_article, letter_content, removal, seal, sighting
from archive.search import index_letter, index_letters
from archive.transaction import Transaction
from values.letter import AddedByHand, LetterContent, Place, Removal, RemovalKind, Verdict

_CONTENT: Final = JsonForm(LetterContent)
# Built once: these are executed for every letter, and building a statement takes longer than executing it.
_PENDING_AMONG: Final = select(letter.c.id).where(
    letter.c.id.in_(bindparam("letters", expanding=True)), letter.c.verdict == bindparam("pending")
)
_SETTLE: Final = (
    update(letter)
    .where(letter.c.id == bindparam("this_letter"))
    .returning(letter.c.id, letter.c.bulletin, letter.c.received_at, letter.c.sender, letter.c.subject, letter.c.reason)
)

CAN_BE_REOPENED: Final = (Verdict.QUARANTINED, Verdict.QUESTION, Verdict.FLAGGED)
"""Verdicts of letters that can be read again: a program or a registration that was missing may be there now."""


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter as the ledger holds it."""

    id: int
    bulletin: str
    """Id of its bulletin."""
    sha256: str
    """Of its bytes."""
    size: int
    """Octets of the whole letter."""
    header_only: bool
    """It was too large: its header alone is stored."""
    received_at: datetime
    sender: str
    """Address, in lower case; "": not read yet, or none."""
    subject: str
    """"": not read yet, or none."""
    verdict: Verdict
    reason: str
    """Of the verdict, in Chinese."""
    attempts: int
    """How many attempts to read it were made since it last became pending."""
    account: str | None
    """The mailbox in which it was first seen; None: imported."""
    uid: int | None
    """Its UID there; None: imported."""
    articles: tuple[int, ...]
    """Ids of the articles that it brought."""
    released: bool = False
    """An administrator has released it: a marking of secrecy does not seal it again."""
    was_read: bool = False
    """It had a verdict before: pending again, somebody has it read again."""
    stored_at: datetime | None = None
    """When its bytes were stored here; None where a caller does not say."""
    removal: Removal | None = None
    """Its content was erased or destroyed: only verdict and dates are left. None: it is there."""
    added: AddedByHand | None = None
    """Who added it by hand; None for a letter that came by mail or was imported."""

    @property
    def is_shown(self) -> bool:
        """Whether its content may be shown: it is neither sealed nor removed."""
        return self.removal is None and self.verdict is not Verdict.SEALED


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter whose bytes are durable in the raw store."""

    sha256: str
    size: int
    """Octets; where only the header was fetched, what the server states for the whole letter, or those of the header
    where that is lost (`service.rebuilding`)."""
    header_only: bool
    """It was too large: its header alone is stored."""
    received_at: datetime
    place: Place | None
    """Where a server showed it; None: imported."""


@dataclass(frozen=True, slots=True)
class LetterDetails:
    """What was read of a letter. None leaves in the ledger what an earlier reading recorded."""

    sender: str | None = None
    """The address, in lower case."""
    subject: str | None = None
    message_id: str | None = None
    """With its angle brackets, "" for none."""
    content: LetterContent | None = None


def keep(ledger: Transaction, bulletin: str, batch: Sequence[KeptLetter], *, at: datetime) -> int:
    """Records letters. Returns how many are new to the bulletin.

    Bytes that are recorded already add a sighting and nothing else. Calling it twice changes nothing.
    """
    wanted = list(dict.fromkeys(kept.sha256 for kept in batch))
    before = _ids(ledger, bulletin, wanted)
    unrecorded: dict[str, KeptLetter] = {}
    for kept in batch:
        if kept.sha256 not in before:
            unrecorded.setdefault(kept.sha256, kept)
    insert_all_if_new(
        ledger,
        letter,
        ("bulletin", "sha256"),
        [
            {
                "bulletin": bulletin,
                "sha256": kept.sha256,
                "size": kept.size,
                "header_only": kept.header_only,
                "received_at": kept.received_at,
                "stored_at": at,
                "verdict": Verdict.PENDING.value,
                "reason": "已收到，还没有读",
            }
            for kept in unrecorded.values()
        ],
    )
    _record_sightings(ledger, batch, _ids(ledger, bulletin, wanted), at)
    return len(unrecorded)


def _ids(ledger: Transaction, bulletin: str, sha256s: Sequence[str]) -> dict[str, int]:
    rows = ledger.sql.execute(
        select(letter.c.sha256, letter.c.id).where(letter.c.bulletin == bulletin, letter.c.sha256.in_(sha256s))
    )
    return {row.sha256: row.id for row in rows}


def letter_id(ledger: Transaction, bulletin: str, sha256: str) -> int:
    """The id of a recorded letter. Raises KeyError when it is not recorded."""
    return _ids(ledger, bulletin, [sha256])[sha256]


def _record_sightings(ledger: Transaction, batch: Sequence[KeptLetter], ids: Mapping[str, int], at: datetime) -> None:
    places = [(kept, kept.place) for kept in batch if kept.place is not None]
    folders = {
        (place.account, place.folder, place.uidvalidity): folder_id(ledger, place, at)
        for place in {(p.account, p.folder, p.uidvalidity): p for _, p in places}.values()
    }
    insert_all_if_new(
        ledger,
        sighting,
        ("folder_id", "uid"),
        [
            {
                "letter_id": ids[kept.sha256],
                "folder_id": folders[place.account, place.folder, place.uidvalidity],
                "uid": place.uid,
                "seen_at": at,
            }
            for kept, place in places
        ],
    )


def pending(ledger: Transaction, bulletin: str) -> Sequence[LetterRecord]:
    """Letters that wait to be read, in the order they were received."""
    return _letters(ledger, letter.c.bulletin == bulletin, letter.c.verdict == Verdict.PENDING.value)


def count_received_before(ledger: Transaction, bulletin: str, moment: datetime) -> int:
    """How many letters of the bulletin were received before, without those that were removed."""
    earlier = (letter.c.bulletin == bulletin, letter.c.received_at < moment)
    present = letter.c.id.not_in(select(removal.c.letter_id))
    return int(ledger.sql.execute(select(func.count()).where(*earlier, present)).scalar_one())


def has_pending(ledger: Transaction, bulletin: str) -> bool:
    """Whether a letter of the bulletin waits to be read."""
    waiting = (letter.c.bulletin == bulletin, letter.c.verdict == Verdict.PENDING.value)
    return ledger.sql.execute(select(letter.c.id).where(*waiting).limit(1)).first() is not None


def count_attempts(ledger: Transaction, letter_ids: Iterable[int]) -> None:
    """Counts attempts to read, before they begin: a letter that kills its reader is recognised by its count."""
    ledger.sql.execute(update(letter).where(letter.c.id.in_(list(letter_ids))).values(attempts=letter.c.attempts + 1))


def forget_attempts(ledger: Transaction, bulletin: str) -> None:
    """Sets the attempts of the bulletin's pending letters to 0: they failed for a reason that no letter had."""
    ledger.sql.execute(
        update(letter)
        .where(letter.c.bulletin == bulletin, letter.c.verdict == Verdict.PENDING.value)
        .values(attempts=0)
    )


def settle(
    ledger: Transaction,
    letter_id: int,
    verdict: Verdict,
    reason: str,
    *,
    at: datetime,
    details: LetterDetails | None = None,
    articles: Iterable[int] = (),
) -> None:
    """Gives a letter its verdict and reason (Chinese), and links the articles that it brought.

    details: what was read of it, None where it was not read again.
    """
    details = details or LetterDetails()
    fields = {"sender": details.sender, "subject": details.subject, "message_id": details.message_id}
    if details.content is not None:
        fields["sender_name"] = details.content.sender_name
        write_content(ledger, letter_id, details.content)
    settled = ledger.sql.execute(
        _SETTLE,
        {
            "this_letter": letter_id,
            "verdict": verdict.value,
            "reason": reason,
            "decided_at": at,
            **{name: value for name, value in fields.items() if value is not None},
        },
    ).one()
    links = [{"letter_id": letter_id, "article_id": article_id} for article_id in articles]
    insert_all_if_new(ledger, letter_article, ("letter_id", "article_id"), links)
    if details.content is None:
        index_letters(ledger, [letter_id])
    else:
        index_letter(ledger, settled, details.content)


def write_content(ledger: Transaction, letter_id: int, content: LetterContent) -> None:
    """Replaces the recorded content of the letter. A caller other than `settle` also calls `search.index_letters`."""
    row = {"letter_id": letter_id, "content": _CONTENT.dump_json(content).decode()}
    ledger.sql.execute(upsert(ledger, letter_content, ("letter_id",)), row)


def content_of(ledger: Transaction, letter_id: int) -> LetterContent | None:
    """What was read of a letter; None: not read yet, or read by a version that recorded no content."""
    of_letter = select(letter_content.c.content).where(letter_content.c.letter_id == letter_id)
    stored = ledger.sql.execute(of_letter).scalar()
    return None if stored is None else _CONTENT.validate_json(stored)


def recent_contents(ledger: Transaction, bulletin: str, most: int) -> Sequence[LetterContent]:
    """What was read of the bulletin's latest letters from a mailbox, the latest first."""
    rows = ledger.sql.execute(
        select(letter_content.c.content)
        .join(letter, letter.c.id == letter_content.c.letter_id)
        .where(letter.c.bulletin == bulletin, letter.c.id.in_(select(sighting.c.letter_id)))
        .order_by(letter.c.received_at.desc(), letter.c.id.desc())
        .limit(most)
    )
    return [_CONTENT.validate_json(content) for content in rows.scalars()]


def pending_among(ledger: Transaction, letter_ids: Sequence[int]) -> frozenset[int]:
    """Those of the letters that wait to be read."""
    asked = {"letters": letter_ids, "pending": Verdict.PENDING.value}
    return frozenset(ledger.sql.execute(_PENDING_AMONG, asked).scalars())


def reopen(ledger: Transaction, letter_id: int, also: Collection[Verdict] = ()) -> bool:
    """Makes the letter pending again, with its attempts at 0, if its verdict allows that; returns whether it did.

    also: verdicts that allow it besides `CAN_BE_REOPENED`. What an earlier reading recorded of its content is deleted:
    the gate of secrecy comes first.
    """
    allowing = [verdict.value for verdict in (*CAN_BE_REOPENED, *also)]
    changed = ledger.sql.execute(
        update(letter)
        .where(letter.c.id == letter_id, letter.c.verdict.in_(allowing))
        .where(letter.c.id.not_in(select(removal.c.letter_id)))
        .values(verdict=Verdict.PENDING.value, reason="等待重读", attempts=0, subject="", sender_name="")
    ).rowcount
    if changed:
        ledger.sql.execute(delete(letter_content).where(letter_content.c.letter_id == letter_id))
    index_letters(ledger, [letter_id])
    return bool(changed)


def verdicts_of(ledger: Transaction, bulletin: str, sha256s: Iterable[str]) -> dict[str, Verdict]:
    """The verdicts of those of the letters that the bulletin has, by SHA-256."""
    wanted = (letter.c.bulletin == bulletin, letter.c.sha256.in_(list(sha256s)))
    rows = ledger.sql.execute(select(letter.c.sha256, letter.c.verdict).where(*wanted))
    return {row.sha256: Verdict(row.verdict) for row in rows}


# Built once: building it takes longer than SQLite takes to answer it.
_FLAGGED: Final = select(letter.c.sha256, letter.c.reason).where(
    letter.c.bulletin == bindparam("bulletin"),
    letter.c.sha256.in_(bindparam("sha256s", expanding=True)),
    letter.c.verdict == Verdict.FLAGGED.value,
)


def reasons_flagged(ledger: Transaction, bulletin: str, sha256s: Sequence[str]) -> Mapping[str, str]:
    """The reasons of those of the letters that have the verdict `flagged`, by SHA-256."""
    rows = ledger.sql.execute(_FLAGGED, {"bulletin": bulletin, "sha256s": list(sha256s)})
    return {row.sha256: row.reason for row in rows}


def letters(ledger: Transaction) -> Sequence[LetterRecord]:
    """All letters of all bulletins, in the order they were received."""
    return _letters(ledger)


def letters_with_ids(ledger: Transaction, ids: Sequence[int]) -> Sequence[LetterRecord]:
    """Those of the letters that exist, in the order they were received."""
    return _letters(ledger, letter.c.id.in_(ids))


def _letters(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[LetterRecord]:
    """Letters in the order they were received."""
    rows = ledger.sql.execute(select(letter).where(*conditions).order_by(letter.c.received_at, letter.c.id)).mappings()
    wanted = select(letter.c.id).where(*conditions)
    places = _first_places(ledger, wanted)
    of_released = select(seal.c.letter_id).where(seal.c.released_at.is_not(None), seal.c.letter_id.in_(wanted))
    released = set(ledger.sql.execute(of_released).scalars())
    of_removed = select(removal).where(removal.c.letter_id.in_(wanted))
    removed = {row.letter_id: row for row in ledger.sql.execute(of_removed)}
    added = added_letters(ledger, wanted)
    links: dict[int, list[int]] = {}
    of_letters = select(letter_article).where(letter_article.c.letter_id.in_(wanted))
    for link in ledger.sql.execute(of_letters.order_by(letter_article.c.article_id)):
        links.setdefault(link.letter_id, []).append(link.article_id)
    return [
        LetterRecord(
            id=row["id"],
            bulletin=row["bulletin"],
            sha256=row["sha256"],
            size=row["size"],
            header_only=row["header_only"],
            received_at=row["received_at"],
            sender=row["sender"],
            subject=row["subject"],
            verdict=Verdict(row["verdict"]),
            reason=row["reason"],
            attempts=row["attempts"],
            account=places.get(row["id"], (None, None))[0],
            uid=places.get(row["id"], (None, None))[1],
            articles=tuple(links.get(row["id"], ())),
            released=row["id"] in released,
            was_read=row["decided_at"] is not None,
            stored_at=row["stored_at"],
            removal=_removal(removed.get(row["id"])),
            added=added.get(row["id"]),
        )
        for row in rows
    ]


def _removal(row: Row[Any] | None) -> Removal | None:
    return None if row is None else Removal(RemovalKind(row.kind), row.who, row.why, row.removed_at)


def letter_with_id(ledger: Transaction, bulletin: str, letter_id: int) -> LetterRecord | None:
    """None when the bulletin has no such letter."""
    records = _letters(ledger, letter.c.bulletin == bulletin, letter.c.id == letter_id)
    return records[0] if records else None


def letter_with_sha256(ledger: Transaction, bulletin: str, sha256: str) -> LetterRecord | None:
    """None when the bulletin has no such letter."""
    records = _letters(ledger, letter.c.bulletin == bulletin, letter.c.sha256 == sha256)
    return records[0] if records else None


def letter_names(ledger: Transaction) -> frozenset[str]:
    """SHA-256 of all letters of all bulletins."""
    return frozenset(ledger.sql.execute(select(letter.c.sha256).distinct()).scalars())


def letters_named(ledger: Transaction, prefix: str) -> Sequence[LetterRecord]:
    """Letters whose SHA-256 begins with `prefix` (lower-case hex), at least one character of it."""
    return _letters(ledger, func.substr(letter.c.sha256, 1, len(prefix)) == prefix)


def _first_places(ledger: Transaction, letters: Select[int]) -> dict[int, tuple[str, int]]:
    """Id of the letter → (account, UID) of its first sighting; imported letters are missing."""
    rows = ledger.sql.execute(
        select(sighting.c.letter_id, folder.c.account, sighting.c.uid)
        .join(folder, folder.c.id == sighting.c.folder_id)
        .where(sighting.c.letter_id.in_(letters))
        .order_by(sighting.c.id.desc())
    )
    return {row.letter_id: (row.account, row.uid) for row in rows}  # the first sighting comes last and stays
