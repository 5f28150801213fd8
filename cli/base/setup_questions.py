"""The questions of `init`: about the mailbox and about the bulletin. Each answer is checked as in config.toml."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final, cast
from zoneinfo import ZoneInfo

from cli.base.questions import NeededValue, Questions
from intake.fetch.imap import Security
from service.installing.new_office import BulletinAnswers, MailAnswers, ServerAnswer
from service.installing.providers import PROVIDERS, MailProvider, provider_called
from service.register.department_file import department_rows
from service.register.department_row import department_in
from settings.field_check import mistake_in
from settings.model import BulletinSettings, MailboxSettings, ServiceSettings
from settings.rules import mistakes_between_keys
from settings.table import SettingsTable
from values.department import Department
from values.errors import BadUsage
from values.whole_number import whole_number

_ZONE: Final = ZoneInfo("Asia/Shanghai")
"""The time zone of a new configuration."""
_IMAPS, _SMTPS = "993", "465"
"""RFC 8314 3.2 and 3.3."""


def ask_mail(questions: Questions, home: Path) -> MailAnswers:
    """The mailbox and its servers."""
    provider = _ask_provider(questions)
    if questions.dialogue is not None:
        questions.dialogue.say(f"  {provider.advice}。登录用{provider.password}。")
    ca_file = ""
    if provider.imap_host:
        receiving = ServerAnswer(provider.imap_host, int(_IMAPS), "tls")
        sending: ServerAnswer | None = ServerAnswer(provider.smtp_host, int(_SMTPS), "tls")
    else:
        receiving = _ask_server(questions, "imap", "收信服务器（IMAP）", _IMAPS, home)
        sending_host = _ask(questions, "--smtp-host", "发信服务器（SMTP），不发信就不写", "", _no_check)
        sending = _ask_port(questions, "smtp", sending_host, _SMTPS, home) if sending_host else None
        ca_file = _ask(questions, "--ca-file", "证书由单位自己的 CA 签发的：CA 证书文件", "", _ca_file)
    username = _ask(questions, "--username", "投稿邮箱的完整地址", None, _address)
    return MailAnswers(receiving, sending, username, _path(ca_file) if ca_file else None)


def ask_bulletin(questions: Questions, home: Path, now: datetime) -> BulletinAnswers:
    """The bulletin and its departments."""

    def field(option: str, text: str, key: str, default: str | None = None) -> str:
        return _ask(questions, option, text, default, _field(BulletinSettings, key, home))

    title = field("--title", "简报的名称（报头上的）", "title")
    office = field("--office", "编印单位", "office")
    id = field("--id", "简报的代号，用在路径和命令里", "id", "jianbao")
    first = _ask(questions, "--first-number", "下一期的期号", "1", _positive)
    schedule = field("--schedule", "每周几点编出送审稿（mon tue wed thu fri sat sun）", "schedule", "fri 16:00")
    editors = _ask(questions, "--editors", "编辑的邮箱，几个用逗号隔开", "", _editors(home))
    today = now.astimezone(_ZONE).date().isoformat()
    since = _ask(questions, "--since", "从哪天的来信收起", today, _day)
    file = _ask(questions, "--departments", "报送单位的名录（.xlsx 或 .csv 文件），以后再写就不填", "", _register_file)
    return BulletinAnswers(
        id=id,
        title=title,
        office=office,
        first_number=int(first or 1),
        schedule=schedule,
        editors=_addresses(editors),
        since=date.fromisoformat(since or today),
        departments=_departments(file),
    )


def ask_data_dir(questions: Questions, home: Path, default: str) -> str:
    """Where the service is to keep its data."""
    check = _field(ServiceSettings, "data_dir", home)
    return _ask(questions, "--data-dir", "数据文件夹（相对路径从配置所在的文件夹算起）", default, check)


def _ask(questions: Questions, option: str, text: str, default: str | None, check: Callable[[str], str | None]) -> str:
    """Given values that are empty or the default are not checked twice: a default is right."""
    return questions.answer(
        NeededValue(option, text, default, lambda typed: None if typed == default else check(typed))
    )


def _ask_provider(questions: Questions) -> MailProvider:
    if questions.dialogue is not None and not questions.is_given("--provider"):
        questions.dialogue.say("投稿邮箱是哪一家的？")
        for number, provider in enumerate(PROVIDERS, start=1):
            questions.dialogue.say(f"  {number}. {provider.name}（{provider.id}）")
    typed = _ask(questions, "--provider", "邮箱服务商，写序号或括号里的字", None, _provider_mistake)
    return _provider(typed) or PROVIDERS[0]  # without an answer nothing comes of it


def _provider(typed: str) -> MailProvider | None:
    """By its id; by its number in the list, where no id is the same."""
    number = whole_number(typed)
    if called := provider_called(typed.lower()):
        return called
    return PROVIDERS[number - 1] if number and number <= len(PROVIDERS) else None


def _provider_mistake(typed: str) -> str | None:
    return None if _provider(typed) else f"没有“{typed}”；可以写 {'、'.join(provider.id for provider in PROVIDERS)}"


def _ask_server(questions: Questions, kind: str, text: str, port: str, home: Path) -> ServerAnswer:
    host = _ask(questions, f"--{kind}-host", text, None, _field(MailboxSettings, "host", home))
    return _ask_port(questions, kind, host, port, home)


def _ask_port(questions: Questions, kind: str, host: str, default: str, home: Path) -> ServerAnswer:
    port = _ask(questions, f"--{kind}-port", f"{host} 的端口", default, _port)
    usual = "tls" if port == default else "starttls"
    check = partial(_security, host, home)
    answer = _ask(questions, f"--{kind}-security", "加密：tls 或 starttls", usual, check)
    return ServerAnswer(host, int(port or default), cast(Security, answer))


def _field(table: type[SettingsTable], key: str, home: Path) -> Callable[[str], str | None]:
    return lambda typed: mistake_in(table, key, {key: typed}, home)


def _security(host: str, home: Path, typed: str) -> str | None:
    return mistake_in(MailboxSettings, "security", {"host": host, "security": typed}, home)


def _ca_file(typed: str) -> str | None:
    path = _path(typed)
    return mistake_in(MailboxSettings, "ca_file", {"ca_file": str(path)}, path.parent)


def _path(typed: str) -> Path:
    """As everywhere in a command, relative to the current folder."""
    return Path(typed).expanduser().absolute()


def _port(typed: str) -> str | None:
    return None if whole_number(typed, 65535) else "应是 1 到 65535 的数字"


def _positive(typed: str) -> str | None:
    return None if whole_number(typed) else "应是不小于 1 的数字，如 70"


def _no_check(_typed: str) -> None:
    return None


def _address(typed: str) -> str | None:
    local, _, domain = typed.rpartition("@")
    return None if local and "." in domain else "应是完整的邮箱地址，如 zgqwxzfb@163.com"


def _addresses(typed: str) -> tuple[str, ...]:
    return tuple(part for part in typed.replace("，", ",").replace("；", ",").replace(" ", ",").split(",") if part)


def _editors(home: Path) -> Callable[[str], str | None]:
    return lambda typed: mistake_in(BulletinSettings, "editors", {"editors": _addresses(typed)}, home)


def _day(typed: str) -> str | None:
    try:
        date.fromisoformat(typed)
    except ValueError:
        return "应是日期，如 2026-11-01"
    return None


def _register_file(typed: str) -> str | None:
    try:
        _departments(typed)
    except BadUsage as error:
        return str(error)
    return None


def _departments(file: str) -> tuple[Department, ...]:
    """Raises BadUsage for a file that cannot be read, and with the number of each row that cannot be used."""
    departments: list[Department] = []
    mistakes: list[str] = []
    for row in department_rows(_path(file)) if file else ():
        try:
            departments.append(department_in(row))
        except BadUsage as error:
            mistakes.append(f"{file} 第 {row.number} 行：{error}")
    mistakes += (mistake.reason for mistake in mistakes_between_keys(_document(departments)))
    if mistakes:
        raise BadUsage("\n".join(mistakes))
    return tuple(departments)


def _document(departments: Sequence[Department]) -> Mapping[str, object]:
    """The departments as config.toml would have them."""
    tables = [
        {"name": department.name, "full_name": department.full_name, "aliases": list(department.aliases)}
        for department in departments
    ]
    return {"bulletin": [{"department": tables}]}
