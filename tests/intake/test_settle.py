"""What a reading changes in the ledger, on values: articles, revisions, links, withdrawals, and the reason it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import article_changes, articles, letters, revisions
from archive.articles import ArticleRecord
from archive.database import Ledger
from archive.decisions import decisions_of
from archive.letters import LetterDetails
from archive.revisions import NewEdit
from intake.neighbours import Neighbours
from intake.outcome import Intent, ReadArticle, Reading, Withdrawal
from intake.settle import SERVICE, settle_reading
from tests.support.ledger_rows import AT, BULLETIN, keep_letter, sha256
from tests.support.ledgers import empty_ledger
from values import rules
from values.finding import Finding
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Block, Manuscript, Paragraph, Picture
from values.outgoing import SettledLetter
from values.reason import Reason

SENDER = "mzj@example.org"
TITLE = "老年食堂建设提质扩面"
TEXT = (
    "全区新建老年食堂十二家，覆盖三个街道，每天为五百多位老人送餐，群众反映良好。"
    "下一步，区民政局将继续扩大覆盖面，引进社会力量参与运营，提升服务质量。"
)
LATER = TEXT.replace("十二", "十三")
UNLIKE = "区金融服务中心举办银企对接会，三十家企业当场签约，授信金额四亿元。"


class Desk:
    """A ledger to which readings are settled one after the other, each of a letter of its own, a minute apart."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._count = 0

    def settle(self, reading: Reading, name: str = "") -> SettledLetter:
        """name: of the letter; a name used before is the same letter, read again."""
        self._count += 1
        at = AT + timedelta(minutes=self._count)
        with self.ledger.writing() as ledger:
            letter_id = keep_letter(ledger, name or f"letter {self._count}", received_at=at)
            [letter] = [one for one in letters.letters(ledger) if one.id == letter_id]
            settled = settle_reading(ledger, letter, reading, Neighbours(BULLETIN, AT), at)
            letters.settle(
                ledger,
                letter_id,
                settled.verdict,
                settled.reason.for_clerk,
                at=at,
                details=LetterDetails(sender=reading.sender),
            )
            return settled

    def article(self, id: int) -> ArticleRecord:
        with self.ledger.reading() as ledger:
            return articles.article_named(ledger, id)

    def note(self, id: int, finding: Finding) -> None:
        """The article gets the finding without a new text."""
        with self.ledger.writing() as ledger:
            record = articles.article_named(ledger, id)
            revisions.add_findings(ledger, record, [finding])

    def decide(self, id: int, status: ArticleStatus) -> None:
        with self.ledger.writing() as ledger:
            record = articles.article_named(ledger, id)
            article_changes.change_status(ledger, record, status, who="editor", note="请改", at=AT)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with empty_ledger(tmp_path / "jianbao.sqlite3") as ledger:
        yield Desk(ledger)


def draft(text: str = TEXT, *, title: str = TITLE, pictures: int = 0) -> ReadArticle:
    blocks: tuple[Block, ...] = (
        Paragraph(text),
        *(Picture(sha256(str(at)), "image/png", 9, 9) for at in range(pictures)),
    )
    return ReadArticle(
        manuscript=Manuscript((title,), "区民政局", blocks),
        findings=(rules.DIGIT_SPACE.finding("…", 0, 0, 1),),
        media=(),
        department="区民政局",
        section="",
        attachment=f"{title}.docx",
        content_sha256=sha256(f"file of {title} {text}"),
        text_sha256=sha256(title + text),
    )


def reading(*drafts: ReadArticle, intent: Intent = Intent.NEW, verdict: Verdict = Verdict.ARTICLE) -> Reading:
    return Reading(
        SENDER,
        "投稿",
        "",
        verdict,
        Reason.alike("已成稿" if drafts else "来信要求撤稿"),
        drafts,
        intent=intent,
        vouched=True,
    )


