"""An edited draft that an editor mails back: what it would change is listed by letter, and an answer takes it over."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from sqlalchemy import update

from archive import articles, edited_drafts, letters, outbox
from archive.changes import changes_of
from archive.schema import outbox as outbox_table
from intake.pool import ReadingPool
from service.article.edit import edit_title
from service.edited_draft.listing import LONGEST_LINE
from service.issue.sign_off import sign_off
from service.office import Office
from service.removal.remove import erase
from tests.support.answering import (
    LI,
    PASSED,
    WANG,
    answer,
    answered_config,
    code_in,
    mailed_draft,
    order,
    out_to,
    outs,
    statuses,
    text_of,
    verdicts,
)
from tests.support.correspondence import receive
from tests.support.draft_edits import (
    OpenedDraft,
    add_after,
    comment,
    edited,
    paragraph,
    put_words,
    remove,
    swap,
)
from tests.support.draft_office import draft_bytes
from tests.support.office_fixtures import OfficeSetup
from values.issue import ArticleStatus
from values.outgoing import LetterKind, OutboxState


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config())


def mailed_back(
    office: Office, data: bytes, *, sender: str = WANG, words: str = "改好了，见附件。", code: str = "", number: int = 1
) -> bytes:
    """The file as a mail program sends it in an answer to the draft's letter. code: quoted below the words."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "wuxing@example.org", "回复：送审"
    message["Message-ID"] = f"<file{number}@mail.office.example>"
    message["In-Reply-To"] = out_to(office, WANG)["Message-ID"]
    message.set_content(f"{words}\n\n> 答复码：{code}\n" if code else words)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="送审稿（改）.docx")
    return message.as_bytes()


def by_wang(office: Office, data: bytes, **more: Any) -> bytes:
    return mailed_back(office, data, code=code_in(out_to(office, WANG)), **more)


def changed(office: Office) -> bytes:
    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 0, "近日，")
        add_after(draft.paragraphs(1)[0], paragraph("以后续报。"))
        remove(draft.article(2))

    return comment(edited(draft_bytes(office), edit), "请再核。", on="近日，")


def revisions(office: Office) -> list[int]:
    with office.ledger.reading() as ledger:
        return [record.revision for record in articles.articles(ledger)]


def test_what_the_file_would_change_is_listed_and_the_answer_takes_it_over(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office)))
    assert (order(office), set(revisions(office))) == ("甲乙丙", {1})
    listed = out_to(office, WANG, LetterKind.DECIDED)
    text = text_of(listed)
    assert "改过的送审稿（第70期第 1 稿）会改这些，还没有改" in text
    assert "《甲》改了文字\n     原文：" in text
    assert "     改为：«近日，»" in text
    assert "     加上：以后续报。" in text
    assert "     留言：送审稿上的批注（王编辑）" in text
    assert "《乙》删去，留用" in text
    assert "只写：采纳改动" in text
    assert verdicts(office) == [
        ("question", "附件是改过的送审稿（第70期第 1 稿）：会改的已回信列出，等编辑答复“采纳改动”。")
    ]

    receive(office, pool, answer("采纳改动", listed, number=2))
    assert (order(office), statuses(office)["乙"]) == ("甲丙", ArticleStatus.HELD)
    reply = out_to(office, WANG, LetterKind.DECIDED)
    assert "   - 照改过的送审稿改了《甲》，留用《乙》" in text_of(reply)
    assert len(list(reply.iter_attachments())) == 1
    assert [verdict for verdict, _ in verdicts(office)] == ["decided", "decided"]
    with office.ledger.reading() as ledger:
        [first] = [record for record in articles.articles(ledger) if record.manuscript.title == "甲"]
        lines = [change.who for change in changes_of(ledger, "article", str(first.id))]
    assert first.manuscript.text.startswith("近日，")
    assert set(lines) == {f"{WANG}（来信）"}


