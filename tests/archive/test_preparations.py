"""What is prepared for the next issue: 按语 and date, each version of it, until the sign-off clears it."""

from __future__ import annotations

from datetime import date

import pytest

from archive.database import Ledger
from archive.preparations import (
    Preparation,
    clear_preparation,
    paragraphs_of,
    preparation_of,
    refuse_changed,
    write_preparation,
)
from tests.support.ledger_rows import BULLETIN
from values.errors import Changed

DAY = date(2022, 11, 11)


def test_nothing_is_prepared_until_somebody_writes_it(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert preparation_of(writing, BULLETIN) == Preparation("", None, 0)
        write_preparation(writing, BULLETIN, Preparation("按语", DAY, responsible_editor="王编辑"), supplement=False)
        assert preparation_of(writing, BULLETIN) == Preparation("按语", DAY, 1, "王编辑")


def test_each_writing_replaces_the_preparation_and_raises_its_version(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        write_preparation(writing, BULLETIN, Preparation("按语", DAY, responsible_editor="王编辑"), supplement=False)
        write_preparation(writing, BULLETIN, Preparation("", None), supplement=False)
        assert preparation_of(writing, BULLETIN) == Preparation("", None, 2)


def test_bulletins_and_supplements_are_prepared_for_themselves(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        write_preparation(writing, BULLETIN, Preparation("增刊按语", None), supplement=True)
        assert preparation_of(writing, BULLETIN).editors_note == ""
        assert preparation_of(writing, "xinxi", supplement=True).editors_note == ""
        assert preparation_of(writing, BULLETIN, supplement=True).editors_note == "增刊按语"


def test_note_is_stored_a_paragraph_a_line_without_blank_lines(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        write_preparation(writing, BULLETIN, Preparation(" 第一段 \n\n　第二段\n", None), supplement=False)
        prepared = preparation_of(writing, BULLETIN)
    assert prepared.editors_note == "第一段\n第二段"
    assert prepared.paragraphs == paragraphs_of(" 第一段 \n\n　第二段\n") == ("第一段", "第二段")


def test_clearing_returns_what_was_prepared_and_leaves_nothing(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        assert clear_preparation(writing, BULLETIN, supplement=False) == Preparation()
        write_preparation(writing, BULLETIN, Preparation("按语", DAY, responsible_editor="王编辑"), supplement=False)
        assert clear_preparation(writing, BULLETIN, supplement=False) == Preparation("按语", DAY, 1, "王编辑")
        assert preparation_of(writing, BULLETIN) == Preparation("", None, 2)


@pytest.mark.parametrize("seen", [None, 3])
def test_version_that_was_seen_may_be_changed(seen: int | None) -> None:
    refuse_changed(Preparation("按语", None, 3), seen)


def test_version_that_was_not_seen_is_refused() -> None:
    with pytest.raises(Changed, match="刚被别人改过"):
        refuse_changed(Preparation("按语", None, 3), 2)
