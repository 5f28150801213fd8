"""催稿: once a department and period, unless it is asked again."""

from __future__ import annotations

import pytest

from intake.pool import ReadingPool
from service.commission.urge import UrgedDepartment, is_urging_letter, silent_departments, urge
from service.dispatch.dispatch import TAKE_BACK_TIME, take_back
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.commissioned_office import EDITOR, JTJ, MONDAY, MZJ, answer, config, letter_to, pass_time
from tests.support.correspondence import receive, text_of, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in
from tests.support.outboxes import all_out


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


BOTH = ("区民政局", "区教体局")


def silent(office: Office) -> tuple[UrgedDepartment, ...]:
    with office.ledger.reading() as ledger:
        return silent_departments(office, ledger, office.bulletin(None))


def ask_for(office: Office, *units: str, again: tuple[str, ...] = ()) -> int:
    return urge(office, office.bulletin(None), units, who=EDITOR, again=again)


def test_only_departments_that_have_sent_nothing_are_urged_once(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, answer("来稿"))
    assert [(entry.letter.department, entry.times) for entry in silent(office)] == [("区民政局", 0)]
    assert (ask_for(office, *BOTH), ask_for(office, *BOTH)) == (1, 0)
    urged = letter_to(office, MZJ, "urging")
    assert urged.delivery.next_attempt_at == MONDAY + TAKE_BACK_TIME
    letter = written(office)[-1]
    assert letter["Subject"] == "【催稿】请报送本期章贡区“五型”政府建设工作简报稿件"
    assert "送审稿定于11月11日（星期五）16:00编出" in text_of(letter)
    assert is_urging_letter(office, office.bulletin(None), urged.id)


def test_a_department_is_urged_again_where_that_is_asked(office: Office) -> None:
    assert ask_for(office, *BOTH) == 2
    assert [entry.times for entry in silent(office)] == [1, 1]
    assert ask_for(office, again=("区教体局",)) == 1
    assert [record.to for record in all_out(office)] == [MZJ, JTJ, JTJ]


def test_a_letter_taken_back_counts_as_none(office: Office) -> None:
    ask_for(office, "区民政局")
    take_back(office, letter_to(office, MZJ, "urging").id, who=EDITOR)
    assert [(entry.times, entry.again) for entry in silent(office)] == [(0, None), (0, None)]
    assert ask_for(office, "区民政局") == 1
    assert [record.delivery.state.value for record in all_out(office)] == ["queued"]


def test_the_next_period_begins_with_the_sign_off(office: Office) -> None:
    ask_for(office, *BOTH)
    hand_in(office, "甲")
    pass_time(office, minutes=1)
    assemble(office, office.bulletin(None), MONDAY.date())
    sign_off(office, office.bulletin(None), 70, EDITOR)
    pass_time(office, days=1)
    assert [(entry.letter.department, entry.times) for entry in silent(office)] == [("区民政局", 0), ("区教体局", 0)]
    assert ask_for(office, *BOTH) == 2
    assert [record.kind.value for record in all_out(office)].count("urging") == 4
