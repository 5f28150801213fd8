"""`commission`: made, looked at, mailed, changed and judged by commands."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_line import CommandLine
from tests.support.commissioned_office import MONDAY, TOPIC, config
from tests.support.offices import hand_in, office_at, write_config


def test_a_commission_goes_its_way_by_commands(tmp_path: Path) -> None:
    path = write_config(tmp_path / "office", config())
    with office_at(path, MONDAY) as office:
        hand_in(office, "甲")
    command_line = CommandLine(path)
    due = ("--due", "2099-12-08 17:00")
    made = command_line.run_json("commission", "new", TOPIC, "--unit", "区民政局", *due).document
    assert (made["number"], made["due"]) == (1, "2099-12-08T17:00:00+08:00")
    assert made["departments"] == [{"department": "区民政局", "standing": "awaited", "articles": []}]
    assert [(letter["to"], letter["state"]) for letter in made["letters"]] == [("mzj@example.org", "")]
    sent = command_line.run_json("commission", "send", "1").document
    assert [letter["state"] for letter in sent["letters"]] == ["queued"]
    linked = command_line.run_json("commission", "link", "1", "1").document
    assert linked["departments"][0] == {"department": "区民政局", "standing": "done", "articles": [1]}
    assert "按时 1" in command_line.run("commission", "list").output
    command_line.run("commission", "unlink", "1", "1")
    extended = command_line.run("commission", "extend", "1", "--due", "2099-12-10")
    assert "2099-12-10 18:00 截稿" in extended.output
    cancelled = command_line.run_json("commission", "cancel", "1", "--why", "合并").document
    assert cancelled["cancelled_at"]
    refused = command_line.run("commission", "extend", "1", "--due", "2099-12-11")
    assert (refused.status, "已经取消" in refused.errors) == (2, True)
    unknown = command_line.run("commission", "show", "9")
    assert (unknown.status, "没有约稿 9号" in unknown.errors) == (2, True)
