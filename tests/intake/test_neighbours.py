"""What a new article is compared with: the latest texts of a year's articles, and no more than memory has room for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles, revisions
from archive.database import Ledger
from intake import neighbours
from intake.neighbours import Neighbours
from intake.relation import EarlierArticle
from tests.support.ledger_rows import AT, BULLETIN, add_article, keep_letter, new_article
from tests.support.ledgers import empty_ledger
from values.manuscript import Manuscript, Paragraph


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        yield ledger


def titles(ledger: Ledger, known: Neighbours) -> list[str]:
    with ledger.writing() as writing:
        known.refresh(writing)
    return [one.title for one in known.earlier()]


def test_articles_written_since_the_last_refresh_are_found_by_the_next(ledger: Ledger) -> None:
    known = Neighbours(BULLETIN, AT)
    with ledger.writing() as writing:
        add_article(writing, new_article("甲"))
    assert titles(ledger, known) == ["甲"]
    with ledger.writing() as writing:
        add_article(writing, new_article("乙"))
    assert titles(ledger, known) == ["甲", "乙"]


def test_the_latest_text_of_an_article_stands_for_it(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        first = add_article(writing, new_article("甲"))
        record = articles.article_named(writing, first)
        letter = keep_letter(writing, "a later letter")
        revisions.add_revision(writing, record, letter, new_article("甲的修改稿"), at=AT)
    assert titles(ledger, Neighbours(BULLETIN, AT)) == ["甲的修改稿"]


def test_articles_of_other_bulletins_and_of_long_ago_are_not_compared(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        add_article(writing, new_article("别的刊物", bulletin="other"))
        add_article(writing, replace(new_article("旧稿"), received_at=AT - timedelta(days=401)))
        add_article(writing, new_article("新稿"))
    assert titles(ledger, Neighbours(BULLETIN, AT)) == ["新稿"]


def test_of_more_than_there_is_room_for_the_latest_are_kept(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "_MOST_KEPT", 2)
    known = Neighbours(BULLETIN, AT)
    with ledger.writing() as writing:
        for name in ("甲", "乙", "丙"):
            add_article(writing, new_article(name))
    assert titles(ledger, known) == ["乙", "丙"]
    with ledger.writing() as writing:
        add_article(writing, new_article("丁"))
    assert titles(ledger, known) == ["丙", "丁"]


def test_near_duplicate_is_reported_unless_it_is_too_short_to_tell(ledger: Ledger) -> None:
    short, long = "区民政局慰问困难群众。" * 2, "区民政局走访慰问困难群众三百余户，发放慰问金。" * 4
    with ledger.writing() as writing:
        for name, text in (("短讯", short), ("长稿", long)):
            add_article(writing, new_article(name, manuscript=Manuscript((name,), None, (Paragraph(text),))))
        neighbours_of_year = Neighbours(BULLETIN, AT)
        neighbours_of_year.refresh(writing)
    assert neighbours_of_year.near_duplicates(short) == ()
    [note] = neighbours_of_year.near_duplicates(long)
    assert "《长稿》" in note.clause


def test_neighbours_serve_letters_that_are_not_older_than_those_they_were_made_for() -> None:
    neighbours = Neighbours("wuxing", AT)
    assert neighbours.reach_back_for(AT)
    assert neighbours.reach_back_for(AT + timedelta(days=1))
    assert not neighbours.reach_back_for(AT - timedelta(seconds=1))


def test_noted_article_is_compared_from_the_next_refresh_on(ledger: Ledger) -> None:
    known = Neighbours(BULLETIN, AT)
    with ledger.writing() as writing:
        known.refresh(writing)
        for name in ("甲", "乙"):
            letter = keep_letter(writing, f"letter with {name}")
            written = revisions.add_first_revision(writing, letter, new_article(name), at=AT)
            known.note_written(written.revision, EarlierArticle(written.article, "区民政局", "", name, "正文"))
            assert name not in [earlier.title for earlier in known.earlier()]
            known.refresh(writing)
            assert [earlier.words for earlier in known.earlier()][-1] == "正文"  # as noted, and not read
    assert titles(ledger, known) == ["甲", "乙"]


def test_texts_that_are_not_noted_are_read_in_the_order_they_were_written(ledger: Ledger) -> None:
    known = Neighbours(BULLETIN, AT)
    with ledger.writing() as writing:
        record = articles.article_named(writing, add_article(writing, new_article("甲")))
        known.refresh(writing)
        letter = keep_letter(writing, "a later letter")
        revisions.add_revision(writing, record, letter, new_article("甲的修改稿"), at=AT)
        known.note_changed()
        written = revisions.add_first_revision(writing, letter, new_article("乙"), at=AT)
        known.note_written(written.revision, EarlierArticle(written.article, "区民政局", "", "乙", ""))
        known.refresh(writing)
        assert [earlier.title for earlier in known.earlier()] == ["甲的修改稿", "乙"]


def test_articles_of_a_failed_transaction_are_forgotten(ledger: Ledger) -> None:
    known = Neighbours(BULLETIN, AT)
    with suppress(RuntimeError), ledger.writing() as writing:
        add_article(writing, new_article("甲"))
        known.refresh(writing)
        raise RuntimeError
    known.forget()
    assert titles(ledger, known) == []
