"""An unknown sender's article waits with a guess; the editor's word confirms it and teaches the service the address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.manuscripts import BODY, STYLES, large, plain
from tests.support.scenario import PRINTED, Installation, installation_of
from tests.support.submissions import File, raw_letter
from tools.docx_builder import docx

PRIVATE = "zhangmin@qq.com"


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    return installation_of(PRINTED, tmp_path)


def send(office: Installation, title: str, sender: str = PRIVATE, subject: str = "投稿") -> dict[str, Any]:
    inbox = office.home / title
    inbox.mkdir()
    manuscript = File("稿件.docx", docx(large(title) + plain(BODY + title), styles=STYLES))
    (inbox / "1.eml").write_bytes(raw_letter(manuscript, sender=sender, subject=subject))
    assert office.run("import", str(inbox)).status == 0
    row: dict[str, Any] = next(row for row in office.run("messages").document if title in row["reason"])
    return row


def test_adopting_an_unknown_senders_article_makes_the_next_one_an_ordinary_article(office: Installation) -> None:
    first = send(office, "园所文化有特色", sender=f"区教体局张敏 <{PRIVATE}>")
    assert first["verdict"] == "unconfirmed"
    assert "发件人或主题像是区教体局" in first["reason"]
    decided = office.run("decide", str(first["articles"][0]), "adopted")
    assert decided.document["department"] == "区教体局"
    assert send(office, "联盟共建促提升")["verdict"] == "article"
    [learned] = office.run("senders").document
    assert (learned["address"], learned["department"]) == (PRIVATE, "区教体局")


def test_a_wrong_or_missing_guess_is_put_right_with_the_decision(office: Installation) -> None:
    first = send(office, "园所文化有特色")
    assert first["verdict"] == "unconfirmed"
    unknown = office.run("decide", str(first["articles"][0]), "adopted", "--department", "区教育厅")
    assert (unknown.status, "名录里没有“区教育厅”" in unknown.complaints) == (2, True)
    decided = office.run("decide", str(first["articles"][0]), "adopted", "--department", "区教育局")
    assert decided.document["department"] == "区教体局"
    send(office, "联盟共建促提升")
    assert {row["department"] for row in office.run("articles").document} == {"区教体局"}


def test_a_doubtful_address_is_never_learned(office: Installation) -> None:
    first = send(office, "园所文化有特色", sender='"jtj@example.org" <jtj@examp1e.org>')
    assert office.run("decide", str(first["articles"][0]), "adopted", "--department", "区教体局").status == 0
    assert office.run("senders").document == []
    assert send(office, "联盟共建促提升", sender="jtj@examp1e.org")["verdict"] == "unconfirmed"


def test_learned_sender_can_be_forgotten(office: Installation) -> None:
    first = send(office, "园所文化有特色", subject="区教体局投稿")
    office.run("decide", str(first["articles"][0]), "adopted")
    assert office.run("senders", "--forget", PRIVATE.upper()).document == []
    assert send(office, "联盟共建促提升")["verdict"] == "unconfirmed"
    assert office.run("senders", "--forget", PRIVATE).status == 2
