"""`decide`: what a person decides about an article, and what else comes of it."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from tests.support.outboxes import all_out, sending


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def test_decide_changes_the_status(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    adopted = command_line.run_json("decide", str(article), "adopted", "--note", "写得好")
    assert (adopted.status, adopted.document["status"]) == (0, "adopted")
    assert command_line.run("decide", str(article), "held").output == f"稿件 {article}《甲》：留用\n"


def test_a_returned_article_needs_a_reason(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    assert command_line.run("decide", str(article), "returned").status == 2
    assert all_out(office) == []


def test_a_returned_article_without_a_letter_reports_it(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    shown = command_line.run("decide", str(article), "returned", "--note", "请核实数字", "--no-letter").output
    assert shown.startswith(f"稿件 {article}《甲》：退改；没有寄信：")
    assert all_out(office) == []


def test_decide_about_no_article_is_bad_usage(command_line: CommandLine) -> None:
    refused = command_line.run("decide", "12", "adopted")
    assert (refused.status, refused.output) == (2, "")
    assert command_line.run("decide", "12", "published").status == 2


def test_several_articles_get_one_decision_and_those_left_are_named(office: Office, command_line: CommandLine) -> None:
    first, second = hand_in(office, "甲", "乙")
    decided = command_line.run("decide", str(first), "rejected", "--note", "重复", "--also", str(second), "99")
    assert decided.status == 1
    lines = decided.output.splitlines()
    assert lines[:2] == [f"稿件 {first}《甲》：退稿", f"稿件 {second}《乙》：退稿"]
    assert lines[2].startswith("没有动：没有编号为 99 的稿件。")


def test_a_rejected_article_needs_a_reason(office: Office, command_line: CommandLine) -> None:
    [article] = hand_in(office, "甲")
    refused = command_line.run("decide", str(article), "rejected")
    assert (refused.status, "请写明退稿的原因" in refused.errors) == (2, True)
