"""Pages of letters: the latest first, each once, whatever comes in meanwhile; told by the index, not by a scan."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice
from typing import Any

import pytest
from sqlalchemy import event

from archive import letters, revisions
from archive.database import Ledger
from archive.letter_pages import count_verdicts, letters_page
from archive.letters import LetterDetails
from tests.support.ledger_rows import AT, BULLETIN, INBOX, keep_letter, new_article
from values.letter import Place, Verdict

HELD = (Verdict.UNCONFIRMED, Verdict.QUARANTINED)


def at_uid(uid: int) -> Place:
    return Place(INBOX.account, INBOX.folder, INBOX.uidvalidity, uid)


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """Thirty letters of ten verdicts in turn, two of each moment; and one of another bulletin."""
    with ledger.writing() as writing:
        for nth, verdict in enumerate(islice(cycle(Verdict), 33)):
            received = AT + timedelta(minutes=nth // 2)
            id = keep_letter(writing, f"letter {nth}", place=at_uid(nth + 1), received_at=received)
            letters.settle(
                writing,
                id,
                verdict,
                "理由",
                at=AT,
                details=LetterDetails(subject=f"第{nth}封"),
            )
        letters.settle(writing, keep_letter(writing, "x", bulletin="other"), Verdict.QUARANTINED, "理由", at=AT)
    return ledger


def subjects(ledger: Ledger, *verdicts: Verdict, most: int) -> list[str]:
    """Page after page, to the end."""
    found: list[str] = []
    before = None
    with ledger.reading() as reading:
        while True:
            page = letters_page(reading, BULLETIN, verdicts or tuple(Verdict), before=before, most=most)
            assert len(page.letters) <= most
            found += [one.subject for one in page.letters]
            before = page.before
            if before is None:
                return found


@pytest.mark.parametrize("most", [1, 7, 30, 100])
def test_pages_hold_each_letter_once_the_latest_first(full: Ledger, most: int) -> None:
    assert subjects(full, most=most) == [f"第{nth}封" for nth in reversed(range(33))]


@pytest.mark.parametrize("most", [1, 4, 100])
def test_pages_of_some_verdicts_hold_only_those(full: Ledger, most: int) -> None:
    wanted = [f"第{nth}封" for nth in reversed(range(33)) if tuple(Verdict)[nth % len(Verdict)] in HELD]
    assert subjects(full, *HELD, most=most) == wanted
    assert len(wanted) == 33 // len(Verdict) * len(HELD)


def test_letter_that_comes_in_between_two_pages_moves_nothing(full: Ledger) -> None:
    with full.writing() as writing:
        first = letters_page(writing, BULLETIN, most=3)
        keep_letter(writing, "late", received_at=AT + timedelta(days=1))
        second = letters_page(writing, BULLETIN, before=first.before, most=3)
    assert [one.subject for one in (*first.letters, *second.letters)] == [f"第{n}封" for n in (32, 31, 30, 29, 28, 27)]


def test_page_that_begins_at_an_unknown_letter_is_the_first(full: Ledger) -> None:
    with full.reading() as reading:
        assert letters_page(reading, BULLETIN, before=9999, most=3) == letters_page(reading, BULLETIN, most=3)
        assert letters_page(reading, "none", most=3).letters == ()
        assert letters_page(reading, BULLETIN, (), most=3).letters == ()


def test_letters_of_a_page_are_those_of_the_whole_list(full: Ledger) -> None:
    """With the place where each was first seen, and the articles that came of it."""
    with full.writing() as writing:
        ids = [one.id for one in letters.letters(writing) if one.bulletin == BULLETIN]
        made = [revisions.add_article(writing, ids[4], new_article(name), at=AT) for name in ("甲", "乙")]
        letters.settle(writing, ids[4], Verdict.ARTICLE, "成稿", at=AT, articles=made)
        whole = [one for one in letters.letters(writing) if one.bulletin == BULLETIN]
        assert [one for one in whole if one.articles] == [letters.letter_with_id(writing, BULLETIN, ids[4])]
        assert list(letters_page(writing, BULLETIN, most=99).letters) == list(whole)[::-1]
    assert [one.uid for one in whole] == list(range(1, 34))


def test_letter_seen_at_two_places_shows_the_first(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        keep_letter(writing, "a", place=at_uid(5))
        keep_letter(writing, "a", place=at_uid(2))
        keep_letter(writing, "b")
        assert [one.uid for one in letters.letters(writing)] == [5, None]


def test_letters_are_counted_by_verdict(full: Ledger) -> None:
    with full.reading() as reading:
        counts = count_verdicts(reading, BULLETIN)
        assert count_verdicts(reading, "none") == dict.fromkeys(Verdict, 0)
    assert sum(counts.values()) == 33
    assert counts[Verdict.PENDING] == 33 // len(Verdict)
    assert counts[Verdict.QUARANTINED] == 33 // len(Verdict)


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_no_page_reads_all_letters(full: Ledger) -> None:
    """EXPLAIN QUERY PLAN of every statement: a table of letters or of what hangs on them is searched, never scanned."""
    statements: list[tuple[str, Any]] = []

    def note(_c: object, _k: object, statement: str, parameters: Any, *_: object) -> None:
        statements.append((statement, parameters))

    event.listen(full.engine, "before_cursor_execute", note)
    with full.reading() as reading:
        page = letters_page(reading, BULLETIN, HELD, most=3)
        letters_page(reading, BULLETIN, before=page.before, most=3)
        letters.letter_with_id(reading, BULLETIN, 3)
        count_verdicts(reading, BULLETIN)
        event.remove(full.engine, "before_cursor_execute", note)
        plans = [
            (statement, row[3])
            for statement, parameters in statements
            if statement.startswith("SELECT")
            for row in reading.sql.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    assert len(plans) > 20
    scans = [
        plan for plan in plans if plan[1].startswith("SCAN") and "SUBQUERY" not in plan[1] and "anon" not in plan[1]
    ]
    assert [scan for _, scan in scans if any(name in scan for name in ("letter", "sighting", "folder"))] == []
