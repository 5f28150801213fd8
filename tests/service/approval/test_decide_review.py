"""同意, 退回: steps in their order, what is refused, what is recorded, and that a change asks again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import pytest

from archive.changes import changes_of
from service.approval.decide_review import LONGEST_REMARK
from service.approval.reviewed_draft import reviewed_draft
from service.approval.reviewers import open_link
from service.issue.sign_off import sign_off
from service.office import Office
from tests.support.approvals import (
    ALL_OF_THEM,
    EDITOR,
    FIRST,
    LAST,
    SECOND,
    approving_office,
    by_link,
    draft_of,
    drafted,
    events_now,
    forward,
    letters,
    retitle,
    reviewed,
    state_now,
    text_of,
    token_for,
)
from tests.support.invariants import broken_promises
from values.approval import ApprovalAct, ArticleRemark
from values.errors import BadUsage, NotThere
from values.outgoing import LetterKind


def sign(office: Office) -> None:
    sign_off(office, office.bulletin(None), 70, EDITOR)


def test_every_step_approves_and_then_the_editor_signs_off(office: Office) -> None:
    drafted(office)
    with pytest.raises(BadUsage, match="第70期第 1 稿拟稿，不能签发：还没有提请审核"):
        sign(office)
    forward(office)
    with pytest.raises(BadUsage, match=r"待审核（审核），不能签发：“审核”在等张主任、li@office\.example。各步"):
        sign(office)
    assert reviewed(office, SECOND).state.chinese == "待审核（签发）"
    assert [record.to for record in letters(office, LetterKind.REVIEW)] == [FIRST, SECOND, LAST]
    with pytest.raises(BadUsage, match="“签发”在等办主任"):
        sign(office)
    assert reviewed(office, LAST).state.chinese == "可签发"
    assert [record.subject for record in letters(office, LetterKind.REVIEWED)] == [
        "【审核结果】章贡区“五型”政府建设第70期（第 1 稿）可签发"
    ]
    sign(office)
    assert broken_promises(office.data_dir) == []


def test_a_draft_is_sent_back_with_remarks_and_the_editors_are_told(office: Office) -> None:
    forward(office)
    reviewed(office, FIRST, approves=False, remark="重排", remarks={2: "数字\n核对", 1: "  "})
    [letter] = letters(office, LetterKind.REVIEWED)
    assert (letter.to, letter.subject) == (
        "wang@office.example",
        "【审核结果】章贡区“五型”政府建设第70期（第 1 稿）已退回",
    )
    text = text_of(office, letter)
    assert "意见：\n   重排" in text
    assert "对《乙》：\n   数字\n   核对" in text
    event = events_now(office)[-1]
    assert (event.act, event.step, event.remarks) == (
        ApprovalAct.SENT_BACK,
        "审核",
        (ArticleRemark(2, "数字\n核对"),),
    )
    with pytest.raises(BadUsage, match=r"已退回，不能签发：zh退回（重排）。请按意见改过"):
        sign(office)
    with pytest.raises(BadUsage, match="zh已经退回这一稿"):
        reviewed(office, SECOND)
    with office.ledger.reading() as ledger:
        summary = changes_of(ledger, "issue", draft_of(office).id)[0].summary
    assert summary == f"第70期第 1 稿“审核”退回（{FIRST}），在审稿台，意见 2 条"
    assert "重排" not in summary


def test_a_change_asks_again_and_says_what_changed(office: Office) -> None:
    forward(office)
    reviewed(office, FIRST)
    reviewed(office, LAST)
    retitle(office, 2, "乙改")
    drafted(office)
    with pytest.raises(BadUsage, match="第70期第 2 稿拟稿，不能签发：还没有提请审核"):
        sign(office)
    with pytest.raises(BadUsage, match="已更新到第 2 稿，您看过的是第 1 稿：换稿《乙改》。请看过新的一稿再审核"):
        reviewed(office, FIRST, revision=1)
    forward(office)
    assert state_now(office).chinese == "待审核（审核）"
    mailed = {record.to: text_of(office, record) for record in letters(office, LetterKind.REVIEW)}
    assert "与您上次审过的一稿相比：\n   - 改动《乙改》：第 1 稿改为第 2 稿" in mailed[FIRST]
    assert "与您上次审过的一稿相比" not in mailed[SECOND]


def test_a_revision_that_prints_the_same_is_approved_already(office: Office) -> None:
    """The schedule may make the draft again when only remarks in its margins differ."""
    forward(office)
    reviewed(office, FIRST)
    retitle(office, 2, "乙改")
    drafted(office)
    retitle(office, 2, "乙")
    assert drafted(office).revision == 3
    assert state_now(office).chinese == "待审核（签发）"
    assert reviewed(office, LAST, revision=1).state.chinese == "可签发"


def test_a_change_after_such_a_revision_is_said_too(office: Office) -> None:
    """The person has approved a revision that itself was never put forward."""
    forward(office)
    retitle(office, 2, "乙改")
    drafted(office)
    retitle(office, 2, "乙")
    drafted(office)
    reviewed(office, FIRST)
    assert [event.revision for event in events_now(office)] == [1, 3]
    retitle(office, 2, "乙再改")
    draft = forward(office).draft
    change = "改动《乙再改》：第 1 稿改为第 4 稿"
    mailed = [record for record in letters(office, LetterKind.REVIEW) if record.to == FIRST]
    assert f"与您上次审过的一稿相比：\n   - {change}\n\n" in text_of(office, mailed[-1])
    view = reviewed_draft(office, office.bulletin(None), draft.id, FIRST)
    assert view is not None
    assert (view.changes, [text.title for text in view.texts]) == ((change,), ["乙再改"])


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda office: reviewed(office, LAST), "还没有提请到您这一步"),
        (lambda office: reviewed(office, FIRST, approves=False), "退回要写明意见"),
        (lambda office: reviewed(office, FIRST, remark="长" * (LONGEST_REMARK + 1)), "一条意见最多 2000 个字"),
        (lambda office: reviewed(office, FIRST, remarks={9: "请改"}), "意见所说的稿件不在这一稿里"),
        (lambda office: reviewed(office, FIRST, revision=2), "还没有第 2 稿"),
    ],
)
def test_what_is_refused_changes_nothing(office: Office, act: Callable[[Office], object], refusal: str) -> None:
    forward(office)
    before = events_now(office)
    with pytest.raises(BadUsage, match=refusal):
        act(office)
    assert events_now(office) == before


def test_a_stranger_learns_nothing(office: Office) -> None:
    forward(office)
    with pytest.raises(NotThere, match="没有等您审核的送审稿"):
        reviewed(office, "somebody@office.example")


def test_nobody_decides_twice_or_after_another_of_the_step(office: Office) -> None:
    forward(office)
    reviewed(office, FIRST)
    with pytest.raises(BadUsage, match="您已经同意过这一稿"):
        reviewed(office, FIRST)
    with pytest.raises(BadUsage, match="“审核”已由zh同意，不需要您再做"):
        reviewed(office, SECOND, approves=False, remark="不行")


def test_after_the_sign_off_nothing_is_approved_or_sent_back(office: Office) -> None:
    forward(office)
    token = token_for(office, SECOND)
    reviewed(office, FIRST)
    reviewed(office, LAST)
    draft = draft_of(office)
    sign(office)
    with office.ledger.reading() as ledger:
        before = list(changes_of(ledger, "issue", draft.id))
    with pytest.raises(NotThere, match="第70期已签发，不用再审核了，这个链接作废"):
        by_link_of_signed(office, token)
    with office.ledger.reading() as ledger:
        assert list(changes_of(ledger, "issue", draft.id)) == before


def by_link_of_signed(office: Office, token: str) -> None:
    with office.ledger.reading() as ledger:
        open_link(office, ledger, token)


def test_two_approvers_at_once_of_whom_one_is_enough_and_of_whom_both_are_needed(tmp_path: Path) -> None:
    for steps, refused in ((None, 1), (ALL_OF_THEM, 0)):
        with approving_office(tmp_path / str(refused), **({"steps": steps} if steps else {})) as office:
            forward(office)
            tokens = [token_for(office, address) for address in (FIRST, SECOND)]
            assert len(refusals_at_once(office, tokens)) == refused
            assert state_now(office).chinese == "待审核（签发）"
            assert [record.to for record in letters(office, LetterKind.REVIEW)] == [FIRST, SECOND, LAST]
            assert broken_promises(office.data_dir) == []


def refusals_at_once(office: Office, tokens: list[str]) -> list[str]:
    barrier, refusals = Barrier(len(tokens)), []

    def approve(token: str) -> None:
        barrier.wait()
        try:
            by_link(office, token)
        except BadUsage as error:
            refusals.append(str(error))

    threads = [Thread(target=approve, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refusals


def test_an_approval_that_races_a_change_holds_for_what_was_seen(office: Office) -> None:
    """Whichever is committed first: nothing is ever ready that nobody has seen."""
    forward(office)
    token, barrier = token_for(office, FIRST), Barrier(2)

    def change() -> None:
        barrier.wait()
        retitle(office, 1, "甲改")
        drafted(office)

    def approve() -> None:
        barrier.wait()
        try:
            by_link(office, token)
        except BadUsage:
            return

    threads = [Thread(target=change), Thread(target=approve)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert draft_of(office).revision == 2
    assert {event.revision for event in events_now(office)} == {1}
    assert state_now(office).chinese == "拟稿"
