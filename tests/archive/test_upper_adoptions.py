"""上级采用 in the ledger: each once, counted by department and level, and with the printed titles."""

from __future__ import annotations

from datetime import date

from archive.upper_adoptions import (
    NewUpperAdoption,
    UpperCount,
    add_upper_adoption,
    delete_upper_adoption,
    printed_titles,
    upper_adoptions_between,
    upper_adoptions_on,
    upper_counts,
)
from service.office import Office
from tests.support.endorsed import print_articles
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.offices import hand_in
from values.upper_adoption import AdoptedAs

DAY = date(2022, 11, 9)


def test_an_adoption_is_recorded_once_read_counted_and_deleted(office: Office) -> None:
    first, second = print_articles(office, "甲", "乙")
    new = NewUpperAdoption(first, "市级", "《赣州信息》", DAY, AdoptedAs.COMBINED, "甲的做法")
    with office.ledger.writing() as ledger:
        id = add_upper_adoption(ledger, new, who="王编辑", at=AT)
        assert id is not None
        assert add_upper_adoption(ledger, new, who="李", at=AT) is None
        [row] = upper_adoptions_on(ledger, [first, second])
        assert (row.id, row.adoption, row.own_title, row.department) == (id, new, "甲", "区民政局")
        assert upper_adoptions_between(ledger, BULLETIN, DAY, DAY) == [row]
        assert upper_adoptions_between(ledger, BULLETIN, date(2022, 11, 10), date(2022, 12, 1)) == []
        assert upper_counts(ledger, BULLETIN, DAY, DAY) == [UpperCount("区民政局", "市级", 1)]
        delete_upper_adoption(ledger, id)
        assert upper_counts(ledger, BULLETIN, DAY, DAY) == []


def test_printed_titles_are_those_of_signed_off_issues_the_latest_first(office: Office) -> None:
    first, second = print_articles(office, "甲", "乙")
    hand_in(office, "丙")
    with office.ledger.reading() as ledger:
        titles = printed_titles(ledger, BULLETIN, date(2022, 1, 1))
        assert printed_titles(ledger, BULLETIN, date(2023, 1, 1)) == []
    assert [(title.article, title.title, title.issue_label) for title in titles] == [
        (second, "乙", "第70期"),
        (first, "甲", "第70期"),
    ]
