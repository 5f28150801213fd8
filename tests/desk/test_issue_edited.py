"""改过的送审稿 at the desk: handed in, shown, taken over where it is picked; for editors alone."""

from __future__ import annotations

import hashlib

import pytest

from archive import articles, letters
from archive.letters import KeptLetter
from service.article.edit import edit_title
from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.draft_edits import OpenedDraft, comment, edited, put_words, remove, swap
from tests.support.draft_office import CONFIG, draft_bytes, make_draft
from tests.support.office_fixtures import OfficeSetup
from tests.support.submissions import File, raw_letter
from values.letter import AttachedFile, LetterContent, Verdict

FORM = "/b/wuxing/issue/edited"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(CONFIG, environ={"JIANBAO_IMAP_PASSWORD": "pw"})


@pytest.fixture
def ids(office: Office) -> list[int]:
    return make_draft(office)


def hand_in(desk: DeskDriver, data: bytes, name: str = "改好的.docx") -> str:
    """Returns the path of the page that shows it."""
    answer = desk.post(FORM, files={"file": (name, data)})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def revisions(office: Office, ids: list[int]) -> list[int]:
    with office.ledger.reading() as ledger:
        return [articles.article_named(ledger, id).revision for id in ids]


def test_edited_draft_is_shown_and_taken_over_where_it_is_picked(
    desk: DeskDriver, office: Office, ids: list[int]
) -> None:
    def edit(draft: OpenedDraft) -> None:
        put_words(draft.paragraphs(1)[0], 4, "大力")
        put_words(draft.paragraphs(3)[0], 4, "大力")
        remove(draft.article(4))
        swap(draft, 1, 2)

    desk.login()
    assert desk.html("/b/wuxing/issue").xpath(f"//a[@href='{FORM}']")
    path = hand_in(desk, comment(edited(draft_bytes(office), edit), "请核。", on="投入资金"))
    words = desk.words(path)
    for expected in ("今年以来大力，区民政局", "删去，留用", "换了位置", "留言：送审稿上的批注（王编辑）", "照此改"):
        assert expected in words
    assert revisions(office, ids) == [1, 1, 1, 1]
    page = desk.html(path)
    seen = page.xpath("string(//input[@name='seen']/@value)")
    assert page.xpath("//input[@name='pick']/@value") == ["1", "3", "4", "order"]
    answer = desk.post(path, seen=seen, pick=["1", "order"])
    assert answer.headers["location"] == "/b/wuxing/issue"
    assert revisions(office, ids) == [2, 1, 1, 1]
    assert desk.post(path, seen=seen, pick=["3"]).status_code == 409


def test_conflict_shows_both_and_is_not_picked(desk: DeskDriver, office: Office, ids: list[int]) -> None:
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 4, "大力"))
    edit_title(office, ids[0], "养老服务有新招", "李编辑", seen=None)
    desk.login()
    path = hand_in(desk, data)
    words = desk.words(path)
    assert "有冲突 送审稿之后已有第 2 稿（李编辑），要改请打勾" in words
    assert "养老服务有新招" in words
    assert desk.html(path).xpath("//input[@name='pick']/@checked") == []


def test_same_file_is_one_letter_and_other_files_are_refused(desk: DeskDriver, office: Office, ids: list[int]) -> None:
    desk.login()
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 4, "大力"))
    assert hand_in(desk, data) == hand_in(desk, data)
    refused = desk.post(FORM, files={"file": ("a.docx", b"%PDF-1.7")})
    assert (refused.status_code, "PDF" in refused.text) == (400, True)
    assert desk.post(FORM).status_code == 400
    assert desk.post(hand_in(desk, data)).status_code == 400


def test_letter_that_brings_an_edited_draft_leads_to_what_it_would_change(
    desk: DeskDriver, office: Office, ids: list[int]
) -> None:
    data = edited(draft_bytes(office), lambda draft: put_words(draft.paragraphs(1)[0], 4, "大力"))
    office.raws.put(raw := raw_letter(File("送审稿.docx", data), sender="editor@example.org", subject="改好了"))
    with office.ledger.writing() as ledger:
        sha256 = hashlib.sha256(raw).hexdigest()
        letters.keep(ledger, "wuxing", [KeptLetter(sha256, len(raw), False, office.now(), None)], at=office.now())
        letter = letters.letter_id(ledger, "wuxing", sha256)
        content = LetterContent(files=(AttachedFile("送审稿.docx", "Word 文档", len(data)),))
        details = letters.LetterDetails("editor@example.org", "改好了", "", content)
        letters.settle(ledger, letter, Verdict.QUESTION, "附件是改过的送审稿", at=office.now(), details=details)
    desk.login()
    [link] = desk.html(f"/b/wuxing/letters/{letter}").xpath("//a[text()='看会改什么']/@href")
    assert "今年以来大力，区民政局" in desk.words(link)


def test_only_editors_hand_in(desk: DeskDriver, office: Office, ids: list[int]) -> None:
    desk.login("viewer")
    assert desk.get(FORM).status_code == 403
