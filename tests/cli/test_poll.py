"""`poll`: every mailbox once."""

from __future__ import annotations

from pathlib import Path

from cli.poll import together
from service.letters.receive import IntakeResult
from tests.support.command_line import CommandLine
from tests.support.imap_server import ScriptedImap
from tests.support.offices import bulletin, config, write_config
from tests.support.scripted_mailbox import raw
from values.letter import Verdict

PASSWORD = {"JIANBAO_IMAP_PASSWORD": "secret"}


def test_poll_takes_in_what_every_mailbox_has(tmp_path: Path) -> None:
    with ScriptedImap({11: raw(11), 12: raw(12)}).running() as server:
        line = CommandLine(write_config(tmp_path, bulletin(port=server.port)), environ=PASSWORD)
        polled = line.run_json("poll")
    assert polled.status == 0
    assert (polled.document["stored"], polled.document["new"], polled.document["errors"]) == (2, 2, [])
    assert sum(polled.document["verdicts"].values()) == 2


def test_one_mailbox_of_two_is_done_in_part_and_none_is_unavailable(tmp_path: Path) -> None:
    with ScriptedImap({11: raw(11)}).running() as server:
        both = config(bulletin("first", port=server.port), bulletin("second", port=1))
        line = CommandLine(write_config(tmp_path, both), environ=PASSWORD)
        polled = line.run_json("poll")
        assert (polled.status, polled.document["stored"]) == (1, 1)
        [error] = polled.document["errors"]
        assert error.startswith("second：")
    assert line.run_json("poll").status == 3


def test_together_sums_and_puts_mailboxes_that_failed_first() -> None:
    first = IntakeResult(2, 1, {Verdict.ARTICLE: 1}, ("甲",))
    second = IntakeResult(3, 3, {Verdict.ARTICLE: 2, Verdict.IGNORED: 1})
    assert together([first, second], ["丙：没有回答"]) == IntakeResult(
        5, 4, {Verdict.ARTICLE: 3, Verdict.IGNORED: 1}, ("丙：没有回答", "甲")
    )
