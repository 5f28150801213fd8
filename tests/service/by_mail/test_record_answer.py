"""Whether an answer is believed: by which proof, for which draft; and what becomes of its letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.installation_key import KEY_FILE
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.office import Office
from tests.support.answering import (
    LI,
    PASSED,
    WANG,
    answer,
    answered_config,
    code_in,
    mailed_draft,
    order,
    out_to,
    outs,
    statuses,
    verdicts,
)
from tests.support.correspondence import manuscript, receive, submission
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import office_at, write_config
from tests.support.outboxes import all_out
from values.issue import ArticleStatus
from values.outgoing import LetterKind

DRAFT, ADOPTED = ArticleStatus.DRAFT, ArticleStatus.ADOPTED


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


@pytest.mark.parametrize(
    "header", ["", "Authentication-Results: mx.evil.example; dmarc=pass header.from=office.example\r\n"]
)
def test_nobody_is_believed_without_code_or_mail_server(office: Office, pool: ReadingPool, header: str) -> None:
    mailed_draft(office)
    receive(office, pool, answer("采用 1", out_to(office, WANG), quotes=False, header=header))
    waits_at_the_desk(office, "信里没有答复码（回信时没有保留原信），收信服务器也没有证实发件人。请编辑看信")


def test_a_code_is_its_persons_alone(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("采用 1", out_to(office, LI)))
    waits_at_the_desk(office, "信里的答复码不是给这位发件人、这一稿的")


def test_a_stranger_with_the_code_is_not_believed_nor_answered(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("采用 1", out_to(office, WANG), sender="x@evil.example", header=PASSED))
    waits_at_the_desk(office, "发件人 x@evil.example 不是这份简报的编辑或审核人", sender="x@evil.example")


def waits_at_the_desk(office: Office, why: str, sender: str = WANG) -> None:
    assert set(statuses(office).values()) == {DRAFT}
    [(verdict, reason)] = verdicts(office, sender)
    assert (verdict, why in reason) == ("question", True), reason
    assert len(all_out(office)) == 2  # the drafts


def test_a_used_code_decides_nothing_more(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, answer("采用 1", letter))
    receive(office, pool, answer("缓 1", letter, number=2))
    assert statuses(office)["甲"] is ADOPTED
    assert "答复码已经用过一次" in verdicts(office)[1][1]
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1


@pytest.mark.parametrize("number", [1, 2])
def test_a_replayed_answer_changes_nothing_twice(office: Office, pool: ReadingPool, number: int) -> None:
    """With the same Message-ID, or another: what counts is the person, the draft and the words."""
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, answer("采用 1\n1 移到最后", letter, header=PASSED))
    assert order(office) == "乙丙甲"
    replayed = answer("采用 1\n1 移到最后", letter, header=f"Received: from relay\r\n{PASSED}", number=number)
    receive(office, pool, replayed)
    receive(office, pool, answer("采用 1\n1 移到最后", letter, header=PASSED))
    assert order(office) == "乙丙甲"
    assert [verdict for verdict, _ in verdicts(office)] == ["decided", "decided"]
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1


def test_an_imported_file_proves_nothing_by_its_header(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, answer("采用 1", letter, quotes=False, header=PASSED), fetched=False)
    waits_at_the_desk(office, "收信服务器也没有证实发件人")
    receive(office, pool, answer("采用 1", letter, number=2), fetched=False)
    assert statuses(office)["甲"] is ADOPTED


@pytest.mark.parametrize(
    "header", ["Auto-Submitted: auto-replied\r\n", "Precedence: bulk\r\n", "X-Loop: wuxing@example.org\r\n"]
)
def test_a_machines_answer_is_no_answer(office: Office, pool: ReadingPool, header: str) -> None:
    mailed_draft(office)
    receive(office, pool, answer("采用 1", out_to(office, WANG), header=header))
    assert set(statuses(office).values()) == {DRAFT}
    assert len(all_out(office)) == 2


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("机密★10年\n采用 1", "sealed"),
        ("-----BEGIN PGP MESSAGE-----\nhQEMA\n-----END PGP MESSAGE-----", "quarantined"),
    ],
)
def test_a_sealed_or_encrypted_answer_is_not_followed(
    office: Office, pool: ReadingPool, words: str, verdict: str
) -> None:
    mailed_draft(office)
    receive(office, pool, answer(words, out_to(office, WANG)))
    assert set(statuses(office).values()) == {DRAFT}
    assert [each for each, _ in verdicts(office)] == [verdict]
    assert len(all_out(office)) == 2


def test_an_answer_with_a_document_is_not_followed(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    raw = submission(manuscript(), sender=WANG, header=f"In-Reply-To: {letter['Message-ID']}\r\n")
    receive(office, pool, raw.replace("请查收。".encode(), f"采用 1\r\n{code_in(letter)}".encode()))
    assert statuses(office)["甲"] is DRAFT
    assert [each for each, _ in verdicts(office)] == ["unconfirmed"]


def test_the_same_words_with_a_new_code_are_no_copy(office: Office, pool: ReadingPool) -> None:
    """After a refusal the person knows more, and insists."""
    mailed_draft(office)
    letter = out_to(office, WANG)
    decide(office, DecisionRequest(2, ArticleStatus.HELD, "李编辑"))
    receive(office, pool, answer("采用 2", letter))
    assert statuses(office)["乙"] is ArticleStatus.HELD
    receive(office, pool, answer("采用 2", out_to(office, WANG, LetterKind.DECIDED), number=2))
    assert statuses(office)["乙"] is ADOPTED
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 2


def test_a_refused_answer_uses_its_code_up(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    decide(office, DecisionRequest(2, ArticleStatus.HELD, "李编辑"))
    receive(office, pool, answer("采用 2", letter), answer("采用 1", letter, number=2))
    assert statuses(office)["甲"] is DRAFT
    assert code_in(out_to(office, WANG, LetterKind.DECIDED)) != code_in(letter)


@pytest.mark.parametrize("header", ["", PASSED])
def test_of_two_answers_with_one_code_the_first_uses_it(office: Office, pool: ReadingPool, header: str) -> None:
    """Both come with one poll, before either is followed. The second is believed only where the server vouches."""
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, answer("缓 1", letter), answer("缓 2", letter, number=2, header=header))
    assert statuses(office)["甲"] is ArticleStatus.HELD
    assert (statuses(office)["乙"] is ArticleStatus.HELD) is bool(header)
    assert [each for each, _ in verdicts(office)] == ["decided", "decided" if header else "question"]
    assert ("答复码已经用过一次" in verdicts(office)[1][1]) is not bool(header)


def test_a_draft_that_was_made_again_after_a_restore_is_another(tmp_path: Path, pool: ReadingPool) -> None:
    """Same installation, same number and revision, other articles: the letters of the lost one decide nothing."""
    with office_at(write_config(tmp_path / "lost", answered_config()), AT) as office:
        mailed_draft(office, "甲乙丙")
        lost, key = out_to(office, WANG), office.key()
    config = write_config(tmp_path / "restored", answered_config())
    (tmp_path / "restored" / "data").mkdir(exist_ok=True)
    (tmp_path / "restored" / "data" / KEY_FILE).write_bytes(key)
    with office_at(config, AT) as office:
        mailed_draft(office, "丙甲乙")
        present = out_to(office, WANG)
        assert office.key() == key
        assert lost["Message-ID"] != present["Message-ID"]
        assert code_in(lost) != code_in(present)
        receive(office, pool, answer("不用 1", lost, header=PASSED))
        quoted = answer("不用 2", lost, header=PASSED, number=2)
        receive(office, pool, quoted.replace(lost["Message-ID"].encode(), present["Message-ID"].encode()))
        assert set(statuses(office).values()) == {DRAFT}
        assert [each for each, _ in verdicts(office)] == ["question", "question"]
