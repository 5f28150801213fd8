"""`retry`: a letter is read again."""

from __future__ import annotations

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
    command_line.run("import", *(str(PRINTED / "inbox" / name) for name in ("06-auto-reply.eml", "07-bounce.eml")))
    assert set(verdicts(command_line).values()) == {"ignored"}
    [first, _] = verdicts(command_line)
    for prefix, reason in ((first, "这封来信的结果是“不处理”"), ("", "有 2 封来信"), ("zz", "没有以 zz 开头")):
        refused = command_line.run_json("retry", prefix)
        assert (refused.status, refused.output) == (2, "")
        assert reason in refused.errors
