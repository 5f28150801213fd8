"""Ticks of the schedule on a bulletin, and what the ledger records of them."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from archive import issues
from archive.issues import IssueRecord
from archive.schedule_record import Outcome
from service.issue.catch_up import catch_up
from service.office import Office
from tests.support.ledger_rows import BULLETIN, handled_due_times
from tests.support.offices import SHANGHAI, office_at

MONDAY: Final = datetime(2022, 11, 7, 9, 0, tzinfo=SHANGHAI)
FRIDAY: Final = datetime(2022, 11, 11, 16, 0, tzinfo=SHANGHAI)
WEEK: Final = timedelta(days=7)
MINUTE: Final = timedelta(minutes=1)


def first_tick_at(config_file: Path, moment: datetime) -> None:
    with office_at(config_file, moment) as office:
        for bulletin in office.settings.bulletins:
            catch_up(office, bulletin)


def tick(office: Office, id: str = BULLETIN) -> list[tuple[str, int]]:
    """One tick; (label, revision) of what it made."""
    return [(made.issue.number.label, made.issue.revision) for made in catch_up(office, office.bulletin(id))]


def all_issues(office: Office) -> list[IssueRecord]:
    with office.ledger.reading() as ledger:
        return list(issues.issues(ledger))


def history(office: Office, id: str = BULLETIN) -> list[tuple[datetime, Outcome]]:
    with office.ledger.reading() as ledger:
        return [(moment, outcome) for moment, outcome, _ in handled_due_times(ledger, id)]
