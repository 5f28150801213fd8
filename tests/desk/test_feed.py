"""The feed of signed-off issues: who may read it, what is in it, and what leaves it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from archive import articles, letters, seals
from archive.changes import ChangeFilter, changes
from archive.issues import IssueRecord
from desk.pages.account_tokens import _feeds_of
from programs.pdf import PdfFailure, PdfNotMade
from service.article.correct import make_correction
from service.article.erratum import WrongWords
from service.issue.assemble import assemble
from service.issue.sign_off import FilesIncomplete, complete_issues, sign_off
from service.people.api_tokens import TokenRequest, issue_token
from service.publishing.feed import PAGE_SIZE
from tests.support.desk import DeskDriver, somebody
from tests.support.ledger_rows import AT, BULLETIN
from values.account import Role
from values.api_token import TokenScope
from values.letter import Seal

FEED = f"/b/{BULLETIN}/feed"
ATOM = {"a": "http://www.w3.org/2005/Atom", "at": "http://purl.org/atompub/tombstones/1.0"}


def signed_off(desk: DeskDriver, *names: str, days: int = 0) -> IssueRecord:
    if names:
        desk.hand_in(*names)
    bulletin = desk.office.bulletin(None)
    desk.clock.now = AT + timedelta(days=days)
    made = assemble(desk.office, bulletin, desk.clock.now.date())
    assert made
    return sign_off(desk.office, bulletin, made.issue.number.number, "王编辑")


def token(desk: DeskDriver, *scopes: TokenScope, bulletin: str = "") -> str:
    account = somebody(desk.office, Role.EDITOR, "portal").name
    request = TokenRequest(account, "门户", frozenset(scopes or {TokenScope.FEED}), 300, bulletin)
    return issue_token(desk.office, request, who="赵管理").text


def read(desk: DeskDriver, path: str = FEED, headers: Mapping[str, str] | None = None) -> Any:
    return desk.client.get(path, headers=dict(headers or {}), auth=("x", token(desk)))


def entries(desk: DeskDriver, path: str = FEED) -> list[ElementTree.Element]:
    return ElementTree.fromstring(read(desk, path).content).findall("a:entry", ATOM)


def test_the_feed_lists_signed_off_issues_with_their_files(desk: DeskDriver) -> None:
    first = signed_off(desk, "甲", "乙")
    second = signed_off(desk, "丙", days=7)
    desk.hand_in("丁")
    assemble(desk.office, desk.office.bulletin(None), desk.clock.now.date())
    answer = read(desk)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    listed = ElementTree.fromstring(answer.content)
    assert [item.findtext("a:title", namespaces=ATOM) for item in listed.findall("a:entry", ATOM)] == [
        f"{desk.office.bulletin(None).title}{record.number.label}" for record in (second, first)
    ]
    newest, oldest = listed.findall("a:entry", ATOM)
    assert oldest.findtext("a:summary", namespaces=ATOM) == "1. 甲（区民政局）\n2. 乙（区民政局）"
    assert listed.findtext("a:updated", namespaces=ATOM) == newest.findtext("a:updated", namespaces=ATOM)
    files = {link.get("title"): link for link in newest.findall("a:link[@rel='enclosure']", ATOM)}
    word = files["Word"]
    href = str(word.get("href")).removeprefix(desk.url)
    data = desk.client.get(href, auth=("x", token(desk))).content
    assert str(len(data)) == word.get("length")
    assert hashlib.sha256(data).hexdigest() == second.final[0].sha256


def test_the_ids_stay_and_the_time_moves_when_a_correction_is_printed(desk: DeskDriver) -> None:
    issue = signed_off(desk, "甲", "乙")
    [before] = entries(desk)
    words = [WrongWords("甲的正文", "甲的全文")]
    make_correction(desk.office, desk.office.bulletin(None), issue.articles[0][0], words, who="王编辑")
    signed_off(desk, days=7)
    after = entries(desk)[1]
    assert before.findtext("a:id", namespaces=ATOM) == after.findtext("a:id", namespaces=ATOM)
    assert before.findtext("a:published", namespaces=ATOM) == after.findtext("a:published", namespaces=ATOM)
    assert str(before.findtext("a:updated", namespaces=ATOM)) < str(after.findtext("a:updated", namespaces=ATOM))
    assert "更正：《甲》已在第71期更正。" in str(after.findtext("a:summary", namespaces=ATOM))


def test_an_issue_with_a_letter_sealed_later_leaves_feed_and_files_and_readers_learn_it(desk: DeskDriver) -> None:
    issue = signed_off(desk, "甲", "乙")
    [entry] = entries(desk)
    tag = read(desk).headers["etag"]
    desk.clock.now += timedelta(days=1)
    with desk.office.ledger.writing() as ledger:
        printed = articles.article_named(ledger, issue.articles[0][0])
        letter = letters.letter_id(ledger, BULLETIN, printed.letter_sha256)
        seals.seal(ledger, letter, Seal("机密", "正文"), at=desk.clock.now)
    answer = read(desk, headers={"if-none-match": tag})
    assert answer.status_code == 200
    assert "甲" not in answer.text
    [gone] = ElementTree.fromstring(answer.content).findall("at:deleted-entry", ATOM)
    assert gone.get("ref") == entry.findtext("a:id", namespaces=ATOM)
    assert read(desk, f"{FEED}/{issue.id}/docx").status_code == 404


def test_a_reader_that_has_the_feed_gets_no_content(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    first = read(desk)
    assert first.headers["cache-control"] == "private, no-cache"
    tag = first.headers["etag"]
    for headers in ({"if-none-match": tag}, {"if-none-match": f'"x", W/{tag}'}, {"if-none-match": "*"}):
        answer = read(desk, headers=headers)
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)
    later = "Wed, 01 Jan 2070 00:00:00 GMT"
    for headers in ({"if-none-match": '"x"'}, {"if-none-match": ""}, {"if-modified-since": later}):
        assert read(desk, headers=headers).status_code == 200


def test_an_issue_is_in_the_feed_once_its_files_are_made(desk: DeskDriver, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise PdfNotMade(PdfFailure.NOT_LAID_OUT, "没有做成")

    before = read(desk).headers["etag"]
    monkeypatch.setattr("programs.pdf_archival.archival_pdf_of", fails)
    with pytest.raises(FilesIncomplete):
        signed_off(desk, "甲")
    assert entries(desk) == []
    assert read(desk, headers={"if-none-match": before}).status_code == 304
    monkeypatch.setattr("programs.pdf_archival.archival_pdf_of", lambda *_: b"%PDF-1.7")
    complete_issues(desk.office)
    assert len(entries(desk)) == 1


def test_the_feed_has_pages(desk: DeskDriver) -> None:
    for number in range(PAGE_SIZE + 1):
        signed_off(desk, f"甲{number}", days=number)
    page = ElementTree.fromstring(read(desk).content)
    assert len(page.findall("a:entry", ATOM)) == PAGE_SIZE
    [following] = [link.get("href") for link in page.findall("a:link[@rel='next']", ATOM)]
    assert following
    [last] = entries(desk, following.removeprefix(desk.url))
    assert str(last.findtext("a:title", namespaces=ATOM)).endswith("第70期")
    for strange in ("0", "-1", "x", "9" * 30):
        assert read(desk, f"{FEED}?before={strange}").status_code == 200


def test_without_a_token_there_is_no_feed(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    desk.login("admin")  # a session of the desk does not count, so that no other page can read it with a cookie
    for headers in (
        {},
        {"authorization": "Basic !"},
        {"authorization": "Basic eA=="},
        {"authorization": "Bearer x"},
        {"authorization": "Digest x"},
    ):
        answer = desk.client.get(FEED, headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"].split()[0]) == (401, "Basic")
        assert "甲" not in answer.text
    assert desk.client.get(f"{FEED}?token=jianbao_x").status_code == 401


def test_a_token_in_the_address_opens_the_feed_only_if_it_opens_nothing_else(desk: DeskDriver) -> None:
    signed_off(desk, "甲")
    answer = desk.client.get(f"{FEED}?token={token(desk)}")
    assert answer.status_code == 200
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "jianbao_" not in answer.text
    wide = token(desk, TokenScope.FEED, TokenScope.READ)
    assert desk.client.get(f"{FEED}?token={wide}").status_code == 403
    assert desk.client.get(FEED, headers={"authorization": f"Bearer {wide}"}).status_code == 200
    assert desk.client.get(FEED, auth=("x", token(desk, TokenScope.READ))).status_code == 403


def test_a_token_of_the_feed_opens_no_other_door(desk: DeskDriver) -> None:
    sent = {"authorization": f"Bearer {token(desk)}"}
    assert desk.client.get(f"/api/v1/bulletins/{BULLETIN}/issues", headers=sent).status_code == 403
    assert desk.client.get(f"/b/{BULLETIN}/past", headers=sent).status_code == 303


@pytest.mark.parametrize("path", ["/b/other/feed", "/b/nowhere/feed", "/b/other/feed/1/pdf"])
def test_a_token_of_a_bulletin_opens_no_other(desk: DeskDriver, path: str) -> None:
    of_this = token(desk, bulletin=BULLETIN)
    assert desk.client.get(FEED, auth=("x", of_this)).status_code == 200
    assert desk.client.get(path, auth=("x", of_this)).status_code == 404


def test_downloads_are_recorded_with_the_system_and_never_the_token(desk: DeskDriver) -> None:
    issue = signed_off(desk, "甲")
    text = token(desk)
    assert desk.client.get(f"{FEED}/{issue.id}/docx?token={text}").status_code == 200
    assert desk.client.get(f"{FEED}/{issue.id}/manifest?token={text}").status_code == 404
    assert desk.client.get(f"{FEED}/999/docx?token={text}").status_code == 404
    with desk.office.ledger.reading() as ledger:
        [line] = changes(ledger, ChangeFilter(subject="download"))
        assert not [row for row in changes(ledger, ChangeFilter()) if text in row.summary]
    assert "（门户）" in line.who
    assert "第70期的 docx 文件（订阅）" in line.summary


def test_the_page_of_a_new_token_shows_the_addresses_of_its_feeds(desk: DeskDriver) -> None:
    person = desk.login()
    wanted = TokenRequest(person.name, "门户", frozenset({TokenScope.FEED}), 30)
    issued = issue_token(desk.office, wanted, who=person.who)
    assert _feeds_of(desk.office, issued.record) == [f"{desk.url}{FEED}"]
    reading = issue_token(
        desk.office, TokenRequest(person.name, "OA", frozenset({TokenScope.READ}), 30), who=person.who
    )
    assert _feeds_of(desk.office, reading.record) == []
