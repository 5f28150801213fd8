"""`erase` and `destroy_sealed`: what of a letter is gone afterwards, what stays, and when they are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import articles, changes, letters, outbox, search
from archive.articles import ArticleRecord
from archive.letters import LetterRecord
from service.article.decide import DecisionRequest, decide
from service.health.verify import verify
from service.issue.assemble import assemble
from service.letters.resend import resend
from service.office import Office
from service.removal.remove import destroy_sealed, erase
from tests.support.ledger_rows import BULLETIN, add_article, keep_letter, new_article
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.removable import (
    NAME,
    PRINTED,
    SECRET,
    Removable,
    add_printed,
    add_rejected,
    add_sealed,
    deliver_all,
    left_of,
)
from values.errors import BadUsage, NotThere
from values.issue import ArticleStatus
from values.letter import RemovalKind, Verdict
from values.outgoing import OutboxState

WHY = "对方要求删除个人信息"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, editors='"e@example.org"'))


def erased(office: Office, letter_id: int, why: str = WHY) -> LetterRecord:
    return erase(office, office.bulletin(None), letter_id, why, who="赵管理")


def destroyed(office: Office, letter_id: int) -> LetterRecord:
    return destroy_sealed(office, office.bulletin(None), letter_id, "保密办要求销毁", who="赵管理")


def article(office: Office, article_id: int) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, article_id)


def test_of_a_destroyed_letter_nothing_is_left_in_the_data_folder(office: Office) -> None:
    letter = add_sealed(office)
    assert len(left_of(office.data_dir, SECRET)) >= 4
    record = destroyed(office, letter.id)
    assert left_of(office.data_dir, SECRET) == []
    assert left_of(office.data_dir, NAME) == []
    assert not office.raws.path(letter.sha256).exists()
    assert list(office.media.root.rglob("*.*")) == []
    assert record.removal is not None
    assert (record.verdict, record.removal.kind, record.removal.who, record.removal.why) == (
        Verdict.SEALED,
        RemovalKind.DESTROYED,
        "赵管理",
        "保密办要求销毁",
    )
    with office.ledger.reading() as ledger:
        [change] = changes.changes_of(ledger, "letter", letter.id)
        assert search.count_unindexed(ledger) == 0
    assert letter.sha256 in change.summary
    assert verify(office, pause=lambda _: None).differences == ()


def test_of_an_erased_letter_what_is_printed_stays_and_nothing_else(office: Office) -> None:
    letter = add_printed(office)
    deliver_all(office)
    printed = {path: path.read_bytes() for path in office.data_dir.glob("issues/*/70/*") if "-r1" not in path.name}
    record = erased(office, letter.id)
    assert (record.sender, record.subject, record.verdict) == ("", "", Verdict.ARTICLE)
    assert record.reason == f"已删除（赵管理）：{WHY}"
    assert left_of(office.data_dir, SECRET) == []
    assert left_of(office.data_dir, NAME) == []
    assert {path: path.read_bytes() for path in printed} == printed
    shown = article(office, letter.article)
    assert (shown.status, shown.manuscript.title) == (ArticleStatus.PUBLISHED, f"{PRINTED}的标题")
    assert shown.manuscript.house_lines == ()
    with office.ledger.reading() as ledger:
        assert search.find_articles(ledger, BULLETIN, [PRINTED], most=9).ids == {letter.article}
        assert letters.content_of(ledger, letter.id) is None
    assert verify(office, pause=lambda _: None).differences == ()


def test_the_text_of_an_article_that_is_not_printed_goes_and_may_be_sent_again(office: Office) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    erased(office, letter.id)
    assert left_of(office.data_dir, SECRET) == []
    shown = article(office, letter.article)
    assert (shown.manuscript.title, shown.content_sha256) == ("（已删除）", "")
    with office.ledger.reading() as ledger:
        [line] = changes.changes_of(ledger, "article", letter.article)
    assert line.summary == "有改动（来信已删除，内容不显示）"
    with pytest.raises(BadUsage, match="来信已删除"):
        decide(office, DecisionRequest(letter.article, ArticleStatus.ADOPTED, "王编辑"))
    with office.ledger.writing() as ledger:
        assert add_article(ledger, new_article("rejected", received_at=office.now())) != letter.article


def test_the_answers_are_emptied_and_never_sent(office: Office) -> None:
    letter = add_sealed(office)
    destroyed(office, letter.id)
    with office.ledger.reading() as ledger:
        answers = outbox.answers_to(ledger, letter.id)
        drafts = [each for each in outbox.letters_out(ledger) if each.kind.value == "draft"]
        assert outbox.unsent(ledger) == [drafts[-1]]
        assert outbox.counts(ledger)[OutboxState.FAILED] == 0
    assert [(each.to, each.subject, each.is_removed) for each in answers] == [("", "", True)]
    assert [each.is_removed for each in drafts] == [True, False]
    with pytest.raises(BadUsage, match="没有内容"):
        resend(office, answers[0].id, who="王编辑")


def test_pictures_of_other_articles_and_letters_of_others_stay(office: Office) -> None:
    letter, other = add_rejected(office), add_rejected(office, "another")
    deliver_all(office)
    erased(office, letter.id)
    assert office.raws.read(other.sha256) == other.raw
    assert SECRET in article(office, other.article).manuscript.text


def make_undecided(office: Office, letter: Removable) -> None:
    decide(office, DecisionRequest(letter.article, ArticleStatus.HELD, "王编辑"))


def make_drafted(office: Office, letter: Removable) -> None:
    decide(office, DecisionRequest(letter.article, ArticleStatus.ADOPTED, "王编辑"))
    assemble(office, office.bulletin(None), office.now().date())
    deliver_all(office)
    decide(office, DecisionRequest(letter.article, ArticleStatus.REJECTED, "王编辑", note="重复"))


def make_pending(office: Office, letter: Removable) -> None:
    with office.ledger.writing() as ledger:
        letters.reopen(ledger, letter.id, tuple(Verdict))


def make_erased(office: Office, letter: Removable) -> None:
    erased(office, letter.id)


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (make_undecided, "还是“留用”"),
        (make_drafted, "送审稿"),
        (make_pending, "还没有读"),
        (make_erased, "已于 2022-11-08 由 赵管理 删除"),
    ],
)
def test_erasing_is_refused_with_what_to_do_first(
    office: Office, prepare: Callable[[Office, Removable], None], words: str
) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    prepare(office, letter)
    with pytest.raises(BadUsage, match=words):
        erased(office, letter.id)


def test_erasing_is_refused_while_an_answer_waits_and_without_a_reason(office: Office) -> None:
    letter = add_rejected(office)
    with pytest.raises(BadUsage, match="发件箱"):
        erased(office, letter.id)
    deliver_all(office)
    with pytest.raises(BadUsage, match="为什么"):
        erased(office, letter.id, " \n")
    assert office.raws.read(letter.sha256) == letter.raw


def test_a_sealed_letter_is_not_erased_and_another_not_destroyed(office: Office) -> None:
    sealed, rejected = add_sealed(office), add_rejected(office)
    deliver_all(office)
    with pytest.raises(BadUsage, match="sealed destroy"):
        erased(office, sealed.id)
    with pytest.raises(BadUsage, match="没有封存"):
        destroyed(office, rejected.id)
    destroyed(office, sealed.id)
    for again in (destroyed, erased):
        with pytest.raises(BadUsage, match="由 赵管理 销毁"):
            again(office, sealed.id)
    with pytest.raises(NotThere, match="没有这封来信"):
        erased(office, 999)


def test_a_letter_that_another_bulletin_has_keeps_its_bytes_there(office: Office) -> None:
    letter = add_rejected(office)
    deliver_all(office)
    with office.ledger.writing() as ledger:
        other = letters.letters_with_ids(ledger, [letter.id])[0]
        kept = letters.KeptLetter(other.sha256, other.size, False, other.received_at, None)
        letters.keep(ledger, "other", [kept], at=office.now())
        keep_letter(ledger, "unrelated")
    erased(office, letter.id)
    assert office.raws.read(letter.sha256) == letter.raw
