"""补充 and 更正: what answers to a receipt change, and what they never do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from archive import articles
from archive.articles import ArticleRecord
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, decide
from service.article.edit import apply_fix, edit_article
from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from service.letters.handle_letters import read_again
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.answers_to_receipts import PHOTO, TEXT, send
from tests.support.correspondence import manuscript, text_of, written
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI
from tests.support.outboxes import sending
from tests.support.photographs import jpeg_of, landscape
from tests.support.submissions import File
from tools.docx_builder import docx, paragraph
from values import rules
from values.issue import ArticleStatus
from values.letter import Verdict
from values.manuscript import Picture

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
OTHER = File("照片2.jpg", jpeg_of(landscape(600, 900)), "image/jpeg")
HEIC = File("IMG_1.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1" + bytes(2000), "image/heic")


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), TUESDAY)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    yield office
    assert broken_promises(office.data_dir) == []


def article(office: Office, id: int = 1) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, id)


def pictures(office: Office, id: int = 1) -> int:
    return sum(isinstance(block, Picture) for block in article(office, id).manuscript.blocks)


def asked(office: Office) -> list[tuple[str | None, bool]]:
    findings = [finding for finding in article(office).findings if finding.rule == rules.CORRECTION_ASKED]
    return [(finding.replacement, finding.paragraph is not None) for finding in findings]


@pytest.mark.parametrize("text", ["", "补充一张照片，谢谢。", "发自我的iPhone"])
def test_photograph_in_answer_to_the_receipt_goes_to_the_end_of_the_article(
    office: Office, pool: ReadingPool, text: str
) -> None:
    send(office, pool, manuscript(text=TEXT))

    verdict, reason = send(office, pool, PHOTO, number=2, text=text, subject="回复：收稿", answers=True)

    assert (verdict, pictures(office), article(office).revision) == (Verdict.ARTICLE, 1, 2)
    assert reason == "来信补充的 1 张图片已放在稿件 1《内外兼修提升学前教育》文末，作为第 2 稿"
    assert TEXT in article(office).manuscript.text
    assert "补充的 1 张图片已放在文末" in text_of(written(office)[-1])


def test_doubled_and_forwarded_letters_add_nothing_twice(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    send(office, pool, PHOTO, OTHER, number=2, answers=True)

    again = send(office, pool, PHOTO, number=3, answers=True)

    assert again == (Verdict.DUPLICATE, "随信的图片已在稿件 1《内外兼修提升学前教育》里，没有重复放入")
    assert (pictures(office), article(office).revision) == (2, 2)
    without = replace(article(office).manuscript, blocks=article(office).manuscript.blocks[:-2])
    edit_article(office, 1, without, "王编辑", seen=None)
    assert send(office, pool, OTHER, number=4, answers=True)[0] is Verdict.DUPLICATE
    assert pictures(office) == 0


def test_photograph_that_a_later_file_lacks_can_be_sent_again(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    send(office, pool, PHOTO, number=2, answers=True)
    send(office, pool, manuscript(text=TEXT.replace("。", "，成效明显。", 1)), number=3, answers=True)
    assert pictures(office) == 0

    again = send(office, pool, PHOTO, number=4, answers=True)

    assert again[0] is Verdict.ARTICLE
    assert pictures(office) == 1


def test_strangers_and_other_departments_add_nothing(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    for number, sender in enumerate(("mzj@example.org", "stranger@example.net"), 2):
        verdict, _ = send(office, pool, PHOTO, number=number, text="补充照片", answers=True, sender=sender)
        assert verdict in (Verdict.QUARANTINED, Verdict.QUESTION)
    assert (pictures(office), article(office).revision) == (0, 1)


def test_photograph_that_answers_nothing_is_what_it_was(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    verdict, _ = send(office, pool, PHOTO, number=2, text="")
    assert (verdict, pictures(office)) == (Verdict.QUARANTINED, 0)


def test_letter_without_a_reference_names_the_article(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    verdict, _ = send(office, pool, PHOTO, number=2, subject="补充照片：《内外兼修提升学前教育》")
    assert (verdict, pictures(office)) == (Verdict.ARTICLE, 1)
    assert any(finding.rule == rules.CORRECTION_UNVERIFIED for finding in article(office).findings)
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, who="王编辑"))
    verdict, reason = send(office, pool, OTHER, number=3, subject="补充照片：《内外兼修提升学前教育》")
    assert (verdict, pictures(office)) == (Verdict.QUESTION, 1)
    assert "来源未经验证，没有改动" in reason


def test_of_two_articles_the_sender_is_asked_which(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT), manuscript("社区养老有新招", "二是推行助餐服务，老人满意。"))

    verdict, reason = send(office, pool, PHOTO, number=2, answers=True)

    assert verdict is Verdict.QUESTION
    assert "没有写明是哪一篇：《内外兼修提升学前教育》（编号 1）、《社区养老有新招》（编号 2）；没有改动" in reason
    assert "请回复写明标题或编号，并再附上照片" in text_of(written(office)[-1])
    for number, words in ((3, "第二篇的照片"), (4, "编号 2 的照片")):
        send(office, pool, PHOTO if number == 3 else OTHER, number=number, text=words, answers=True)
    assert (pictures(office, 1), pictures(office, 2)) == (0, 2)


def test_adopted_and_edited_article_keeps_the_editors_words(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    edited = replace(article(office).manuscript, title_lines=("学前教育再提升",))
    edit_article(office, 1, edited, "王编辑", seen=None)
    decide(office, DecisionRequest(1, ArticleStatus.ADOPTED, who="王编辑"))

    verdict, reason = send(office, pool, PHOTO, number=2, answers=True)

    now = article(office)
    assert (verdict, now.status, now.manuscript.title) == (Verdict.FLAGGED, ArticleStatus.DRAFT, "学前教育再提升")
    assert "原为“采用”，已改回待审" in reason
    # a whole manuscript that comes after it says what it replaces
    send(office, pool, manuscript(text=TEXT + "三是强化宣传。"), number=3, subject="更正稿", answers=True)
    assert any(finding.rule == rules.CORRECTED_OVER_EDIT for finding in article(office).findings)


def test_heic_is_asked_for_in_another_format(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    verdict, reason = send(office, pool, PHOTO, HEIC, number=2, text="", answers=True)
    assert (verdict, pictures(office), "HEIC" in reason) == (Verdict.FLAGGED, 1, True)
    verdict, reason = send(office, pool, HEIC, number=3, text="", answers=True)
    assert (verdict, pictures(office)) in ((Verdict.QUESTION, 1), (Verdict.QUARANTINED, 1))
    assert "JPEG" in text_of(written(office)[-1])


def test_question_with_a_screenshot_is_for_the_editor(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    send(office, pool, PHOTO, number=2, text="请问这个错误是什么意思？", answers=True)
    send(office, pool, PHOTO, number=3, text="请把第一张照片换成这张", answers=True)
    assert (pictures(office), article(office).revision) == (0, 1)


def test_asked_correction_is_a_remark_with_the_right_words_and_changes_nothing(
    office: Office, pool: ReadingPool
) -> None:
    send(office, pool, manuscript(text=TEXT))

    verdict, reason = send(office, pool, number=2, text="更正：第一段 12 应为 21", subject="更正", answers=True)

    assert verdict is Verdict.QUESTION
    assert "已作为意见列在稿件里，文字没有改，请定夺（“12”应为“21”）" in reason
    assert (asked(office), article(office).revision) == ([("21", True)], 1)
    assert "由编辑看后决定" in text_of(written(office)[-1])
    send(office, pool, number=3, text="第一段 12 应为 21", subject="更正", answers=True)
    assert asked(office) == [("21", True)]
    index = next(at for at, f in enumerate(article(office).findings) if f.rule == rules.CORRECTION_ASKED)
    apply_fix(office, 1, index, rules.CORRECTION_ASKED.name, "王编辑", seen=None)
    assert (asked(office), "建成 21 所" in article(office).manuscript.text) == ([], True)


@pytest.mark.parametrize("text", ["第一段 13 应为 21", "“推”应为“退”", "“2”应为“3”", "更正一下，见上次说的"])
def test_correction_whose_words_are_not_certain_is_for_the_editor_alone(
    office: Office, pool: ReadingPool, text: str
) -> None:
    send(office, pool, manuscript(text=TEXT + "推。"))
    verdict, reason = send(office, pool, number=2, text=text, subject="更正", answers=True)
    assert (verdict, asked(office), article(office).revision) == (Verdict.QUESTION, [], 1)
    assert "稿件 1《内外兼修提升学前教育》" in reason


def test_correction_by_nobody_vouched_for_is_not_shown_in_the_article(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    words = "《内外兼修提升学前教育》第一段 12 应为 21"
    verdict, reason = send(office, pool, number=2, text=words, subject="更正")
    assert (verdict, asked(office)) == (Verdict.QUESTION, [])
    assert "来源未经验证" in reason


def test_signed_off_article_stays_and_the_editor_is_asked(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    made = assemble(office, office.bulletin(None), TUESDAY.date())
    assert made is not None
    sign_off(office, office.bulletin(None), made.issue.number.number, who="王编辑")

    for number, (files, text) in enumerate([((PHOTO,), ""), ((), "第一段 12 应为 21")], 2):
        verdict, reason = send(office, pool, *files, number=number, text=text, subject="更正", answers=True)
        assert verdict is Verdict.QUESTION
        assert "没有改动；需要时可在下一期刊登更正" in reason
        assert "已刊发，不再改动" in text_of(written(office)[-1])
    assert (article(office).revision, pictures(office), asked(office)) == (1, 0, [])


def test_further_paragraph_in_a_file_is_held_beside_the_article(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT))
    more = File("补充一段.docx", docx(paragraph("四是落实经费保障，投入专项资金三百万元用于改造园舍。")))

    verdict, reason = send(office, pool, more, number=2, text="补充一段，请加到后面。", answers=True)

    assert verdict is Verdict.FLAGGED
    assert "像是对稿件 1《内外兼修提升学前教育》（待审）的补充，没有并入，先放在留用里（稿件 2）" in reason
    assert (article(office).revision, article(office, 2).status) == (1, ArticleStatus.HELD)
    assert article(office, 2).findings[0].rule == rules.ADDITION


def test_letter_read_again_keeps_the_photograph(office: Office, pool: ReadingPool) -> None:
    send(office, pool, manuscript(text=TEXT), File("表.xls", b"\xd0\xcf\x11\xe0 broken"))
    send(office, pool, PHOTO, number=2, answers=True)
    bulletin = office.bulletin(None)
    read_again(office, bulletin, 1, who="王编辑")
    assert LetterReceiver(office, pool).read(bulletin).total() == 1
    assert pictures(office) == 1