def test_the_same_letters_again_change_nothing_twice(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    file = by_wang(office, changed(office))
    relayed = b"Received: from relay.example\r\n"
    receive(office, pool, file, relayed + file)
    listed = out_to(office, WANG, LetterKind.DECIDED)
    assert len(outs(office, WANG, LetterKind.DECIDED)) == 1
    yes = answer("采纳改动", listed, number=2)
    receive(office, pool, yes, relayed + yes)
    before = revisions(office)
    receive(office, pool, answer("采纳改动！", listed, number=3, header=PASSED))
    assert revisions(office) == before
    assert "文件里的改动都已在台账里，没有要改的" in text_of(out_to(office, WANG, LetterKind.DECIDED))


def test_what_is_other_than_listed_is_refused_and_listed_anew(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office)))
    listed = out_to(office, WANG, LetterKind.DECIDED)
    with office.ledger.reading() as ledger:
        first = articles.articles(ledger)[0].id
    edit_title(office, first, "新题", LI, seen=None)
    receive(office, pool, answer("采纳改动", listed, number=2))
    assert statuses(office)["乙"] is ArticleStatus.DRAFT
    again = out_to(office, WANG, LetterKind.DECIDED)
    text = text_of(again)
    assert "列出改动以后，稿件、按语或先后又有改动，没有照改" in text
    assert "会改这些，现在还没有改" in text
    assert f"《新题》改了文字（有冲突，来信不改，请在审稿台选定：送审稿之后已有第 2 稿（{LI}））" in text
    receive(office, pool, answer("采纳", listed, number=3, header=PASSED))  # the old listing stays what it was
    assert statuses(office)["乙"] is ArticleStatus.DRAFT
    receive(office, pool, answer("采纳", again, number=4, header=PASSED))
    assert statuses(office) == {"新题": ArticleStatus.DRAFT, "乙": ArticleStatus.HELD, "丙": ArticleStatus.DRAFT}


def test_who_is_not_believed_waits_at_the_desk_and_is_shown_nothing(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    data = changed(office)
    used = code_in(out_to(office, WANG))
    receive(
        office,
        pool,
        mailed_back(office, data),
        mailed_back(office, data, sender=LI, code=used, number=2),
        mailed_back(office, data, sender="stranger@evil.example", code=used, number=3),
    )
    assert [len(outs(office, who, LetterKind.DECIDED)) for who in (WANG, LI, "stranger@evil.example")] == [0, 0, 0]
    [(verdict, reason)] = verdicts(office)
    assert verdict == "question"
    assert reason.startswith(
        "附件是改过的送审稿（第 70 期第 1 稿），不是来稿：请看会改什么，再照此改，没有回信列出改动："
    )
    [(_, reason)] = verdicts(office, "stranger@evil.example")
    assert "不是这份简报的编辑或审核人" in reason
    assert set(revisions(office)) == {1}


def test_the_mail_server_vouches_for_a_file_that_answers_no_letter(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    raw = mailed_back(office, changed(office)).replace(b"In-Reply-To", b"X-Was")
    receive(office, pool, PASSED.encode() + raw)
    listed = out_to(office, WANG, LetterKind.DECIDED)
    receive(office, pool, answer("不采纳改动", listed, number=2, quotes=False, header=PASSED))
    assert set(revisions(office)) == {1}
    assert verdicts(office)[0] == ("decided", f"{WANG}（来信）不采纳改过的送审稿里的改动。")


def test_two_files_are_two_listings_and_a_yes_means_the_one_it_answers(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    base = draft_bytes(office)
    first = edited(base, lambda draft: swap(draft, 1, 2))
    second = edited(base, lambda draft: remove(draft.article(3)))
    receive(office, pool, by_wang(office, first), by_wang(office, second, number=2))
    code = code_in(out_to(office, WANG))
    bare = answer(f"采纳\n\n> {code}", out_to(office, WANG), number=3, quotes=False)
    receive(office, pool, bare)
    assert order(office) == "甲乙丙"
    assert "您寄来过几份改过的送审稿" in text_of(out_to(office, WANG, LetterKind.DECIDED))
    listing = next(each for each in replies(office) if "先后：" in text_of(each))
    receive(office, pool, answer("采纳", listing, number=4, header=PASSED))
    assert order(office) == "乙甲丙"


def test_a_yes_to_a_letter_that_lists_nothing_takes_over_no_other_file(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office)))

    def write_much(draft: OpenedDraft) -> None:
        add_after(draft.paragraphs(1)[0], paragraph("字" * LONGEST_LINE + "。"))

    too_long = edited(draft_bytes(office), write_much)
    receive(office, pool, by_wang(office, too_long, number=2))
    answered = out_to(office, WANG, LetterKind.DECIDED)
    assert "改过的送审稿没有照改：改动太多" in text_of(answered)
    receive(office, pool, answer("采纳改动", answered, number=3, header=PASSED))
    assert set(revisions(office)) == {1}
    assert statuses(office)["乙"] is ArticleStatus.DRAFT
    assert "那封信没有列出可以采纳的改动" in text_of(out_to(office, WANG, LetterKind.DECIDED))


def test_a_yes_to_an_erased_file_takes_over_no_other_file(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    base = draft_bytes(office)
    receive(office, pool, by_wang(office, edited(base, lambda draft: swap(draft, 1, 2))))
    listed = out_to(office, WANG, LetterKind.DECIDED)
    with office.ledger.reading() as ledger:
        [letter] = [each.id for each in letters.letters(ledger) if each.sender == WANG]
    receive(office, pool, by_wang(office, edited(base, lambda draft: remove(draft.article(3))), number=2))
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(outbox_table).values(state=OutboxState.SENT.value, next_attempt_at=None))
    erase(office, office.bulletin(None), letter, "对方要求", who="管理员")
    receive(office, pool, answer("采纳改动", listed, number=3, header=PASSED))
    assert order(office) == "甲乙丙"
    assert "那份改过的送审稿已删除或封存，没有照改" in text_of(out_to(office, WANG, LetterKind.DECIDED))


def replies(office: Office) -> list[EmailMessage]:
    """The replies to Wang, in the order they were written."""
    written = outs(office, WANG, LetterKind.DECIDED)
    with office.ledger.reading() as ledger:
        raws = [outbox.raw_letter(ledger, record.id, office.data_dir) for record in written]
    messages = [message_from_bytes(raw, policy=default) for raw in raws]
    return [message for message in messages if isinstance(message, EmailMessage)]


def test_a_no_after_a_yes_is_refused_and_changes_nothing(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office)))
    listed = out_to(office, WANG, LetterKind.DECIDED)
    receive(office, pool, answer("采纳改动", listed, number=2))
    before = (order(office), revisions(office), verdicts(office)[0])
    receive(office, pool, answer("不采纳改动", listed, number=3, header=PASSED))
    assert (order(office), revisions(office), verdicts(office)[0]) == before
    assert "已经办过，没有再改" in text_of(out_to(office, WANG, LetterKind.DECIDED))


