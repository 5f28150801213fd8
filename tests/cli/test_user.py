"""The people of the desk from the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from service.office import DATABASE
from tests.support.scenario import PRINTED, Installation, installation_of


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    return installation_of(PRINTED, tmp_path)


def test_a_user_is_added_listed_changed_and_disabled(office: Installation) -> None:
    added = office.run("user", "add", "wang", "--role", "editor", "--display-name", "王编辑")
    assert (added.status, added.document["name"]) == (0, "wang")
    assert added.document["url"].startswith("http://127.0.0.1:8080/invitation/")
    wang = {
        "name": "wang",
        "display_name": "王编辑",
        "role": "editor",
        "address": "",
        "disabled": False,
        "has_password": False,
        "second_factor": False,
    }
    assert office.run("user", "list").document == [wang]
    assert office.run("user", "role", "wang", "admin").document == {**wang, "role": "admin"}
    office.run("user", "add", "li", "--role", "admin")
    assert office.run("user", "disable", "wang").document["disabled"] is True
    assert office.run("user", "enable", "wang").document["disabled"] is False
    assert office.run("user", "password", "wang").document["url"] != added.document["url"]


def test_what_cannot_be_done_is_refused_with_the_reason(office: Installation) -> None:
    office.run("user", "add", "wang", "--role", "admin")
    for words, reason in (
        (("add", "wang"), "已经有用户 wang 了"),
        (("add", "a b"), "用户名只能用"),
        (("password", "nobody"), "没有用户 nobody。"),
        (("disable", "wang"), "wang 是唯一的管理员"),
        (("role", "wang", "editor"), "wang 是唯一的管理员"),
        (("reset-second-factor", "nobody"), "没有用户 nobody。"),
        (("log-out", "nobody"), "没有用户 nobody。"),
        (("reset-second-factor", "wang"), "用户 wang 没有设置二次验证"),
    ):
        answer = office.run("user", *words)
        assert (answer.status, answer.document) == (2, None)
        assert reason in answer.complaints


def test_second_factor_of_a_lost_phone_is_reset(office: Installation) -> None:
    office.run("user", "add", "wang", "--role", "editor")
    with closing(sqlite3.connect(office.data / DATABASE)) as ledger:
        ledger.execute("INSERT INTO second_factor VALUES (1, 'GEZDGNBVGY3TQOJQ', 0, '2022-11-08 08:00:00')")
        ledger.commit()
    assert [user["second_factor"] for user in office.run("user", "list").document] == [True]
    assert office.run("user", "reset-second-factor", "wang").document["second_factor"] is False
    assert [user["second_factor"] for user in office.run("user", "list").document] == [False]
