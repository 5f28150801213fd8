from __future__ import annotations

from settings.keys import key_paths, keys_of
from settings.model import BulletinSettings, MailboxSettings, Settings


def test_keys_open_the_tables_that_they_hold() -> None:
    keys = keys_of(BulletinSettings)
    assert keys["mailbox"] is MailboxSettings
    assert keys["ofd"] is None
    assert keys_of(Settings)["bulletin"] is BulletinSettings


def test_paths_name_the_tables_above() -> None:
    paths = list(key_paths())
    assert {("bulletin", "ofd"), ("bulletin", "mailbox", "port")} <= set(paths)
    assert len(paths) == len(set(paths))
