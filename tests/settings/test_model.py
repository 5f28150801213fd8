"""Tables of config.toml: defaults, and what their keys hold."""

from __future__ import annotations

import pytest

from tests.support.configs import (
    BULLETIN,
    MAILBOX,
    read,
    reason,
    with_departments,
    with_top,
)


def test_senders_are_kept_in_lower_case() -> None:
    settings = read(with_departments('name = "区教体局"\nsenders = ["JTJ@Example.org", "@JTJ.example.org"]'))
    assert settings.bulletins[0].departments[0].senders == ("jtj@example.org", "@jtj.example.org")


def test_metrics_is_a_switch() -> None:
    assert read(with_top("[desk]\nmetrics = true")).desk.metrics is True
    assert reason(with_top('[desk]\nmetrics = "yes"')) == "desk.metrics：应是 true 或 false，不加引号"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("adopted = -1", "adopted：不能小于 0"),
        ("endorsed = 5", 'endorsed：应是花括号里的表，如 { "市级" = 20 }'),
        ('endorsed = { "市级" = "多" }', "endorsed.市级：应是整数，不加引号"),
        ('endorsed = { "" = 5 }', "endorsed.：不能为空"),
    ],
)
def test_points_are_whole_numbers_by_name(line: str, said: str) -> None:
    assert reason(f"{BULLETIN}{MAILBOX}[bulletin.points]\n{line}\n") == f"bulletin[0].points.{said}"


def test_levels_of_endorsement_are_the_offices_own() -> None:
    points = read(f'{BULLETIN}{MAILBOX}[bulletin.points]\nendorsed = {{ "县级" = 3 }}\n').bulletins[0].points
    assert (points.adopted, points.endorsed) == (5, {"县级": 3})
