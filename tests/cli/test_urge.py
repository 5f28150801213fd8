"""`urge`: lists first, writes on demand, once a period unless asked again."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import CommandLine
from tests.support.commissioned_office import JTJ, MZJ, config
from tests.support.offices import write_config


def test_departments_are_listed_then_urged(tmp_path: Path) -> None:
    command_line = CommandLine(write_config(tmp_path / "office", config()))
    command_line.run("articles")
    listed = command_line.run_json("urge").document
    assert [(row["to"], row["state"], row["times"]) for row in listed] == [(MZJ, "", 0), (JTJ, "", 0)]
    assert command_line.run("urge").output.startswith("本期未报送 2 个单位；没有寄，只是列出。")
    assert command_line.run("urge", "--send", "--unit", "区教体局").output.startswith("1 封信十分钟后寄出")
    assert command_line.run("urge", "--send").output.startswith("1 封信十分钟后寄出")
    assert [row["times"] for row in command_line.run_json("urge", "--send", "--again").document] == [2, 2]
    refused = command_line.run("urge", "--unit", "区财政局")
    assert (refused.status, "不在本期未报送的单位里" in refused.errors) == (2, True)
