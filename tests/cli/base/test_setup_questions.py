"""The questions of `init`, answered by options: what becomes of each provider, and of a register with mistakes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cli.base.questions import Questions
from cli.base.setup_questions import ask_bulletin, ask_data_dir, ask_mail
from service.installing.new_office import MailAnswers, ServerAnswer
from values.errors import BadUsage

LATE = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)
"""One o'clock of the next day in China."""


@pytest.mark.parametrize(
    ("provider", "domain"),
    [("163", "163.com"), ("2", "126.com"), ("QQ", "qq.com"), ("4", "exmail.qq.com"), ("aliyun", "qiye.aliyun.com")],
)
def test_servers_of_a_provider_need_no_question(tmp_path: Path, provider: str, domain: str) -> None:
    questions = Questions({"--provider": provider, "--username": "tougao@example.org"}, None)
    assert ask_mail(questions, tmp_path) == MailAnswers(
        ServerAnswer(f"imap.{domain}", 993, "tls"),
        ServerAnswer(f"smtp.{domain}", 465, "tls"),
        "tougao@example.org",
        None,
    )
    questions.finish()


def test_own_server_has_the_usual_ports_and_what_goes_with_others(tmp_path: Path) -> None:
    given = {"--provider": "other", "--username": "a@example.org", "--imap-host": "mail.example.org"}
    assert ask_mail(Questions(given, None), tmp_path) == MailAnswers(
        ServerAnswer("mail.example.org", 993, "tls"), None, "a@example.org", None
    )
    more = {**given, "--imap-port": "143", "--smtp-host": "mail.example.org", "--smtp-port": "587"}
    assert ask_mail(Questions(more, None), tmp_path) == MailAnswers(
        ServerAnswer("mail.example.org", 143, "starttls"),
        ServerAnswer("mail.example.org", 587, "starttls"),
        "a@example.org",
        None,
    )


def test_defaults_are_those_of_the_offices_own_time(tmp_path: Path) -> None:
    questions = Questions({"--title": "简报", "--office": "办公室"}, None)
    bulletin = ask_bulletin(questions, tmp_path, LATE)
    questions.finish()
    assert (bulletin.id, bulletin.first_number, bulletin.schedule) == ("jianbao", 1, "fri 16:00")
    assert (bulletin.editors, bulletin.departments, bulletin.since) == ((), (), date(2026, 12, 1))
    assert ask_data_dir(questions, tmp_path, "data") == "data"


def test_every_row_of_a_register_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    register = tmp_path / "a.csv"
    register.write_text("简称,投稿地址\n区民政局,mzj\n沙石镇,\n沙石镇,\n", encoding="utf-8")
    questions = Questions({"--title": "简报", "--office": "办公室", "--departments": str(register)}, None)
    assert ask_bulletin(questions, tmp_path, LATE).departments == ()
    with pytest.raises(BadUsage) as refused:
        questions.finish()
    assert "第 2 行" in str(refused.value)
    assert "沙石镇" in str(refused.value)
