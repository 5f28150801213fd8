"""单位: the register as a list, and what each form of it does, without scripts and with them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from archive import senders
from service.register.departments import add_department
from tests.support.desk import DeskDriver
from tests.support.ledger_rows import AT
from values.department import Department

PAGE = "/b/wuxing/departments"


def with_more(desk: DeskDriver, *names: str) -> None:
    """The register has 区民政局, then these."""
    for name in names:
        add_department(desk.office, desk.office.bulletin(None), Department(name), who="王编辑")
    desk.login()


def names(desk: DeskDriver) -> list[str]:
    return [str(name) for name in desk.html(PAGE).xpath("//section[@id='register']//input[@name='name']/@value")]


def test_editor_adds_a_department_and_finds_it_last(desk: DeskDriver) -> None:
    with_more(desk)
    done = desk.post(
        f"{PAGE}/new",
        name="沙石镇",
        full_name="章贡区沙石镇",
        aliases="沙石、沙石乡",
        senders="SS@example.org\n@ss.example.org",
    )
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    words = desk.words(PAGE)
    assert "已新增“沙石镇”，排在最后。" in words
    assert "章贡区沙石镇、沙石、沙石乡" in words
    assert "ss@example.org@ss.example.org" in words  # a line each
    assert names(desk) == ["区民政局", "沙石镇"]


def test_refused_form_keeps_what_was_typed(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇")
    answer = desk.post(f"{PAGE}/new", name="水东镇", full_name="", aliases="沙石镇", senders="")
    assert answer.status_code == 400
    assert "单位名称“沙石镇”已经属于“沙石镇”" in answer.text
    assert 'value="水东镇"' in answer.text
    answer = desk.post(f"{PAGE}/of/沙石镇", version="1", name="", full_name="", aliases="", senders="一个地址")
    assert "简称：不能为空" in answer.text
    assert "一个地址</textarea>" in answer.text


def test_editor_changes_a_department_by_the_form_that_shows_it(desk: DeskDriver) -> None:
    with_more(desk)
    [form] = desk.html(f"{PAGE}/of/区民政局").xpath("//form[@class='narrow']")
    typed: dict[str, Any] = dict(form.form_values()) | {"name": "民政局", "senders": "mzj@example.org"}
    done = desk.post(form.get("action"), **typed)
    assert done.headers["location"] == PAGE
    assert names(desk) == ["民政局"]
    assert "区民政局 mzj@example.org" in desk.words(PAGE)


def test_second_of_two_editors_is_refused(desk: DeskDriver) -> None:
    with_more(desk)
    typed: dict[str, Any] = {"version": "0", "name": "区民政局", "aliases": "", "senders": ""}
    assert desk.post(f"{PAGE}/of/区民政局", full_name="甲", **typed).status_code == 303
    late = desk.post(f"{PAGE}/of/区民政局", full_name="乙", **typed)
    assert late.status_code == 409
    assert "刚被别人改过" in late.text


def test_department_is_retired_with_a_reason_and_restored(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇")
    desk.post(f"{PAGE}/retire", before="沙石镇", version="1", why="并入水东镇")
    assert names(desk) == ["区民政局"]
    assert "已停用" in desk.words(PAGE)
    desk.post(f"{PAGE}/restore", before="沙石镇", version="2")
    assert names(desk) == ["区民政局", "沙石镇"]
    assert "停用单位“沙石镇” 并入水东镇" in desk.words("/b/wuxing/changes?subject=department")


def test_department_moves_without_scripts_and_with_htmx_only_the_list_comes_back(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇", "水东镇")
    assert desk.post(f"{PAGE}/order", name=["区民政局", "沙石镇", "水东镇"], up="水东镇").headers["location"] == PAGE
    assert names(desk) == ["区民政局", "水东镇", "沙石镇"]
    piece = desk.post(f"{PAGE}/order", htmx=True, name=["沙石镇", "区民政局", "水东镇"])
    assert piece.text.lstrip().startswith('<section id="register">')
    assert names(desk) == ["沙石镇", "区民政局", "水东镇"]


def test_order_of_a_list_that_is_not_the_register_any_more_is_a_conflict(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇")
    assert desk.post(f"{PAGE}/order", htmx=True, name=["区民政局"]).status_code == 409


def test_learned_address_is_shown_with_who_and_when_moved_and_forgotten(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇")
    with desk.office.ledger.writing() as ledger:
        senders.learn(ledger, "wuxing", "x@qq.example.com", "区民政局", who="李编辑", at=AT)
    assert "x@qq.example.com 区民政局，李编辑 今天 16:00认领" in desk.words(f"{PAGE}/of/区民政局")
    desk.post(f"{PAGE}/move-sender", address="x@qq.example.com", to="沙石镇")
    assert "x@qq.example.com" in desk.words(f"{PAGE}/of/沙石镇")
    desk.post(f"{PAGE}/forget", address="x@qq.example.com")
    assert "已忘记 x@qq.example.com" in desk.words(PAGE)
    assert "x@qq.example.com" not in desk.words(f"{PAGE}/of/沙石镇")


def test_pasted_list_says_what_it_could_not_use_and_keeps_it(desk: DeskDriver) -> None:
    with_more(desk)
    answer = desk.post(f"{PAGE}/import", pasted="沙石镇\t章贡区沙石镇\n水东镇\t\t\t不是地址\n")
    assert answer.status_code == 400
    assert "新增 1 个单位，补充 0 个，0 个没有变化。" in answer.text
    assert "第 2 行：投稿地址：不是地址 不是邮箱地址" in answer.text
    done = desk.post(f"{PAGE}/import", pasted="水东镇\n")
    assert done.headers["location"] == PAGE
    assert names(desk) == ["区民政局", "沙石镇", "水东镇"]


def test_viewer_sees_the_register_and_changes_nothing(desk: DeskDriver) -> None:
    with_more(desk, "沙石镇")
    desk.login("viewer")
    page = desk.html(PAGE)
    assert "沙石镇" in page.text_content()
    assert not page.xpath("//main//button | //main//a[contains(@href, '/of/')]")
    assert desk.post(f"{PAGE}/retire", before="沙石镇", version="1").status_code == 403


def test_name_with_markup_is_text_everywhere(desk: DeskDriver) -> None:
    nasty = '<img src=x onerror=alert(1)>"&'
    with_more(desk, nasty)
    assert nasty in names(desk)
    assert f"{PAGE}/of/{quote(nasty)}" in desk.html(PAGE).xpath("//td[@class='name']/a/@href")
    assert desk.html(f"{PAGE}/of/{quote(nasty)}").xpath("//input[@id='f-name']/@value") == [nasty]
