"""After a restore: letters out and sign-offs wait until an administrator says what happened after the backup was made.

The restored ledger does not know which of its letters were sent since, and which numbers were printed. The state is a
file beside the ledger, which no backup contains.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from archive import issue_changes, issues, outbox
from archive.changes import NewChange, record_change
from archive.files import read_file, remove_file, write_durably
from archive.transaction import Transaction
from service.backup.members import RESTORED_FILE
from service.commission.remind import pass_over_reminders
from service.office import Office
from settings.model import BulletinSettings
from values.errors import BadUsage, StorageFailed
from values.issue import IssueNumber

_MOST_NUMBERS: Final = 100
"""Issues that can have been printed since a backup; a larger jump is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class RestoredState:
    """A restore that nobody has released yet."""

    made_at: datetime
    """When the backup was made."""
    restored_at: datetime
    """Both aware."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """The last number of a series that was printed before the restore."""

    bulletin: str
    """Id."""
    number: int
    supplement: bool


@dataclass(frozen=True, slots=True)
class Released:
    """What releasing did."""

    given_up: int
    """Letters out that may have been sent before."""
    numbers: tuple[str, ...]
    """Labels of the numbers that are used now."""


def hold(data_dir: Path, state: RestoredState) -> None:
    """Durable when it returns. Raises StorageFailed."""
    fields = {"made_at": state.made_at.isoformat(), "restored_at": state.restored_at.isoformat()}
    write_durably(data_dir / RESTORED_FILE, f"{json.dumps(fields)}\n".encode())


def held(data_dir: Path) -> RestoredState | None:
    """None where nothing is held. Raises StorageFailed, also for a damaged file."""
    path = data_dir / RESTORED_FILE
    if not path.is_file():
        return None
    try:
        fields = json.loads(read_file(path))
        return RestoredState(*(datetime.fromisoformat(fields[name]) for name in ("made_at", "restored_at")))
    except (ValueError, KeyError, TypeError) as error:
        raise StorageFailed(f"恢复的登记 {path} 损坏。请核对期号和发件箱，再把它移走。") from error


def held_message(office: Office) -> str:
    """The sentence with the remedy; "" where nothing is held. Raises StorageFailed."""
    state = held(office.data_dir)
    if state is None:
        return ""
    made_at = office.local(state.made_at)
    return (
        f"台账是从 {made_at:%Y-%m-%d %H:%M} 的备份恢复的，发件箱和签发都暂停：备份以后可能已发过信、签发过新的一期。"
        "请核对期号，再由管理员在“运行”页放行，或运行 restore --release（签发过的用 --printed 刊物=期号 写明）"
    )


def moment_in(office: Office, text: str) -> datetime:
    """A moment as a person writes it, on the office's clock where it has no offset. Raises BadUsage."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadUsage(f"看不懂时刻 {text}；应如 2026-11-30T12:00。") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=office.settings.service.timezone)


def refuse_while_held(office: Office) -> None:
    """Raises BadUsage until the restore is released, StorageFailed."""
    if message := held_message(office):
        raise BadUsage(f"{message}。")


def release(office: Office, printed: Sequence[PrintedNumber], since: datetime | None, *, who: str) -> Released:
    """Lets letters out and issues be signed off again.

    printed: of each series in which issues were printed after the backup, the last number; an open draft under a number
    that is used thereby is discarded, and made again under the next. since: answers to letters that came earlier are
    not sent, None: earlier than the restore. Raises BadUsage where nothing is held, and for a number far away;
    StorageFailed.
    """
    state = held(office.data_dir)
    if state is None:
        raise BadUsage("没有等待放行的恢复。")
    labels: list[str] = []
    with office.ledger.writing() as ledger:
        for last in printed:
            labels += _use_numbers(office, ledger, office.bulletin(last.bulletin), last, who)
        given_up = outbox.give_up_older(ledger, since or state.restored_at)
        pass_over_reminders(office, ledger, since or state.restored_at)
        for bulletin in office.settings.bulletins:
            summary = f"从 {office.local(state.made_at):%Y-%m-%d %H:%M} 的备份恢复后放行，{given_up} 封旧信不再发"
            record_change(ledger, NewChange(bulletin.id, who, "ledger", 0, summary, office.now()))
    remove_file(office.data_dir / RESTORED_FILE)
    return Released(given_up, tuple(labels))


def _use_numbers(
    office: Office, ledger: Transaction, bulletin: BulletinSettings, last: PrintedNumber, who: str
) -> list[str]:
    at = office.now()
    dated = office.local(at).date()
    draft = issues.open_draft(ledger, bulletin.id, supplement=last.supplement)
    series = IssueNumber(last.number, bulletin.numbering, dated.year, last.supplement).series
    if draft is not None and draft.number.series == series and draft.number.number <= last.number:
        issue_changes.discard(ledger, draft, who=who, at=at)
        draft = None
    first = bulletin.first_supplement if last.supplement else bulletin.first_number
    unused = issue_changes.next_number(
        ledger, bulletin.id, bulletin.numbering, dated.year, first, supplement=last.supplement
    )
    if last.number - unused.number >= _MOST_NUMBERS:
        raise BadUsage(f"{bulletin.id} 的下一期是{unused.label}，{last.number} 隔得太远，请核对期号。")
    if draft is not None and last.number >= unused.number:
        raise BadUsage(f"{bulletin.id} 还有送审稿{draft.number.label}，请先作废它（discard）。")
    labels = []
    for number in range(unused.number, last.number + 1):
        used = IssueNumber(number, bulletin.numbering, dated.year, last.supplement)
        issue_changes.reserve_number(ledger, bulletin.id, used, dated, who=who, at=at)
        labels.append(used.label)
    return labels
