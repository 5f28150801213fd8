"""`retry`: a letter is read again."""

from __future__ import annotations

from collections import Counter

from tests.support.command_line import CommandLine
from tests.support.scenario import PRINTED


def verdicts(command_line: CommandLine) -> dict[str, str]:
    return {row["sha256"]: row["verdict"] for row in command_line.run_json("messages").document}


def test_retry_reads_a_quarantined_letter_again(command_line: CommandLine) -> None:
    command_line.run("import", str(PRINTED / "inbox" / "12-broken.eml"))
    [(sha256, verdict)] = verdicts(command_line).items()
    assert verdict == "quarantined"
    again = command_line.run_json("retry", sha256[:8].upper())
    assert again.status == 0
    assert [(row["sha256"], row["attempts"]) for row in again.document] == [(sha256, 1)]


def test_retry_wants_one_letter_that_may_be_read_again(command_line: CommandLine) -> None:
    command_line.run("import", str(PRINTED / "inbox"))
    known = verdicts(command_line)
    ignored = next(sha256 for sha256, verdict in known.items() if verdict == "ignored")
    [(ambiguous, count), *_] = Counter(sha256[0] for sha256 in known).most_common()
    assert count > 1
    refusals = {
        ignored: "这封来信的结果是“不处理”",
        ambiguous: f"有 {count} 封来信",
        "0123456789ab": "没有以 0123456789ab 开头",
        "": "sha256 的前几位",
        "zz": "sha256 的前几位",
    }
    for prefix, reason in refusals.items():
        refused = command_line.run_json("retry", prefix)
        assert (refused.status, refused.output) == (2, "")
        assert reason in refused.errors


def test_a_letter_that_is_not_for_the_office_is_set_aside_with_a_reason(command_line: CommandLine) -> None:
    command_line.run("import", str(PRINTED / "inbox" / "12-broken.eml"))
    [(sha256, verdict)] = verdicts(command_line).items()
    assert verdict == "quarantined"
    assert command_line.run("retry", sha256[:8], "--set-aside", "广告").status == 0
    assert verdicts(command_line) == {sha256: "ignored"}
    refused = command_line.run("retry", sha256[:8], "--set-aside", "广告")
    assert (refused.status, "现在的结果是“不处理”" in refused.errors) == (2, True)
