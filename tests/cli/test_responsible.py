"""`responsible` and `comment`: who answers for an issue or article, and what editors write to each other."""

from __future__ import annotations

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.offices import hand_in


def test_the_responsible_editor_of_the_issue_and_of_an_article(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    of_issue = command_line.run_json("responsible", "王编辑").document
    assert of_issue == {"bulletin": "wuxing", "supplement": False, "responsible_editor": "王编辑"}
    assert command_line.run("responsible", "李", "--supplement").output == "下一期增刊的责任编辑：李。\n"
    of_article = command_line.run_json("responsible", "李编辑", "--article", "1").document
    assert of_article == {"article": 1, "responsible_editor": "李编辑"}
    assert command_line.run("responsible", "", "--article", "1").output == "稿件 1 不定责任编辑。\n"
    assert command_line.run("responsible", "李", "--article", "2").status == 2


def test_editors_comment_on_an_article(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    assert command_line.run("comment", "1").output == "还没有留言。\n"
    [written] = command_line.run_json("comment", "1", "数字要核对").document
    assert written["text"] == "数字要核对"
    assert "数字要核对" in command_line.run("comment", "1").output
    assert command_line.run("comment", "2").status == 2
