from __future__ import annotations

from service.office import Office
from service.renaming.orphans import orphan_messages, orphans_of, renaming_problem
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import hand_in


def test_empty_and_matching_ledgers_have_no_orphans(office: Office) -> None:
    assert renaming_problem(office) == ""
    hand_in(office, "甲")
    assert list(orphan_messages(office)) == []
    assert renaming_problem(office) == ""


def test_bulletin_of_the_past_beside_the_present_one_hinders_nothing(office: Office) -> None:
    hand_in(office, "甲")
    hand_in(office, "乙", "丙", bulletin="former")
    assert orphans_of(office).bulletins["former"].articles == 2
    [(name, message)] = orphan_messages(office)
    assert (name, "rename former 新名字" in message, "稿件 2 篇" in message) == ("无主的刊物", True, True)
    assert renaming_problem(office) == ""


def test_configured_bulletin_without_rows_is_taken_for_a_renamed_one(office: Office) -> None:
    hand_in(office, "乙", bulletin="former")
    problem = renaming_problem(office)
    assert f"rename former {BULLETIN}" in problem
    assert "rename --ended former" in problem
