"""The text of a new config.toml: the sample with its explanations, the answers in the place of its values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Final

from service.installing.new_office import NewOffice, ServerAnswer
from values.department import Department
from values.errors import BadUsage

_HEADER: Final = re.compile(r"#?\[+(?P<table>[a-z_.]+)\]+")
_LINE: Final = re.compile(r"(?P<key>[a-z_]+) = (?P<value>.*?)(?P<remark>\s+# .*)?")
_DEPARTMENT: Final = "bulletin.department"
_OF_THE_SAMPLE: Final = {"report_to": "[]", "issue_to": "[]", "phone": '""'}
"""Keys of the bulletin whose values in the sample are those of one office: they become empty."""
_NO_DEPARTMENTS: Final = (
    "# 报送单位还没有写：在审稿台“单位”页上添加，或运行 departments import 从 .xlsx、.csv 导入，或照样例一家写一段："
    '\n# [[bulletin.department]]\n# name = "区教体局"\n# full_name = "章贡区教育体育局"'
    '\n# senders = ["jtj@example.org"]'
)


def config_text(sample: str, office: NewOffice) -> str:
    """The sample config.toml with these answers. Raises BadUsage where the sample lacks a key of them."""
    answers = _answers(office)
    lines = list(_replaced(sample.splitlines(), answers))
    missing = [f"{table}.{key}" for table, values in answers.items() for key in values]
    if missing:
        raise BadUsage(f"程序自带的 config.toml 改动过，缺少 {'、'.join(missing)}。请重新取一份完整的程序。")
    departments = [_department_text(department) for department in office.bulletin.departments]
    return "\n".join([*lines, *(departments or [_NO_DEPARTMENTS])]) + "\n"


def _answers(office: NewOffice) -> dict[str, dict[str, str]]:
    """The values to write, in TOML, by table and key."""
    mail, bulletin = office.mail, office.bulletin
    password = f"{{ {office.password_kind} = {_toml(office.password_name)} }}"
    account = {
        "username": _toml(mail.username),
        "password": password,
        "ca_file": _toml(str(mail.ca_file or "")),
    }
    return {
        "service": {"data_dir": _toml(office.data_dir)},
        "desk": {key: _toml(value) for key, value in asdict(office.desk).items() if value is not None},
        "smtp": {**_server(mail.sending), **(account if mail.sending else {})},
        "bulletin": {
            "id": _toml(bulletin.id),
            "title": _toml(bulletin.title),
            "office": _toml(bulletin.office),
            "schedule": _toml(bulletin.schedule),
            "first_number": str(bulletin.first_number),
            "editors": _toml(bulletin.editors),
            **_OF_THE_SAMPLE,
        },
        "bulletin.mailbox": {**_server(mail.receiving), **account, "since": bulletin.since.isoformat()},
    }


def _server(server: ServerAnswer | None) -> dict[str, str]:
    if server is None:
        return {"host": '""'}
    return {"host": _toml(server.host), "port": str(server.port), "security": _toml(server.security)}


def _replaced(lines: list[str], answers: Mapping[str, dict[str, str]]) -> Iterator[str]:
    """The lines up to the departments. Removes what it has used from the answers."""
    table = ""
    for line in lines:
        header = _HEADER.match(line)
        if header:
            table = header["table"]
        if table == _DEPARTMENT:
            continue
        written = _LINE.fullmatch(line)
        value = answers.get(table, {}).pop(written["key"], None) if written else None
        yield line if written is None or value is None else _line(written, value)


def _line(written: re.Match[str], value: str) -> str:
    """The line with another value, its remark in the same column where there is room."""
    text, remark = f"{written['key']} = {value}", written["remark"]
    if not remark:
        return text
    return f"{text.ljust(written.end() - len(remark.lstrip()) - 1)} {remark.lstrip()}"


def _department_text(department: Department) -> str:
    lines = ["[[bulletin.department]]", f"name = {_toml(department.name)}"]
    for key, value in (
        ("full_name", department.full_name),
        ("aliases", department.aliases),
        ("senders", department.senders),
        ("group", department.group),
    ):
        if value:
            lines.append(f"{key} = {_toml(value)}")
    return "\n".join([*lines, ""])


def _toml(value: str | tuple[str, ...]) -> str:
    """A string or list of strings in TOML: JSON writes both the same way, but for DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
