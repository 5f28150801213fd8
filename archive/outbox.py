"""The outbox: letters out, each rendered once and written in the transaction of what causes it; sent by `courier`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, RowMapping, and_, func, or_, select, update

from archive.database import insert_if_new
from archive.files import read_unaltered, unaltered, write_durably
from archive.schema import editor_answer, letter, outbox
from archive.transaction import Transaction
from values.errors import BadUsage
from values.outgoing import Delivery, LetterKind, OutboxState, OutgoingLetter

_LARGEST_ROW: Final = 65_536
"""Octets of the largest letter that is stored in its row. A letter with an issue has megabytes and gets a file."""

_ANSWERS: Final = tuple(kind.value for kind in LetterKind if kind.answers_a_letter)
_DELIVERY: Final = tuple(Delivery.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """A letter out, without its bytes."""

    id: int
    bulletin: str
    """Id of the bulletin that sends it."""
    kind: LetterKind
    to: str
    """Address of the recipient; "": it was removed together with the letter."""
    subject: str
    message_id: str
    """With its angle brackets."""
    letter: str | None
    """SHA-256 of the letter that it answers, None: it answers none."""
    created_at: datetime
    delivery: Delivery
    """How far it has come."""
    is_removed: bool = False
    """Its content was removed together with the letter that it is about."""


@dataclass(frozen=True, slots=True)
class NewLetterOut:
    """A letter about to be put into the outbox, with what it is about."""

    letter: OutgoingLetter
    bulletin: str
    """Id of the bulletin that sends it."""
    letter_id: int | None = None
    """The letter that it answers, None for none."""
    issue_revision_id: int | None = None
    """The revision of a draft issue that it brings, None for none."""


def queue(ledger: Transaction, new: NewLetterOut, delivery: Delivery, *, data_dir: Path, at: datetime) -> bool:
    """Puts a letter into the outbox. Returns False when the outbox has it: a letter with its Message-ID, or one of the
    same kind to the same address about the same letter or issue revision.

    The file of a large letter is written before the commit, under a name made of its Message-ID: the next run replaces
    the file that a killed run left. Raises StorageFailed.
    """
    out = new.letter
    path = None if len(out.raw) <= _LARGEST_ROW else path_of_letter_out(out.message_id)
    is_new = insert_if_new(
        ledger,
        outbox,
        (),
        bulletin=new.bulletin,
        kind=out.kind.value,
        letter_id=new.letter_id,
        issue_revision_id=new.issue_revision_id,
        recipient=out.to,
        subject=out.subject,
        message_id=out.message_id,
        sha256=hashlib.sha256(out.raw).hexdigest(),
        raw=out.raw if path is None else None,
        path=path and path.as_posix(),
        created_at=at,
        **_columns(delivery),
    )
    if is_new and path is not None:
        write_durably(data_dir / path, out.raw)
    return is_new


def raw_letter(ledger: Transaction, outbox_id: int, data_dir: Path) -> bytes:
    """The bytes of a letter out.

    Raises BadUsage when they were removed, StorageFailed when its file is missing, FileAltered when it is not as it was
    rendered, NoResultFound for an unknown id.
    """
    columns = (outbox.c.raw, outbox.c.path, outbox.c.sha256, outbox.c.removed_at)
    row = ledger.sql.execute(select(*columns).where(outbox.c.id == outbox_id)).one()
    if row.removed_at is not None:
        raise BadUsage(f"发件箱里的信 {outbox_id} 已随它所答的来信删除，没有内容了。")
    if row.raw is None:
        return read_unaltered(data_dir / row.path, row.sha256)
    return unaltered(bytes(row.raw), row.sha256, f"发件箱里的信 {outbox_id}")


def record_delivery(ledger: Transaction, record: OutboxRecord, to: Delivery) -> bool:
    """Records how far the letter has come. Returns False when another process did so since `record` was read."""
    before = record.delivery
    same = (
        outbox.c.id == record.id,
        outbox.c.state == before.state.value,
        outbox.c.attempts == before.attempts,
        outbox.c.unanswered == before.unanswered,
    )
    return bool(ledger.sql.execute(update(outbox).where(*same).values(**_columns(to))).rowcount)


def postpone(ledger: Transaction, until: datetime) -> None:
    """Moves every attempt that is due earlier to `until`, because the server asked for a pause."""
    ledger.sql.execute(update(outbox).where(outbox.c.next_attempt_at < until).values(next_attempt_at=until))


def keep_until(ledger: Transaction, moment: datetime) -> None:
    """Lets no letter that is still to be sent be given up before `moment`."""
    waiting = outbox.c.next_attempt_at.is_not(None)
    ledger.sql.execute(update(outbox).where(waiting, outbox.c.give_up_at < moment).values(give_up_at=moment))


def give_up_older(ledger: Transaction, since: datetime) -> int:
    """Gives up the letters that are still to be sent and whose cause is older than `since`: the ledger was restored
    from a backup, and the service may have sent them after that. They become possibly sent. Returns how many.

    The cause of an answer is the arrival of the letter that it answers, of any other its own making.
    """
    older = select(letter.c.id).where(letter.c.received_at < since)
    caused_before = or_(outbox.c.letter_id.in_(older), and_(outbox.c.letter_id.is_(None), outbox.c.created_at < since))
    given_up = {"state": OutboxState.POSSIBLY_SENT.value, "next_attempt_at": None}
    waiting = outbox.c.next_attempt_at.is_not(None)
    return ledger.sql.execute(update(outbox).where(waiting, caused_before).values(given_up)).rowcount


def unsent(ledger: Transaction) -> Sequence[OutboxRecord]:
    """Letters that are still to be sent, now or later, in the order they were written."""
    return _letters_out(ledger, outbox.c.next_attempt_at.is_not(None))


def attempts_since(ledger: Transaction, moment: datetime) -> int:
    """How many letters were tried last after `moment`."""
    return int(ledger.sql.execute(select(func.count()).where(outbox.c.last_attempt_at > moment)).scalar_one())


def is_any_sent_since(ledger: Transaction, moment: datetime) -> bool:
    """Whether the server has accepted a letter after `moment`."""
    return ledger.sql.execute(select(outbox.c.id).where(outbox.c.sent_at > moment).limit(1)).first() is not None


def answers_since(ledger: Transaction, address: str, moment: datetime) -> int:
    """How many answers to the address were put into the outbox after `moment`."""
    same = (outbox.c.recipient == address, outbox.c.kind.in_(_ANSWERS), outbox.c.created_at > moment)
    return int(ledger.sql.execute(select(func.count()).where(*same)).scalar_one())


def answers_at(ledger: Transaction, address: str, since: datetime) -> Sequence[datetime]:
    """When answers to the address were put into the outbox after `since`, the earliest first."""
    same = (outbox.c.recipient == address, outbox.c.kind.in_(_ANSWERS), outbox.c.created_at > since)
    return ledger.sql.execute(select(outbox.c.created_at).where(*same).order_by(outbox.c.created_at)).scalars().all()


def is_own_message(ledger: Transaction, message_ids: Sequence[str]) -> bool:
    """Whether one of these Message-IDs is that of a letter out."""
    own = select(outbox.c.id).where(outbox.c.message_id.in_(message_ids)).limit(1)
    return ledger.sql.execute(own).first() is not None


def is_copy_answered(ledger: Transaction, bulletin: str, letter_id: int, sender: str, message_id: str) -> bool:
    """Whether another letter of the bulletin, of the same sender and Message-ID, was answered already: this one is the
    same letter with other octets, as when it was copied from one mailbox into another. False for message_id ""."""
    same = (letter.c.bulletin == bulletin, letter.c.sender == sender, letter.c.message_id == message_id)
    answered = select(outbox.c.id).join(letter, letter.c.id == outbox.c.letter_id)
    answered = answered.where(*same, letter.c.id != letter_id, outbox.c.kind.in_(_ANSWERS)).limit(1)
    return bool(message_id) and ledger.sql.execute(answered).first() is not None


def letters_out(ledger: Transaction) -> Sequence[OutboxRecord]:
    """All letters out of all bulletins, in the order they were written."""
    return _letters_out(ledger)


def letters_out_with_ids(ledger: Transaction, ids: Sequence[int]) -> Sequence[OutboxRecord]:
    """Those of the letters out that exist, in the order they were written."""
    return _letters_out(ledger, outbox.c.id.in_(ids))


def answers_to(ledger: Transaction, letter_id: int) -> Sequence[OutboxRecord]:
    """The letters out that answer a letter, also those of editors, in the order they were written."""
    by_editors = select(editor_answer.c.outbox_id).where(editor_answer.c.letter_id == letter_id)
    caused = and_(outbox.c.letter_id == letter_id, outbox.c.kind != LetterKind.WITHDRAWN.value)  # that is for editors
    return _letters_out(ledger, or_(caused, outbox.c.id.in_(by_editors)))


def record_editor_answer(ledger: Transaction, letter_id: int, message_id: str) -> int:
    """Links the letter out of this Message-ID, which an editor wrote, to the letter that it answers. Returns its id.

    Calling it twice changes nothing. Raises NoResultFound when there is no such letter.
    """
    outbox_id = ledger.sql.execute(select(outbox.c.id).where(outbox.c.message_id == message_id)).scalar_one()
    insert_if_new(ledger, editor_answer, (), outbox_id=outbox_id, letter_id=letter_id)
    return int(outbox_id)


def _letters_out(ledger: Transaction, *conditions: ColumnElement[bool]) -> Sequence[OutboxRecord]:
    """Letters out in the order they were written."""
    columns = [column for column in outbox.c if column.name not in ("raw", "path")]
    rows = ledger.sql.execute(
        select(*columns, letter.c.sha256.label("letter_sha256"))
        .outerjoin(editor_answer, editor_answer.c.outbox_id == outbox.c.id)
        .outerjoin(letter, letter.c.id == func.coalesce(outbox.c.letter_id, editor_answer.c.letter_id))
        .where(*conditions)
        .order_by(outbox.c.id)
    ).mappings()
    return [_record(row) for row in rows]


def counts(ledger: Transaction) -> Mapping[OutboxState, int]:
    """How many letters are in each state; every state is there. Those whose content was removed are not counted."""
    present = select(outbox.c.state, func.count()).where(outbox.c.removed_at.is_(None))
    rows = ledger.sql.execute(present.group_by(outbox.c.state))
    return dict.fromkeys(OutboxState, 0) | {OutboxState(state): count for state, count in rows}


def in_states(ledger: Transaction, states: Collection[OutboxState], *, most: int) -> Sequence[OutboxRecord]:
    """Letters in one of these states whose content is there, the latest first, at most `most`."""
    wanted = (outbox.c.state.in_([state.value for state in states]), outbox.c.removed_at.is_(None))
    in_state = select(outbox.c.id).where(*wanted)
    ids = ledger.sql.execute(in_state.order_by(outbox.c.id.desc()).limit(most)).scalars().all()
    return list(reversed(_letters_out(ledger, outbox.c.id.in_(ids))))


def letter_out(ledger: Transaction, outbox_id: int) -> OutboxRecord:
    """The letter out of that id. Raises BadUsage when there is none."""
    records = _letters_out(ledger, outbox.c.id == outbox_id)
    if not records:
        raise BadUsage(f"发件箱里没有编号为 {outbox_id} 的信。用 outbox 命令可查看全部。")
    return records[0]


def path_of_letter_out(message_id: str) -> Path:
    """Where the file of a large letter out is, relative to data_dir."""
    name = hashlib.sha256(message_id.encode()).hexdigest()
    return Path("outbox", name[:2], f"{name}.eml")


def _columns(delivery: Delivery) -> dict[str, object]:
    return asdict(delivery) | {"state": delivery.state.value}


def _record(row: RowMapping) -> OutboxRecord:
    delivery = {name: row[name] for name in _DELIVERY}
    return OutboxRecord(
        id=row["id"],
        bulletin=row["bulletin"],
        kind=LetterKind(row["kind"]),
        to="" if row["removed_at"] is not None and "@" not in row["recipient"] else row["recipient"],
        subject=row["subject"],
        message_id=row["message_id"],
        letter=row["letter_sha256"],
        created_at=row["created_at"],
        delivery=Delivery(**delivery | {"state": OutboxState(row["state"])}),
        is_removed=row["removed_at"] is not None,
    )
