"""Mailbox folders: up to which UID each is settled, which messages could not be fetched, when it was reconciled."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, delete, func, select, update

from archive.database import insert_if_new
from archive.schema import folder, reconciliation, sighting, unfetched
from archive.transaction import Transaction
from values.letter import Place


@dataclass(frozen=True, slots=True)
class UnfetchedRecord:
    """A UID that its folder lists and whose message could not be fetched."""

    place: Place
    polls: int
    """How many polls have tried it."""
    reason: str
    """Why it failed last, in Chinese."""
    given_up: bool
    """It is tried in the daily reconciliation only."""
    last_at: datetime
    """When it was tried last."""


def watermark(ledger: Transaction, place: Place) -> int:
    """The UID up to which every message of the place's folder is settled; 0 for an unknown folder or UIDVALIDITY."""
    return ledger.sql.execute(select(folder.c.watermark).where(*same_folder(place))).scalar() or 0


def newest_epoch(ledger: Transaction, account: str, name: str) -> Place | None:
    """The folder under the UIDVALIDITY with which it was last opened, None when it never was. The UID is 0."""
    row = ledger.sql.execute(
        select(folder.c.uidvalidity)
        .where(folder.c.account == account, folder.c.name == name)
        .order_by(folder.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Place(account, name, row.uidvalidity, 0)


def raise_watermark(ledger: Transaction, place: Place, *, at: datetime) -> None:
    """Records that every message up to `place.uid` is settled. Never lowers the watermark."""
    ledger.sql.execute(
        update(folder)
        .where(folder.c.id == folder_id(ledger, place, at), folder.c.watermark < place.uid)
        .values(watermark=place.uid)
    )


def seen_uids(ledger: Transaction, place: Place) -> frozenset[int]:
    """The UIDs above `place.uid` whose messages are stored."""
    rows = ledger.sql.execute(
        select(sighting.c.uid)
        .join(folder, folder.c.id == sighting.c.folder_id)
        .where(*same_folder(place), sighting.c.uid > place.uid)
    )
    return frozenset(rows.scalars())


def record_unfetched(ledger: Transaction, place: Place, reason: str, *, patience: int, at: datetime) -> UnfetchedRecord:
    """Counts a failed attempt to fetch the UID, and gives it up at the `patience`-th."""
    key = {"folder_id": folder_id(ledger, place, at), "uid": place.uid}
    untried = {"polls": 0, "reason": reason, "given_up": False, "first_at": at, "last_at": at}
    insert_if_new(ledger, unfetched, ("folder_id", "uid"), **key, **untried)
    where = (unfetched.c.folder_id == key["folder_id"], unfetched.c.uid == key["uid"])
    polls = ledger.sql.execute(select(unfetched.c.polls).where(*where)).scalar_one() + 1
    record = UnfetchedRecord(place, polls, reason, polls >= patience, at)
    ledger.sql.execute(
        update(unfetched).where(*where).values(polls=polls, reason=reason, given_up=record.given_up, last_at=at)
    )
    return record


def forget_unfetched(ledger: Transaction, place: Place, uids: Collection[int]) -> None:
    """Deletes the records of UIDs that were fetched after all, or that the folder lists no more."""
    same = select(folder.c.id).where(*same_folder(place)).scalar_subquery()
    of_folder = delete(unfetched).where(unfetched.c.folder_id == same, unfetched.c.uid == bindparam("this_uid"))
    if uids:
        ledger.sql.execute(of_folder, [{"this_uid": uid} for uid in uids])


def unfetched_uids(ledger: Transaction, place: Place) -> Mapping[int, bool]:
    """UID → whether it was given up, for the messages of the folder that could not be fetched so far."""
    rows = ledger.sql.execute(
        select(unfetched.c.uid, unfetched.c.given_up)
        .join(folder, folder.c.id == unfetched.c.folder_id)
        .where(*same_folder(place))
    )
    return {row.uid: row.given_up for row in rows}


def all_unfetched(ledger: Transaction) -> Sequence[UnfetchedRecord]:
    """All messages that could not be fetched, by the newest UIDVALIDITY of each folder: older UIDs are void."""
    rows = ledger.sql.execute(
        select(unfetched, folder.c.id.label("epoch"), folder.c.account, folder.c.name, folder.c.uidvalidity)
        .join(folder, folder.c.id == unfetched.c.folder_id)
        .order_by(folder.c.id, unfetched.c.uid)
    ).all()
    epochs = ledger.sql.execute(select(folder.c.account, folder.c.name, folder.c.id).order_by(folder.c.id))
    newest = {(row.account, row.name): row.id for row in epochs}
    return [
        UnfetchedRecord(
            Place(row.account, row.name, row.uidvalidity, row.uid), row.polls, row.reason, row.given_up, row.last_at
        )
        for row in rows
        if newest[row.account, row.name] == row.epoch
    ]


def reconciled_at(ledger: Transaction, place: Place) -> datetime | None:
    """When all UIDs of the folder were last compared with the ledger, None: never."""
    return ledger.sql.execute(
        select(reconciliation.c.done_at)
        .join(folder, folder.c.id == reconciliation.c.folder_id)
        .where(*same_folder(place))
    ).scalar()


def record_reconciliation(ledger: Transaction, place: Place, *, at: datetime) -> None:
    """Records that all UIDs of the folder were compared with the ledger at `at`."""
    id = folder_id(ledger, place, at)
    insert_if_new(ledger, reconciliation, ("folder_id",), folder_id=id, done_at=at)
    ledger.sql.execute(update(reconciliation).where(reconciliation.c.folder_id == id).values(done_at=at))


def folder_id(ledger: Transaction, place: Place, at: datetime) -> int:
    """The id of the row of the place's folder under its UIDVALIDITY; the row is inserted when there is none."""
    insert_if_new(
        ledger,
        folder,
        ("account", "name", "uidvalidity"),
        account=place.account,
        name=place.folder,
        uidvalidity=place.uidvalidity,
        first_seen_at=at,
    )
    return int(ledger.sql.execute(select(folder.c.id).where(*same_folder(place))).scalar_one())


def same_folder(place: Place) -> tuple[ColumnElement[bool], ...]:
    """The conditions for the row of the place's folder under its UIDVALIDITY."""
    return (
        folder.c.account == place.account,
        folder.c.name == place.folder,
        folder.c.uidvalidity == place.uidvalidity,
    )


def first_seen_at(ledger: Transaction, account: str, name: str) -> datetime | None:
    """When the folder was polled first, under any UIDVALIDITY; None: never."""
    first = select(func.min(folder.c.first_seen_at)).where(folder.c.account == account, folder.c.name == name)
    moment: datetime | None = ledger.sql.execute(first).scalar_one()
    return moment
