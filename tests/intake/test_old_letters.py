"""Letters that are old when they are fetched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from intake.old_letters import OpeningDay
from intake.outcome import Reading
from intake.reading import read_letter
from tests.support.pasted_articles import REGISTER
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx, paragraph
from values.letter import Verdict

NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
YEAR_AGO = NOW - timedelta(days=367)
MANUSCRIPT = File("稿.docx", docx(paragraph("推进工作落地见效") + paragraph("一是严格管理，确保规范。")))


def reading(*, date: datetime, received: datetime | None) -> Reading:
    stamp = f"Received: from a by b; {received:%d %b %Y %H:%M:%S} +0000\r\n" if received else ""
    return read_letter(raw_letter(MANUSCRIPT, header=f"{stamp}Date: {date:%d %b %Y %H:%M:%S} +0000\r\n"), REGISTER)


def test_letter_of_the_last_thirty_days_stays_as_it_is() -> None:
    recent = NOW - timedelta(days=29)
    letter = reading(date=recent, received=recent)
    assert OpeningDay().judged(letter, recent, NOW) == letter


def test_old_letter_is_flagged_with_its_day() -> None:
    old = OpeningDay().judged(reading(date=YEAR_AGO, received=YEAR_AGO), YEAR_AGO, NOW)
    assert (old.verdict, old.old) == (Verdict.FLAGGED, True)
    assert "2025年11月28日的旧信，收取时已超过 30 天，先放在留用里，没有答复" in old.reason.for_clerk


def test_letter_moved_into_the_folder_is_old_by_what_it_and_its_server_say() -> None:
    assert OpeningDay().judged(reading(date=YEAR_AGO, received=YEAR_AGO), NOW, NOW).old


@pytest.mark.parametrize(("date", "received"), [(YEAR_AGO, NOW), (NOW, YEAR_AGO), (YEAR_AGO, None)])
def test_clock_of_the_sender_alone_makes_no_letter_old(date: datetime, received: datetime | None) -> None:
    assert not OpeningDay().judged(reading(date=date, received=received), NOW, NOW).old


def test_letter_before_the_first_day_is_ignored_and_one_after_it_is_ordinary() -> None:
    letter = reading(date=YEAR_AGO, received=YEAR_AGO)
    ignored = OpeningDay(YEAR_AGO + timedelta(days=1)).judged(letter, YEAR_AGO, NOW)
    assert (ignored.verdict, ignored.articles, ignored.old) == (Verdict.IGNORED, (), True)
    assert "早于收件起始日期 2025年11月29日" in ignored.reason.for_clerk
    assert OpeningDay(YEAR_AGO).judged(letter, YEAR_AGO, NOW) == letter


def test_unconfirmed_and_sealed_letters_keep_their_verdicts() -> None:
    letter = reading(date=YEAR_AGO, received=YEAR_AGO)
    for verdict in (Verdict.UNCONFIRMED, Verdict.SEALED):
        assert OpeningDay().judged(replace(letter, verdict=verdict), YEAR_AGO, NOW).verdict is verdict


def test_letter_before_the_first_day_is_taken_when_somebody_has_it_read_again() -> None:
    opening = OpeningDay(since=NOW - timedelta(days=10))
    day = NOW - timedelta(days=20)
    ignored = opening.judged(reading(date=day, received=day), day, NOW)
    assert "请在审稿台点“重新读”" in ignored.reason.for_clerk
    taken = opening.judged(reading(date=day, received=day), day, NOW, again=True)
    assert (taken.verdict, taken.old, len(taken.articles)) == (Verdict.FLAGGED, True, 1)
    assert "早于收件起始日期 2026年11月20日，先放在留用里，没有答复" in taken.reason.for_clerk
