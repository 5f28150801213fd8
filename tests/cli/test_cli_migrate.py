"""`migrate`: the ledger is brought to this version."""

from __future__ import annotations

import shutil
from pathlib import Path

from archive.ledger_format import FORMAT
from tests.support.command_line import CommandLine
from tests.support.offices import write_config


def test_migrate_makes_a_ledger_and_finds_nothing_to_do_the_second_time(tmp_path: Path) -> None:
    command_line = CommandLine(write_config(tmp_path))
    assert command_line.run_json("migrate").document == {"before": None, "after": FORMAT}
    assert command_line.run_json("migrate").document == {"before": FORMAT, "after": FORMAT}
    assert command_line.run("migrate").output == "台账已是本版本的格式，无需升级。\n"


def test_migrate_says_what_it_will_do_and_where_the_copy_is(tmp_path: Path) -> None:
    command_line = CommandLine(write_config(tmp_path))
    assert "将新建" in command_line.run("migrate", "--dry-run").output
    folders = Path(__file__).parents[1] / "archive" / "data_folders"
    shutil.rmtree(tmp_path / "data")
    shutil.unpack_archive(folders / "format-0017.tar.xz", tmp_path / "data", filter="data")
    planned = command_line.run("migrate", "--dry-run").output
    assert "格式 0017" in planned
    assert f"升级到 {FORMAT}" in planned
    assert command_line.run("messages").status == 2
    done = command_line.run("migrate")
    assert (done.status, "ledger-before-0017.sqlite3" in done.output) == (0, True)
    assert command_line.run("messages").status == 0
