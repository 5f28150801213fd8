"""Which providers show programs the last thirty days only, by the host or by the account."""

from __future__ import annotations

import pytest

from service.health.mailbox_advice import whole_mailbox_advice


@pytest.mark.parametrize(
    ("host", "username", "words"),
    [
        ("imap.163.com", "zgqwxzfb@163.com", "收取全部邮件"),
        ("imap.126.com", "office@126.com", "收取全部邮件"),
        ("imaphz.qiye.163.com", "office@gov.example", "收取全部邮件"),
        ("127.0.0.1", "zgqwxzfb@vip.163.com", "收取全部邮件"),
        ("imap.qq.com", "1@qq.com", "收取选项"),
        ("imap.exmail.qq.com", "office@gov.example", "收取选项"),
    ],
)
def test_provider_that_hides_old_letters_is_named_with_its_setting(host: str, username: str, words: str) -> None:
    advice = whole_mailbox_advice(host, username)
    assert words in advice
    assert "30" in advice


@pytest.mark.parametrize(("host", "username"), [("mail.gov.example", "a@gov.example"), ("imap.not163.com", "a@b.com")])
def test_other_mailboxes_get_no_advice(host: str, username: str) -> None:
    assert whole_mailbox_advice(host, username) == ""
