"""Decisions about findings, by fingerprint; words that are always allowed; both applied where articles are read."""

from __future__ import annotations

import pytest

from archive import settled_findings
from archive.articles import article_named, articles
from archive.database import Ledger
from archive.transaction import Transaction
from archive.withheld_texts import remove_texts
from tests.support.ledger_rows import AT, BULLETIN, add_article, new_article
from values import rules
from values.finding import Finding, FindingState, Settlement
from values.fingerprint import fingerprint_of
from values.manuscript import Manuscript, Paragraph

TEXT = Manuscript(("题",), None, (Paragraph("建立台帐制度。"),))
WORD = rules.CONFUSABLE_WORD.finding("…", 0, 2, 4)
CHARACTER = rules.TYPING_ERROR.finding("…", 0, 3, 4)
ALL = rules.DOUBLED_MARK.finding("…", 0, 2, 4)
CHECKED = Settlement(FindingState.CHECKED, "王编辑")


def states(ledger: Transaction, article: int) -> list[FindingState]:
    return [finding.state for finding in article_named(ledger, article).findings]


def an_article(ledger: Transaction, *findings: Finding) -> int:
    return add_article(ledger, new_article("甲", manuscript=TEXT, findings=findings))


def test_latest_decision_stands_until_it_is_taken_back(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        article, digest = an_article(writing, WORD, ALL), fingerprint_of(WORD, TEXT)
        settled_findings.settle(writing, article, [digest], Settlement(FindingState.DISMISSED, "李"), at=AT)
        settled_findings.settle(writing, article, [digest], CHECKED, at=AT)
        assert article_named(writing, article).findings[0].settlement == CHECKED
        assert [finding.state.value for finding in articles(writing)[0].findings] == ["checked", "open"]
        settled_findings.reopen(writing, article, [digest])
        assert states(writing, article) == [FindingState.OPEN] * 2


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("台帐", ["dismissed", "dismissed", "open"]),
        ("立台帐制", ["dismissed", "dismissed", "open"]),
        ("帐制", ["open", "dismissed", "open"]),
    ],
)
def test_allowed_word_covers_findings_about_words_within_it(ledger: Ledger, word: str, expected: list[str]) -> None:
    with ledger.writing() as writing:
        article = an_article(writing, WORD, CHARACTER, ALL)
        assert settled_findings.allow(writing, BULLETIN, word, who="王编辑", at=AT)
        assert not settled_findings.allow(writing, BULLETIN, word, who="李", at=AT)
        assert [state.value for state in states(writing, article)] == expected
        assert [allowed.who for allowed in settled_findings.allowed_words(writing, BULLETIN)] == ["王编辑"]
        assert settled_findings.disallow(writing, BULLETIN, word)
        assert not settled_findings.disallow(writing, BULLETIN, word)
        assert {state.value for state in states(writing, article)} == {"open"}


def test_words_of_another_bulletin_cover_nothing(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        settled_findings.allow(writing, "other", "台帐", who="王编辑", at=AT)
        assert states(writing, an_article(writing, WORD)) == [FindingState.OPEN]


def test_decisions_go_with_the_text_of_a_removed_letter(ledger: Ledger) -> None:
    with ledger.writing() as writing:
        article = an_article(writing, WORD)
        settled_findings.settle(writing, article, [fingerprint_of(WORD, TEXT)], CHECKED, at=AT)
        remove_texts(writing, 1)
        assert not settled_findings.settlements_of(writing, article).by_article
