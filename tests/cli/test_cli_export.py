from __future__ import annotations

from pathlib import Path

from service.issue.assemble import assemble
from service.issue.sign_off import sign_off
from tests.support.command_line import CommandLine
from tests.support.ledger_rows import AT
from tests.support.offices import hand_in, office_at, write_config


def test_a_year_is_exported_and_what_is_missing_is_named(tmp_path: Path) -> None:
    config = write_config(tmp_path / "office")
    with office_at(config, AT) as office:
        hand_in(office, "第一篇")
        assemble(office, office.bulletin(None), AT.date())
        sign_off(office, office.bulletin(None), 70, "王编辑")
    command_line = CommandLine(config)
    done = command_line.run_json("export", "--bulletin", "wuxing", "--year", "2022", str(tmp_path / "out"))
    assert (done.status, done.document["issues"], done.document["articles"]) == (1, 1, 1)  # its letter is no real one
    assert len(done.document["problems"]) == 1
    assert (tmp_path / "out" / "index.html").is_file()
    assert command_line.run("export", "--year", "2022", str(tmp_path / "out")).status == 2
    assert command_line.run("export", "--year", "1999", str(tmp_path / "other")).status == 2
