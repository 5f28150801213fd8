"""`findings`: settles findings by their numbers, and keeps the list of allowed words."""

from __future__ import annotations

from service.office import Office
from tests.service.article.test_edit import written
from tests.support.command_line import CommandLine
from values.manuscript import Paragraph


def test_findings_are_settled_by_their_numbers(office: Office, command_line: CommandLine) -> None:
    article = str(written(office, Paragraph("建立台帐，共 5 家。")))
    listed = command_line.run_json("findings", "list", article).document
    assert [(row["number"], row["rule"], row["state"]) for row in listed] == [
        (1, "confusable-word", "open"),
        (2, "digit-space", "open"),
    ]
    assert command_line.run("findings", "dismiss", article, "1").status == 0
    after = command_line.run_json("findings", "check", article, "2").document
    assert {row["rule"]: row["state"] for row in after} == {"confusable-word": "dismissed", "digit-space": "checked"}
    assert all(row["settled_by"] for row in after)
    [shown] = command_line.run_json("articles").document
    assert [row["state"] for row in shown["findings"]] == ["dismissed", "checked"]
    assert command_line.run_json("findings", "reopen", article, "1", "2").document[0]["state"] == "open"
    table = command_line.run("findings", "dismiss", article, "1").output
    assert "忽略" in table
    assert "未处理" in table


def test_number_that_is_not_there_is_bad_usage(office: Office, command_line: CommandLine) -> None:
    article = str(written(office, Paragraph("建立台帐。")))
    assert command_line.run("findings", "dismiss", article, "9").status == 2
    assert command_line.run("findings", "list", "99").status == 2


def test_word_is_allowed_and_disallowed(office: Office, command_line: CommandLine) -> None:
    article = str(written(office, Paragraph("建立台帐。")))
    [row] = command_line.run_json("findings", "allow", "台帐").document
    assert row["word"] == "台帐"
    assert command_line.run_json("findings", "list", article).document[0]["state"] == "dismissed"
    assert "台帐" in command_line.run("findings", "words").output
    assert command_line.run_json("findings", "disallow", "台帐").document == []
    assert command_line.run("findings", "disallow", "台帐").status == 2
    assert command_line.run_json("findings", "list", article).document[0]["state"] == "open"
