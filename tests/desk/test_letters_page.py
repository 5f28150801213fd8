"""来信: what came in, what waits for a person, and what he does about it. Whatever stands in a letter is text."""

from __future__ import annotations

from datetime import timedelta

import pytest

from archive import letters
from archive.letters import LetterDetails, LetterRecord
from intake.pool import ReadingPool
from service.letters.receive import LetterReceiver
from service.office import Office
from tests.support.correspondence import manuscript, receive, submission
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT, BULLETIN, keep_letter
from tests.support.office_fixtures import OfficeSetup
from tests.support.outboxes import sending
from tests.support.submissions import File
from values.letter import AttachedFile, LetterContent, Verdict

LIST = f"/b/{BULLETIN}/letters"
STRANGER = "new@example.org"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def office_setup() -> OfficeSetup:
    return OfficeSetup(sending(None))


def add(office: Office, nth: int, verdict: Verdict) -> int:
    with office.ledger.writing() as ledger:
        id = keep_letter(ledger, f"letter {nth}", received_at=AT + timedelta(minutes=nth))
        details = LetterDetails(sender=STRANGER, subject=f"第{nth}封")
        letters.settle(ledger, id, verdict, "理由", at=AT, details=details)
    return id


def the_letter(office: Office) -> LetterRecord:
    with office.ledger.reading() as ledger:
        [letter] = letters.letters(ledger)
    return letter


def subjects(desk: DeskDriver, path: str) -> list[str]:
    return [link.text_content() for link in desk.html(path).xpath("//td[contains(@class, 'what')]//a")]


def test_letters_that_wait_for_a_person_come_first(desk: DeskDriver) -> None:
    for nth, verdict in enumerate(Verdict):
        add(desk.office, nth, verdict)
    desk.login("viewer")
    assert subjects(desk, LIST) == [f"第{nth}封" for nth in (10, 6, 5, 3, 9, 8, 7, 4, 2, 1, 0)]
    assert subjects(desk, f"{LIST}?verdict=flagged") == ["第2封"]
    assert subjects(desk, f"{LIST}?verdict=nonsense") == subjects(desk, LIST)
    words = desk.words(LIST)
    assert "等您处理" in words
    assert "全部 11" in words
    assert "待处理 1" in words
    assert "待答复 1" in words


def test_older_letters_are_a_page_further(desk: DeskDriver) -> None:
    for nth in range(70):
        add(desk.office, nth, Verdict.IGNORED)
    desk.login("viewer")
    assert subjects(desk, LIST) == [f"第{nth}封" for nth in range(69, 19, -1)]
    [further] = desk.html(LIST).xpath("//a[@rel='next']/@href")
    assert subjects(desk, further) == [f"第{nth}封" for nth in range(19, -1, -1)]
    assert "回到最新" in desk.words(further)
    assert subjects(desk, f"{LIST}?before=99999999999999999999999") == subjects(desk, LIST)


def test_an_empty_list_says_what_to_do_next(desk: DeskDriver) -> None:
    desk.login("viewer")
    assert "还没有来信" in desk.words(LIST)
    assert "没有这样的来信" in desk.words(f"{LIST}?verdict=flagged")


def test_a_letter_shows_all_that_is_known_of_it(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), File("照片.png", b"\x89PNG\r\n\x1a\n" + bytes(20))))
    desk.login("viewer")
    words = desk.words(f"{LIST}/1")
    for told in (
        "投稿",
        "已成稿",
        "区教体局《内外兼修提升学前教育》",
        "请查收。",
        "内外兼修提升学前教育.docx Word 文档",
        "照片.png",
    ):
        assert told in words
    assert "收稿，jtj@example.org" in words
    assert desk.html(f"{LIST}/1").xpath("//a[contains(@href, '/articles/1')]")
    assert not desk.html(f"{LIST}/1").xpath("//main//form")


def test_buttons_that_ask_first_have_one_ellipsis(desk: DeskDriver, pool: ReadingPool) -> None:
    """The style sheet adds it."""
    receive(desk.office, pool, submission(manuscript()))
    desk.login("admin")
    labels = desk.html(f"{LIST}/1").xpath("//details[@class='confirm']/summary/text()")
    assert "删除" in labels
    assert not any(label.endswith("…") for label in labels)


def test_question_with_an_attachment_has_one_primary_button(desk: DeskDriver) -> None:
    """答复…: what the file would change in a draft is looked at by a second one."""
    id = add(desk.office, 1, Verdict.QUESTION)
    with desk.office.ledger.writing() as ledger:
        content = LetterContent(files=(AttachedFile("名单.xlsx", "Excel 表格", 9),))
        letters.settle(ledger, id, Verdict.QUESTION, "理由", at=AT, details=LetterDetails(STRANGER, "问", "", content))
    desk.login()
    buttons = desk.html(f"{LIST}/{id}").xpath("//main//*[contains(@class, 'button')]")
    primary = [button.text_content() for button in buttons if "second" not in button.get("class")]
    assert primary == ["答复…"]
    assert "看会改什么" in [button.text_content() for button in buttons]


