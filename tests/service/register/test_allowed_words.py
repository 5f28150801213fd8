"""总是允许: a word settles its findings in all articles of the bulletin until it is taken back."""

from __future__ import annotations

import pytest

from archive.changes import changes_of
from service.article.settle_finding import SettlementRequest, settle_finding
from service.office import Office
from service.register.allowed_words import allow_word, disallow_word
from tests.service.article.test_edit import now, written
from tests.service.article.test_settle_finding import states
from tests.support.ledger_rows import BULLETIN
from values.errors import BadUsage
from values.finding import FindingState
from values.manuscript import Paragraph


def test_allowed_word_settles_its_findings_everywhere_until_it_is_taken_back(office: Office) -> None:
    first = written(office, Paragraph("一是建立台帐制度，用台帐。"))
    other = written(office, Paragraph("健全台帐，共 5 家。"), title=("另一篇稿件",))
    bulletin = office.bulletin(BULLETIN)
    allow_word(office, bulletin, " 台帐 ", "王编辑")
    assert states(now(office, first)) == {"confusable-word": "dismissed"}
    assert states(now(office, other)) == {"confusable-word": "dismissed", "digit-space": "open"}
    with pytest.raises(BadUsage, match="总是允许"):
        settle_finding(office, SettlementRequest(first, FindingState.OPEN, "王编辑"), 0, "confusable-word")
    disallow_word(office, bulletin, "台帐", "王编辑")
    assert states(now(office, other)) == {"confusable-word": "open", "digit-space": "open"}
    with office.ledger.reading() as ledger:
        assert [change.who for change in changes_of(ledger, "word", "台帐")] == ["王编辑", "王编辑"]


@pytest.mark.parametrize("word", ["帐", " ", "台" * 31])
def test_word_that_is_no_word_is_refused(office: Office, word: str) -> None:
    with pytest.raises(BadUsage, match="2 至 30"):
        allow_word(office, office.bulletin(BULLETIN), word, "王编辑")
