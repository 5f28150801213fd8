"""The letters about a commission: one a department, looked at, taken back, never sent twice for the same thing."""

from __future__ import annotations

import pytest

from archive.outbox import letter_out, record_delivery
from courier.plan import after_answer, start_attempt
from courier.replies import Sent
from intake.pool import ReadingPool
from service.commission.commissioning import cancel, commission, extend
from service.commission.letters import UnitLetter, planned_letters, send_letters
from service.dispatch.dispatch import TAKE_BACK_TIME, take_back
from service.office import Office
from tests.support.commissioned_office import (
    EDITOR,
    JTJ,
    MONDAY,
    MZJ,
    TOPIC,
    answer,
    ask,
    config,
    letter_to,
    now,
)
from tests.support.correspondence import receive, text_of, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import all_out
from values.errors import BadUsage
from values.outgoing import OutboxState


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def planned(office: Office, id: int = 1) -> tuple[UnitLetter, ...]:
    with office.ledger.reading() as ledger:
        return planned_letters(office, ledger, office.bulletin(None), now(office, id))


def send(office: Office) -> int:
    return send_letters(office, office.bulletin(None), 1, who=EDITOR)


def deliver(office: Office) -> None:
    """All letters that wait, as if the server had accepted them."""
    with office.ledger.writing() as ledger:
        for record in all_out(office):
            if record.delivery.state is OutboxState.QUEUED:
                sent = after_answer(
                    start_attempt(record.kind, record.delivery, office.now()), Sent(250, "ok"), office.now()
                )
                record_delivery(ledger, letter_out(ledger, record.id), sent)


def test_each_department_gets_one_letter_after_ten_minutes(office: Office) -> None:
    ask(office, send=False)
    assert [(letter.department, letter.out and letter.out.to, letter.record) for letter in planned(office)] == [
        ("区民政局", MZJ, None),
        ("区教体局", JTJ, None),
    ]
    assert (send(office), send(office)) == (2, 0)
    assert {record.delivery.next_attempt_at for record in all_out(office)} == {MONDAY + TAKE_BACK_TIME}
    letter = written(office)[0]
    assert letter["Subject"] == f"【约稿 1号】{TOPIC}"
    assert (letter["From"].addresses[0].addr_spec, letter["Reply-To"]) == ("wuxing@example.org", None)
    text = text_of(letter)
    assert "区民政局：" in text
    assert "请于11月10日（星期四）18:00前报送" in text
    assert "   800字左右。\n   附照片。" in text


def test_the_same_form_twice_is_one_commission(office: Office) -> None:
    assert [ask(office).id, ask(office).id] == [1, 1]
    assert ask(office, TOPIC, due="2022-11-11").id == 2
    assert len(all_out(office)) == 4


def test_a_letter_taken_back_can_be_sent_after_all(office: Office) -> None:
    ask(office)
    take_back(office, letter_to(office, MZJ).id, who=EDITOR)
    assert [letter.is_to_be_queued for letter in planned(office)] == [True, False]
    assert send(office) == 1
    assert [record.delivery.state.value for record in all_out(office)] == ["queued", "queued"]


def test_another_deadline_is_told_to_those_who_know_the_former_and_have_not_answered(
    office: Office, pool: ReadingPool
) -> None:
    ask(office)
    deliver(office)
    receive(office, pool, answer())
    extend(office, office.bulletin(None), 1, "2022-11-14 12:00", who=EDITOR)
    assert [(letter.department, letter.why_not) for letter in planned(office)] == [
        ("区民政局", ""),
        ("区教体局", "已经报来，不必写信"),
    ]
    assert (send(office), send(office)) == (1, 0)
    changed = letter_to(office, MZJ, "amendment")
    assert changed.subject == f"【约稿 1号】截稿时间改为11月14日（星期一）12:00：{TOPIC}"
    deliver(office)
    extend(office, office.bulletin(None), 1, "2022-11-10 18:00", who=EDITOR)
    assert send(office) == 1
    assert letter_to(office, MZJ, "amendment").subject.startswith("【约稿 1号】截稿时间改为11月10日")


def test_a_deadline_changed_within_the_ten_minutes_changes_the_letter_itself(office: Office) -> None:
    ask(office)
    extend(office, office.bulletin(None), 1, "2022-11-14", who=EDITOR)
    assert [record.delivery.state.value for record in all_out(office)] == ["taken_back", "taken_back"]
    assert send(office) == 2
    assert [record.kind.value for record in all_out(office)] == ["commission"] * 4
    assert "11月14日" in text_of(written(office)[-1])


def test_a_cancelled_commission_is_told_to_those_who_were_asked(office: Office) -> None:
    ask(office)
    with office.ledger.writing() as ledger:
        record = letter_to(office, JTJ)
        sent = after_answer(start_attempt(record.kind, record.delivery, MONDAY), Sent(250, "ok"), MONDAY)
        record_delivery(ledger, letter_out(ledger, record.id), sent)
    cancel(office, office.bulletin(None), 1, who=EDITOR)
    assert [(letter.department, letter.is_to_be_queued) for letter in planned(office)] == [
        ("区民政局", False),
        ("区教体局", True),
    ]
    assert send(office) == 1
    assert letter_to(office, JTJ, "amendment").subject == f"【约稿 1号】取消：{TOPIC}"


def test_what_cannot_be_commissioned_or_sent_is_refused(office: Office) -> None:
    bulletin = office.bulletin(None)
    for topic, demands in (("长" * 61, ""), (TOPIC, "长" * 5001)):
        with pytest.raises(BadUsage, match="最多"):
            commission(office, bulletin, topic, demands, ["区民政局"], "2022-11-10", who=EDITOR)
    ask(office, send=False)
    cancel(office, bulletin, 1, who=EDITOR)
    with pytest.raises(BadUsage, match="没有给它寄过信"):
        send(office)
