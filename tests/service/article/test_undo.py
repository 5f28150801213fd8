"""撤销: the last decision about an article is taken back with its letter, unless something has happened since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import articles
from archive.articles import ArticleRecord
from archive.changes import Change, changes_of
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.edit import edit_title
from service.article.undo import UNDO_TIME, undo_decisions
from service.letters.mailing import outbox_sender
from service.office import Office
from tests.support.articles import rewrite
from tests.support.correspondence import manuscript, receive, submission
from tests.support.invariants import broken_promises
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock, hand_in, office_at, write_config
from tests.support.outboxes import all_out, sending
from tests.support.smtp_servers import smtp_sink
from values.errors import BadUsage
from values.issue import ArticleStatus
from values.manuscript import Manuscript, Paragraph
from values.outgoing import OutboxState

WHO = "王编辑"
HELD = DecisionRequest(1, ArticleStatus.HELD, WHO)
RETURN = DecisionRequest(1, ArticleStatus.RETURNED, WHO, note="请补上参保人数。", letter_waits=UNDO_TIME)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), AT)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


def article(office: Office, id: int = 1) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def recorded(office: Office, id: int = 1) -> list[Change]:
    with office.ledger.reading() as ledger:
        return list(changes_of(ledger, "article", id))


def later(office: Office) -> None:
    assert isinstance(office.now, Clock)
    office.now.now += timedelta(seconds=5)


def letter_state(office: Office) -> OutboxState:
    return all_out(office)[-1].delivery.state


@pytest.mark.parametrize("status", [ArticleStatus.ADOPTED, ArticleStatus.HELD, ArticleStatus.REJECTED])
def test_a_decision_is_taken_back_and_the_record_has_both(office: Office, status: ArticleStatus) -> None:
    hand_in(office, "甲文")
    decided = decide(office, DecisionRequest(1, status, WHO, note="重复"))
    later(office)
    [undone] = undo_decisions(office, {1: decided.article.version}, "李编辑").undone
    assert (undone.undone, undone.article, undone.letter_withdrawn) == (status, article(office), False)
    assert article(office).status is ArticleStatus.DRAFT
    last, first = recorded(office)
    assert (last.who, last.summary) == ("李编辑", f"撤销：《甲文》由{status.chinese}恢复为待审")
    assert first.summary == f"《甲文》由待审改为{status.chinese}"


def test_the_status_before_comes_back_not_the_first(office: Office) -> None:
    hand_in(office, "甲文")
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, WHO))
    decide(office, HELD)
    undo_decisions(office, {1: None}, WHO)
    assert article(office).status is ArticleStatus.ADOPTED


def test_the_letter_of_a_return_is_withdrawn_while_it_waits(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    decide(office, RETURN)
    later(office)
    [undone] = undo_decisions(office, {1: None}, WHO).undone
    assert (undone.letter_withdrawn, letter_state(office)) == (True, OutboxState.TAKEN_BACK)
    assert recorded(office)[0].summary.endswith("由退改恢复为待审，退改信已收回")


def test_a_letter_that_is_held_for_a_look_is_dropped(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    smtp = office.settings.smtp.model_copy(update={"hold": ("returned",)})
    careful = replace(office, settings=office.settings.model_copy(update={"smtp": smtp}))
    decide(careful, RETURN)
    undo_decisions(careful, {1: None}, WHO)
    assert letter_state(office) is OutboxState.DROPPED


def test_the_letter_waits_for_the_time_of_undoing(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    decide(office, RETURN)
    assert all_out(office)[-1].delivery.next_attempt_at == office.now() + UNDO_TIME


def test_a_return_whose_letter_has_gone_stands(tmp_path: Path, pool: ReadingPool) -> None:
    with smtp_sink() as sink, office_at(write_config(tmp_path / "sends", sending(sink)), AT) as office:
        receive(office, pool, submission(manuscript()))
        decide(office, RETURN)
        assert isinstance(office.now, Clock)
        office.now.now += UNDO_TIME
        outbox_sender(office).send_due(stopping=lambda: False)
        assert letter_state(office) is OutboxState.SENT
        with pytest.raises(BadUsage, match="退改信已经寄出，不能撤销"):
            undo_decisions(office, {1: None}, WHO)
        assert article(office).status is ArticleStatus.RETURNED


def test_a_return_that_was_undone_does_not_come_back_without_its_letter(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    decide(office, RETURN)
    undo_decisions(office, {1: None}, WHO)
    with pytest.raises(BadUsage, match="退改信已经收回"):
        undo_decisions(office, {1: None}, WHO)
    assert article(office).status is ArticleStatus.DRAFT


@pytest.mark.parametrize("by_form", [True, False])
def test_a_change_since_keeps_the_decision(office: Office, by_form: bool) -> None:
    hand_in(office, "甲文")
    version = decide(office, HELD).article.version
    later(office)
    edit_title(office, 1, "甲文改", "李编辑", seen=None)
    with pytest.raises(BadUsage, match=r"刚被别人改过|又有改动"):
        undo_decisions(office, {1: version if by_form else None}, WHO)
    assert article(office).status is ArticleStatus.HELD


def test_a_text_that_came_since_keeps_the_decision(office: Office) -> None:
    hand_in(office, "甲文")
    decide(office, HELD)
    later(office)
    rewrite(office, 1, Manuscript(("甲文",), "区人社局", (Paragraph("又一稿。"),)))
    with pytest.raises(BadUsage, match="又有改动"):
        undo_decisions(office, {1: None}, WHO)


@pytest.mark.parametrize(("id", "why"), [(1, "没有可以撤销的决定"), (9, "没有编号为 9 的稿件")])
def test_without_a_decision_nothing_is_undone(office: Office, id: int, why: str) -> None:
    hand_in(office, "甲文")
    with pytest.raises(BadUsage, match=why):
        undo_decisions(office, {id: None}, WHO)
    assert recorded(office) == []


def test_of_several_those_that_changed_are_named_and_left(office: Office) -> None:
    hand_in(office, "甲文", "乙文")
    for id in (1, 2):
        decide(office, DecisionRequest(id, ArticleStatus.HELD, WHO))
    later(office)
    decide(office, DecisionRequest(2, ArticleStatus.ADOPTED, "李编辑"))
    outcome = undo_decisions(office, {1: 2, 2: 2}, WHO)
    assert [undone.article.id for undone in outcome.undone] == [1]
    assert [(left.article, "《乙文》刚被别人改过" in str(left.error)) for left in outcome.left] == [(2, True)]
    assert article(office, 2).status is ArticleStatus.ADOPTED
