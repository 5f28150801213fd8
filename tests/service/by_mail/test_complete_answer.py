"""What follows from an answer: the new draft, one reply, also after a kill, and never two."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier, Thread

import pytest

from intake.pool import ReadingPool
from service.by_mail.follow_answers import follow_answers
from service.by_mail.instructions import Understood
from service.by_mail.understand import understand
from service.office import Office
from tests.support.answering import (
    LI,
    WANG,
    answer,
    answered_config,
    mailed_draft,
    order,
    out_to,
    outs,
    statuses,
    text_of,
    verdicts,
)
from tests.support.correspondence import receive
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import office_at, write_config
from values.issue import ArticleStatus
from values.outgoing import LetterKind

DRAFT, ADOPTED, HELD = ArticleStatus.DRAFT, ArticleStatus.ADOPTED, ArticleStatus.HELD


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


def test_the_reply_has_the_code_for_the_next_answer(office: Office, pool: ReadingPool) -> None:
    """Also where the draft did not change: 采用 of an article that it contains prints nothing else."""
    mailed_draft(office)
    receive(office, pool, answer("采用 1", out_to(office, WANG)))
    reply = out_to(office, WANG, LetterKind.DECIDED)
    assert "现在是第 1 稿，3 篇" in text_of(reply)
    receive(office, pool, answer("缓 1", reply, number=2))
    assert statuses(office)["甲"] is HELD


def test_two_programs_that_answer_each_other_stop(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    letter = out_to(office, WANG)
    receive(office, pool, *(answer(f"我们已收悉，编号 {n} 的事项会处理", letter, number=n) for n in range(9)))
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 3
    assert [verdict for verdict, _ in verdicts(office)].count("question") == 6


def test_a_killed_process_is_continued(office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the decisions are committed, and before the draft and the reply are."""
    mailed_draft(office)
    monkeypatch.setattr("service.by_mail.complete_answer.complete_answer", killed)
    with pytest.raises(KeyboardInterrupt):
        receive(office, pool, answer("缓 2", out_to(office, WANG)))
    assert (statuses(office)["乙"], order(office)) == (HELD, "甲乙丙")
    monkeypatch.undo()
    assert follow_answers(office, office.bulletin(None)) == 1
    assert order(office) == "甲丙"
    assert follow_answers(office, office.bulletin(None)) == 0
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_two_processes_follow_an_answer_once(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed_draft(office)
    with monkeypatch.context() as context:
        context.setattr("service.letters.receive.follow_answers", lambda *_: 0)
        receive(office, pool, answer("缓 2\n3 移到 1 前", out_to(office, WANG)))
    start = Barrier(2)

    def follow() -> None:
        start.wait()
        follow_answers(office, office.bulletin(None))

    threads = [Thread(target=follow) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order(office) == "丙甲"
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1


def test_a_defect_that_one_answer_meets_holds_up_no_other(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed_draft(office)
    first, second = out_to(office, WANG), out_to(office, LI)
    with monkeypatch.context() as context:
        context.setattr("service.by_mail.follow_answer.understand", defective)
        with pytest.raises(ZeroDivisionError):
            receive(office, pool, answer("缓 1", first), answer("缓 2", second, sender=LI, number=2))
    assert statuses(office) == {"甲": DRAFT, "乙": HELD, "丙": DRAFT}
    assert verdicts(office)[0] == ("question", "对送审稿的答复，正在办理。")
    assert follow_answers(office, office.bulletin(None)) == 1
    assert statuses(office)["甲"] is HELD


def defective(text: str, articles: int) -> Understood:
    """Has a defect that the first answer meets."""
    return understand(text, articles // ("1" not in text))


def test_where_nothing_is_left_to_print_the_reply_says_so(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, answer("全部缓", out_to(office, WANG)))
    assert set(statuses(office).values()) == {HELD}
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1


def test_without_a_mail_server_what_was_not_understood_waits_at_the_desk(tmp_path: Path, pool: ReadingPool) -> None:
    with office_at(write_config(tmp_path / "office", answered_config()), AT) as office:
        mailed_draft(office)
        letter = out_to(office, WANG)
    silent = answered_config().replace('host = "127.0.0.1"\nport = 1\n', 'host = ""\n', 1)
    with office_at(write_config(tmp_path / "office", silent), AT) as office:
        receive(office, pool, answer("缓 2\n再看看", letter))
        assert statuses(office)["乙"] is HELD
        [(verdict, reason)] = verdicts(office)
        assert verdict == "question"
        assert (
            reason == "对第70期第 1 稿的答复：办理 1 项，1 行没有看懂，没有回信（没有配置发信服务器）。请编辑看信处理。"
        )