def test_manuscript_becomes_an_article_with_the_reading_s_reason(desk: Desk) -> None:
    settled = desk.settle(reading(draft()))
    assert (settled.verdict, settled.reason.for_clerk) == (Verdict.ARTICLE, "已成稿")
    [settled_article] = settled.articles
    record = desk.article(settled_article.id)
    assert (record.status, record.revision, record.department) == (ArticleStatus.DRAFT, 1, "区民政局")
    assert [finding.rule for finding in record.findings] == [rules.DIGIT_SPACE]


def test_same_manuscript_again_is_a_duplicate_and_its_further_pictures_are_mentioned(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    settled = desk.settle(reading(draft(pictures=2)))
    assert settled.verdict is Verdict.DUPLICATE
    assert settled.reason.for_clerk == (
        f"《{TITLE}》与稿件 {first.id}（区民政局）内容相同"
        "（这次另有 2 张图片，没有放入，需要时请到原信中取），没有重复成稿"
    )
    assert [(one.id, one.repeated) for one in settled.articles] == [(first.id, True)]


def test_repetition_beside_something_new_is_a_clause_of_the_reason(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    settled = desk.settle(reading(draft(), draft(UNLIKE, title="银企对接会成效明显")))
    assert settled.verdict is Verdict.ARTICLE
    assert settled.reason.for_clerk == f"已成稿；其中《{TITLE}》与稿件 {first.id}（区民政局）内容相同"


def test_registered_sender_confirms_what_came_from_an_unknown_one(desk: Desk) -> None:
    [first] = desk.settle(reading(draft(), verdict=Verdict.UNCONFIRMED)).articles
    assert not desk.article(first.id).confirmed
    settled = desk.settle(reading(draft()))
    assert (settled.verdict, desk.article(first.id).confirmed) == (Verdict.ARTICLE, True)


def test_correction_is_the_next_revision(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    settled = desk.settle(reading(draft(LATER), intent=Intent.CORRECTION))
    assert settled.reason.for_clerk == f"已成稿；作为稿件 {first.id} 的第 2 稿，前一稿仍保存"
    assert [(one.id, one.revision) for one in settled.articles] == [(first.id, 2)]
    assert desk.article(first.id).manuscript.text == LATER


@pytest.mark.parametrize(
    ("status", "after", "clause"),
    [
        (ArticleStatus.ADOPTED, ArticleStatus.DRAFT, "（原为“采用”，已改回待审）"),
        (ArticleStatus.RETURNED, ArticleStatus.DRAFT, "（原为“退改”，已改回待审）"),
        (ArticleStatus.HELD, ArticleStatus.HELD, "（该稿现为“留用”）"),
    ],
)
def test_later_text_undoes_what_was_decided_about_the_earlier_one_alone(
    desk: Desk, status: ArticleStatus, after: ArticleStatus, clause: str
) -> None:
    [first] = desk.settle(reading(draft())).articles
    desk.decide(first.id, status)
    settled = desk.settle(reading(draft(LATER), intent=Intent.CORRECTION))
    assert settled.reason.for_clerk.endswith(f"的第 2 稿，前一稿仍保存{clause}")
    assert desk.article(first.id).status is after


def test_correction_from_an_unconfirmed_sender_stands_beside_the_article(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    settled = desk.settle(reading(draft(LATER), intent=Intent.CORRECTION, verdict=Verdict.UNCONFIRMED))
    [forged] = settled.articles
    record = desk.article(forged.id)
    assert forged.id != first.id
    assert [finding.rule for finding in record.findings][:2] == [rules.CORRECTION_UNCONFIRMED, rules.NEAR_DUPLICATE]
    assert settled.reason.for_clerk.startswith(
        f"已成稿；像是对稿件 {first.id}《{TITLE}》的更正，但来源没有确认，没有替换前一稿；与稿件 {first.id}《{TITLE}》"
    )
    assert record.findings[0].message.endswith("没有替换前一稿。")
    assert "。" not in settled.reason.for_clerk


def test_correction_that_replaces_nothing_reports_it(desk: Desk) -> None:
    settled = desk.settle(reading(draft(), intent=Intent.CORRECTION))
    [article] = settled.articles
    assert desk.article(article.id).findings[0].rule == rules.CORRECTION_UNMATCHED
    assert settled.reason.for_clerk == "已成稿；来信说是修改稿或更正，但没有找到它要替换的稿件，按新稿处理"


def test_letter_read_again_gives_its_article_what_is_read_now_and_keeps_what_was_compared(desk: Desk) -> None:
    desk.settle(reading(draft()))
    [second] = desk.settle(reading(draft(LATER)), "second letter").articles
    better = replace(draft(LATER), manuscript=Manuscript((TITLE,), "区民政局", (Paragraph(f"{LATER}结束。"),)))
    settled = desk.settle(reading(better), "second letter")
    record = desk.article(second.id)
    assert settled.reason.for_clerk == f"已成稿；稿件 {second.id} 已换成重读的内容"
    assert (record.revision, record.manuscript) == (2, better.manuscript)
    assert record.findings[0].rule == rules.NEAR_DUPLICATE


def test_asked_correction_stays_with_its_words_in_a_text_that_is_read_anew(desk: Desk) -> None:
    [first] = desk.settle(reading(draft()), "letter").articles
    desk.note(first.id, rules.CORRECTION_ASKED.finding("来信更正。", 0, 0, 2, replacement="乙"))
    [block] = draft().manuscript.blocks
    before, moved = Paragraph("先有一段。"), Manuscript((TITLE,), "区民政局", (Paragraph("先有一段。"), block))
    desk.settle(reading(replace(draft(), manuscript=moved)), "letter")
    [kept] = [each for each in desk.article(first.id).findings if each.rule == rules.CORRECTION_ASKED]
    assert (kept.paragraph, kept.start, kept.end) == (1, 0, 2)
    desk.settle(reading(replace(draft(), manuscript=replace(moved, blocks=(before,)))), "letter")
    assert rules.CORRECTION_ASKED not in [each.rule for each in desk.article(first.id).findings]


def test_letter_read_again_to_the_same_changes_nothing(desk: Desk) -> None:
    [first] = desk.settle(reading(draft()), "letter").articles
    settled = desk.settle(reading(draft()), "letter")
    assert (settled.verdict, settled.reason.for_clerk, desk.article(first.id).revision) == (
        Verdict.ARTICLE,
        "已成稿",
        1,
    )


def test_letter_read_again_leaves_an_editor_s_text_and_a_decision_alone(desk: Desk) -> None:
    [first] = desk.settle(reading(draft()), "letter").articles
    better = replace(draft(), manuscript=Manuscript((TITLE,), "区民政局", (Paragraph("别的内容。"),)))
    desk.decide(first.id, ArticleStatus.HELD)
    assert (
        desk.settle(reading(better), "letter").reason.for_clerk == f"已成稿；稿件 {first.id}（留用）没有换成重读的内容"
    )
    with desk.ledger.writing() as ledger:
        record = articles.article_named(ledger, first.id)
        edited = replace(record.manuscript, title_lines=("改过的标题",))
        revisions.add_edit(ledger, record, NewEdit(edited, (), sha256("edited"), "li"), at=AT)
    assert desk.settle(reading(better), "letter").reason.for_clerk == (
        f"已成稿；稿件 {first.id} 有编辑 li 的修改，没有换成重读的内容"
    )
    assert desk.article(first.id).manuscript.title == "改过的标题"


def test_withdrawal_holds_what_it_names_and_leaves_what_is_decided(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    withdrawal = Withdrawal("区民政局", (TITLE,), "来信要求撤稿")
    taken_back = replace(reading(verdict=Verdict.FLAGGED), withdrawal=withdrawal)
    settled = desk.settle(taken_back)
    assert settled.withdraws
    assert settled.reason.for_clerk == f"来信要求撤稿；稿件 {first.id}《{TITLE}》已先改为留用，不会编入简报；请编辑定夺"
    assert desk.article(first.id).status is ArticleStatus.HELD
    assert desk.settle(taken_back).reason.for_clerk == f"来信要求撤稿；稿件 {first.id}《{TITLE}》现为“留用”，没有改动"
    unknown = replace(taken_back, withdrawal=replace(withdrawal, titles=("别的稿件",)))
    assert desk.settle(unknown).reason.for_clerk == "来信要求撤稿；没有找到所指的稿件，请看原信"


def test_service_is_recorded_as_having_decided(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    withdrawal = Withdrawal("区民政局", (TITLE,), "来信要求撤稿")
    desk.settle(replace(reading(verdict=Verdict.FLAGGED), withdrawal=withdrawal))
    with desk.ledger.reading() as ledger:
        [decision] = decisions_of(ledger, first.id)
    assert (decision.who, decision.note) == (SERVICE, "来信要求撤稿")


def unvouched(reading: Reading) -> Reading:
    return replace(reading, vouched=False)


def test_unvouched_correction_of_an_undecided_article_is_its_next_revision_and_marked(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    settled = desk.settle(unvouched(reading(draft(LATER), intent=Intent.CORRECTION)))
    assert settled.reason.for_clerk == f"已成稿；作为稿件 {first.id} 的第 2 稿，前一稿仍保存（来源未经验证）"
    record = desk.article(first.id)
    assert (record.revision, record.status) == (2, ArticleStatus.DRAFT)
    assert rules.CORRECTION_UNVERIFIED in [finding.rule for finding in record.findings]


@pytest.mark.parametrize(
    "status", [ArticleStatus.ADOPTED, ArticleStatus.HELD, ArticleStatus.RETURNED, ArticleStatus.REJECTED]
)
def test_unvouched_correction_of_a_decided_article_waits_beside_it(desk: Desk, status: ArticleStatus) -> None:
    [first] = desk.settle(reading(draft())).articles
    desk.decide(first.id, status)
    before = desk.article(first.id)
    settled = desk.settle(unvouched(reading(draft(LATER), intent=Intent.CORRECTION)))
    assert desk.article(first.id) == before
    [waiting] = settled.articles
    record = desk.article(waiting.id)
    assert (record.status, record.manuscript.text) == (ArticleStatus.HELD, LATER)
    assert [finding.rule for finding in record.findings][:2] == [rules.CORRECTION_UNVERIFIED, rules.NEAR_DUPLICATE]
    assert settled.verdict is Verdict.FLAGGED
    assert f"像是对稿件 {first.id}《{TITLE}》（现为“{status.chinese}”）的更正，来源未经验证，没有替换它" in (
        settled.reason.for_clerk
    )


def test_unvouched_withdrawal_is_shown_and_holds_nothing(desk: Desk) -> None:
    [first] = desk.settle(reading(draft())).articles
    before = desk.article(first.id)
    withdrawal = Withdrawal("区民政局", (TITLE,), "来信要求撤稿")
    settled = desk.settle(unvouched(replace(reading(verdict=Verdict.FLAGGED), withdrawal=withdrawal)))
    assert settled.reason.for_clerk == (
        f"来信要求撤稿；稿件 {first.id}《{TITLE}》没有改动：来源未经验证，请与单位核实后再决定"
    )
    assert desk.article(first.id) == before


def test_stranger_s_letter_is_no_later_text_of_another_stranger_s(desk: Desk) -> None:
    [first] = desk.settle(reading(draft(), verdict=Verdict.UNCONFIRMED)).articles
    before = desk.article(first.id)
    forged = replace(reading(draft(LATER), intent=Intent.CORRECTION, verdict=Verdict.UNCONFIRMED), sender="不明：x")
    [second] = desk.settle(forged).articles
    assert (second.id != first.id, desk.article(first.id)) == (True, before)
