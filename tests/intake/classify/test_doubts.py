from __future__ import annotations

from dataclasses import replace

import pytest

from intake.classify.doubts import doubts_about_sender
from intake.classify.submission import Submission
from intake.parse.message import parse_message
from tests.support.submissions import MANUSCRIPT, classified, raw_letter, submission
from values.department import Department


def test_two_from_addresses_are_a_doubt() -> None:
    [doubt] = submission(MANUSCRIPT, sender="jtj@example.org, other@qq.com").owner.doubts
    assert doubt == "信上写了不止一个发件地址（jtj@example.org、other@qq.com）"


@pytest.mark.parametrize("at", ["@", "＠"])
def test_another_address_in_the_display_name_is_a_doubt(at: str) -> None:
    [doubt] = submission(MANUSCRIPT, sender=f'"jtj{at}example.org" <evil@qq.com>').owner.doubts
    assert doubt == "发件人名称里写着另一个地址 jtj@example.org，信其实来自 evil@qq.com"


def test_from_field_that_is_no_mailbox_is_a_doubt_that_shows_it() -> None:
    found = submission(MANUSCRIPT, sender='"x <jtj@example.org>" evil@qq.com').owner
    [doubt] = found.doubts
    assert doubt == '发件人一栏不合规范，认不出信来自哪个地址（"x <jtj@example.org>" evil@qq.com）'
    assert found.department is None


def test_own_address_as_display_name_is_no_doubt() -> None:
    assert submission(MANUSCRIPT, sender='"JTJ@example.org" <jtj@example.org>').owner.doubts == ()


def test_missing_sender_is_a_doubt() -> None:
    assert submission(MANUSCRIPT, sender="").owner.doubts == ("信上没有发件地址",)


@pytest.mark.parametrize(
    "sender",
    [
        "jtj@examp1e.org",
        "jtj@exarnple.org",
        "jtj@exmaple.org",
        "jtj@example.orgs",
        "jj@example.org",
        "x@jr.examp1e.org",
    ],
)
def test_address_that_looks_like_a_registered_one_is_a_doubt(sender: str) -> None:
    [doubt] = submission(MANUSCRIPT, sender=sender).owner.doubts
    assert doubt.startswith(f"发件地址 {sender} 与登记的 ")


def test_cyrillic_twin_of_a_registered_address_is_a_doubt() -> None:
    letter = replace(parse_message(raw_letter(MANUSCRIPT)), sender="jtj@exаmрle.org")
    found = classified(letter)
    assert isinstance(found, Submission)
    assert len(found.owner.doubts) == 1
    assert found.owner.department is None


def dmarc(result: str) -> bytes:
    return f"Authentication-Results: mx.office.example; dmarc={result} header.from=jtj.example.org\r\n".encode()


@pytest.mark.parametrize(
    ("senders", "result", "held"),
    [
        (("wang@jtj.example.org",), "fail", True),
        (("wang@jtj.example.org",), "none", False),
        (("@jtj.example.org",), "fail", True),
        (("@jtj.example.org",), "none", True),
        (("@jtj.example.org",), "pass", False),
    ],
)
def test_a_configured_server_is_asked_about_the_senders_domain(
    senders: tuple[str, ...], result: str, held: bool
) -> None:
    message = parse_message(dmarc(result) + b"From: wang@jtj.example.org\r\n\r\nx\r\n")
    departments = (Department("区教体局", senders=senders),)
    doubts = doubts_about_sender(message, departments, registered=True, authserv_id="mx.office.example")
    assert bool(doubts) is held
    assert doubts_about_sender(message, departments, registered=True) == (), "no server is believed unless configured"


@pytest.mark.parametrize(
    ("agent", "results", "held"),
    [
        ("wang@jtj.example.org", "spf=none", False),
        ("office@jtj.example.org", "spf=none", False),
        ("evil@qq.com", "spf=none", True),
        ("evil@qq.com", "spf=pass smtp.mailfrom=evil@qq.com", True),
        ("list@qq.com", "dkim=pass header.d=jtj.example.org", False),
    ],
)
def test_sender_of_another_domain_is_a_doubt_unless_the_server_vouches(agent: str, results: str, held: bool) -> None:
    head = f"Authentication-Results: mx.office.example; {results}\r\nSender: {agent}\r\n"
    message = parse_message(f"{head}From: wang@jtj.example.org\r\n\r\nx\r\n".encode())
    departments = (Department("区教体局", senders=("wang@jtj.example.org",)),)
    doubts = doubts_about_sender(message, departments, registered=True, authserv_id="mx.office.example")
    assert bool(doubts) is held
