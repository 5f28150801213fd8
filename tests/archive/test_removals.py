"""Letters whose content is removed, as the ledger holds them."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from archive import letters, removals, search
from archive.database import Ledger
from archive.letters import LetterDetails
from tests.support.ledger_rows import AT, BULLETIN, keep_letter, sha256
from values.letter import LetterContent, Removal, RemovalKind, Verdict

ERASED = Removal(RemovalKind.ERASED, "赵管理", "对方要求", AT)
DESTROYED = Removal(RemovalKind.DESTROYED, "赵管理", "保密办要求", AT)
DETAILS = LetterDetails("a@example.org", "主题", "<1@x>", LetterContent("王小明", text="正文"))


def settled(ledger: Ledger, name: str, bulletin: str = BULLETIN) -> int:
    with ledger.writing() as writing:
        id = keep_letter(writing, name, bulletin=bulletin)
        letters.settle(writing, id, Verdict.ARTICLE, "已成稿", at=AT, details=DETAILS)
    return id


def test_only_verdict_and_dates_are_left(ledger: Ledger) -> None:
    id = settled(ledger, "a")
    with ledger.writing() as writing:
        removals.remove(writing, id, ERASED)
        [letter] = letters.letters(writing)
        assert (letter.sender, letter.subject, letter.verdict, letter.received_at) == ("", "", Verdict.ARTICLE, AT)
        assert (letter.reason, letter.removal) == ("已删除（赵管理）：对方要求", ERASED)
        assert letters.content_of(writing, id) is None
        assert search.find(writing, BULLETIN, "letter", ["主题"], most=9) == []
        search.rebuild(writing)
        assert (search.count_unindexed(writing), search.find(writing, BULLETIN, "letter", ["赵管理"], most=9)) == (
            0,
            [],
        )
        assert not letters.reopen(writing, id, tuple(Verdict))


def test_a_letter_is_removed_once(ledger: Ledger) -> None:
    id = settled(ledger, "a")
    with ledger.writing() as writing:
        removals.remove(writing, id, ERASED)
    with pytest.raises(IntegrityError), ledger.writing() as writing:
        removals.remove(writing, id, DESTROYED)


def test_a_removal_is_unfinished_until_its_files_are_gone(ledger: Ledger) -> None:
    id = settled(ledger, "a")
    with ledger.writing() as writing:
        removals.remove(writing, id, ERASED)
        [waiting] = removals.unfinished(writing)
        assert (waiting.id, waiting.sha256, waiting.verdict, waiting.seal) == (id, sha256("a"), Verdict.ARTICLE, None)
        removals.finish(writing, [id], at=AT)
        assert removals.unfinished(writing) == []
        assert removals.removed_names(writing) == {(BULLETIN, sha256("a"))}


def test_very_many_removals_are_finished_at_once(ledger: Ledger) -> None:
    id = settled(ledger, "a")
    with ledger.writing() as writing:
        removals.remove(writing, id, ERASED)
        removals.finish(writing, range(300_000), at=AT)  # more than the parameters of one statement
        assert removals.unfinished(writing) == []


def test_bytes_that_another_letter_has_stay(ledger: Ledger) -> None:
    first, second = settled(ledger, "a"), settled(ledger, "a", bulletin="other")
    with ledger.writing() as writing:
        removals.remove(writing, first, ERASED)
        assert removals.without_bytes(writing) == frozenset()
        removals.remove(writing, second, ERASED)
        assert removals.without_bytes(writing) == {sha256("a")}


def test_what_is_destroyed_is_refused_everywhere_and_recorded_there(ledger: Ledger) -> None:
    erased, destroyed = settled(ledger, "a"), settled(ledger, "b")
    both = [sha256("a"), sha256("b"), sha256("c")]
    with ledger.writing() as writing:
        removals.remove(writing, erased, ERASED)
        removals.remove(writing, destroyed, DESTROYED)
        assert dict(removals.refused(writing, BULLETIN, both)) == {both[0]: ERASED.kind, both[1]: DESTROYED.kind}
        assert dict(removals.refused(writing, "other", both)) == {both[1]: DESTROYED.kind}
        new = keep_letter(writing, "b", bulletin="other")
        assert removals.record_refused(writing, "other", [both[1]], at=AT) == 1
        assert removals.record_refused(writing, "other", [both[1]], at=AT) == 0
        [record] = letters.letters_with_ids(writing, [new])
        assert (record.removal, record.verdict) == (DESTROYED, Verdict.SEALED)


def test_letters_received_before_a_moment_without_the_sealed_and_waiting(ledger: Ledger) -> None:
    old, waiting, sealed = settled(ledger, "a"), keep_in(ledger, "b"), settled(ledger, "c")
    with ledger.writing() as writing:
        letters.settle(writing, sealed, Verdict.SEALED, "已封存", at=AT)
        assert removals.received_before(writing, AT) == []
        later = AT.replace(year=2030)
        assert removals.received_before(writing, later) == [(BULLETIN, old)]
        removals.remove(writing, old, ERASED)
        assert removals.received_before(writing, later) == []
    assert waiting


def keep_in(ledger: Ledger, name: str) -> int:
    with ledger.writing() as writing:
        return keep_letter(writing, name)
