"""The line that says that the service is alive, and the lists below it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from courier.compose_digest import digest_letter
from courier.render import Letterhead
from service.digest.digest_of import DigestFacts, DigestPeriod, Wait, digest_of
from tests.support.answering import text_of
from values.digest import AwaitedCommission

MONDAY = datetime(2022, 11, 14, 0, 30, tzinfo=UTC)
PERIOD = DigestPeriod(("a",), MONDAY - timedelta(days=7), MONDAY)
FACTS = DigestFacts("五型", 37, 21, MONDAY - timedelta(minutes=1), "", 12_300_000_000, (), 0, (), (), ())


def words(facts: DigestFacts, period: DigestPeriod = PERIOD) -> str:
    digest = digest_of(facts, period, MONDAY)
    out = digest_letter(digest, Letterhead("a@b.example", "办"), "e@b.example", at=MONDAY)
    message = message_from_bytes(out.raw, policy=default)
    return text_of(message)


def test_the_first_line_says_how_the_week_went() -> None:
    text = words(FACTS)
    assert text.startswith("上周收信 37 封，成稿 21 篇，最后一次成功收信 1 分钟前，磁盘可用 12.3 GB。\n\n没有按时收到")
    assert "共" not in text


@pytest.mark.parametrize(
    ("ago", "shown"),
    [(0, "1 分钟前"), (59 * 60, "59 分钟前"), (2 * 3600, "2 小时前"), (3 * 86_400, "3 天前"), (-60, "1 分钟前")],
)
def test_how_long_ago_the_mailbox_answered(ago: int, shown: str) -> None:
    assert f"最后一次成功收信 {shown}，磁盘" in words(replace(FACTS, fetched_at=MONDAY - timedelta(seconds=ago)))


def test_a_mailbox_that_does_not_answer_is_said() -> None:
    text = words(replace(FACTS, fetched_at=None, fault="授权码不对。", troubles=("磁盘快满了。",)))
    assert "，这次启动以来还没有成功收过信（现在收不了：授权码不对），" in text
    assert "要处理的故障：\n   - 磁盘快满了。" in text


def test_what_waits_longest_comes_first_and_the_rest_is_counted() -> None:
    waits = tuple(Wait(n, f"稿{n}", "" if n == 1 else "区民政局", MONDAY - timedelta(days=n)) for n in range(1, 8))
    text = words(replace(FACTS, undecided=waits, returned=waits[:1], silent=("区教体局",), letters_waiting=3))
    assert "（共 7 篇）：\n   - 稿件 7《稿7》区民政局，7 天\n   - 稿件 6" in text
    assert "稿件 2《" not in text
    assert "没有再报的（共 1 篇）：\n   - 稿件 1《稿1》单位待定，1 天" in text
    assert "本期未报送的单位（1 家）：区教体局。" in text
    assert "还有 3 封来信等人处理" in text


def test_commissions_name_who_has_not_answered() -> None:
    due = MONDAY + timedelta(days=4)
    commissions = (
        AwaitedCommission("约稿 3号", "秋季开学", MONDAY - timedelta(days=1), True, ("区教体局",)),
        AwaitedCommission("约稿 4号", "防汛", due, False, ("区水利局", "区民政局")),
    )
    text = words(replace(FACTS, commissions=commissions))
    assert "   - 约稿 3号“秋季开学”，11月13日 00:30 已截止，欠稿：区教体局\n" in text
    assert "   - 约稿 4号“防汛”，11月18日 00:30 截止，待报：区水利局、区民政局\n" in text


def test_after_a_downtime_the_period_is_named() -> None:
    assert words(FACTS, replace(PERIOD, since=MONDAY - timedelta(days=21))).startswith("10月24日以来收信")


def test_commissions_that_are_not_listed_are_counted() -> None:
    commissions = tuple(
        AwaitedCommission(f"约稿 {n}号", "防汛", MONDAY, is_over=False, missing=("区水利局",)) for n in range(1, 13)
    )
    text = words(replace(FACTS, commissions=commissions))
    assert "约稿，还没有报来的（共 12 件）：\n" in text
    assert ("约稿 10号" in text, "约稿 11号" in text) == (True, False)
