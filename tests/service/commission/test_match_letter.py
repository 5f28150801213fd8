"""Letters that answer a commission, from their bytes to what is recorded."""

from __future__ import annotations

import pytest

from archive import commissions
from intake.pool import ReadingPool
from service.commission.commissioning import unlink
from service.letters.handle_letters import confirm_sender
from service.letters.letter_view import letter_view
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
    pass_time,
)
from tests.support.correspondence import receive
from tests.support.office_fixtures import OfficeSetup
from values.commission import CommissionStanding, LinkState, LinkWay


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(), MONDAY)


def standings(office: Office, id: int = 1) -> list[str]:
    made, at = now(office, id), office.now()
    return [made.standing_of(name, at).chinese for name in made.departments]


def test_a_reply_counts_for_its_department_and_what_comes_late_is_late(office: Office, pool: ReadingPool) -> None:
    ask(office)
    assert standings(office) == ["待报", "待报"]
    receive(office, pool, answer("答复: 稿件", to=letter_to(office, JTJ).message_id))
    assert standings(office) == ["待报", "按时"]
    [counted] = now(office).counted
    assert (counted.title, counted.way, counted.departments) == ("严防死守护林海", LinkWay.REFERENCE, ("区教体局",))
    pass_time(office, days=4)
    assert standings(office) == ["欠稿", "按时"]
    receive(office, pool, answer(sender=MZJ, number=2, title="护林防火在行动"))
    assert standings(office) == ["迟到", "按时"]
    assert now(office).standing_in(CommissionStanding.LATE, office.now()) == ("区民政局",)


def test_an_ordinary_article_answers_nothing(office: Office, pool: ReadingPool) -> None:
    ask(office)
    receive(office, pool, answer("投稿：养老服务再上台阶", title="养老服务再上台阶"))
    assert now(office).answers == ()


def test_the_topic_in_the_name_of_the_file_is_enough(office: Office, pool: ReadingPool) -> None:
    ask(office)
    receive(office, pool, answer("区教体局来稿", file=f"区教体局{TOPIC}工作情况.docx"))
    assert standings(office) == ["待报", "按时"]


def test_each_of_two_files_answers_its_own_commission(office: Office, pool: ReadingPool) -> None:
    ask(office)
    ask(office, "放管服改革进展")
    receive(office, pool, answer("来稿", number=1, file=f"{TOPIC}.docx"))
    receive(office, pool, answer("来稿", number=2, title="一窗办理再提速", file="放管服改革进展.docx"))
    assert (standings(office, 1), standings(office, 2)) == (["待报", "按时"], ["待报", "按时"])


def test_a_strangers_reply_is_proposed_and_counts_when_the_sender_is_confirmed(
    office: Office, pool: ReadingPool
) -> None:
    ask(office)
    receive(office, pool, answer(sender="colleague@qq.example", to=letter_to(office, JTJ).message_id))
    [proposed] = now(office).proposals
    assert (proposed.state, proposed.counts) == (LinkState.UNCONFIRMED, False)
    assert standings(office) == ["待报", "待报"]
    confirm_sender(office, office.bulletin(None), 1, {proposed.article: "区教体局"}, who=EDITOR)
    assert standings(office) == ["待报", "按时"]
    assert now(office).proposals == ()


def test_the_answer_of_a_department_that_was_not_asked_is_proposed(office: Office, pool: ReadingPool) -> None:
    made = ask(office, TOPIC, "区民政局")
    receive(office, pool, answer(sender=JTJ))
    assert [proposal.departments for proposal in now(office, made.id).proposals] == [("区教体局",)]
    assert standings(office) == ["待报"]


def test_what_an_editor_has_unlinked_stays_so_with_the_next_text(office: Office, pool: ReadingPool) -> None:
    ask(office)
    receive(office, pool, answer())
    article = now(office).counted[0].article
    unlink(office, office.bulletin(None), 1, article, who=EDITOR)
    receive(office, pool, answer("回复：更正稿【约稿 1号】", number=1))
    assert now(office).answers == ()


def test_the_same_article_sent_again_as_an_answer_counts(office: Office, pool: ReadingPool) -> None:
    ask(office)
    receive(office, pool, answer("来稿"))
    assert now(office).answers == ()
    again = answer().replace(b"<1@sender", b"<9@sender")
    receive(office, pool, again)
    assert standings(office) == ["待报", "按时"]


def test_a_question_says_which_commission_it_is_about(office: Office, pool: ReadingPool) -> None:
    ask(office)
    question = (
        f"From: {JTJ}\r\nTo: wuxing@example.org\r\nSubject: 回复：【约稿 1号】{TOPIC}\r\n"
        "Message-ID: <q@example.org>\r\n"
        f"In-Reply-To: {letter_to(office, JTJ).message_id}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        "请问这次约稿能不能晚两天报？\r\n"
    ).encode()
    receive(office, pool, question)
    with office.ledger.reading() as ledger:
        assert commissions.question_about(ledger, 1) == 1
        assert list(commissions.questions_about(ledger, 1)) == [1]
    view = letter_view(office, office.bulletin(None), 1)
    assert view is not None
    assert view.asks_about is not None
    assert view.asks_about.topic == TOPIC
    assert standings(office) == ["待报", "待报"]
