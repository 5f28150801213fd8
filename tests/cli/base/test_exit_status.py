"""What an error means for the calling program."""

from __future__ import annotations

import pytest

from cli.base.exit_status import ExitStatus, exit_status_of
from values.errors import BadConfig, BadUsage, JianbaoError, LoginRefused, NeedsEditor, StorageFailed, TryLater


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TryLater("邮箱没有回答"), ExitStatus.UNAVAILABLE),
        (LoginRefused("口令不对"), ExitStatus.UNAVAILABLE),
        (StorageFailed("磁盘已满"), ExitStatus.UNAVAILABLE),
        (BadUsage("没有这篇稿件"), ExitStatus.BAD_USAGE),
        (BadConfig(("第 3 行",)), ExitStatus.BAD_USAGE),
        (NeedsEditor("读不了"), ExitStatus.IN_PART),
    ],
)
def test_exit_status_says_whether_to_try_again(error: JianbaoError, status: ExitStatus) -> None:
    assert exit_status_of(error) is status
