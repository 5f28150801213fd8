"""`split` and `merge`: one article becomes several, several become one, and back."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.joint_office import in_issue, joint_office_setup, written
from tests.support.office_fixtures import OfficeSetup
from values.manuscript import Cell, Paragraph, Table


@pytest.fixture
def office_setup() -> OfficeSetup:
    return joint_office_setup()


BLOCKS = (Paragraph("老年食堂。"), Paragraph("校园食堂。"), Table(((Cell("街道"), Cell("家")),)))


def test_split_lists_the_blocks_and_makes_articles_of_them(office: Office, command_line: CommandLine) -> None:
    written(office, "食堂", *BLOCKS)
    assert command_line.run("split", "1").output == "  1 老年食堂。\n  2 校园食堂。\n  3 〔表格〕街道 家\n"
    assert command_line.run_json("split", "1").document[1] == {"number": 2, "text": "校园食堂。"}
    rows = command_line.run_json("split", "1", "--part", "2", "校园", "区教体局", "--part", "3", "表").document
    assert [(row["title"], row["departments"], row["byline"]) for row in rows] == [
        ("食堂", ["区民政局"], "区民政局"),
        ("校园", ["区教体局"], "区教体局"),
        ("表", ["区民政局"], "区民政局"),
    ]
    assert (rows[0]["split_into"], rows[2]["split_from"]) == ([2, 3], 1)
    assert "".join(row["text"] for row in rows) == "老年食堂。校园食堂。街道\t家"


@pytest.mark.parametrize(
    "part", [["2"], ["乙", "题"], ["0", "题"], ["4", "题"], ["2", "题", "区交通局"], ["2", "a", "b", "c", "d"]]
)
def test_split_at_no_place_is_bad_usage(office: Office, command_line: CommandLine, part: list[str]) -> None:
    written(office, "食堂", *BLOCKS)
    assert command_line.run("split", "1", "--part", *part).status == 2
    assert in_issue(office) == [1]


def test_merge_and_undo(office: Office, command_line: CommandLine) -> None:
    written(office, "食堂")
    written(office, "校园", department="区教体局")
    merged = command_line.run_json("merge", "2", "1", "--into", "1", "--title", "齐抓食堂", "--headings").document
    assert (merged["title"], merged["departments"], merged["merged"]) == ("齐抓食堂", ["区教体局", "区民政局"], [2])
    assert merged["text"] == "校园\n校园的正文。\n食堂\n食堂的正文。"
    assert len(merged["further_letters"]) == 1
    rows = command_line.run_json("articles").document
    assert [(row["id"], row["status"], row["merged_into"]) for row in rows] == [(1, "draft", None), (2, "held", 1)]
    undone = command_line.run("merge", "1", "--undo")
    assert undone.output == "稿件 1《食堂》撤销合并；稿件 2 恢复原来的状态。\n"
    assert in_issue(office) == [1, 2]
    assert command_line.run("merge", "1", "--undo").status == 2
    assert command_line.run("merge", "1", "2", "--undo").status == 2
    assert command_line.run("merge", "1").status == 2
    shown = command_line.run("merge", "1", "2").output
    assert shown == "并成稿件 1《食堂》，单位：区民政局、区教体局；其余改为留用，随它刊发。\n"
