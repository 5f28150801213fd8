"""An installation that has all settings that 等保 2.0 asks for, and what other facts change in the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from service.dengbao.facts import AccountFacts, BackupFacts, DengbaoFacts, RecordFacts
from service.dengbao.line import DengbaoLine, DengbaoState
from service.dengbao.report import dengbao_report

EVERYTHING_SET = DengbaoFacts(
    https=True,
    is_local=True,
    is_unencrypted=False,
    by_proxy=False,
    idle_minutes=15,
    password_days=90,
    second_factor="required",
    separated=True,
    accounts=AccountFacts(admins=1, editors=2, viewers=3, auditors=1),
    record=RecordFacts(lines=70, since=date(2022, 11, 8), compared_on=date(2022, 11, 9)),
    backups=BackupFacts(folder="/mnt/backup", made_on=date(2022, 11, 9)),
    is_confined=True,
    wall="works",
    privacy=(),
    open_servers=(),
    alarms=("admin@example.org",),
    keeps_letters="3 年",
)


def report_with(**changed: Any) -> dict[str, DengbaoLine]:
    """The lines by clause, with other facts than `EVERYTHING_SET`."""
    return {line.clause: line for line in dengbao_report(replace(EVERYTHING_SET, **changed))}


def states_changed(**changed: Any) -> dict[str, DengbaoState]:
    """The items that stand otherwise than with `EVERYTHING_SET`, by clause."""
    before, after = report_with(), report_with(**changed)
    return {clause: line.state for clause, line in after.items() if line.state is not before[clause].state}
