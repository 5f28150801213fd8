"""What stands in the record of who came in and took what: log-ins, log-outs, refused tries, downloads (GB/T 22239-2019
8.1.4.3; docs/decisions/0070).

Its lines have neither the names that were typed nor titles and names of files: those may be passwords, or belong to a
letter that is sealed later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from archive.accounts import AccountRecord
from archive.changes import ChangeFilter, NewChange, changes, record_change
from archive.refused_logins import RefusedLogins, count_refused, has_refused, is_counted_apart, take_refused
from archive.transaction import Transaction
from service.office import Office
from values.account import Person
from values.network import counted_address

MOST_ADDRESSES: Final = 50
"""Addresses that are counted apart in one minute. So a flood from everywhere writes at most 102 lines a minute."""
_NOBODY: Final = "（未登录）"
"""Who tried, in the lines of refused tries."""
_SAME_DOWNLOAD: Final = timedelta(minutes=1)
"""The same file taken by the same person again within this time is the same download: browsers ask twice."""
_PROXY_AGAIN: Final = timedelta(hours=12)
"""A person whom a proxy has authenticated has no session here: one log-in is recorded for each working day."""


@dataclass(frozen=True, slots=True)
class HandedOut:
    """A file that somebody downloads, as the record names it."""

    bulletin: str
    """Id of the bulletin."""
    summary: str
    """Which file, by numbers: "稿件 7 的原件"."""
    subject_id: str | int
    """Id of the article, letter or issue; "" where it is of none."""


def record_log_in(office: Office, ledger: Transaction, person: Person, address: str, *, how: str = "") -> None:
    """Records a log-in. how: by what, where not by password. Call it in the transaction that opens the session."""
    _record_ended_minutes(office, ledger)
    _record(ledger, person.who, person.id, f"登录，来自 {counted_address(address)}{how}", office.now())


def record_log_out(office: Office, ledger: Transaction, person: Person) -> None:
    """Records that a person has ended the session."""
    _record(ledger, person.who, person.id, "退出登录", office.now())


def record_refused(office: Office, address: str, account: AccountRecord | None) -> None:
    """Records a refused try: the first of a minute from an address with a line of its own, the others of that minute
    with one line together, which is written later.

    account: the one that was tried, None for an unknown name.
    """
    at = office.now()
    minute, address = at.replace(second=0, microsecond=0), counted_address(address)
    with office.ledger.writing() as ledger:
        _record_ended_minutes(office, ledger)
        if not is_counted_apart(ledger, minute, address, most=MOST_ADDRESSES):
            address = ""
        counted = count_refused(ledger, minute, address, None if account is None else account.id)
        if counted.tries == 1:
            tried = "没有这个用户" if account is None else f"用户编号 {account.id}"
            line = f"登录失败，来自 {address or '其他地址'}，{tried}"
            _record(ledger, _NOBODY, "" if account is None else account.id, line, at)


def record_ended_minutes(office: Office) -> None:
    """Writes the lines about refused tries whose minute has ended; without any, nothing is written."""
    with office.ledger.reading() as ledger:
        if not has_refused(ledger, _this_minute(office)):
            return
    with office.ledger.writing() as ledger:
        _record_ended_minutes(office, ledger)


def record_proxy_log_in(office: Office, person: Person, address: str) -> None:
    """Records, once in twelve hours, that a person whom a proxy has authenticated uses the desk."""
    which = ChangeFilter(subject="login", subject_id=str(person.id), since=office.now() - _PROXY_AGAIN)
    with office.ledger.reading() as ledger:
        if changes(ledger, which, most=1):
            return
    with office.ledger.writing() as ledger:
        record_log_in(office, ledger, person, address, how="，由代理统一登录")


def record_download(office: Office, who: str, handed_out: HandedOut) -> None:
    """Records that the person of that name is given a file, unless that is recorded within the last minute."""
    summary, at = f"下载{handed_out.summary}", office.now()
    which = ChangeFilter(
        bulletins=(handed_out.bulletin,),
        who=who,
        subject="download",
        subject_id=str(handed_out.subject_id),
        since=at - _SAME_DOWNLOAD,
    )
    with office.ledger.reading() as ledger:
        if any(change.summary == summary for change in changes(ledger, which)):
            return
    line = NewChange(handed_out.bulletin, who, "download", handed_out.subject_id, summary, at)
    with office.ledger.writing() as ledger:
        record_change(ledger, line)


def _record_ended_minutes(office: Office, ledger: Transaction) -> None:
    for counted in take_refused(ledger, _this_minute(office)):
        if counted.tries > 1:
            _record(ledger, _NOBODY, "", _summary(office, counted), office.now())


def _summary(office: Office, counted: RefusedLogins) -> str:
    minute = f"{office.local(counted.minute):%H:%M}"
    return (
        f"登录失败：{minute} 起一分钟内从 {counted.address or '其他地址'} 又有 {counted.tries - 1} 次，"
        f"{_tried(counted.accounts)}"
    )


def _tried(accounts: Sequence[int]) -> str:
    return f"试过用户编号 {'、'.join(map(str, accounts))}" if accounts else "用户都不存在"


def _this_minute(office: Office) -> datetime:
    return office.now().replace(second=0, microsecond=0)


def _record(ledger: Transaction, who: str, account: int | str, summary: str, at: datetime) -> None:
    record_change(ledger, NewChange("", who, "login", account, summary, at))
