"""Tokens of the API from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scenario import PRINTED, Installation, installation_of


@pytest.fixture
def office(tmp_path: Path) -> Installation:
    office = installation_of(PRINTED, tmp_path)
    office.run("user", "add", "wang", "--role", "viewer")
    return office


def test_a_token_is_added_shown_once_listed_and_revoked(office: Installation) -> None:
    added = office.run("token", "add", "wang", "--name", "OA", "--bulletin", "wuxing", "--days", "30")
    assert added.status == 0
    assert added.document["token"].startswith("jianbao_")
    row = {key: value for key, value in added.document.items() if key != "token"}
    assert (row["scopes"], row["bulletin"], row["valid"], row["used_at"]) == (["read"], "wuxing", True, None)
    assert office.run("token", "list").document == [row]
    assert office.run("token", "revoke", "1").document == {**row, "valid": False}


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("add", "nobody", "--name", "OA"), "没有用户 nobody。"),
        (("add", "wang", "--name", "OA", "--scope", "edit"), "不能有这些权限：审稿编排"),
        (("add", "wang", "--name", "OA", "--bulletin", "x"), "没有刊物 x。"),
        (("revoke", "9"), "没有这个令牌。"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    office: Installation, words: tuple[str, ...], reason: str
) -> None:
    refused = office.run("token", *words)
    assert (refused.status, reason in refused.complaints) == (2, True)
    assert office.run("token", "list").document == []
