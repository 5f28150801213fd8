"""What nobody foresaw becomes an error that jobs handle; what is foreseen stays what it is."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from service.running.faults import UnexpectedFault, unexpected_faults
from values.errors import LoginRefused


def test_unforeseen_exception_is_named_by_its_kind_and_logged_with_its_traceback() -> None:
    refusal = pytest.raises(UnexpectedFault, match="收信时程序出错（ZeroDivisionError）")
    with capture_logs() as logs, refusal, unexpected_faults("收信"):
        _ = 1 / 0
    assert [(log["event"], log["exc_info"]) for log in logs] == [("job failed unexpectedly", True)]


def test_error_of_the_product_stays() -> None:
    with pytest.raises(LoginRefused), unexpected_faults("收信"):
        raise LoginRefused("授权码不对")


def test_end_of_the_process_is_no_fault() -> None:
    with pytest.raises(KeyboardInterrupt), unexpected_faults("收信"):
        raise KeyboardInterrupt
