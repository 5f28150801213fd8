"""The next issue as the ledger and the settings have it, and its template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service.issue.assemble import assemble
from service.issue.planning import next_issue, template_of, total_of
from service.issue.prepare import set_date, write_editors_note
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import bulletin, hand_in
from values.errors import BadTemplate

TODAY = date(2022, 11, 8)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(bulletin(more="first_number = 70\nfirst_total = 300"))


def test_next_issue_without_articles_is_empty_and_has_the_first_number(office: Office) -> None:
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, office.bulletin(None), TODAY)
    assert (planned.draft, list(planned.records), planned.issue.articles) == (None, [], ())
    masthead = planned.issue.masthead
    assert (masthead.number.label, masthead.total, masthead.dated) == ("第70期", 300, TODAY)


def test_next_issue_takes_date_and_note_that_the_editor_prepared(office: Office) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    write_editors_note(office, ours, "请各单位参考。", who="王编辑")
    set_date(office, ours, date(2022, 11, 11), who="王编辑")
    with office.ledger.reading() as ledger:
        planned = next_issue(ledger, ours, TODAY)
        other_day = next_issue(ledger, ours, TODAY, dated=date(2022, 12, 1))
    assert planned.issue.editors_note == ("请各单位参考。",)
    assert planned.issue.masthead.dated == date(2022, 11, 11)
    assert other_day.issue.masthead.dated == date(2022, 12, 1)


def test_total_counts_signed_off_issues_and_is_0_for_supplements(office: Office) -> None:
    hand_in(office, "甲")
    ours = office.bulletin(None)
    assemble(office, ours, TODAY)
    sign_off(office, ours, 70, "王编辑")
    with office.ledger.reading() as ledger:
        assert total_of(ledger, ours, None) == 301
        assert total_of(ledger, ours, None, supplement=True) == 0


def test_template_of_names_a_missing_or_broken_file(office: Office, tmp_path: Path) -> None:
    ours = office.bulletin(None)
    assert template_of(ours) == ours.template.read_bytes()
    with pytest.raises(BadTemplate, match=r"none\.docx 读不到"):
        template_of(ours.model_copy(update={"template": tmp_path / "none.docx"}))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(BadTemplate, match=r"模板 .*broken\.docx："):
        template_of(ours.model_copy(update={"template": tmp_path / "broken.docx"}))
