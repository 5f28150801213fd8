"""The form of an approval: what was typed is not lost, and nothing but its own fields counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.office import Office
from tests.support.approvals import FIRST, approving_office, events_now, forward, token_for
from tests.support.desk import DeskDriver
from values.approval import ArticleRemark


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with approving_office(tmp_path / "office") as opened:
        yield opened


def test_a_long_review_without_an_account_is_taken_whole(desk: DeskDriver) -> None:
    """64 kB, the limit of other forms from strangers, are 7,000 characters."""
    forward(desk.office)
    remarks: dict[str, Any] = {f"remark-{id}": "长" * 2000 for id in (1, 2)} | {"remark": "全" * 2000}
    more: dict[str, Any] = {"filler": "填" * 5000}
    answer = desk.post(f"/approve/{token_for(desk.office, FIRST)}", revision=1, verdict="return", **remarks, **more)
    assert answer.status_code == 200
    assert [len(remark.text) for remark in events_now(desk.office)[-1].remarks] == [2000, 2000]


@pytest.mark.parametrize("name", ["remark-", "remark-x", "remark-１", f"remark-{'9' * 40}", "remark-1-2"])
def test_fields_that_are_none_of_the_form_are_passed_over(desk: DeskDriver, name: str) -> None:
    forward(desk.office)
    odd: dict[str, Any] = {name: "意见", "remark-2": "改"}
    answer = desk.post(f"/approve/{token_for(desk.office, FIRST)}", revision=1, verdict="return", **odd)
    assert answer.status_code == 200
    assert events_now(desk.office)[-1].remarks == (ArticleRemark(2, "改"),)


def test_an_article_that_is_named_twice_has_one_remark(desk: DeskDriver) -> None:
    forward(desk.office)
    twice: dict[str, Any] = {"remark-02": "甲", "remark-2": "改"}
    answer = desk.post(f"/approve/{token_for(desk.office, FIRST)}", revision=1, verdict="return", **twice)
    assert answer.status_code == 200
    assert events_now(desk.office)[-1].remarks == (ArticleRemark(2, "改"),)


def test_a_refused_form_shows_what_was_typed(desk: DeskDriver) -> None:
    forward(desk.office)
    path = f"/approve/{token_for(desk.office, FIRST)}"
    typed: dict[str, Any] = {"remark-2": "这段<重复>", "remark": "长" * 2001}
    refused = desk.post(path, revision=1, verdict="return", **typed)
    assert (refused.status_code, "一条意见最多 2000 个字" in refused.text) == (400, True)
    assert "这段&lt;重复&gt;" in refused.text
    assert desk.get(path).status_code == 200
