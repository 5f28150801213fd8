"""The words by which an editor says yes or no to listed changes; answers.txt has whole answers."""

from __future__ import annotations

import pytest

from service.by_mail.edit_words import edits_in
from service.by_mail.instructions import TakeEdits


@pytest.mark.parametrize(
    ("line", "accepts"),
    [("采纳改动", True), ("同意以上改动。", True), ("照此改", True), ("不采纳", False), ("不同意这些改动", False)],
)
def test_a_line_says_yes_or_no(line: str, accepts: bool) -> None:
    assert edits_in(line) == TakeEdits(accepts)


@pytest.mark.parametrize("line", ["", "同意", "采纳 1", "部分采纳改动", "别采纳改动", "采纳改动？"])
def test_anything_more_or_else_is_neither(line: str) -> None:
    assert edits_in(line) is None
