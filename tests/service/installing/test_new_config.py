"""The text of a new configuration: it says what was answered, and explains every other key."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from service.installing.new_config import config_text
from service.installing.new_office import BulletinAnswers, DeskAnswers, MailAnswers, NewOffice, ServerAnswer
from settings.kinds import Listen
from settings.load import parse_settings
from values.department import Department
from values.errors import BadUsage

SAMPLE = (Path(__file__).parents[3] / "config.toml").read_text(encoding="utf-8")
DEPARTMENTS = (
    Department("区教体局", "章贡区教育体育局", ("区教育局",), ("jtj@example.net", "@jtj.example.net"), group="部门"),
    Department("沙石镇"),
)
OFFICE = NewOffice(
    data_dir="/var/lib/jianbao",
    desk=DeskAnswers("0.0.0.0:8080", None),
    mail=MailAnswers(
        ServerAnswer("imap.163.com", 993, "tls"), ServerAnswer("smtp.163.com", 465, "tls"), "tougao@163.com", None
    ),
    password_kind="credential",
    password_name="imap-password",
    bulletin=BulletinAnswers(
        id="wuxing",
        title="章贡区“五型”政府建设",
        office="区“五型”办",
        first_number=71,
        schedule="",
        editors=("bianji@example.net",),
        since=date(2026, 11, 1),
        departments=DEPARTMENTS,
    ),
)


def test_answers_are_what_the_configuration_says() -> None:
    settings = parse_settings(config_text(SAMPLE, OFFICE).encode(), name="config.toml", home=Path("/etc/jianbao"))
    [bulletin] = settings.bulletins
    assert settings.service.data_dir == Path("/var/lib/jianbao")
    assert (settings.desk.listen, settings.desk.public_url) == (Listen("0.0.0.0", 8080), "http://127.0.0.1:8080")
    assert (settings.smtp.host, settings.smtp.port, settings.smtp.username) == ("smtp.163.com", 465, "tougao@163.com")
    assert settings.smtp.password == bulletin.mailbox.password
    assert str(bulletin.mailbox.password) == "systemd 凭据 imap-password"
    assert (bulletin.title, bulletin.office, bulletin.first_number) == ("章贡区“五型”政府建设", "区“五型”办", 71)
    assert (bulletin.schedule, bulletin.editors) == (None, ("bianji@example.net",))
    assert bulletin.mailbox.since == date(2026, 11, 1)
    assert [replace(each, position=0) for each in bulletin.departments] == list(DEPARTMENTS)


def test_nothing_of_the_samples_office_stays_and_every_remark_does() -> None:
    def remarks(text: str) -> list[str]:
        return [line.partition("#")[2] for line in text.splitlines() if "#" in line]

    text = config_text(SAMPLE, OFFICE)
    values = "\n".join(line.partition("#")[0] for line in text.splitlines())
    assert not [word for word in ("example.org", "zgqwxzfb", "副区长", "8199917", "区人社局") if word in values]
    above_departments = SAMPLE.partition("[[bulletin.department]]")[0]
    assert remarks(text)[: len(remarks(above_departments))] == remarks(above_departments)


@pytest.mark.parametrize("text", ['a "quoted" \\ back # mark\x7f [x] = 1', "'''", '"""', "\\", '{ env = "X" }'])
def test_text_stays_as_it_was_typed(text: str) -> None:
    odd = replace(OFFICE, bulletin=replace(OFFICE.bulletin, title=text, departments=(Department(text),)))
    [bulletin] = tomllib.loads(config_text(SAMPLE, odd))["bulletin"]
    assert bulletin["title"] == text
    assert bulletin["department"] == [{"name": text}]


def test_without_departments_and_letters_out_both_are_explained() -> None:
    few = replace(OFFICE, bulletin=replace(OFFICE.bulletin, departments=()), mail=replace(OFFICE.mail, sending=None))
    text = config_text(SAMPLE, few)
    document = tomllib.loads(text)
    assert document["smtp"]["host"] == ""
    assert "department" not in document["bulletin"][0]
    assert "# [[bulletin.department]]" in text


def test_sample_that_lacks_a_key_is_refused() -> None:
    without = "\n".join(line for line in SAMPLE.splitlines() if not line.startswith("first_number"))
    with pytest.raises(BadUsage, match=r"缺少 bulletin\.first_number"):
        config_text(without, OFFICE)
