"""Letters at the API, and manuscripts handed in."""

from __future__ import annotations

from typing import Any

import pytest

from archive.changes import ChangeFilter, changes
from archive.letters import letter_with_sha256
from service.shapes.letters import message_rows
from tests.support.api import BASE, ApiDriver


def test_a_manuscript_that_is_handed_in_is_a_letter_that_waits_and_the_same_one_twice_is_one(api: ApiDriver) -> None:
    sent: dict[str, Any] = {
        "files": {"file": ("简讯.txt", "标题\n\n正文。".encode())},
        "data": {"department": "区民政局"},
    }
    answer = api.send("POST", "/submissions", **sent)
    assert (answer.status_code, answer.json()["verdict"]) == (202, "pending")
    assert api.get(answer.headers["location"]).json() == answer.json()
    assert api.send("POST", "/submissions", **sent).headers["location"] == answer.headers["location"]
    [listed] = api.get("/letters").json()["items"]
    with api.office.ledger.reading() as ledger:
        letter = letter_with_sha256(ledger, "wuxing", listed["sha256"])
        assert letter is not None
        assert any(change.who == "王编辑（OA）" for change in changes(ledger, ChangeFilter(subject="letter")))
    assert listed == message_rows(api.office, [letter])[0]
    assert answer.headers["location"].startswith(BASE)


@pytest.mark.parametrize("encoding", ["multipart", "urlencoded"])
def test_a_text_may_be_as_long_as_described(api: ApiDriver, encoding: str) -> None:
    """2,000,000 characters; one more is refused and named."""

    def sent(characters: int) -> Any:
        fields = {
            "department": "区民政局",
            "text": "标题\n\n" + "文x" * (characters // 2 - 2) + "。" * (characters % 2),
        }
        if encoding == "multipart":
            return api.send("POST", "/submissions", files={name: (None, text) for name, text in fields.items()})
        return api.send("POST", "/submissions", data=fields)

    assert sent(2_000_000).status_code == 202
    refused = sent(2_000_001)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "body/text")


def test_material_of_nothing_is_refused_with_the_reason(api: ApiDriver) -> None:
    refused = api.send("POST", "/submissions", data={"department": "区民政局"})
    assert (refused.status_code, "请粘贴文字，或选择一个文件" in refused.json()["detail"]) == (400, True)
    assert api.get("/letters").json()["items"] == []


def test_text_and_several_files_are_one_letter(api: ApiDriver) -> None:
    files = [("file", ("一.txt", "标题\n\n正文。".encode())), ("file", ("二.txt", "标题二\n\n正文二。".encode()))]
    answer = api.send("POST", "/submissions", data={"department": "区民政局", "text": "两篇，请收。"}, files=files)
    assert answer.status_code == 202
    assert len(api.get("/letters").json()["items"]) == 1


def test_an_original_that_nobody_has_read_yet_is_not_handed_out(api: ApiDriver) -> None:
    """Its marking of secrecy is not known yet."""
    sent: dict[str, Any] = {"files": {"file": ("简讯.docx", b"x")}, "data": {"department": "区民政局"}}
    letter = api.send("POST", "/submissions", **sent).json()
    assert api.get(f"/letters/{letter['sha256']}/original").status_code == 400


def test_a_verdict_that_does_not_exist_is_named(api: ApiDriver) -> None:
    assert "quarantined" in api.get("/letters?verdict=lost").json()["detail"]
    assert api.get("/letters?verdict=quarantined").status_code == 200
