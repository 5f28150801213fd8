"""The commented config.toml at the root: complete, and every key explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from settings.keys import key_paths
from settings.lines import key_lines
from settings.load import load_settings, parse_settings
from settings.model import Settings
from settings.schedule import Schedule
from settings.secrets import Secret
from values.approval import ApprovalStep, Approver

EXAMPLE = Path(__file__).parents[2] / "config.toml"
OPTIONAL_LINE = re.compile(r"(?m)^#(?=\[|[a-z_]+ = )")
"""A line of a table that an office may leave out: the mark of a comment directly before a table or a key."""


def whole_example() -> str:
    """The example with every optional table."""
    return OPTIONAL_LINE.sub("", EXAMPLE.read_text(encoding="utf-8"))


def example() -> Settings:
    return load_settings(EXAMPLE)


@pytest.mark.parametrize("path", list(key_paths()), ids=".".join)
def test_every_key_is_written_and_described_by_a_comment(path: tuple[str, ...]) -> None:
    text = whole_example()
    described = {
        tuple(step for step in loc if isinstance(step, str))
        for loc, line in key_lines(text).items()
        if text.splitlines()[line - 1].partition("#")[2].strip()
    }
    assert path in described


def test_optional_tables_of_the_example_are_valid(tmp_path: Path) -> None:
    whole = tmp_path / "config.toml"
    whole.write_text(whole_example(), encoding="utf-8")
    points = load_settings(whole).bulletins[0].points
    assert points is not None
    assert points.endorsed["市级"] == 20
    assert example().bulletins[0].points is None


def test_example_describes_the_printed_bulletin() -> None:
    bulletin = example().bulletins[0]
    assert bulletin.id == "wuxing"
    assert bulletin.schedule == Schedule((4,), 16, 0)
    assert bulletin.first_number == 70
    assert bulletin.report_to == ("区政府区长、副区长",)
    assert bulletin.mailbox.username == "zgqwxzfb@163.com"
    assert bulletin.mailbox.password == Secret("env", "JIANBAO_IMAP_PASSWORD")
    assert [department.name for department in bulletin.departments] == [
        "区教体局",
        "区人社局",
        "区金融服务中心",
        "区民政局",
        "区“五型”办",
    ]


def test_every_department_of_the_example_can_be_recognised() -> None:
    assert all(department.senders for department in example().bulletins[0].departments)


def test_what_is_commented_out_can_be_switched_on() -> None:
    text = whole_example()
    [step] = parse_settings(text.encode(), name="config.toml", home=EXAMPLE.parent).bulletins[0].approval_steps
    assert step == ApprovalStep("审核", (Approver("leader@example.org", "张主任"),), "any")
    assert example().bulletins[0].approval_steps == ()
