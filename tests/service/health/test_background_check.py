"""A check that runs while the desk goes on."""

from __future__ import annotations

from service.health.background_check import BackgroundCheck, CheckReport
from service.health.check import CheckState
from service.office import Office


def test_before_the_first_check_there_is_an_empty_report() -> None:
    check = BackgroundCheck()
    check.wait()
    assert check.report == CheckReport()
    assert not check.report.running


def test_a_check_keeps_its_lines_and_times(office: Office) -> None:
    check = BackgroundCheck()
    check.start(office)
    check.wait()
    report = check.report
    assert (report.running, report.began_at, report.ended_at) == (False, office.now(), office.now())
    assert [line.name for line in report.lines][:3] == ["配置", "台账", "搜索"]


def test_a_check_that_breaks_off_reports_it_and_ends(office: Office) -> None:
    office.ledger.close()
    (office.data_dir / "jianbao.sqlite3").write_bytes(b"no database" * 1_000)
    check = BackgroundCheck()
    check.start(office)
    check.wait()
    line = check.report.lines[-1]
    assert (line.state, "没有查完（StorageFailed）" in line.message) == (CheckState.BROKEN, True)
    assert check.report.ended_at is not None
