from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import insert

from archive.database import Ledger
from archive.schema import account
from archive.transaction import Transaction
from archive.viewings import Viewing, record_viewing, viewings_of
from tests.support.ledger_rows import AT, add_article, new_article


@pytest.fixture
def writing(ledger: Ledger) -> Iterator[Transaction]:
    with ledger.writing() as connection:
        yield connection


def a_person(ledger: Transaction, name: str = "wang") -> int:
    row = {"name": name, "display_name": name, "role": "editor", "made_at": AT}
    return int(ledger.sql.execute(insert(account).values(**row).returning(account.c.id)).scalar_one())


def test_opened_article_is_recorded_with_the_text_that_was_shown(writing: Transaction) -> None:
    person, first = a_person(writing), add_article(writing, new_article("甲"))
    second = add_article(writing, new_article("乙"))

    record_viewing(writing, person, first, 1, at=AT)

    assert viewings_of(writing, person, [first, second]) == {first: Viewing(1, AT)}


def test_a_later_look_counts_and_an_earlier_text_takes_nothing_back(writing: Transaction) -> None:
    person, article = a_person(writing), add_article(writing, new_article("甲"))
    later, latest = AT + timedelta(hours=1), AT + timedelta(hours=2)

    record_viewing(writing, person, article, 1, at=AT)
    record_viewing(writing, person, article, 2, at=later)
    record_viewing(writing, person, article, 1, at=latest)

    assert viewings_of(writing, person, [article]) == {article: Viewing(2, later)}


def test_article_seen_by_one_person_is_new_to_another(writing: Transaction) -> None:
    wang, li, article = a_person(writing), a_person(writing, "li"), add_article(writing, new_article("甲"))

    record_viewing(writing, wang, article, 1, at=AT)

    assert viewings_of(writing, li, [article]) == {}
