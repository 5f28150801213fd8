"""The demo: a real IMAP server in memory, the ordinary poller, the printed issue's letters."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from service.demo import demo
from settings.load import load_settings
from tests.support.invariants import broken_promises
from tests.support.projection import projection
from tests.support.scenario import PRINTED, ROOT
from values.errors import BadUsage


def shown_by_demo(home: Path) -> str:
    said = io.StringIO()
    console = Console(file=said, width=200)
    assert demo(console, load_settings(ROOT / "config.toml"), home, lambda: datetime.now(UTC), os.environ) == 0
    return said.getvalue()


def test_the_demo_makes_the_printed_issue_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letters").symlink_to(ROOT / "demo" / "letters")
    first = shown_by_demo(tmp_path)
    [issue] = (tmp_path / "demo-data" / "issues").rglob("*.docx")
    assert "新来信 12 封。第70期送审稿 5 篇，" in first
    assert str(issue) in first
    for verdict, letters in (("已成稿", 5), ("不处理", 3), ("待处理", 2), ("待认领", 1), ("重复", 1)):
        assert sum(f"│ {verdict} " in line for line in first.splitlines()) == letters, verdict
    assert projection(issue.read_bytes()) == (PRINTED / "expected.txt").read_text(encoding="utf-8")

    second = shown_by_demo(tmp_path)
    assert "新来信 0 封。第70期送审稿 5 篇（和上次一样，没有变化）" in second
    assert [issue] == list((tmp_path / "demo-data" / "issues").rglob("*.docx"))
    assert broken_promises(tmp_path / "demo-data") == []


def test_without_its_letters_the_demo_says_so(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="没有示例来信"):
        shown_by_demo(tmp_path)
