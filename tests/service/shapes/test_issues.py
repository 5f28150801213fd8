"""An issue as a row of JSON."""

from __future__ import annotations

from service.issue.assemble import assemble
from service.office import Office
from service.shapes.issues import assembled_row, issue_row
from tests.support.offices import hand_in


def test_rows_have_the_keys_of_the_contract(office: Office) -> None:
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
