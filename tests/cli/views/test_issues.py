"""An issue as a row of a table."""

from __future__ import annotations

from cli.views.issues import issue_table
from service.issue.assemble import assemble
from service.office import Office
from tests.support.offices import hand_in


def test_a_table_shows_number_state_and_files(office: Office) -> None:
    hand_in(office, "甲")
    made = assemble(office, office.bulletin(None))
    assert made is not None
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
