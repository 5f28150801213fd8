"""Every letter of tests/cases/mail, polled from a real Dovecot: its verdict, its articles, the answer to its sender.

A case is a folder with letter.eml; `expected.toml` has an entry for each. A case whose article stands in the letter
itself also has article.txt: title, byline, and a line for each paragraph and each row of a table.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Final

import pytest

from archive import articles, letters, outbox
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.correspondence import text_of
from tests.support.dovecot import PASSWORD, Account, Dovecot, dovecot_server
from tests.support.offices import SHANGHAI, TEMPLATE, office_at, write_config
from values.outgoing import LetterKind

pytestmark = pytest.mark.dovecot

FOLDER: Final = Path(__file__).parent / "mail"
EXPECTED: Final[Mapping[str, Mapping[str, Any]]] = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
POLLED_AT: Final = datetime(2026, 11, 30, 9, 30, tzinfo=SHANGHAI)
MAILBOX: Final = "zgqwxzfb@163.com"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a case."""

    letter: LetterRecord
    articles: tuple[ArticleRecord, ...]
    """Those that the letter brought or is about."""
    answers: tuple[str, ...]
    """The kinds of the letters out that answer it."""
    answered: tuple[str, ...]
    """The addresses that they go to."""
    words: str
    """The reason, and the texts of the answers."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Outcome]]:
    """What became of each case, by its name, after one poll of a mailbox that holds all of them."""
    with dovecot_server(tmp_path_factory.mktemp("dovecot")) as server:
        cases = deliver_cases(server)
        config = (FOLDER / "config.toml").read_text(encoding="utf-8").replace("port = 143", f"port = {server.port}")
        config = config.replace("../../../templates/bulletin.docx", str(TEMPLATE))
        home = tmp_path_factory.mktemp("office")
        with office_at(write_config(home, config), POLLED_AT, JIANBAO_IMAP_PASSWORD=PASSWORD) as office:
            with ReadingPool(1) as pool:
                LetterReceiver(office, pool).poll(office.bulletin(None))
            yield {cases[outcome.letter.uid]: outcome for outcome in outcomes_in(office) if outcome.letter.uid}


def deliver_cases(server: Dovecot) -> dict[int, str]:
    """Puts the letters into the mailbox in the order of their names; UID → name of the case."""
    account = Account(server, MAILBOX.partition("@")[0])
    names = sorted(path.parent.name for path in FOLDER.glob("*/letter.eml"))
    for name in names:
        raw = (FOLDER / name / "letter.eml").read_bytes()
        account.deliver(raw, date_of(raw))
    return dict(enumerate(names, start=1))


def date_of(raw: bytes) -> datetime:
    """When a letter was sent; those whose header Python's parser cannot read were sent with most others."""
    written = message_from_bytes(raw)["Date"]
    return parsedate_to_datetime(written) if written else datetime(2026, 11, 30, 9, 5, tzinfo=SHANGHAI)


def outcomes_in(office: Office) -> Iterator[Outcome]:
    with office.ledger.reading() as ledger:
        for letter in letters.letters(ledger):
            records = outbox.answers_to(ledger, letter.id)
            raws = [outbox.raw_letter(ledger, record.id, office.data_dir) for record in records]
            answers = [message_from_bytes(raw, policy=policy.default) for raw in raws]
            texts = [f"{each['Subject']}\n{text_of(each)}" for each in answers if isinstance(each, EmailMessage)]
            yield Outcome(
                letter,
                tuple(articles.articles_with_ids(ledger, letter.articles)),
                tuple(record.kind.value for record in records),
                tuple(record.to for record in records),
                "\n".join([letter.reason, *texts]),
            )


def shown(article: ArticleRecord) -> dict[str, object]:
    """An article as `expected.toml` has it."""
    return {
        "department": article.department or "",
        "title": article.manuscript.title,
        "blocks": len(article.manuscript.blocks),
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_letter_of_the_case_is_treated_as_expected(name: str, outcomes: dict[str, Outcome]) -> None:
    outcome, expected = outcomes[name], EXPECTED[name]
    assert outcome.letter.verdict.value == expected["verdict"], outcome.letter.reason
    assert [shown(article) for article in outcome.articles] == expected.get("articles", []), outcome.letter.reason
    assert list(outcome.answers) == ([expected["answer"]] if "answer" in expected else [])
    assert expected.get("answer_to", "") in ("", *outcome.answered)
    assert [words for words in expected.get("says", []) if words not in outcome.words] == [], outcome.words
    assert [words for words in expected.get("unsaid", []) if words in outcome.words] == [], outcome.words


@pytest.mark.parametrize("name", sorted(path.parent.name for path in FOLDER.glob("*/article.txt")))
def test_article_in_the_letter_has_every_character(name: str, outcomes: dict[str, Outcome]) -> None:
    [article] = outcomes[name].articles
    lines = [article.manuscript.title, article.manuscript.byline or "", *article.manuscript.lines]
    assert lines == (FOLDER / name / "article.txt").read_text(encoding="utf-8").splitlines()


def test_every_letter_has_an_expectation_and_every_expectation_a_letter() -> None:
    assert {path.parent.name for path in FOLDER.glob("*/letter.eml")} == EXPECTED.keys()


def test_every_answer_expected_is_a_kind_of_letter() -> None:
    kinds = {expected["answer"] for expected in EXPECTED.values() if "answer" in expected}
    assert kinds <= {kind.value for kind in LetterKind}
