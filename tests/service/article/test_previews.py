"""Where the PDFs of originals are kept, and when they go."""

from __future__ import annotations

import os

import pytest

from archive import letters
from archive.files import write_durably
from service.article import previews
from service.article.previews import delete_oldest_previews, destroy_previews, destroy_stale_previews, preview_path
from service.office import Office
from tests.support.ledger_rows import AT, keep_letter, sha256
from values.letter import Verdict


def kept(office: Office, letter: str, original: str, age: int = 0) -> None:
    path = preview_path(office, sha256(letter), original.encode())
    write_durably(path, original.encode())
    os.utime(path, (1_000_000 - age, 1_000_000 - age))


def originals(office: Office) -> set[str]:
    return {path.read_text() for path in (office.data_dir / previews.PREVIEWS).rglob("*.pdf")}


def test_the_oldest_go_first(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previews, "_MOST_KEPT", 2)
    for age, name in enumerate("abc"):
        kept(office, name, name, age)
    delete_oldest_previews(office)
    assert originals(office) == {"a", "b"}


def test_those_of_one_letter_go_with_it(office: Office) -> None:
    kept(office, "a", "first")
    kept(office, "a", "second")
    kept(office, "b", "other")
    destroy_previews(office, sha256("a"))
    destroy_previews(office, sha256("nothing"))
    assert originals(office) == {"other"}


def test_only_those_of_letters_that_may_be_viewed_stay(office: Office) -> None:
    with office.ledger.writing() as ledger:
        for name, verdict in (("a", Verdict.ARTICLE), ("s", Verdict.SEALED)):
            letters.settle(ledger, keep_letter(ledger, name), verdict, "原因", at=AT)
    for name in ("a", "s", "unknown"):
        kept(office, name, name)
    destroy_stale_previews(office)
    assert originals(office) == {"a"}
