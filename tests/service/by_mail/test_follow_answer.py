"""签发 and 同意 by mail: with which proof, and by whom."""

from __future__ import annotations

import pytest

from archive import issues, letters, preparations
from intake.pool import ReadingPool
from service.approval.put_forward import put_forward
from service.article.decide import DecisionRequest, decide
from service.issue.prepare import write_editors_note
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
)
from tests.support.approvals import EDITOR, FIRST, LAST, SECOND, STEPS, events_now, state_now, token_for
from tests.support.correspondence import receive
from tests.support.office_fixtures import OfficeSetup
from values.approval import ApprovalWay
from values.issue import ArticleStatus
from values.outgoing import LetterKind

DRAFT, HELD = ArticleStatus.DRAFT, ArticleStatus.HELD


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


class TestSignOff:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(answered_config(more="sign_by_mail = true"))

    def test_an_editor_signs_off_with_the_code(self, office: Office, pool: ReadingPool) -> None:
        mailed_draft(office)
        receive(office, pool, answer("签发", out_to(office, WANG)))
        assert set(statuses(office).values()) == {ArticleStatus.PUBLISHED}
        assert "第70期已签发，期号和文件从此不变" in text_of(out_to(office, WANG, LetterKind.DECIDED))
        with office.ledger.reading() as ledger:
            assert issues.issue_numbered(ledger, "wuxing", 70).decided_by == f"{WANG}（来信）"

    def test_not_without_the_code(self, office: Office, pool: ReadingPool) -> None:
        mailed_draft(office)
        receive(office, pool, answer("签发", out_to(office, WANG), quotes=False, header=PASSED))
        assert set(statuses(office).values()) == {DRAFT}
        assert "来信签发要凭答复码" in text_of(out_to(office, WANG, LetterKind.DECIDED))

    def test_not_together_with_changes(self, office: Office, pool: ReadingPool) -> None:
        mailed_draft(office)
        receive(office, pool, answer("缓 2\n签发", out_to(office, WANG)))
        assert statuses(office) == {"甲": DRAFT, "乙": HELD, "丙": DRAFT}
        assert "请看过新的一稿，再答复“签发”" in text_of(out_to(office, WANG, LetterKind.DECIDED))

    def test_not_what_has_changed_since(self, office: Office, pool: ReadingPool) -> None:
        mailed_draft(office)
        letter = out_to(office, LI)
        receive(office, pool, answer("缓 2", out_to(office, WANG)), answer("签发", letter, sender=LI, number=2))
        assert statuses(office)["甲"] is DRAFT
        assert "第70期已更新到第 2 稿，您看过的是第 1 稿" in text_of(out_to(office, LI, LetterKind.DECIDED))


