"""`approval`: the whole way of a draft without a browser."""

from __future__ import annotations

from pathlib import Path

from archive.changes import changes_of
from tests.support.approvals import FIRST, LAST, SECOND, approving_office, drafted
from tests.support.command_line import command_line_of


def test_a_draft_is_put_forward_sent_back_approved_and_signed_off(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        drafted(office)
        command_line = command_line_of(office)

        def approval(*words: str) -> str:
            done = command_line.run_json("approval", *words)
            assert done.status == 0, done.errors
            return str(done.document["stage"])

        refused = command_line.run("sign-off", "70")
        assert (refused.status, "还没有提请审核" in refused.errors) == (2, True)
        assert approval("show", "70") == "drafting"
        assert approval("put-forward", "70", "--revision", "1", "--note", "请审") == "waiting"
        assert approval("ask-again", "70", "--person", FIRST) == "waiting"
        assert approval("return", "70", "--person", SECOND, "--remark", "重排", "--at", "2=数字核对") == "sent_back"
        shown = command_line.run("approval", "show", "70").output
        assert shown.startswith("第70期第 1 稿：已退回\n")
        assert "稿件 2：数字核对" in shown
        approval("put-forward", "70")
        approval("approve", "70", "--person", FIRST.upper())
        document = command_line.run_json("approval", "approve", "70", "--person", LAST).document
        assert document["stage"] == "ready"
        assert [step["approved_by"] for step in document["steps"]] == [[FIRST], [LAST]]
        assert [event["way"] for event in document["events"]].count("command") == 3
        with office.ledger.reading() as ledger:
            summaries = [change.summary for change in changes_of(ledger, "issue", 1)]
        assert f"第70期第 1 稿“签发”同意由 办主任（{LAST}），由命令登记" in summaries
        assert command_line.run("sign-off", "70").status == 0


def test_what_is_wrong_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office") as office:
        drafted(office)
        command_line = command_line_of(office)
        command_line.run("approval", "put-forward", "70")
        for words, refusal in (
            (("approve", "70", "--person", "x@y.z"), "审核的步骤里没有 x@y.z；配置中有："),
            (("return", "70", "--person", FIRST, "--at", "两"), "应写成 稿件编号=意见"),
            (("return", "70", "--person", FIRST), "退回要写明意见"),
            (("approve", "70", "--person", LAST), "还没有提请到您这一步"),
            (("approve", "70", "--person", FIRST, "--revision", "2"), "还没有第 2 稿"),
            (("put-forward", "70"), "已经提请过了"),
            (("show", "71"), "没有第 71 期"),
        ):
            refused = command_line.run("approval", *words)
            assert (refused.status, refusal in refused.errors) == (2, True), refused.errors


def test_without_steps_there_is_nothing_to_show(tmp_path: Path) -> None:
    with approving_office(tmp_path / "office", steps="") as office:
        drafted(office)
        refused = command_line_of(office).run("approval", "show", "70")
        assert (refused.status, "没有配置审核的步骤" in refused.errors) == (2, True)
