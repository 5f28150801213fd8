"""How the service is: its mailboxes, what waits, what went out, what is wrong and what to do about it. Changes nothing,
and asks nothing but the ledger, this process and the disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from archive import folders, outbox, schedule_record
from archive.ledger_format import format_of
from archive.letter_pages import count_verdicts
from archive.outbox import OutboxRecord
from archive.schedule_record import Outcome
from archive.transaction import Transaction
from intake.keep import unfetched_notice
from service.health.alarms import Alarm
from service.health.check import Line, State, disk
from service.health.pulse import LastPoll, Pulse
from service.issue.due import fire_times
from service.office import Office
from settings.model import BulletinSettings
from values.letter import Verdict
from values.outgoing import OutboxState

_LOOK_AHEAD: Final = timedelta(days=22)
_SHOWN: Final = 50
_NO_ANSWER: Final = timedelta(minutes=5)
STUCK: Final = (OutboxState.FAILED, OutboxState.POSSIBLY_SENT)
_OUTCOMES: Final = {
    Outcome.BASELINE: "从这时起开始按时编排",
    Outcome.ASSEMBLED: "编出了送审稿",
    Outcome.ABSORBED: "更新了送审稿",
    Outcome.EMPTY: "没有来稿，没有编",
}


@dataclass(frozen=True, slots=True)
class BulletinState:
    """last_poll: None when this process has not polled it. letters: how many with each verdict. unfetched: a sentence
    for each letter that the mailbox lists and does not give. due: the next times, () for a bulletin made by hand.
    last_due: the last due time that was handled, and what came of it."""

    bulletin: BulletinSettings
    last_poll: LastPoll | None
    letters: Mapping[Verdict, int]
    unfetched: tuple[str, ...]
    due: tuple[datetime, ...]
    last_due: tuple[datetime, str] | None


@dataclass(frozen=True, slots=True)
class ServiceState:
    """alarms: the worst first. stuck: letters out that only a person sends again; queued: those that go by themselves.
    started_at: None where no service runs in this process. waiting_out: how many letters out are in each state."""

    bulletins: tuple[BulletinState, ...]
    alarms: tuple[Alarm, ...]
    waiting_out: Mapping[OutboxState, int]
    stuck: Sequence[OutboxRecord]
    queued: Sequence[OutboxRecord]
    disk: Line
    ledger: str
    started_at: datetime | None


def state_of(office: Office, pulse: Pulse) -> ServiceState:
    now, found_disk = office.now(), disk(office)
    with office.ledger.reading() as ledger:
        bulletins = tuple(_bulletin(office, ledger, pulse, one, now) for one in office.settings.bulletins)
        counts = outbox.counts(ledger)
        stuck = outbox.in_states(ledger, STUCK, most=_SHOWN)
        queued = outbox.in_states(ledger, (OutboxState.QUEUED,), most=_SHOWN)
        revision = format_of(ledger)
    alarms = [*_alarms_of_bulletins(bulletins, now), *pulse.ringing(now), *_others(counts, found_disk, pulse, now)]
    return ServiceState(
        bulletins=bulletins,
        alarms=tuple(sorted(alarms, key=lambda alarm: not alarm.urgent)),
        waiting_out=counts,
        stuck=stuck,
        queued=queued,
        disk=found_disk,
        ledger=revision or "",
        started_at=pulse.started_at,
    )


def _bulletin(
    office: Office, ledger: Transaction, pulse: Pulse, bulletin: BulletinSettings, now: datetime
) -> BulletinState:
    mailbox, zone = bulletin.mailbox, office.settings.service.timezone
    unfetched = [
        unfetched_notice(one)
        for one in folders.all_unfetched(ledger)
        if (one.place.account, one.place.folder) == (mailbox.username, mailbox.folder)
    ]
    times = fire_times(bulletin.schedule, zone, now, now + _LOOK_AHEAD) if bulletin.schedule else ()
    last = schedule_record.last_outcome(ledger, bulletin.id)
    return BulletinState(
        bulletin=bulletin,
        last_poll=pulse.last_poll(bulletin.id),
        letters=count_verdicts(ledger, bulletin.id),
        unfetched=tuple(unfetched),
        due=tuple(islice(times, 3)),
        last_due=(last[0], _OUTCOMES[last[1]]) if last else None,
    )


def _alarms_of_bulletins(bulletins: Sequence[BulletinState], now: datetime) -> Iterator[Alarm]:
    for one in bulletins:
        id, poll = one.bulletin.id, one.last_poll
        if poll is not None and poll.said:
            yield Alarm(id, "收信", poll.said, poll.at)
        if one.unfetched:
            said = f"邮箱里有 {len(one.unfetched)} 封信没有取到，详见下面“没有收到的信”。"
            yield Alarm(id, "收信", said, now, urgent=False)


def _others(counts: Mapping[OutboxState, int], found: Line, pulse: Pulse, now: datetime) -> Iterator[Alarm]:
    if found.state is not State.FINE:
        yield Alarm("", "磁盘", f"{found.said}。磁盘满了，就收不下新的来信。", now)
    if pulse.ticked_at is not None and now - pulse.ticked_at > _NO_ANSWER:
        said = "定时的工作停住了：不收信，也不按时编排。请重启服务；重启不会丢失来信。"
        yield Alarm("", "定时", said, pulse.ticked_at)
    if failed := counts[OutboxState.FAILED]:
        yield Alarm("", "发信", f"有 {failed} 封信发不出，请看过原因再决定要不要重发。", now, urgent=False)
    if unsure := counts[OutboxState.POSSIBLY_SENT]:
        said = f"有 {unsure} 封信可能已发：服务器没有答复。请先问收件人收到没有，没有再重发。"
        yield Alarm("", "发信", said, now, urgent=False)
