"""Which senders are learned when an editor has confirmed their department."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.senders import learned_senders
from service.office import Office
from service.register.learn_sender import ConfirmedLetter, learn_sender
from tests.support.ledger_rows import AT, BULLETIN
from tests.support.office_fixtures import OfficeSetup
from tests.support.offices import SHANGHAI, bulletin, config

TUESDAY = datetime(2022, 11, 8, 16, 0, tzinfo=SHANGHAI)
REGISTERED = '\n[[bulletin.department]]\nname = "区教体局"\nsenders = ["jtj@example.org"]\n'


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(config(bulletin() + REGISTERED), TUESDAY)


def learned(office: Office, header: str) -> tuple[str, list[tuple[str, str, str]]]:
    """What `learn_sender` returns for a letter of that header, and (address, department, who) in the ledger."""
    sha256 = office.raws.put(f"{header}\r\nSubject: tou gao\r\n\r\n".encode())
    with office.ledger.writing() as ledger:
        address = learn_sender(office, ledger, ConfirmedLetter(BULLETIN, sha256, "区民政局", "王编辑"), at=AT)
        records = learned_senders(ledger, BULLETIN)
    return address, [(record.address, record.department, record.learned_by) for record in records]


def test_unknown_sender_is_learned_in_lower_case(office: Office) -> None:
    address, records = learned(office, "From: =?utf-8?b?5byg5LiJ?= <Zhang@QQ.example.com>")
    assert address == "zhang@qq.example.com"
    assert records == [("zhang@qq.example.com", "区民政局", "王编辑")]


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("From: jtj@example.org", id="registered, for another department"),
        pytest.param("From: wuxing@example.org", id="our own mailbox"),
        pytest.param("X-No-Sender: x", id="no sender"),
        pytest.param(
            "From: tougao@groups.example\r\nList-Id: <tougao.groups.example>\r\nReply-To: jtj@example.org",
            id="a mailing list",
        ),
        pytest.param('From: "jtj@example.org" <zhang@qq.example.com>', id="shows an address of another department"),
    ],
)
def test_other_senders_are_not_learned(office: Office, header: str) -> None:
    assert learned(office, header) == ("", [])
