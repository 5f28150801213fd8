"""A letter that added a photograph to an article, or asked to correct it, is erased: nothing of it is left there."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive import articles, letters
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.office import Office
from service.removal.remove import erase
from tests.support.answers_to_receipts import PHOTO, TEXT, send
from tests.support.correspondence import manuscript
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.outboxes import sending
from tests.support.removable import deliver_all
from tests.support.submissions import File
from values import rules
from values.issue import ArticleStatus
from values.manuscript import Picture


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI))


@pytest.mark.parametrize("files", [(PHOTO,), ()], ids=["photograph", "words"])
def test_nothing_of_the_letter_is_left_in_the_article(
    office: Office, pool: ReadingPool, files: tuple[File, ...], captured_logs: object
) -> None:
    send(office, pool, manuscript(text=TEXT))
    text = "" if files else "第一段 12 应为 21"
    send(office, pool, *files, number=2, text=text, subject="更正", answers=True)
    decide(office, DecisionRequest(1, ArticleStatus.REJECTED, who="王编辑", note="重复"))
    deliver_all(office)
    with office.ledger.reading() as ledger:
        before, letter = articles.article_named(ledger, 1), letters.letters(ledger)[-1]
    asked = [finding for finding in before.findings if finding.rule == rules.CORRECTION_ASKED]
    assert len(asked) + sum(isinstance(block, Picture) for block in before.manuscript.blocks) == 1

    erase(office, office.bulletin(None), letter.id, "不该留", who="管理员")

    with office.ledger.reading() as ledger:
        now = articles.article_named(ledger, 1)
    assert TEXT in now.manuscript.text
    assert not any(isinstance(block, Picture) for block in now.manuscript.blocks)
    assert not any(finding.rule == rules.CORRECTION_ASKED for finding in now.findings)
