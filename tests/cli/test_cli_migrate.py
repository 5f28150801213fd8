"""`migrate`: the ledger is brought to this version."""

from __future__ import annotations

from pathlib import Path

from archive.ledger_format import FORMAT
from tests.support.command_line import CommandLine
from tests.support.offices import write_config


def test_migrate_makes_a_ledger_and_finds_nothing_to_do_the_second_time(tmp_path: Path) -> None:
    command_line = CommandLine(write_config(tmp_path))
    assert command_line.run_json("migrate").document == {"before": None, "after": FORMAT}
    assert command_line.run_json("migrate").document == {"before": FORMAT, "after": FORMAT}
    assert command_line.run("migrate").output == "台账已是本版本的格式，无需升级。\n"
