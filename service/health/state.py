"""How the service is: its mailboxes, what is waiting, the letters out, and what is wrong with its remedy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from archive import outbox, schedule_record
from archive.ledger_format import format_of
from archive.letter_pages import count_verdicts
from archive.outbox import OutboxRecord
from archive.schedule_record import Outcome
from archive.transaction import Transaction
from intake.keep import unfetched_notice
from service.health.activity import Activity, LastPoll
from service.health.alarms import Alarm, AlarmCause
from service.health.check import CheckLine, CheckState, check_disk, unfetched_letters
from service.health.readiness import is_waiting_too_long
from service.health.sender_check import sender_verification
from service.issue.due import fire_times
from service.office import Office
from service.removal.expiry import keeping_message
from settings.model import BulletinSettings
from values.letter import Verdict
from values.outgoing import OutboxState

_LOOK_AHEAD: Final = timedelta(days=22)
"""How far the next due times are looked for: three weekly issues."""
_SHOWN: Final = 50
"""Letters out of each kind; the outbox has all of them."""
_TICK_MISSING: Final = timedelta(minutes=5)
"""Ten ticks of the scheduler: a machine that was suspended for a moment is no trouble."""
STUCK: Final = (OutboxState.FAILED, OutboxState.POSSIBLY_SENT)
"""States in which only a person has a letter sent again."""
_OUTCOMES: Final = {
    Outcome.BASELINE: "从这时起开始按时编排",
    Outcome.ASSEMBLED: "编出了送审稿",
    Outcome.ABSORBED: "更新了送审稿",
    Outcome.EMPTY: "没有来稿，没有编",
}


@dataclass(frozen=True, slots=True)
class BulletinState:
    """How one bulletin's letters and issues are coming along."""

    bulletin: BulletinSettings
    last_poll: LastPoll | None
    """None when this process has not polled it."""
    letters: Mapping[Verdict, int]
    """How many have each verdict."""
    verification: str
    """What vouches for senders, in Chinese (`service.health.sender_check`)."""
    unfetched: tuple[str, ...]
    """A Chinese sentence for each letter that the mailbox lists and does not give."""
    due: tuple[datetime, ...]
    """The next times at which an issue is assembled; () for a bulletin made by hand."""
    last_due: tuple[datetime, str] | None
    """The last due time that was handled, and what came of it, in Chinese; None before the first."""


@dataclass(frozen=True, slots=True)
class ServiceState:
    """How the service is."""

    bulletins: tuple[BulletinState, ...]
    alarms: tuple[Alarm, ...]
    """Urgent ones first."""
    waiting_out: Mapping[OutboxState, int]
    """How many letters out are in each state."""
    stuck: Sequence[OutboxRecord]
    """Letters out that only a person has sent again."""
    held: Sequence[OutboxRecord]
    """Letters out that a person is to look at first."""
    queued: Sequence[OutboxRecord]
    """Letters out that will be sent without anybody's doing."""
    disk: CheckLine
    ledger: str
    """The format of the ledger, "" for an empty database."""
    keeping: str
    """How long letters are kept and what will be erased, in Chinese."""
    started_at: datetime | None
    """None where no service runs in this process."""


def state_of(office: Office, activity: Activity) -> ServiceState:
    """Changes nothing, and asks nothing but the ledger, this process and the disk. Raises StorageFailed."""
    now, disk = office.now(), check_disk(office)
    with office.ledger.reading() as ledger:
        bulletins = tuple(
            _bulletin_state(office, ledger, activity, bulletin, now) for bulletin in office.settings.bulletins
        )
        counts = outbox.counts(ledger)
        stuck = outbox.in_states(ledger, STUCK, most=_SHOWN)
        held = outbox.in_states(ledger, (OutboxState.HELD,), most=_SHOWN)
        queued = outbox.in_states(ledger, (OutboxState.QUEUED,), most=_SHOWN)
        format = format_of(ledger)
    alarms = [
        *_unfetched_alarms(bulletins, now),
        *lasting_alarms(office, activity, disk, now),
        *_outbox_alarms(counts, now),
    ]
    return ServiceState(
        bulletins=bulletins,
        alarms=tuple(sorted(alarms, key=lambda alarm: not alarm.urgent)),
        waiting_out=counts,
        stuck=stuck,
        held=held,
        queued=queued,
        disk=disk,
        ledger=format or "",
        keeping=keeping_message(office),
        started_at=activity.started_at,
    )


