"""Documents of many forms are read as their offices mean them: the gate for titles and sign-offs."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.truth import truths_in
from benchmarks.truth_report import SIGN_OFFS_GOAL, TITLES_GOAL, Share, print_shares, shares_of
from tools.office_documents import REGISTERED, write_documents
from values.department import Department

DEPARTMENTS = [Department(name, full_name) for name, full_name in REGISTERED.items()]


def test_titles_and_sign_offs_of_generated_documents_reach_their_goals(tmp_path: Path) -> None:
    write_documents(tmp_path, count=120, seed=14)
    shares = shares_of(truths_in(tmp_path), DEPARTMENTS)
    assert shares["titles"].examined == 120
    assert shares["titles"].percent >= TITLES_GOAL, shares["titles"].wrong
    assert shares["sign-offs"].percent >= SIGN_OFFS_GOAL, shares["sign-offs"].wrong
    assert shares["furniture"].percent >= SIGN_OFFS_GOAL, shares["furniture"].wrong
    assert shares["texts"].percent >= SIGN_OFFS_GOAL, shares["texts"].wrong


def test_file_that_is_not_read_and_a_wrong_title_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 damaged")
    (tmp_path / "truth.json").write_text('{"a.docx": {"title": "题", "byline": ""}}', encoding="utf-8")
    shares = shares_of(truths_in(tmp_path), DEPARTMENTS)
    assert shares["titles"].wrong == [("a.docx", "not read")]
    assert shares["texts"].examined == 0


@pytest.mark.parametrize(("right", "missed"), [(97, []), (96, ["missed: titles 96.0 %, goal >= 97 %"])])
def test_goal_that_is_missed_is_named(right: int, missed: list[str]) -> None:
    console = Console(file=None, quiet=True)
    assert print_shares(console, {"titles": Share(right, 100, [("a.docx", "题")])}, worst=1) == missed
