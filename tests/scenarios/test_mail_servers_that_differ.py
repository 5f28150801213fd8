"""Mail servers that announce, offer or deliver otherwise than the standard says: the letters still become articles.

The cases 80, 83 and 84 of issue 13, over the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.support.imap_dialogues import bodies, only, sends_instead
from tests.support.imap_server import ScriptedImap
from tests.support.mixed_mail import configured, deliver, mixed_mail
from tests.support.scenario import Installation


@pytest.fixture
def imap() -> Iterator[ScriptedImap]:
    """A mailbox with six letters, a manuscript in each."""
    with ScriptedImap().running() as server:
        deliver(server, islice(mixed_mail(seed=80), 6))
        yield server


def verdicts(office: Installation) -> list[str]:
    return [row["verdict"] for row in office.run("messages").document]


def test_letters_announced_larger_than_they_are_become_articles(imap: ScriptedImap, tmp_path: Path) -> None:
    imap.sizes = {uid: len(raw) * 11 // 10 for uid, raw in imap.letters.items()}
    office = Installation(tmp_path, configured(imap, None))
    polled = office.run("poll")
    assert (polled.status, polled.document["errors"]) == (0, [])
    assert verdicts(office) == ["article"] * 6
    assert len(office.run("articles").document) == 6


def test_letter_that_comes_empty_is_reported_and_taken_when_it_comes(imap: ScriptedImap, tmp_path: Path) -> None:
    imap.on["UID FETCH"] = only(bodies, sends_instead(3, b""))
    office = Installation(tmp_path, configured(imap, None))
    polled = office.run("poll")
    assert polled.status != 0
    [problem] = polled.document["errors"]
    assert "取不下来" in problem
    assert verdicts(office) == ["article"] * 5
    imap.on.clear()
    assert office.run("poll").document["new"] == 1
    assert verdicts(office) == ["article"] * 6


@pytest.mark.parametrize("sasl", ["AUTH=PLAIN", "AUTH=LOGIN"])
def test_letters_of_a_server_that_forbids_login_become_articles(imap: ScriptedImap, tmp_path: Path, sasl: str) -> None:
    imap.capability = f"IMAP4rev1 ID LOGINDISABLED {sasl}"
    office = Installation(tmp_path, configured(imap, None))
    assert office.run("poll").status == 0
    assert verdicts(office) == ["article"] * 6
    assert imap.count("LOGIN ") == 0


def test_server_that_takes_only_oauth_is_named_and_not_the_password(imap: ScriptedImap, tmp_path: Path) -> None:
    imap.capability = "IMAP4rev1 ID LOGINDISABLED AUTH=XOAUTH2"
    polled = Installation(tmp_path, configured(imap, None)).run("poll")
    assert polled.status == 3
    [problem] = polled.document["errors"]
    assert "只接受 OAuth 令牌登录（XOAUTH2）" in problem
    assert "请核对用户名和密码" not in problem
