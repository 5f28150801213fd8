"""What the report depends on, as a real installation has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive.changes import NewChange, record_change
from service.backup.last_backup import LastBackup, record_backup
from service.dengbao.facts import UNUSED_AFTER, BackupFacts, facts_of, is_unencrypted
from service.office import Office
from service.people.access_record import record_log_in
from service.people.accounts import set_disabled
from settings.model import DeskSettings
from tests.support.desk import somebody
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock, bulletin
from values.account import Role

SETTINGS = """
[desk]
public_url = "https://desk.example.org"
listen = "0.0.0.0:8080"
idle_minutes = 10
separation_of_duties = true

[smtp]
host = "smtp.example.org"
username = "office@example.org"
security = "tls"

[service]
alarm_to = ["maintainer@example.org"]
keep_letters = "3y"
"""


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(SETTINGS + bulletin())


def test_facts_are_those_of_settings_accounts_and_record(office: Office) -> None:
    for role in Role:
        somebody(office, role)
    somebody(office, Role.EDITOR, "gone")
    set_disabled(office, "gone", True, who="测试")
    facts = facts_of(office)
    assert (facts.https, facts.is_local, facts.by_proxy, facts.idle_minutes) == (True, False, False, 10)
    assert (facts.separated, facts.alarms, facts.open_servers) == (True, ("maintainer@example.org",), ())
    counts = facts.accounts
    assert (counts.admins, counts.editors, counts.viewers, counts.auditors, counts.unused) == (1, 1, 1, 1, ())
    assert (facts.record.lines, facts.record.since) == (1, AT.date())
    assert (facts.record.broken, facts.record.missing_triggers) == (0, ())
    assert (facts.wall, facts.keeps_letters, facts.is_unencrypted) == ("unneeded", "3 年", False)


def test_backups_are_those_of_the_schedule_and_late_ones_are_noticed(office: Office) -> None:
    assert facts_of(office).backups == BackupFacts()
    service = office.settings.service.model_copy(update={"backup": Path("/mnt/backup")})
    scheduled = replace(office, settings=office.settings.model_copy(update={"service": service}))
    record_backup(office.data_dir, LastBackup(AT, "/mnt/backup"))
    assert facts_of(scheduled).backups == BackupFacts("/mnt/backup", AT.date())
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(days=2)
    assert facts_of(scheduled).backups.is_late


def test_accounts_that_nobody_has_used_for_a_quarter_are_named(office: Office) -> None:
    for name in ("used", "unused"):
        somebody(office, Role.EDITOR, name)
    assert isinstance(office.now, Clock)
    office.now.now += UNUSED_AFTER + timedelta(days=1)
    somebody(office, Role.EDITOR, "new")
    used = somebody(office, Role.EDITOR, "used")
    with office.ledger.writing() as ledger:
        record_log_in(office, ledger, used, "10.0.0.1")
    assert facts_of(office).accounts.unused == ("unused",)


def test_record_that_was_altered_is_noticed(office: Office) -> None:
    with office.ledger.writing() as ledger:
        for number in range(3):
            record_change(ledger, NewChange("wuxing", "王编辑", "issue", number, "签发", AT))
        ledger.sql.exec_driver_sql("DROP TRIGGER change_no_update")
        ledger.sql.exec_driver_sql("UPDATE change SET said = '没有签发' WHERE id = 2")
    record = facts_of(office).record
    assert (record.broken, record.missing_triggers) == (1, ("change_no_update",))


@pytest.mark.parametrize(
    ("listen", "public_url", "unencrypted"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080", False),
        ("127.0.0.1:8080", "http://localhost:8080", False),
        ("127.0.0.1:8080", "https://desk.example.org", False),
        ("127.0.0.1:8080", "http://desk.example.org", True),
        ("0.0.0.0:8080", "https://desk.example.org", False),
        ("0.0.0.0:8080", "http://127.0.0.1:8080", True),
        ("", "http://desk.example.org", False),
    ],
)
def test_desk_is_unencrypted_where_others_reach_it_by_http(listen: str, public_url: str, unencrypted: bool) -> None:
    """Also through a proxy on the same machine that has no certificate."""
    desk = DeskSettings.model_validate({"listen": listen, "public_url": public_url})
    assert is_unencrypted(desk) is unencrypted