def urgent_alarms(office: Office, activity: Activity, bulletin: BulletinSettings) -> tuple[Alarm, ...]:
    """Why no letters of the bulletin come in, or no issue of it is made, until somebody acts; asks no ledger."""
    alarms = lasting_alarms(office, activity, check_disk(office), office.now())
    return tuple(alarm for alarm in alarms if alarm.urgent and alarm.bulletin in ("", bulletin.id))


def lasting_alarms(office: Office, activity: Activity, disk: CheckLine, now: datetime) -> Iterator[Alarm]:
    """What is wrong now, as far as this process and the disk show it; asks no ledger. disk: `check_disk`."""
    for bulletin in office.settings.bulletins:
        poll = activity.last_poll(bulletin.id)
        if poll is not None and poll.failed:
            yield Alarm(bulletin.id, AlarmCause.FETCHING, poll.error, poll.ended_at)
    yield from activity.current_alarms(now)
    yield from _disk_alarms(disk, now)
    yield from _scheduler_alarms(activity, now)
    yield from _waiting_alarms(office, activity, now)


def _bulletin_state(
    office: Office, ledger: Transaction, activity: Activity, bulletin: BulletinSettings, now: datetime
) -> BulletinState:
    zone = office.settings.service.timezone
    times = fire_times(bulletin.schedule, zone, now, now + _LOOK_AHEAD) if bulletin.schedule else ()
    last = schedule_record.last_outcome(ledger, bulletin.id)
    return BulletinState(
        bulletin=bulletin,
        last_poll=activity.last_poll(bulletin.id),
        letters=count_verdicts(ledger, bulletin.id),
        verification=sender_verification(ledger, bulletin)[1],
        unfetched=tuple(map(unfetched_notice, unfetched_letters(ledger, bulletin))),
        due=tuple(islice(times, 3)),
        last_due=(last[0], _OUTCOMES[last[1]]) if last else None,
    )


def _unfetched_alarms(bulletins: Sequence[BulletinState], now: datetime) -> Iterator[Alarm]:
    for state in bulletins:
        if state.unfetched:
            message = f"邮箱里有 {len(state.unfetched)} 封信没有取到，详见下面“没有收到的信”。"
            yield Alarm(state.bulletin.id, AlarmCause.FETCHING, message, now, urgent=False)


def _disk_alarms(disk: CheckLine, now: datetime) -> Iterator[Alarm]:
    if disk.state is not CheckState.FINE:
        yield Alarm("", AlarmCause.DISK, f"{disk.message.rstrip('。')}。否则收不下新的来信。", now)


def _waiting_alarms(office: Office, activity: Activity, now: datetime) -> Iterator[Alarm]:
    for bulletin in office.settings.bulletins:
        since = activity.waiting_since(bulletin.id)
        if since is not None and is_waiting_too_long(activity, bulletin, now):
            message = "有来信等了一个小时以上还没有读。来信都已存好；请运行 check，看“读信”一项，再重启服务。"
            yield Alarm(bulletin.id, AlarmCause.READING, message, since)


def _scheduler_alarms(activity: Activity, now: datetime) -> Iterator[Alarm]:
    if activity.ticked_at is not None and now - activity.ticked_at > _TICK_MISSING:
        message = "定时的工作停住了：不收信，也不按时编排。请重启服务；重启不会丢失来信。"
        yield Alarm("", AlarmCause.CLOCK, message, activity.ticked_at)


def _outbox_alarms(counts: Mapping[OutboxState, int], now: datetime) -> Iterator[Alarm]:
    if failed := counts[OutboxState.FAILED]:
        message = f"有 {failed} 封信发不出，请看过原因再决定要不要重发。"
        yield Alarm("", AlarmCause.SENDING, message, now, urgent=False)
    if held := counts[OutboxState.HELD]:
        message = f"有 {held} 封信等放行，请看过再发（“发出的信”）。"
        yield Alarm("", AlarmCause.SENDING, message, now, urgent=False)
    if unsure := counts[OutboxState.POSSIBLY_SENT]:
        message = f"有 {unsure} 封信发送结果不明：服务器没有答复。请先问收件人收到没有，没有再重发。"
        yield Alarm("", AlarmCause.SENDING, message, now, urgent=False)
