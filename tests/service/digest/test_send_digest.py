"""A digest is mailed once for each due time, over restarts, missed times and processes at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest

from service.article.decide import DecisionRequest, decide
from service.digest.send_digest import send_digest_when_due
from service.health.activity import Activity
from service.office import Office
from tests.support.answering import LI, WANG, answered_config, out_to, outs, text_of
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import hand_in, office_at, write_config
from values.issue import ArticleStatus
from values.outgoing import LetterKind

SUNDAY = datetime(2022, 11, 13, 4, 0, tzinfo=UTC)
MONDAY = datetime(2022, 11, 14, 0, 30, tzinfo=UTC)


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(answered_config(), SUNDAY)


def at(office: Office, now: datetime, activity: Activity | None = None) -> bool:
    office.now.now = now  # type: ignore[attr-defined]
    return send_digest_when_due(office, office.bulletin(None), activity or Activity())


def test_each_editor_is_mailed_once_for_a_due_time(office: Office) -> None:
    hand_in(office, "甲", "乙")
    assert not at(office, SUNDAY)
    decide(office, DecisionRequest(1, ArticleStatus.RETURNED, "王", "数字"))
    activity = Activity()
    activity.record_poll("wuxing", MONDAY - timedelta(minutes=2))
    assert not at(office, MONDAY - timedelta(seconds=1), activity)
    assert at(office, MONDAY, activity)
    assert not at(office, MONDAY + timedelta(hours=1), activity)
    text = text_of(out_to(office, WANG, LetterKind.DIGEST))
    assert text.startswith("11月13日以来收信 2 封，成稿 2 篇，最后一次成功收信 2 分钟前，磁盘可用 ")
    assert "稿件 2《乙》区民政局，0 天" in text
    assert "退改以后没有再报的（共 1 篇）：\n   - 稿件 1《甲》" in text
    assert "本期未报送的单位（1 家）：区教体局。" in text
    assert len(outs(office, LI, LetterKind.DIGEST)) == 1


def test_missed_times_are_made_up_for_by_one(office: Office) -> None:
    at(office, SUNDAY)
    assert at(office, MONDAY + timedelta(days=16))
    assert not at(office, MONDAY + timedelta(days=20))
    assert at(office, MONDAY + timedelta(days=21))
    assert len(outs(office, WANG, LetterKind.DIGEST)) == 2
    assert text_of(out_to(office, WANG, LetterKind.DIGEST)).startswith("上周收信")


def test_two_processes_send_one(office: Office) -> None:
    at(office, SUNDAY)
    office.now.now = MONDAY  # type: ignore[attr-defined]
    start = Barrier(2)

    def send() -> None:
        start.wait()
        send_digest_when_due(office, office.bulletin(None), Activity())

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outs(office, WANG, LetterKind.DIGEST)) == 1


@pytest.fixture(params=['digest = ""', "editors = []", 'host = ""'])
def silent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    text = answered_config(more='digest = ""' if request.param.startswith("digest") else "")
    if request.param == "editors = []":
        text = text.replace(f'editors = ["{WANG}", "{LI}"]', "editors = []")
    if request.param.startswith("host"):
        text = text.replace('host = "127.0.0.1"', 'host = ""', 1)
    with office_at(write_config(tmp_path_factory.mktemp("silent"), text), SUNDAY) as office:
        yield office


def test_nothing_is_sent_where_nobody_wants_it(silent: Office) -> None:
    assert not at(silent, SUNDAY)
    assert not at(silent, MONDAY)
