"""Tables of config.toml: defaults, and what their keys hold."""

from __future__ import annotations

from decimal import Decimal

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
        ("adopted = -1", "adopted：应是 0 到 10000 的数，最多两位小数，不加引号，如 2.5"),
        ("supplement = 0.125", "supplement：应是 0 到 10000 的数，最多两位小数，不加引号，如 2.5"),
        ("notice = true", "notice：应是 0 到 10000 的数，最多两位小数，不加引号，如 2.5"),
        ("adopted = nan", "adopted：应是 0 到 10000 的数，最多两位小数，不加引号，如 2.5"),
        ('joint = "half"', 'joint：应是每家的得分，如 3；或 "share"，一篇的得分由各家均分'),
        ("endorsed = 5", 'endorsed：应是花括号里的表，如 { "市级" = 20 }'),
        ('endorsed = { "市级" = "多" }', "endorsed.市级：应是 0 到 10000 的数，最多两位小数，不加引号，如 2.5"),
        ('endorsed = { "" = 5 }', "endorsed.：不能为空"),
    ],
)
def test_points_are_numbers_with_at_most_two_decimal_places(line: str, said: str) -> None:
    assert reason(f"{BULLETIN}{MAILBOX}[bulletin.points]\n{line}\n") == f"bulletin[0].points.{said}"


@pytest.mark.parametrize(
    ("wording", "refusal"),
    [
        ("{改正}，见{期号}", ""),
        ("特此更正", "要有 {改正}：它代表哪里错、应为什么"),
        ("{改正}{作者}", "不认识 {作者}；可用 {期号}、{日期}、{标题}、{改正}"),
    ],
)
def test_the_wording_of_a_correction_names_known_fields(wording: str, refusal: str) -> None:
    text = f'{BULLETIN}correction_wording = "{wording}"\n{MAILBOX}'
    if refusal:
        assert reason(text) == f"bulletin[0].correction_wording：{refusal}"
    else:
        assert read(text).bulletins[0].correction_wording == wording


def test_levels_of_endorsement_are_the_offices_own() -> None:
    [bulletin] = read(f'{BULLETIN}{MAILBOX}[bulletin.points]\nadopted = 2.5\nendorsed = {{ "县级" = 3 }}\n').bulletins
    assert bulletin.points is not None
    assert (bulletin.points.adopted, bulletin.points.endorsed) == (Decimal("2.5"), {"县级": Decimal(3)})
    assert bulletin.levels == ("区级", "市级", "省级", "县级")


def test_nothing_is_scored_unless_the_office_writes_it() -> None:
    [bulletin] = read(f"{BULLETIN}{MAILBOX}").bulletins
    assert bulletin.points is None
