from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import issue_changes, issues, outbox, search
from service.backup.hold import PrintedNumber, RestoredState, held, hold, moment_in, refuse_while_held, release
from service.issue.assemble import assemble
from service.office import Office
from tests.support.ledger_rows import BULLETIN
from tests.support.offices import SHANGHAI, hand_in
from values.errors import BadUsage, StorageFailed

STATE = RestoredState(datetime(2026, 11, 30, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))


def test_state_is_read_back_and_a_damaged_one_is_no_release(tmp_path: Path) -> None:
    hold(tmp_path, STATE)
    assert held(tmp_path) == STATE
    (tmp_path / "restored.json").write_bytes(b"{}")
    with pytest.raises(StorageFailed, match="核对期号"):
        held(tmp_path)


def test_nothing_is_released_where_nothing_is_held(office: Office) -> None:
    refuse_while_held(office)
    with pytest.raises(BadUsage, match="没有等待放行"):
        release(office, [], None, who="赵管理")


def test_supplements_have_numbers_of_their_own(office: Office) -> None:
    hand_in(office, "第一篇")
    made = assemble(office, office.bulletin(None), office.now().date())
    assert made is not None
    hold(office.data_dir, STATE)
    done = release(office, [PrintedNumber(BULLETIN, 2, supplement=True)], None, who="赵管理")
    assert len(done.numbers) == 2
    with office.ledger.reading() as ledger:
        assert issues.open_draft(ledger, BULLETIN) is not None
        number = issue_changes.next_number(ledger, BULLETIN, "running", 2026, 1, supplement=True)
        assert number.number == 3
        used = issues.signed_off_issues(ledger)
        assert [(issue.number.number, issue.articles, issue.files) for issue in used] == [(1, (), ()), (2, (), ())]
        assert not search.count_unindexed(ledger)
        assert outbox.letters_out(ledger) == []


def test_number_already_in_the_ledger_changes_nothing(office: Office) -> None:
    hold(office.data_dir, STATE)
    assert release(office, [PrintedNumber(BULLETIN, 69, supplement=False)], None, who="赵管理").numbers == ()
    with pytest.raises(BadUsage):
        release(office, [], None, who="赵管理")


def test_unknown_bulletin_releases_nothing(office: Office) -> None:
    hold(office.data_dir, STATE)
    with pytest.raises(BadUsage, match="没有刊物"):
        release(office, [PrintedNumber("other", 71, supplement=False)], None, who="赵管理")
    assert held(office.data_dir) == STATE


def test_moment_without_offset_is_on_the_offices_clock(office: Office) -> None:
    noon = datetime(2026, 11, 30, 12, 0, tzinfo=SHANGHAI)
    assert moment_in(office, "2026-11-30T12:00") == noon == moment_in(office, "2026-11-30T04:00+00:00")
    with pytest.raises(BadUsage, match="2026-11-30T12:00"):
        moment_in(office, "noon")