def test_words_beside_the_file_decide_nothing(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office), words="采纳改动\n不用 3"))
    assert set(statuses(office).values()) == {ArticleStatus.DRAFT}
    assert "这封信附有改过的送审稿，先只列出改动" in text_of(out_to(office, WANG, LetterKind.DECIDED))


def test_after_the_sign_off_and_after_erasing_nothing_is_taken_over(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, changed(office)))
    listed = out_to(office, WANG, LetterKind.DECIDED)
    with office.ledger.reading() as ledger:
        [letter] = [each.id for each in letters.letters(ledger) if each.sender == WANG]
        assert edited_drafts.brings_draft(ledger, letter)
    with office.ledger.writing() as ledger:
        ledger.sql.execute(update(outbox_table).values(state=OutboxState.SENT.value, next_attempt_at=None))
    erase(office, office.bulletin(None), letter, "对方要求", who="管理员")
    receive(office, pool, answer("采纳改动", listed, number=2, header=PASSED))
    assert set(revisions(office)) == {1}
    sign_off(office, office.bulletin(None), 70, "王")
    receive(office, pool, by_wang(office, draft_bytes(office), number=5))
    assert set(revisions(office)) == {1}


def test_a_file_that_changes_nothing_or_of_another_draft_is_answered_so(office: Office, pool: ReadingPool) -> None:
    mailed_draft(office)
    receive(office, pool, by_wang(office, draft_bytes(office)))
    assert verdicts(office) == [("decided", "附件是改过的送审稿（第70期第 1 稿）：文件里没有要改的，已回信。")]
    assert "改过的送审稿没有照改：文件里没有要改的。" in text_of(out_to(office, WANG, LetterKind.DECIDED))
