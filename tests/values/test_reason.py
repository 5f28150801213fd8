"""A reason has its two wordings from the start; putting reasons together keeps them apart."""

from __future__ import annotations

from values.errors import NoManuscript
from values.reason import Reason, joined

ASKS = Reason("请对方另存为 .docx 重发。", "请另存为 .docx 重发。")


def test_reason_with_equal_wordings_is_written_once() -> None:
    assert Reason.alike("文件损坏。") == Reason("文件损坏。", "文件损坏。")


def test_text_around_a_reason_is_in_both_wordings() -> None:
    assert ASKS.within("甲.doc：", "（共 2 个）") == Reason(
        "甲.doc：请对方另存为 .docx 重发。（共 2 个）", "甲.doc：请另存为 .docx 重发。（共 2 个）"
    )


def test_several_reasons_become_one() -> None:
    assert joined("；", [ASKS, Reason.alike("文件损坏")]) == Reason(
        "请对方另存为 .docx 重发。；文件损坏", "请另存为 .docx 重发。；文件损坏"
    )
    assert joined("；", []) == Reason("", "")


def test_error_carries_the_reason_and_shows_the_wording_for_the_clerk() -> None:
    assert (NoManuscript(ASKS).reason, str(NoManuscript(ASKS))) == (ASKS, ASKS.for_clerk)
    assert NoManuscript("信是空的。").reason == Reason.alike("信是空的。")
