"""The pages of 本期: the Word file, the preview, and the pictures of its articles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from service.office import Office
from tests.support.desk import DeskDriver
from tests.support.fonts import FANGSONG, KAITI, TITLES, machine_with
from tests.support.issue_page import ISSUE, act, written
from tests.support.ledger_rows import add_article, new_article
from values.manuscript import Manuscript, Picture


def test_the_word_file_is_the_draft_as_it_now_stands(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    answer = desk.post(f"{ISSUE}/word")
    assert answer.content[:4] == b"PK\x03\x04"
    assert "%E7%AC%AC70%E6%9C%9F%E9%80%81%E5%AE%A1%E7%A8%BF" in answer.headers["content-disposition"]
    assert answer.content == (desk.office.data_dir / written(desk).draft).read_bytes()


def test_the_preview_is_sent_only_when_something_has_changed(desk: DeskDriver) -> None:
    desk.hand_in("甲文", "乙文")
    desk.login()
    shown = desk.html(ISSUE).get_element_by_id("pages").attrib
    path = f"{ISSUE}/preview?key={shown['data-key']}&mark={shown['data-mark']}&state={shown['data-state']}"
    assert desk.get(path, htmx=True).status_code == 204
    act(desk, 2, "move", place="up")
    answer = desk.get(path, htmx=True)
    assert answer.status_code == 200
    assert answer.text.index("乙文") < answer.text.index("甲文")


def test_only_pictures_of_the_issue_are_handed_out(desk: DeskDriver) -> None:
    office = desk.office
    png, other = office.media.put(b"\x89PNG one"), office.media.put(b"\x89PNG other")
    picture = Picture(png, "image/png", 914_400, 914_400)
    with office.ledger.writing() as ledger:
        add_article(ledger, new_article("甲文", manuscript=Manuscript(("甲文",), None, (picture,))))
    desk.login()
    in_article = desk.get(f"/b/wuxing/articles/1/pictures/{png}")
    answer = desk.get(f"{ISSUE}/pictures/{png}")
    for shown in (in_article, answer):  # no cache keeps what a seal takes away later
        assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert (answer.content, answer.headers["content-type"]) == (b"\x89PNG one", "image/png")
    assert desk.get(f"{ISSUE}/pictures/{other}").status_code == 404
    assert desk.get(f"{ISSUE}/sheets/{'0' * 64}/1").status_code == 404


@pytest.fixture
def printing_desk(office: Office, soffice: Path, tmp_path: Path) -> Iterator[DeskDriver]:
    """The desk of a machine with LibreOffice, 黑体, 宋体 and a free 楷体."""
    environ = machine_with(tmp_path / "bin", "SimHei,黑体", "SimSun,宋体", "AR PL UKai CN")
    with closing(DeskDriver(replace(office, soffice=soffice, environ={**office.environ, **environ}))) as desk:
        yield desk


@pytest.mark.libreoffice
def test_fonts_that_the_pages_do_not_show_are_named_there_and_before_the_sign_off(printing_desk: DeskDriver) -> None:
    desk = printing_desk
    desk.hand_in("甲文")
    desk.login()
    replaced = f"{FANGSONG}（换成 SimSun）、{TITLES}（换成 SimSun）、{KAITI}（换成 AR PL UKai CN）"
    key = desk.html(ISSUE).get_element_by_id("pages").attrib["data-key"]
    desk.app.state.page_renderer.wait_for(key, 100)
    assert replaced in desk.words(ISSUE)
    written(desk)
    assert replaced in desk.words(f"{ISSUE}/sign-off")


def test_no_font_is_named_where_no_pages_are_made(desk: DeskDriver) -> None:
    desk.hand_in("甲文")
    desk.login()
    written(desk)
    assert FANGSONG not in desk.words(ISSUE) + desk.words(f"{ISSUE}/sign-off")
