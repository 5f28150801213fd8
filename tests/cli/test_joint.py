"""`joint`: a department more or less; and `decide` without a status, which moves an article to another department."""

from __future__ import annotations

import pytest

from service.office import Office
from tests.support.command_line import CommandLine
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin() + '\n[[bulletin.department]]\nname = "区教体局"\n')


def test_joint_adds_removes_and_shows_departments(office: Office, command_line: CommandLine) -> None:
    hand_in(office, "甲")
    added = command_line.run_json("joint", "1", "--add", "区教体局").document
    assert added == {"article": 1, "department": "区民政局", "departments": ["区民政局", "区教体局"]}
    assert command_line.run("joint", "1").output == "稿件 1《甲》的单位：区民政局、区教体局。\n"
    removed = command_line.run("joint", "1", "--remove", "区民政局")
    assert removed.output == "稿件 1《甲》的单位：区教体局。\n"
    assert command_line.run("joint", "1", "--add", "区交通局").status == 2


def test_decide_without_a_status_moves_a_decided_article_to_another_department(
    office: Office, command_line: CommandLine
) -> None:
    hand_in(office, "甲")
    command_line.run("decide", "1", "adopted")
    moved = command_line.run("decide", "1", "--department", "区教体局")
    assert (moved.status, moved.output) == (0, "稿件 1《甲》：改归区教体局\n")
    [row] = command_line.run_json("articles").document
    assert (row["status"], row["departments"]) == ("adopted", ["区教体局"])
    assert command_line.run("decide", "1").status == 2
