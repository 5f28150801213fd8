"""Single values are checked as in config.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings.field_check import mistake_in
from settings.model import BulletinSettings, MailboxSettings
from settings.table import SettingsTable


@pytest.mark.parametrize(
    ("table", "key", "values", "reason"),
    [
        (BulletinSettings, "title", {"title": "工作简报"}, None),
        (BulletinSettings, "title", {"title": " "}, "不能为空"),
        (BulletinSettings, "schedule", {"schedule": "周五 16:00"}, "是不是 fri"),
        (BulletinSettings, "schedule", {"schedule": ""}, None),
        (BulletinSettings, "editors", {"editors": ("a@example.org", "王编辑")}, "王编辑 不是邮箱地址"),
        (MailboxSettings, "security", {"host": "imap.163.com", "security": "none"}, "本机"),
        (MailboxSettings, "security", {"host": "127.0.0.1", "security": "none"}, None),
        (MailboxSettings, "security", {"host": "imap.163.com", "security": "ssl"}, "tls"),
    ],
)
def test_mistake_of_a_value_is_that_of_the_file(
    table: type[SettingsTable], key: str, values: dict[str, object], reason: str | None
) -> None:
    mistake = mistake_in(table, key, values, Path("/srv"))
    assert mistake is None if reason is None else mistake is not None and reason in mistake
