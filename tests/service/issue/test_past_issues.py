"""Past issues by year, with their printed articles and files."""

from __future__ import annotations

from datetime import date

from service.issue.assemble import assemble
from service.issue.past_issues import file_of, past_issue, past_year
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.offices import hand_in

WHO = "王编辑"


def signed_off(office: Office, *names: str, dated: date, number: int) -> list[int]:
    """Assembles and signs off an issue of these articles; returns their ids."""
    ids = hand_in(office, *names)
    assemble(office, office.bulletin(None), dated)
    sign_off(office, office.bulletin(None), number, WHO)
    return ids


def test_past_year_shows_the_latest_year_and_counts_the_others(office: Office) -> None:
    signed_off(office, "甲", dated=date(2021, 12, 28), number=70)
    signed_off(office, "乙", dated=date(2022, 1, 4), number=71)
    signed_off(office, "丙", dated=date(2022, 1, 11), number=72)
    ours = office.bulletin(None)
    shown = past_year(office, ours)
    assert (shown.year, dict(shown.years)) == (2022, {2022: 2, 2021: 1})
    assert [record.number.number for record in shown.issues] == [72, 71]
    assert [record.number.number for record in past_year(office, ours, 2021).issues] == [70]
    assert past_year(office, ours, 1999) == shown


def test_past_year_of_an_office_without_issues_has_no_year(office: Office) -> None:
    shown = past_year(office, office.bulletin(None))
    assert (shown.year, dict(shown.years), shown.issues) == (None, {}, ())


def test_past_issue_has_its_articles_in_printed_order(office: Office) -> None:
    ids = signed_off(office, "甲", "乙", dated=date(2022, 1, 4), number=70)
    past = past_issue(office, office.bulletin(None), 1)
    assert past is not None
    assert [(name, [record.id for record in records]) for name, records in past.sections] == [("", ids)]
    assert (past.editors_note, past.changed) == ("", frozenset())


def test_open_draft_is_no_past_issue(office: Office) -> None:
    hand_in(office, "甲")
    assemble(office, office.bulletin(None), date(2022, 1, 4))
    assert past_issue(office, office.bulletin(None), 1) is None
    assert file_of(office, office.bulletin(None), 1, "draft") is None


def test_file_of_gives_final_files_and_the_last_draft_by_kind(office: Office) -> None:
    signed_off(office, "甲", dated=date(2022, 1, 4), number=70)
    ours = office.bulletin(None)
    files = {kind: file_of(office, ours, 1, kind) for kind in ("docx", "manifest", "draft", "pdf", "unknown")}
    assert {kind: file.name.partition("第70期")[2] for kind, file in files.items() if file} == {
        "docx": ".docx",
        "manifest": "清单.json",
        "draft": "（送审第1稿）.docx",
    }
