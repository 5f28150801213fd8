"""Faults of the mail server for letters out: each message names the server and the remedy."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest

from courier import faults
from courier.faults import MailServer

SERVER = MailServer("smtp.example.org", 465, "tls", "office@example.org")


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (socket.gaierror(-2, "Name or service not known"), "检查网络和 DNS"),
        (ConnectionRefusedError(111, "refused"), "请核对 [smtp] 的 host 和 port"),
        (TimeoutError("timed out"), "465 配 tls，587 配 starttls"),
        (OSError("reset"), "请检查网络"),
    ],
)
def test_failed_connection_names_server_and_remedy(error: Exception, remedy: str) -> None:
    message = str(faults.connection_failed(error, SERVER))
    assert "smtp.example.org:465" in message
    assert remedy in message


def test_wait_that_a_server_asks_for_is_kept() -> None:
    fault = faults.turned_away("421 closing", SERVER, timedelta(hours=1))
    assert (fault.after, "“421 closing”" in str(fault)) == (timedelta(hours=1), True)


def test_refused_login_names_the_account_and_the_authorisation_code() -> None:
    assert "发信邮箱 office@example.org 登录被拒绝" in str(faults.login_refused("535 no", SERVER))
    assert "授权码" in str(faults.login_refused("535 no", SERVER))


def test_server_without_starttls_gets_no_password() -> None:
    assert "没有登录" in str(faults.no_starttls(SERVER))
