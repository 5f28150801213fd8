"""`endorse`: 批示 on a printed article, by command."""

from __future__ import annotations

from pathlib import Path

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.endorsed import print_articles
from tests.support.pdf import lines, pdf


def test_an_endorsement_is_recorded_changed_listed_and_removed(
    office: Office, command_line: CommandLine, tmp_path: Path
) -> None:
    print_articles(office, "甲")
    scan = tmp_path / "批示.pdf"
    scan.write_bytes(pdf(lines("请推广")))
    added = command_line.run_json(
        *("endorse", "add", "1", "--level", "市级", "--leader", "张副市长", "--date", "2022-11-09"),
        *("--text", "请推广", "--scan", str(scan)),
    )
    [row] = added.document
    assert (row["level"], row["leader"], row["date"], row["text"]) == ("市级", "张副市长", "2022-11-09", "请推广")
    assert row["scan"]["name"] == "批示.pdf"
    [changed] = command_line.run_json("endorse", "change", "1", "1", "--text", "请全市推广", "--without-scan").document
    assert (changed["text"], changed["leader"], changed["scan"]) == ("请全市推广", "张副市长", None)
    assert "请全市推广" in command_line.run("endorse", "list", "1").output
    assert command_line.run_json("endorse", "remove", "1", "1", "--why", "记错了").document == []
    assert command_line.run("endorse", "remove", "1", "1", "--why", "记错了").status == 2


def test_what_is_refused_says_why(office: Office, command_line: CommandLine) -> None:
    print_articles(office, "甲")
    marked = command_line.run("endorse", "add", "1", "--level", "市级", "--text", "绝密")
    assert (marked.status, "涉密的批示不能存进本机" in marked.errors) == (2, True)
    missing = command_line.run("endorse", "add", "1", "--level", "市级", "--scan", "/nowhere/a.pdf")
    assert (missing.status, "读不了 /nowhere/a.pdf" in missing.errors) == (2, True)
    assert command_line.run("endorse", "list", "9").status == 2
