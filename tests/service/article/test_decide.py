"""A decision about an article: status, department, sender, letter and record, in one transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from archive import articles, letters, senders
from archive.articles import ArticleRecord
from archive.changes import Change, changes_of
from archive.decisions import decisions_of, last_decisions
from intake.pool import ReadingPool
from service.article.decide import DecisionRequest, DecisionResult, decide
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission, written
from tests.support.invariants import broken_promises
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, hand_in, office_at, write_config
from tests.support.outboxes import sending
from values.errors import BadUsage, Changed
from values.issue import ArticleStatus
from values.letter import Verdict

TUESDAY = datetime(2022, 11, 8, 9, 0, tzinfo=SHANGHAI)
REASON = "请补上参保人数。"
STRANGER = "zhangmin@example.net"
ADOPT = DecisionRequest(1, ArticleStatus.ADOPTED, who="王编辑")
RETURN = DecisionRequest(1, ArticleStatus.RETURNED, who="王编辑", note=REASON)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None), TUESDAY)


@pytest.fixture
def office(office: Office, captured_logs: object) -> Iterator[Office]:
    """An office that sends."""
    yield office
    assert broken_promises(office.data_dir) == []


def article(office: Office) -> ArticleRecord:
    with office.ledger.reading() as ledger:
        return articles.article_named(ledger, 1)


def recorded(office: Office) -> list[Change]:
    with office.ledger.reading() as ledger:
        return list(changes_of(ledger, "article", 1))


def learned(office: Office) -> dict[str, str]:
    with office.ledger.reading() as ledger:
        return {sender.address: sender.department for sender in senders.learned_senders(ledger, "wuxing")}


def verdict(office: Office) -> Verdict:
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    return letter.verdict


def from_stranger(office: Office, pool: ReadingPool, sender: str = STRANGER) -> None:
    receive(office, pool, submission(manuscript(), sender=sender))


def test_the_result_is_the_article_as_the_ledger_then_has_it(office: Office) -> None:
    hand_in(office, "甲文")
    held = decide(office, DecisionRequest(1, ArticleStatus.HELD, who="王编辑", note=" 下期再用 "))
    assert held == DecisionResult(article(office), ArticleStatus.DRAFT)
    assert (held.article.status, held.article.version) == (ArticleStatus.HELD, 2)


def test_decision_and_reason_are_recorded_once(office: Office) -> None:
    hand_in(office, "甲文")
    decide(office, DecisionRequest(1, ArticleStatus.HELD, who="王编辑", note=" 下期再用 "))
    [change] = recorded(office)
    assert (change.who, change.summary, change.why) == ("王编辑", "《甲文》由待审改为留用", "下期再用")
    with office.ledger.reading() as ledger:
        decision = last_decisions(ledger, [1])[1]
    assert (decision.who, decision.note, decision.decided_at) == ("王编辑", "下期再用", change.changed_at)


def test_a_decision_has_one_moment(office: Office, pool: ReadingPool) -> None:
    from_stranger(office, pool)
    minutes = count()
    ticking = replace(office, now=lambda: TUESDAY + timedelta(minutes=next(minutes)))
    decide(ticking, replace(RETURN, department="区教体局"))
    [change] = recorded(office)
    with office.ledger.reading() as ledger:
        decision = last_decisions(ledger, [1])[1]
        [sender] = senders.learned_senders(ledger, "wuxing")
    [letter] = written(office)
    moments = {change.changed_at, decision.decided_at, sender.learned_at, letter["Date"].datetime}
    assert moments == {TUESDAY}


def test_adopting_confirms_the_department_and_learns_the_sender(office: Office, pool: ReadingPool) -> None:
    from_stranger(office, pool)
    adopted = decide(office, replace(ADOPT, department="区教体局"))
    assert (adopted.article.confirmed, adopted.article.department) == (True, "区教体局")
    assert (adopted.learned_sender, learned(office)) == (STRANGER, {STRANGER: "区教体局"})
    assert verdict(office) is Verdict.ARTICLE
    [change] = recorded(office)
    assert change.summary == (
        "《内外兼修提升学前教育》由待审改为采用，单位定为区教体局，来源已确认，记住 zhangmin@example.net 是它的地址"
    )
    assert written(office) == []


def test_returning_with_a_department_confirms_it_and_writes_to_the_sender(office: Office, pool: ReadingPool) -> None:
    from_stranger(office, pool)
    returned = decide(office, replace(RETURN, department="区教体局"))
    assert (returned.article.status, returned.article.confirmed) == (ArticleStatus.RETURNED, True)
    assert (returned.learned_sender, learned(office)) == (STRANGER, {STRANGER: "区教体局"})
    assert verdict(office) is Verdict.ARTICLE
    [letter] = written(office)
    body = letter.get_body(("plain",))
    assert body is not None
    assert (letter["To"], REASON in body.get_content()) == (STRANGER, True)
    [change] = recorded(office)
    assert change.summary == (
        "《内外兼修提升学前教育》由待审改为退改，单位定为区教体局，来源已确认，"
        "记住 zhangmin@example.net 是它的地址，已写信给 zhangmin@example.net"
    )


def test_returning_without_a_department_confirms_nothing(office: Office, pool: ReadingPool) -> None:
    from_stranger(office, pool)
    returned = decide(office, RETURN)
    assert (returned.article.status, returned.article.confirmed) == (ArticleStatus.RETURNED, False)
    assert (learned(office), written(office), verdict(office)) == ({}, [], Verdict.UNCONFIRMED)


def test_returning_confirms_a_doubtful_sender_but_neither_learns_nor_writes(office: Office, pool: ReadingPool) -> None:
    from_stranger(office, pool, sender="jtj@exarnple.org")
    returned = decide(office, replace(RETURN, department="区教体局"))
    assert (returned.article.confirmed, returned.learned_sender) == (True, "")
    assert (learned(office), written(office)) == ({}, [])
    assert returned.notice
    assert returned.notice.why_not == "来信地址没有登记，或来源可疑，系统不往那里寄信"


def test_no_letter_is_written_where_none_is_wanted(office: Office, pool: ReadingPool) -> None:
    receive(office, pool, submission(manuscript()))
    receipts = len(written(office))
    returned = decide(office, replace(RETURN, notify=False))
    assert returned.notice
    assert returned.notice.why_not == "编辑选择不寄信"
    assert (article(office).status, len(written(office))) == (ArticleStatus.RETURNED, receipts)
    assert recorded(office)[0].summary.endswith("改为退改，没有寄信（编辑选择不寄信）")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (replace(RETURN, note=" \n"), "请写明退改的原因"),
        (replace(RETURN, note="长" * 2_001), r"太长（2001 字），请不要超过 2000 字"),
        (replace(RETURN, department="区教育厅"), "名录里没有“区教育厅”"),
        (replace(ADOPT, status=ArticleStatus.PUBLISHED), "不能手工设定"),
        (replace(ADOPT, article=99), "没有编号为 99 的稿件"),
    ],
)
def test_decision_that_is_impossible_changes_nothing(
    office: Office, pool: ReadingPool, wanted: DecisionRequest, why: str
) -> None:
    from_stranger(office, pool)
    before = article(office)
    with pytest.raises(BadUsage, match=why):
        decide(office, wanted)
    assert article(office) == before
    assert (recorded(office), learned(office), written(office)) == ([], {}, [])


def test_another_version_than_the_one_seen_is_refused(office: Office) -> None:
    hand_in(office, "甲文")
    decide(office, replace(ADOPT, seen_version=1))
    with pytest.raises(Changed, match="刚被别人改过"):
        decide(office, replace(ADOPT, status=ArticleStatus.REJECTED, seen_version=1))
    assert article(office).status is ArticleStatus.ADOPTED


def test_a_department_is_named_by_any_of_its_names(tmp_path: Path) -> None:
    config = sending(None) + '[[bulletin.department]]\nname = "区水利局"\naliases = ["区水务局"]\n'
    with office_at(write_config(tmp_path / "aliases", config), TUESDAY) as office:
        hand_in(office, "甲文")
        held = decide(office, DecisionRequest(1, ArticleStatus.HELD, who="王编辑", department="区水务局"))
        assert held.article.department == "区水利局"
        assert recorded(office)[0].summary == "《甲文》由待审改为留用，单位定为区水利局"


@pytest.mark.parametrize("seen", [None, 1], ids=["by command", "by a form"])
def test_equal_decisions_at_once_make_one_row(office: Office, seen: int | None) -> None:
    hand_in(office, "甲文")
    outcomes: list[str] = []
    together = threading.Barrier(6)

    def adopt(who: str) -> None:
        together.wait(20)
        try:
            decide(office, replace(ADOPT, who=who, note="写得好", seen_version=seen))
            outcomes.append("decided")
        except Changed:
            outcomes.append("changed")

    threads = [threading.Thread(target=adopt, args=(f"编辑{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with office.ledger.reading() as ledger:
        decided = decisions_of(ledger, 1)
    assert (len(decided), len(recorded(office))) == (1, 1)
    assert sorted(outcomes) == (["decided"] * 6 if seen is None else ["changed"] * 5 + ["decided"])


@pytest.mark.parametrize(
    ("again", "rows"),
    [
        (ADOPT, 1),
        (replace(ADOPT, who="李编辑"), 1),
        (replace(ADOPT, department="区民政局"), 1),
        (replace(ADOPT, note="数字已核对"), 2),
        (replace(ADOPT, status=ArticleStatus.HELD), 2),
    ],
)
def test_decision_that_is_made_already_is_not_recorded_again(office: Office, again: DecisionRequest, rows: int) -> None:
    hand_in(office, "甲文")
    decide(office, ADOPT)
    result = decide(office, again)
    assert (len(recorded(office)), result.article.version) == (rows, article(office).version)


def test_another_department_of_a_rejected_article_needs_no_reason(office: Office) -> None:
    hand_in(office, "甲文")
    reject = replace(ADOPT, status=ArticleStatus.REJECTED)
    with pytest.raises(BadUsage, match="请写明退稿的原因：单位来问时要有答复"):
        decide(office, reject)
    decide(office, replace(reject, note="与上期重复"))
    moved = decide(office, replace(reject, department="区教体局"))
    assert (moved.article.department, moved.may_be_undone) == ("区教体局", False)
