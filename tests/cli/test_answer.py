"""`answer` writes to the sender of a letter; `outbox --release` and `--drop` decide about a letter that is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import letters
from intake.pool import ReadingPool
from service.office import Office
from tests.support.command_line import command_line_of
from tests.support.correspondence import receive, text_of, written
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending

QUESTION = (
    "From: jtj@example.org\r\nTo: wuxing@example.org\r\nSubject: 投稿咨询\r\nMessage-ID: <q@example.org>\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n请问本期什么时候截稿？\r\n"
).encode()


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None, more='hold = ["answer"]'))


@pytest.fixture
def question(office: Office, pool: ReadingPool) -> str:
    """The SHA-256 of a letter that asks something."""
    receive(office, pool, QUESTION)
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    return letter.sha256


def test_answer_is_written_and_released(office: Office, question: str) -> None:
    command_line = command_line_of(office)
    done = command_line.run_json("answer", question[:12], "--text", "周五 16:00 以前。", "--quote")
    assert done.document == {"id": 2, "kind": "answer", "to": ["jtj@example.org"], "state": "held"}
    assert "> 请问本期什么时候截稿？" in text_of(written(office)[-1])
    [row] = command_line.run_json("messages").document
    assert (row["verdict"], row["question"]) == ("quarantined", "answered")
    assert command_line.run_json("outbox", "--release", "2").document["state"] == "queued"
    assert "服务下一轮就发" in command_line.run("answer", question, "--text", "周五 16:00 以前。").output
    assert command_line.run("outbox", "--release", "2").status == 2


def test_answer_comes_from_a_file_and_is_dropped(office: Office, question: str, tmp_path: Path) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("照片请另附。\n", encoding="utf-8-sig")
    command_line = command_line_of(office)
    assert "--release 2" in command_line.run("answer", question, "--file", str(file)).output
    assert text_of(written(office)[-1]).startswith("照片请另附。\n")
    assert command_line.run_json("outbox", "--drop", "2").document["state"] == "dropped"
    again = command_line.run("answer", question, "--file", str(file)).output
    assert "同样的话已经写过，那封信（发件箱 2）是“不发”" in again
    assert "就发" not in again


def test_wrong_use_is_answered_with_the_reason(office: Office, question: str, tmp_path: Path) -> None:
    command_line = command_line_of(office)
    assert "请写答复" in command_line.run("answer", question, "--text", " ").errors
    assert "有 0 封" in command_line.run("answer", "0" * 64, "--text", "好").errors
    assert "UTF-8" in command_line.run("answer", question, "--file", str(tmp_path / "none.txt")).errors
