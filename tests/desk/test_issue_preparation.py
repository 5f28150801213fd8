"""按语, date and supplement on the page of 本期."""

from __future__ import annotations

from service.prepare import write_editors_note
from tests.support.desk import DeskDriver

ISSUE = "/b/wuxing/issue"
NOTE = "现将各单位的做法刊发如下。\n请结合实际学习借鉴。"


def lay_down(desk: DeskDriver, version: int, note: str = NOTE, dated: str = "2022-11-10") -> int:
    return int(desk.post(f"{ISSUE}/note", version=version, note=note, dated=dated).status_code)


def test_the_note_and_the_date_are_laid_down_and_shown_in_the_preview(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    assert lay_down(desk, 0) == 303
    assert NOTE.splitlines()[1] in desk.words(f"{ISSUE}/note")
    assert "11月10日" in desk.words(ISSUE)


def test_what_was_typed_is_there_still_when_somebody_else_was_faster(desk: DeskDriver) -> None:
    desk.login()
    write_editors_note(desk.office, desk.office.bulletin(None), "别人的按语。", "李编辑")
    answer = desk.post(f"{ISSUE}/note", version=0, note=NOTE, dated="")
    assert answer.status_code == 409
    assert "刚被别人改过" in answer.text
    assert "请结合实际学习借鉴。" in answer.text
    assert "别人的按语。" in answer.text


def test_what_is_no_date_is_refused_and_nothing_is_laid_down(desk: DeskDriver) -> None:
    desk.login()
    assert lay_down(desk, 0, dated="下周五") == 400
    assert "学习借鉴" not in desk.words(f"{ISSUE}/note")


def test_a_viewer_lays_nothing_down(desk: DeskDriver) -> None:
    desk.login(role="viewer")
    assert desk.get(f"{ISSUE}/note").status_code == 403
    assert lay_down(desk, 0) == 403


def test_an_article_of_a_supplement_waits_beside_the_issue_and_comes_back(desk: DeskDriver) -> None:
    one, _ = desk.hand_in("甲文", "乙文")
    desk.login()
    assert desk.post(f"{ISSUE}/articles/{one}/supplement", chosen="1", version=1).status_code == 303
    aside = desk.html(ISSUE).xpath("string(//details[@id='aside'])")
    assert "甲文" in aside
    assert "下一期增刊" in aside
    assert desk.post(f"{ISSUE}/articles/{one}/supplement", chosen="1", version=1).status_code == 409
    assert desk.post(f"{ISSUE}/articles/{one}/supplement", chosen="", version=2).status_code == 303
    assert desk.html(ISSUE).xpath("//details[@id='aside']") == []
