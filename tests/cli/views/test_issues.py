"""An issue as a row of JSON and of a table."""

from __future__ import annotations

from cli.views.issues import assembled_row, issue_row, issue_table
from service.issue.assemble import assemble
from service.office import Office
from tests.support.offices import hand_in


def test_rows_have_the_keys_of_the_contract_and_the_table_shows_the_same(office: Office) -> None:
    hand_in(office, "甲")
    made = assemble(office, office.bulletin(None))
    assert made is not None
    assert assembled_row(made.issue) == {
        "bulletin": "wuxing",
        "number": 70,
        "label": "第70期",
        "supplement": False,
        "revision": 1,
        "articles": [1],
        "files": ["issues/wuxing/70/70-r1.docx"],
    }
    assert issue_row(made.issue) == assembled_row(made.issue) | {"date": "2022-11-08", "status": "draft"}
    [row] = issue_table([made.issue]).rows
    assert [cell.text for cell in row] == [
        "第70期",
        "wuxing",
        "2022-11-08",
        "送审",
        "1",
        "1",
        "issues/wuxing/70/70-r1.docx",
    ]