def test_sign_off_by_mail_is_off_by_default(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    assert "例：签发" not in text_of(out_to(office, WANG))
    receive(office, pool, answer("签发", out_to(office, WANG)))
    assert set(statuses(office).values()) == {DRAFT}
    assert "没有开通来信签发" in text_of(out_to(office, WANG, LetterKind.DECIDED))


class TestApproval:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(answered_config(steps=STEPS))

    def test_people_of_the_steps_approve_by_answering(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer("已阅，同意签发", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        assert state_now(office).chinese == "待审核（签发）"
        receive(office, pool, answer("同意", out_to(office, LAST, LetterKind.REVIEW), sender=LAST, number=2))
        assert state_now(office).chinese == "可签发"
        assert [(event.person, event.way) for event in events_now(office)[1:]] == [
            (FIRST, ApprovalWay.MAIL),
            (LAST, ApprovalWay.MAIL),
        ]
        assert "第 1 稿已记下您同意" in text_of(out_to(office, LAST, LetterKind.DECIDED))
        assert len(outs(office, WANG, LetterKind.DRAFT)) == 1

    def test_a_draft_is_sent_back_with_the_remark(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer("退回：第2篇数字要核", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        assert events_now(office)[-1].remark == "第2篇数字要核"
        assert "第2篇数字要核" in text_of(out_to(office, WANG, LetterKind.REVIEWED))

    def test_who_is_not_asked_is_told(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        letter = out_to(office, SECOND, LetterKind.REVIEW)
        receive(office, pool, answer("同意", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        receive(office, pool, answer("同意", letter, sender=SECOND, number=2))
        assert "“审核”已由张主任同意，不需要您再做" in text_of(out_to(office, SECOND, LetterKind.DECIDED))

    def test_an_approver_changes_no_article_and_an_editor_approves_nothing(
        self, office: Office, pool: ReadingPool
    ) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer("不用 1", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        receive(office, pool, answer("同意", out_to(office, WANG), number=2))
        assert set(statuses(office).values()) == {DRAFT}
        assert state_now(office).chinese == "待审核（审核）"
        assert "只有编辑能改动稿件" in text_of(out_to(office, FIRST, LetterKind.DECIDED))
        assert "“同意”“退回”是审核人的话" in text_of(out_to(office, WANG, LetterKind.DECIDED))

    def test_the_quoted_link_is_not_shown_at_the_desk(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        token = token_for(office, FIRST)
        receive(office, pool, answer("采用几篇？", out_to(office, FIRST, LetterKind.REVIEW), sender=FIRST))
        with office.ledger.reading() as ledger:
            contents = letters.recent_contents(ledger, "wuxing", 5)
        assert contents
        assert token not in repr(contents)


class TestEditorsWhoApprove:
    @pytest.fixture
    def office_setup(self) -> OfficeSetup:
        return OfficeSetup(answered_config(steps=STEPS.replace(FIRST, WANG)))

    @pytest.mark.parametrize("words", ["缓 3\n同意", "同意\n缓 3"])
    def test_no_approval_of_a_revision_that_is_to_be_changed(
        self, office: Office, pool: ReadingPool, words: str
    ) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer(words, out_to(office, WANG, LetterKind.REVIEW)))
        assert statuses(office)["丙"] is HELD
        assert order(office) == "甲乙"
        assert state_now(office).chinese != "待审核（签发）"
        assert "请看过新的一稿，再答复“同意”" in text_of(out_to(office, WANG, LetterKind.DECIDED))

    def test_what_is_sent_back_may_be_changed_at_once(self, office: Office, pool: ReadingPool) -> None:
        put_forward(office, office.bulletin(None), mailed_draft(office).number.number, EDITOR)
        receive(office, pool, answer("缓 3\n退回：标题再斟酌", out_to(office, WANG, LetterKind.REVIEW)))
        assert (events_now(office)[-1].remark, order(office)) == ("标题再斟酌", "甲乙")


@pytest.fixture
def colleague_held(office: Office) -> Office:
    """The draft is mailed; then a colleague holds the second article at the desk, and writes a 按语."""
    mailed_draft(office)
    decide(office, DecisionRequest(2, HELD, "李编辑"))
    write_editors_note(office, office.bulletin(None), "李编辑的按语", "李编辑")
    return office


def test_a_reply_that_reports_nothing_overrules_no_colleague(colleague_held: Office, pool: ReadingPool) -> None:
    receive(colleague_held, pool, answer("再想想", out_to(colleague_held, WANG)))
    reply = out_to(colleague_held, WANG, LetterKind.DECIDED)
    receive(colleague_held, pool, answer("采用 2\n按语：我的", reply, number=2))
    assert statuses(colleague_held)["乙"] is HELD
    refused = text_of(out_to(colleague_held, WANG, LetterKind.DECIDED))
    assert "已由李编辑改过（《乙》由待审改为留用）" in refused
    assert "李编辑改过（" in refused.split("按语：我的")[1]


def test_what_the_reply_reported_may_be_decided_otherwise(colleague_held: Office, pool: ReadingPool) -> None:
    receive(colleague_held, pool, answer("采用 2\n按语：我的", out_to(colleague_held, WANG)))
    reply = out_to(colleague_held, WANG, LetterKind.DECIDED)
    receive(colleague_held, pool, answer("采用 2\n按语：我的", reply, number=2))
    assert statuses(colleague_held)["乙"] is ArticleStatus.ADOPTED
    with colleague_held.ledger.reading() as ledger:
        assert preparations.preparation_of(ledger, "wuxing").editors_note == "我的"


def test_a_later_change_of_a_reported_article_counts_again(colleague_held: Office, pool: ReadingPool) -> None:
    receive(colleague_held, pool, answer("采用 2", out_to(colleague_held, WANG)))
    decide(colleague_held, DecisionRequest(2, ArticleStatus.REJECTED, "李编辑", "重复"))
    reply = out_to(colleague_held, WANG, LetterKind.DECIDED)
    receive(colleague_held, pool, answer("采用 2", reply, number=2))
    assert statuses(colleague_held)["乙"] is ArticleStatus.REJECTED
