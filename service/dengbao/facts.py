"""What the report depends on: settings, accounts, the record, and the walls around foreign files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from urllib.parse import urlsplit

from archive import accounts
from archive.accounts import AccountRecord
from archive.change_chain import broken_lines, chain_head, missing_triggers
from archive.changes import ChangeFilter, changes, first_change
from archive.privacy import privacy_problems
from archive.second_factors import accounts_with_second_factor
from archive.transaction import Transaction
from intake.pool import ReadingPool
from programs.office_wall import wall_works
from service.backup.due import GRACE, is_backup_due
from service.backup.last_backup import last_backup
from service.health.verify_nightly import load_state
from service.office import Office
from settings.model import DeskSettings
from values.account import Role
from values.network import is_loopback

UNUSED_AFTER: Final = timedelta(days=90)
"""An account that nobody has used for that long is to be looked at: a quarter, the span in which offices check them."""

Wall = Literal["works", "missing", "unneeded"]
"""How LibreOffice is hidden from the machine; unneeded: it is not installed."""


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """The accounts of the desk."""

    admins: int = 0
    editors: int = 0
    viewers: int = 0
    auditors: int = 0
    approvers: int = 0
    """As the other counts: accounts with that role that are not disabled."""
    with_second_factor: int = 0
    """Those of them that log in with a second factor."""
    unused: tuple[str, ...] = ()
    """Names of those that are not disabled and that nobody has used for a quarter."""


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """The record of changes, log-ins and downloads."""

    lines: int = 0
    since: date | None = None
    """The day of its first line; None for an empty record."""
    broken: int = 0
    """Lines at which the chain is broken."""
    missing_triggers: tuple[str, ...] = ()
    """Triggers of the database that should refuse to alter it and do not."""
    compared_on: date | None = None
    """The night in which stored files were compared last; None: never."""
    differences: int = 0
    """Stored things that are not as they were recorded."""


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """Backups of the data folder."""

    folder: str = ""
    """Into which the service backs up by itself; "": it does not."""
    made_on: date | None = None
    """The day of the last one, wherever it is; None: there was none."""
    is_late: bool = False
    """Whether one that was to be made by itself has not been made."""


@dataclass(frozen=True, slots=True)
class DengbaoFacts:
    """What the report depends on."""

    https: bool
    """Whether browsers reach the desk by https."""
    is_local: bool
    """Whether the desk listens on this machine alone, so that a proxy stands before it."""
    is_unencrypted: bool
    """Whether browsers on other machines reach the desk by http, directly or through a proxy."""
    by_proxy: bool
    """Whether a proxy logs people in, and passwords here are not used."""
    idle_minutes: int
    password_days: int
    """0: passwords do not expire."""
    second_factor: Literal["off", "optional", "required"]
    separated: bool
    """三员分立."""
    accounts: AccountFacts
    record: RecordFacts
    backups: BackupFacts
    is_confined: bool
    """Whether the process that reads letters is confined."""
    wall: Wall
    privacy: tuple[str, ...]
    """In which ways the data folder is not private."""
    open_servers: tuple[str, ...]
    """Mail servers that are reached without encryption, other than on this machine."""
    alarms: tuple[str, ...]
    """Who receives alarms; (): nobody."""
    keeps_letters: str
    """How long letters are kept, as "3 年"; "": for ever."""


def facts_of(office: Office) -> DengbaoFacts:
    """Looks at all of it; checks the whole chain of the record, and starts a reading child. Raises StorageFailed."""
    settings = office.settings
    desk, smtp = settings.desk, settings.smtp
    servers = [(bulletin.mailbox.host, bulletin.mailbox.security) for bulletin in settings.bulletins]
    servers += [(smtp.host, smtp.security)] if smtp.host else []
    editors = [bulletin.editors[0] for bulletin in settings.bulletins if bulletin.editors]
    with ReadingPool(workers=1) as pool:
        is_confined = pool.is_confined()
    with office.ledger.reading() as ledger:
        account_facts = _account_facts(ledger, accounts.accounts(ledger), office.now())
        record_facts = _record_facts(office, ledger)
    return DengbaoFacts(
        https=desk.public_url.startswith("https://"),
        is_local=desk.listen is None or is_loopback(desk.listen.host),
        is_unencrypted=is_unencrypted(desk),
        by_proxy=bool(desk.user_header),
        idle_minutes=desk.idle_minutes,
        password_days=desk.password_days,
        second_factor=desk.second_factor,
        separated=desk.separation_of_duties,
        accounts=account_facts,
        record=record_facts,
        backups=_backup_facts(office),
        is_confined=is_confined,
        wall="unneeded" if office.soffice is None else "works" if wall_works() else "missing",
        privacy=tuple(privacy_problems(office.data_dir, os.geteuid())),
        open_servers=tuple(host for host, security in servers if security == "none" and not is_loopback(host)),
        alarms=(settings.service.alarm_to or tuple(editors)) if smtp.host else (),
        keeps_letters=settings.service.keep_letters.chinese if settings.service.keep_letters else "",
    )


def is_unencrypted(desk: DeskSettings) -> bool:
    """Whether browsers on other machines reach the desk by http. Behind a proxy on this machine, public_url tells what
    they use."""
    public = urlsplit(desk.public_url)
    if desk.listen is None or public.scheme == "https":
        return False
    return not (is_loopback(desk.listen.host) and is_loopback(public.hostname or ""))


def _account_facts(ledger: Transaction, records: Sequence[AccountRecord], now: datetime) -> AccountFacts:
    enabled = [record for record in records if not record.disabled]
    counts = {role: sum(record.role is role for record in enabled) for role in Role}
    unused = tuple(record.name for record in enabled if _is_unused(ledger, record, now - UNUSED_AFTER))
    with_factor = accounts_with_second_factor(ledger)
    return AccountFacts(
        admins=counts[Role.ADMIN],
        editors=counts[Role.EDITOR],
        viewers=counts[Role.VIEWER],
        auditors=counts[Role.AUDITOR],
        approvers=counts[Role.APPROVER],
        with_second_factor=sum(record.id in with_factor for record in enabled),
        unused=unused,
    )


def _is_unused(ledger: Transaction, record: AccountRecord, since: datetime) -> bool:
    if record.made_at >= since:
        return False
    used = ChangeFilter(subject="login", subject_id=str(record.id), who=record.person.who, since=since)
    return not changes(ledger, used, most=1)


def _record_facts(office: Office, ledger: Transaction) -> RecordFacts:
    nightly, first = load_state(office), first_change(ledger)
    return RecordFacts(
        lines=chain_head(ledger).line,
        since=None if first is None else office.local(first).date(),
        broken=sum(1 for _ in broken_lines(ledger)),
        missing_triggers=tuple(missing_triggers(ledger)),
        compared_on=None if nightly is None else nightly.night,
        differences=0 if nightly is None else len(nightly.differences),
    )


def _backup_facts(office: Office) -> BackupFacts:
    service, last = office.settings.service, last_backup(office.data_dir)
    return BackupFacts(
        folder=str(service.backup) if service.backup is not None and service.backup_schedule is not None else "",
        made_on=None if last is None else office.local(last.made_at).date(),
        is_late=is_backup_due(office, GRACE),
    )
