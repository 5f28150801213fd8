"""`upper` and `statistics`: 上级采用 by command, and the figures of departments as JSON."""

from __future__ import annotations

from pathlib import Path

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.endorsed import print_articles

TITLE = "推进政府建设落地见效"
PAPER = ("--level", "市级", "--publication", "《赣州信息》", "--date", "2022-11-08")


def test_an_adoption_is_recorded_listed_and_removed(office: Office, command_line: CommandLine) -> None:
    print_articles(office, TITLE)
    [row] = command_line.run_json("upper", "add", "1", *PAPER, "--as", "综合").document
    assert (row["article"], row["level"], row["date"], row["adopted_as"]) == (1, "市级", "2022-11-08", "combined")
    assert TITLE in command_line.run("upper", "list").output
    assert command_line.run_json("upper", "list", "--year", "2021").document == []
    assert command_line.run_json("upper", "remove", "1", "1", "--why", "记错了").document == []
    assert command_line.run("upper", "remove", "1", "1", "--why", "记错了").status == 2


def test_a_notice_is_listed_and_taken_only_when_asked(
    office: Office, command_line: CommandLine, tmp_path: Path
) -> None:
    print_articles(office, TITLE)
    notice = tmp_path / "通报.txt"
    notice.write_text(f"1. 章贡区{TITLE}（全文）\n2. 家具产业集群加快发展\n", encoding="utf-8")
    read = command_line.run_json("upper", "read", str(notice)).document
    assert [(row["article"], row["sure"]) for row in read["proposals"]] == [(1, True)]
    assert read["unmatched"] == ["家具产业集群加快发展"]
    assert command_line.run_json("upper", "list").document == []
    assert command_line.run("upper", "read", str(notice), "--take").status == 2
    assert "没有对上：家具产业集群加快发展" in command_line.run("upper", "read", str(notice), "--take", *PAPER).output
    [row] = command_line.run_json("upper", "list").document
    assert (row["adopted_as"], row["title"]) == ("full", f"章贡区{TITLE}")
    assert command_line.run("upper", "read").status == 2
    assert command_line.run("upper", "read", "/nowhere.txt").status == 2