def test_hostile_letters_are_only_text(desk: DeskDriver) -> None:
    content = LetterContent(EVIL, (("From", EVIL),), EVIL, (AttachedFile(f"{EVIL}.docx", "Word 文档", 1, EVIL),))
    with desk.office.ledger.writing() as ledger:
        id = keep_letter(ledger, "evil")
        letters.settle(
            ledger,
            id,
            Verdict.QUARANTINED,
            EVIL,
            at=AT,
            details=LetterDetails(sender=f"{EVIL}@x", subject=EVIL, content=content),
        )
    desk.login("editor")
    for path in (LIST, f"{LIST}/{id}", f"{LIST}/{id}/state", f"/b/{BULLETIN}/search?q={EVIL}"):
        html = desk.html(path)
        assert [script for script in html.xpath("//script") if not script.get("src")] == []
        assert html.xpath("//img") == []
        assert EVIL in html.text_content()


def test_confirming_the_sender_makes_an_article_of_it_and_remembers_him(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), sender=STRANGER))
    desk.login("editor")
    [form] = desk.html(f"{LIST}/1").xpath("//form[contains(@action, '/confirm')]")
    assert form.inputs["department_1"].value == ""
    answer = desk.post(f"{LIST}/1/confirm", department_1="区教体局")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{LIST}/1")
    assert f"已记住 {STRANGER}" in desk.words(f"{LIST}/1")
    assert the_letter(desk.office).verdict is Verdict.ARTICLE
    assert "认领来信 1：区教体局" in desk.words(f"{LIST}/1")
    assert desk.post(f"{LIST}/1/confirm", department_1="区教体局").status_code == 409


def test_the_department_that_was_guessed_is_chosen_already(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), sender=f'"区民政局办公室" <{STRANGER}>'))
    desk.login("editor")
    [form] = desk.html(f"{LIST}/1").xpath("//form[contains(@action, '/confirm')]")
    assert form.inputs["department_1"].value == "区民政局"
    assert "猜选" in desk.words(f"{LIST}/1")


def test_a_form_without_a_department_is_sent_back(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), sender=STRANGER))
    desk.login("editor")
    answer = desk.post(f"{LIST}/1/confirm")
    assert answer.status_code == 400
    assert "请为《内外兼修提升学前教育》选定单位" in answer.text


def test_a_letter_read_again_shows_its_verdict_by_itself(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(File("稿.docx", b"PK\x03\x04 broken")))
    desk.login("editor")
    assert desk.post(f"{LIST}/1/retry").status_code == 303
    waiting = desk.html(f"{LIST}/1").get_element_by_id("letter")
    assert (waiting.get("hx-get"), waiting.get("hx-trigger")) == (f"{LIST}/1/state", "every 2s")
    assert "等待重读" in desk.get(f"{LIST}/1/state", htmx=True).text
    LetterReceiver(desk.office, pool).read_waiting(desk.office.bulletin(None))
    after = desk.get(f"{LIST}/1/state", htmx=True).text
    assert "hx-trigger" not in after
    assert "待处理" in after


def test_a_letter_is_set_aside_with_a_reason(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), sender=STRANGER))
    desk.login("editor")
    assert desk.post(f"{LIST}/1/set-aside", why="").status_code == 400
    assert desk.post(f"{LIST}/1/set-aside", why="广告").status_code == 303
    assert "编辑决定不处理（王编辑）：广告" in desk.words(f"{LIST}/1")


def test_the_original_is_a_download_byte_for_byte(desk: DeskDriver, pool: ReadingPool) -> None:
    raw = submission(manuscript())
    receive(desk.office, pool, raw)
    desk.login("viewer")
    answer = desk.get(f"{LIST}/1/original")
    assert answer.content == raw
    assert answer.headers["content-type"] == "message/rfc822"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("what", ["", "/state", "/original"])
@pytest.mark.parametrize("id", ["999", "1%2F..%2F2", "x"])
def test_letters_that_are_not_there_are_not_found(desk: DeskDriver, id: str, what: str) -> None:
    add(desk.office, 1, Verdict.IGNORED)
    desk.login("viewer")
    assert desk.get(f"{LIST}/{id}{what}").status_code == 404


def test_a_viewer_changes_nothing(desk: DeskDriver, pool: ReadingPool) -> None:
    receive(desk.office, pool, submission(manuscript(), sender=STRANGER))
    desk.login("viewer")
    for what in ("retry", "confirm", "set-aside"):
        assert desk.post(f"{LIST}/1/{what}", why="x").status_code == 403
    assert desk.post(LIST, department="区民政局").status_code == 403
    assert the_letter(desk.office).verdict is Verdict.UNCONFIRMED
