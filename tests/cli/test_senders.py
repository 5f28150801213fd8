"""`senders`: the addresses that editors have claimed for a department."""

from __future__ import annotations

import pytest

from archive import senders
from service.office import Office
from tests.support.command_line import CommandLine


@pytest.fixture
def office(office: Office) -> Office:
    with office.ledger.writing() as ledger:
        senders.learn(ledger, "wuxing", "wang@qq.com", "区民政局", who="li", at=office.now())
    return office


@pytest.mark.usefixtures("office")
def test_senders_lists_who_was_claimed_by_whom(command_line: CommandLine) -> None:
    assert command_line.run_json("senders").document == [
        {
            "bulletin": "wuxing",
            "address": "wang@qq.com",
            "department": "区民政局",
            "learned_at": "2022-11-08T16:00:00+08:00",
            "learned_by": "li",
        }
    ]
    shown = command_line.run("senders").output
    assert "wang@qq.com" in shown
    assert "2022-11-08" in shown


@pytest.mark.usefixtures("office")
def test_an_address_is_forgotten_however_it_is_written(command_line: CommandLine) -> None:
    assert command_line.run_json("senders", "--forget", " Wang@QQ.com").document == []


@pytest.mark.usefixtures("office")
def test_forgetting_an_unknown_address_is_bad_usage(command_line: CommandLine) -> None:
    refused = command_line.run_json("senders", "--forget", "zhao@qq.com")
    assert (refused.status, refused.output) == (2, "")
