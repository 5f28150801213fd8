"""What follows from an answer: the new draft, one reply, also after a kill, and never two."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from archive import accounts
from intake.pool import ReadingPool
from service.approval.put_forward import put_forward
from service.article.decide import DecisionRequest, decide
from service.by_mail.follow_answers import follow_answers
from service.by_mail.instructions import Understood
from service.by_mail.understand import understand
from service.issue.assemble import assemble
from service.office import Office
from tests.support.answering import (
    LI,
    PASSED,
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
from tests.support.approvals import EDITOR, FIRST, STEPS, state_now
from tests.support.correspondence import receive
from tests.support.ledger_rows import AT
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import Clock, office_at, write_config
from values.account import Role
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
    assert follow_answers(office, office.bulletin(None), pool) == 1
    assert order(office) == "甲丙"
    assert follow_answers(office, office.bulletin(None), pool) == 0
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
        follow_answers(office, office.bulletin(None), pool)

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
    assert follow_answers(office, office.bulletin(None), pool) == 1
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


def test_where_no_reply_may_be_written_the_new_draft_comes_by_itself(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service was down for days after it had recorded the answer: a letter so old is not replied to."""
    mailed_draft(office)
    with monkeypatch.context() as context:
        context.setattr("service.letters.receive.follow_answers", lambda *_: 0)
        receive(office, pool, answer("缓 2", out_to(office, WANG)))
    assert isinstance(office.now, Clock)
    office.now.now = AT + timedelta(days=40)
    follow_answers(office, office.bulletin(None), pool)
    assert order(office) == "甲丙"
    assert outs(office, WANG, LetterKind.DECIDED) == []
    assert [len(outs(office, person, LetterKind.DRAFT)) for person in (WANG, LI)] == [2, 2]


@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_a_damaged_draft_holds_up_no_answer(office: Office, pool: ReadingPool, damage: str) -> None:
    mailed_draft(office)
    first, second = out_to(office, WANG), out_to(office, LI)
    decide(office, DecisionRequest(3, HELD, "李编辑"))
    draft = assemble(office, office.bulletin(None), mailed_to=())
    assert draft is not None
    path = office.data_dir / draft.issue.draft
    path.chmod(0o600)
    path.unlink() if damage == "gone" else path.write_bytes(b"altered")
    receive(office, pool, answer("采用 1", first), answer("采用 2", second, sender=LI, number=2))
    assert statuses(office) == {"甲": ADOPTED, "乙": ADOPTED, "丙": HELD}
    reply = out_to(office, LI, LetterKind.DECIDED)
    assert bool(list(reply.iter_attachments())) is (damage == "gone")  # it was made again
    assert ("没有附上" in text_of(reply)) is (damage == "altered")


class TestWhoSeesTheNewDraft:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(answered_config(steps=STEPS))

    def test_an_approver_sees_a_revision_when_it_is_put_forward(self, office: Office, pool: ReadingPool) -> None:
        number = mailed_draft(office).number.number
        put_forward(office, office.bulletin(None), number, EDITOR)
        letter = out_to(office, FIRST, LetterKind.REVIEW)
        receive(office, pool, answer("标题 1：还没有给领导看的标题", out_to(office, WANG)))
        receive(office, pool, answer("同意", letter, sender=FIRST, number=2))
        reply = out_to(office, FIRST, LetterKind.DECIDED)
        assert "您答复的是第 1 稿，现在是第 2 稿" in text_of(reply)
        assert list(reply.iter_attachments()) == []
        assert "《乙》" not in text_of(reply)
        assert "答复码" not in text_of(reply)

        receive(office, pool, answer("已阅，同意", reply, sender=FIRST, header=PASSED, number=3))
        assert "请看过新的一稿再审核" in text_of(out_to(office, FIRST, LetterKind.DECIDED))
        assert len(outs(office, FIRST, LetterKind.DECIDED)) == 2

    def test_an_approver_whose_answer_was_unclear_may_answer_again(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer("再看看吧", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        reply = out_to(office, FIRST, LetterKind.DECIDED)
        receive(office, pool, answer("同意", reply, sender=FIRST, number=2))
        assert state_now(office).chinese == "待审核（签发）"


def test_who_is_disabled_meanwhile_gets_nothing(
    office: Office, pool: ReadingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailed_draft(office)
    with monkeypatch.context() as context:
        context.setattr("service.by_mail.complete_answer.complete_answer", killed)
        with pytest.raises(KeyboardInterrupt):
            receive(office, pool, answer("缓 2\n再想想", out_to(office, WANG)))
    with office.ledger.writing() as ledger:
        account = accounts.add_account(ledger, "wang", "王编辑", Role.EDITOR, at=AT)
        accounts.set_address(ledger, account, WANG)
        accounts.set_disabled(ledger, account, disabled=True)
    assert follow_answers(office, office.bulletin(None), pool) == 1
    assert outs(office, WANG, LetterKind.DECIDED) == []
    [(verdict, reason)] = verdicts(office)
    assert (verdict, "已不是编辑或审核人" in reason) == ("question", True)
