"""`undo`: the last decision is taken back."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_undo_gives_the_article_its_status_back(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    command_line.run("decide", str(article), "rejected", "--note", "重复")
    undone = command_line.run("undo", str(article))
    assert (undone.status, undone.output) == (0, f"稿件 {article}《甲》：撤销退稿，恢复为待审\n")


def test_what_cannot_be_undone_is_named(office: Office, command_line: CommandLine) -> None:
    first, second = hand_in(office, "甲", "乙")
    command_line.run("decide", str(first), "held")
    undone = command_line.run_json("undo", str(first), str(second))
    assert undone.status == 1
    assert [row["id"] for row in undone.document["undone"]] == [first]
    assert undone.document["left"] == [{"id": second, "why": "《乙》没有可以撤销的决定。"}]
    assert command_line.run("undo", str(second)).status == 2
