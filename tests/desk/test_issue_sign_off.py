"""签发 at the desk: what becomes final is shown, confirmed once, and its files stay."""

from __future__ import annotations

from threading import Barrier, Thread

from archive import issues, revisions
from tests.support.desk import DeskDriver
from tests.support.invariants import broken_promises
from tests.support.issue_page import ISSUE, act, article, written
from tests.support.ledger_rows import AT, new_article
from values.issue import ArticleStatus


def test_sign_off_shows_all_that_becomes_final_and_asks_once(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文", "丙文")
    desk.login()
    act(desk, 2, "decide", status="held")
    assert desk.post(f"{ISSUE}/sign-off/prepare").headers["location"] == f"{ISSUE}/sign-off"
    desk.get(ISSUE)  # where the last message is shown
    words = desk.words(f"{ISSUE}/sign-off")
    assert "签发第70期？" in words
    assert "日期2022年11月8日 送审稿第 1 稿 稿件2 篇" in words
    assert words.index("甲文") < words.index("丙文") < words.index("不在这一期的") < words.index("乙文")
    [form] = [form for form in desk.html(f"{ISSUE}/sign-off").forms if form.action == f"{ISSUE}/sign-off"]
    fields = {name: value for name, value in form.form_values() if name != "csrf"}
    answer = desk.post(f"{ISSUE}/sign-off", **fields)
    assert answer.headers["location"] == f"{ISSUE}/signed/1"
    assert "第70期已签发 王编辑 今天 16:00 签发，2 篇稿件已刊发。" in desk.words(f"{ISSUE}/signed/1")
    assert desk.get(f"{ISSUE}/signed/1/docx").content[:4] == b"PK\x03\x04"
    assert desk.get(f"{ISSUE}/signed/1/pdf").status_code == 404
    assert article(desk, 1).status is ArticleStatus.PUBLISHED
    assert broken_promises(desk.office.data_dir) == []


def test_change_since_the_draft_is_not_signed_off_unseen(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    draft = written(desk)
    act(desk, 2, "move", place="up")
    assert "又有改动" in desk.words(f"{ISSUE}/sign-off")
    refused = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert refused.status_code == 400
    desk.post(f"{ISSUE}/sign-off/prepare")
    stale = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert (stale.status_code, "已更新到第 2 稿，您看过的是第 1 稿" in stale.text) == (400, True)
    assert article(desk, 1).status is ArticleStatus.DRAFT


def test_of_two_editors_who_sign_at_once_one_does_and_the_other_is_told_who_and_when(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    draft = written(desk)
    editors = []
    for name in ("王编辑", "李编辑"):
        editor = DeskDriver(desk.office)
        editor.login(name=name)
        editors.append(editor)
    barrier, answers = Barrier(2), {}

    def sign(editor: DeskDriver, name: str) -> None:
        barrier.wait()
        answers[name] = editor.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)

    threads = [Thread(target=sign, args=pair) for pair in zip(editors, ("王编辑", "李编辑"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.headers["location"] for answer in answers.values()} == {f"{ISSUE}/signed/{draft.id}"}
    told = {name: editor.words(f"{ISSUE}/signed/{draft.id}") for name, editor in zip(answers, editors, strict=False)}
    with desk.office.ledger.reading() as ledger:
        signed = issues.issue_with_id(ledger, draft.id)
    assert signed.decided_by in ("王编辑", "李编辑")
    late = [words for words in told.values() if "您这次没有再做" in words]
    assert len(late) == 1
    assert f"第70期已由{signed.decided_by}于 11月08日 16:00 签发，您这次没有再做。" in late[0]
    assert broken_promises(desk.office.data_dir) == []


def test_a_draft_is_discarded_and_everything_in_it_is_free(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    draft = written(desk)
    desk.post(f"{ISSUE}/discard", issue=draft.id, revision=draft.revision)
    words = desk.words(ISSUE)
    assert "第70期的送审稿已作废" in words
    assert "尚未生成送审稿 · 1 篇" in words
    assert desk.post(f"{ISSUE}/discard", issue=draft.id, revision=draft.revision).status_code == 400


def test_after_sign_off_the_page_says_who_has_signed_the_last_one(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    draft = written(desk)
    desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert "上一期：第70期，王编辑 今天 16:00 签发。" in desk.words(ISSUE)


def test_text_that_a_letter_changed_is_signed_off_only_after_somebody_has_opened_it(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    with desk.office.ledger.writing() as ledger:
        revisions.add_revision(ledger, article(desk, 2), 2, new_article("乙文的更正"), at=AT)
    draft = written(desk)
    page = desk.get(f"{ISSUE}/sign-off")
    assert "稿件 2《乙文的更正》第 2 稿" in page.text
    assert 'href="/b/wuxing/articles/2"' in page.text
    refused = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert (refused.status_code, "还没有人看过" in refused.text) == (400, True)
    assert desk.get("/b/wuxing/articles/2").status_code == 200
    assert "还没有人看过" not in desk.get(f"{ISSUE}/sign-off").text
    signed = desk.post(f"{ISSUE}/sign-off", issue=draft.id, revision=draft.revision)
    assert signed.headers["location"] == f"{ISSUE}/signed/{draft.id}"
