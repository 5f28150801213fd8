"""The edit form, as a browser without scripts sends it: saving, rearranging, unsaved texts, two editors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from lxml.html import HtmlElement, document_fromstring

from archive import articles, sessions
from service.article.edit import edit_title
from service.article.typed import TypedArticle, TypedBlock
from service.article.unsaved import others_typing, store_typed, typed_by
from service.office import Office
from tests.support.article_office import article as article
from tests.support.article_office import office_setup as office_setup
from tests.support.articles import TITLE, records, rewrite
from tests.support.desk import DeskDriver, somebody
from values.account import Role
from values.manuscript import Cell, Heading, Manuscript, Mark, Paragraph, Picture, Table

RICH = Manuscript(
    (TITLE, "分两行"),
    "区民政局",
    (
        Heading("一、做法", 1),
        Paragraph("占地300米2。\n另起一行", (Mark(6, 7, "superscript"),)),
        Table(((Cell("项目", colspan=2),), (Cell("甲", rowspan=2), Cell("1\n2")), (Cell("3"),)), (30, 70), 1),
        Picture("a" * 64, "image/png", 100, 50, "会场", "图1 会场"),
        Paragraph("\n 前面有空行"),
    ),
    ("撰稿：张敏",),
)


def at(article: int, more: str = "") -> str:
    return f"/b/wuxing/articles/{article}{more}"


def filled_in(page: HtmlElement) -> dict[str, Any]:
    """What a browser sends of the edit form: every field, in order, line breaks as CR LF."""
    [form] = page.xpath("//form[@id='edit']")
    fields: dict[str, list[str]] = {}
    for one in form.xpath(".//input | .//select | .//textarea"):
        if one.xpath("ancestor::template") or one.get("name") in (None, "csrf"):
            continue
        if one.tag == "select":
            value = (one.xpath(".//option[@selected]/@value") or one.xpath(".//option/@value"))[0]
        elif one.tag == "textarea":
            value = (one.text or "").removeprefix("\n").replace("\n", "\r\n")
        else:
            value = one.get("value") or ""
        fields.setdefault(one.get("name"), []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def record(office: Office, article: int) -> articles.ArticleRecord:
    return next(one for one in records(office) if one.id == article)


def form_of(desk: DeskDriver, article: int, more: str = "/edit") -> dict[str, Any]:
    return filled_in(desk.html(at(article, more)))


def test_a_form_sent_back_untouched_changes_nothing(desk: DeskDriver, office: Office, article: int) -> None:
    before = rewrite(office, article, RICH)
    desk.login()
    done = desk.post(at(article, "/edit"), do="save", **form_of(desk, article))
    assert done.status_code == 303
    assert record(office, article) == before
    assert "没有改动" in desk.words(at(article))


def test_words_are_saved_as_a_revision_and_everything_else_stays(
    desk: DeskDriver, office: Office, article: int
) -> None:
    rewrite(office, article, RICH)
    person = desk.login()
    form = form_of(desk, article)
    form |= {"text-1": "占地350米2。\r\n\r\n再加一段。", "text-3": "图1 新会场", "why": "核对过"}
    form["cell-2"][2] = "10"
    done = desk.post(at(article, "/edit"), do="save", **form)
    assert (done.status_code, done.headers["location"]) == (303, at(article) + "#text")
    after = record(office, article)
    assert (after.revision, after.made_by, after.manuscript.title_lines) == (3, person.who, RICH.title_lines)
    assert after.manuscript.blocks == (
        RICH.blocks[0],
        Paragraph("占地350米2。", (Mark(6, 7, "superscript"),)),
        Paragraph("再加一段。"),
        Table(((Cell("项目", colspan=2),), (Cell("甲", rowspan=2), Cell("10")), (Cell("3"),)), (30, 70), 1),
        Picture("a" * 64, "image/png", 100, 50, "会场", "图1 新会场"),
        RICH.blocks[4],
    )
    assert "核对过" in desk.words(at(article))


def test_blocks_are_moved_added_and_removed_without_scripts(desk: DeskDriver, office: Office, article: int) -> None:
    rewrite(office, article, RICH)
    desk.login()
    form = form_of(desk, article)
    for do in ("down:0", "add:3", "remove:2", "up:9"):
        shown = desk.post(at(article, "/edit"), do=do, **form)
        assert shown.status_code == 200
        form = filled_in(document_fromstring(shown.text))
    assert form["block"] == ["1", "0", "3", "n1", "4"]
    assert record(office, article).revision == 2
    form["text-n1"] = "新的一段。"
    form["kind-n1"] = "heading-2"
    assert desk.post(at(article, "/edit"), do="save", **form).status_code == 303
    wanted = (RICH.blocks[1], RICH.blocks[0], RICH.blocks[3], Heading("新的一段。", 2), RICH.blocks[4])
    assert record(office, article).manuscript.blocks == wanted


def test_typed_text_is_kept_and_offered_until_it_is_saved(desk: DeskDriver, office: Office, article: int) -> None:
    person = desk.login()
    form = form_of(desk, article) | {"text-0": "改到一半"}
    kept = desk.post(at(article, "/unsaved"), htmx=True, **form)
    assert kept.status_code == 200
    assert "已暂存" in kept.text
    assert record(office, article).revision == 1
    desk.logout()
    desk.login()
    assert "还没有保存" in desk.words(at(article))
    again = form_of(desk, article)
    assert again["text-0"] == "改到一半"
    assert desk.post(at(article, "/edit"), do="save", **again).status_code == 303
    assert record(office, article).manuscript.lines[0] == "改到一半"
    assert typed_by(office, person.id, article) is None
    assert "还没有保存" not in desk.words(at(article))


def test_typed_text_can_be_discarded(desk: DeskDriver, office: Office, article: int) -> None:
    person = desk.login()
    desk.post(at(article, "/unsaved"), **form_of(desk, article))
    assert typed_by(office, person.id, article) is not None
    assert desk.post(at(article, "/unsaved/forget")).status_code == 303
    assert typed_by(office, person.id, article) is None


def test_second_editor_sees_who_is_editing_since_when(desk: DeskDriver, office: Office, article: int) -> None:
    other = somebody(office, Role.EDITOR, "sun")
    typed = TypedArticle(TITLE, "", (TypedBlock("0", "paragraph", "甲"),))
    store_typed(office, other.id, article, 1, typed)
    desk.clock.now += timedelta(minutes=10)
    store_typed(office, other.id, article, 1, typed)
    desk.login()
    for more in ("", "/edit"):
        words = desk.words(at(article, more))
        assert "sun从 今天 16:00 起" in words
    kept = desk.post(at(article, "/unsaved"), htmx=True, **form_of(desk, article))
    assert "sun也在改这篇（最近输入 今天 16:10）" in kept.text
    desk.clock.now += timedelta(hours=3)
    assert others_typing(office, 0, article) == ()


def conflict(desk: DeskDriver, office: Office, article: int, **typed: str) -> Any:
    """王编辑 saves what he typed over the first revision, after another has changed the title."""
    desk.login()
    form = form_of(desk, article) | typed
    edit_title(office, article, "别人改的标题", "孙编辑", seen=None)
    return desk.post(at(article, "/edit"), do="save", **form)


def test_the_second_of_two_editors_sees_both_texts_and_nothing_is_lost(
    desk: DeskDriver, office: Office, article: int
) -> None:
    answer = conflict(desk, office, article, **{"text-0": "我改的第一段。"})
    assert answer.status_code == 409
    page = document_fromstring(answer.text)
    text = "".join(map(str, page.itertext()))
    for words in ("我改的第一段。", "别人改的标题", "孙编辑改", "一是建立台帐。"):
        assert words in text
    assert record(office, article).revision == 2
    assert "我改的第一段。" in desk.words(at(article, "/edit"))  # also whoever comes back later


def test_changes_of_different_places_are_both_kept(desk: DeskDriver, office: Office, article: int) -> None:
    conflict(desk, office, article, **{"text-0": "我改的第一段。"})
    version = record(office, article).version
    assert desk.post(at(article, "/edit/resolve"), take="both", version=version).status_code == 303
    found = record(office, article).manuscript
    assert (found.title, found.lines[0]) == ("别人改的标题", "我改的第一段。")


def test_mine_or_theirs_is_taken_and_the_other_stays_in_the_history(
    desk: DeskDriver, office: Office, article: int
) -> None:
    page = document_fromstring(conflict(desk, office, article, title="我改的标题").text)
    assert page.xpath("//input[@name='take']/@value") == ["mine", "theirs"]
    version = record(office, article).version
    assert desk.post(at(article, "/edit/resolve"), take="both", version=version).status_code == 400
    assert desk.post(at(article, "/edit/resolve"), take="mine", version=version - 1).status_code == 409
    assert desk.post(at(article, "/edit/resolve"), take="mine", version=version).status_code == 303
    assert (record(office, article).manuscript.title, record(office, article).revision) == ("我改的标题", 3)
    assert "别人改的标题" in desk.words(at(article, "/compare?from=2&to=3"))
    assert desk.post(at(article, "/edit/resolve"), take="theirs").status_code == 400


def test_theirs_is_taken_and_mine_is_forgotten(desk: DeskDriver, office: Office, article: int) -> None:
    conflict(desk, office, article, title="我改的标题")
    assert desk.post(at(article, "/edit/resolve"), take="theirs").status_code == 303
    assert record(office, article).manuscript.title == "别人改的标题"
    assert form_of(desk, article)["title"] == "别人改的标题"


def test_after_a_look_at_both_texts_editing_goes_on_with_mine(desk: DeskDriver, office: Office, article: int) -> None:
    conflict(desk, office, article, title="我改的标题")
    form = form_of(desk, article, "/edit?over=1")
    assert form["title"] == "我改的标题"
    done = desk.post(at(article, "/edit"), do="save", **(form | {"title": "两边都看过的标题"}))
    assert done.status_code == 303
    assert record(office, article).manuscript.title == "两边都看过的标题"


def test_somebody_who_only_decided_meanwhile_is_no_obstacle(desk: DeskDriver, office: Office, article: int) -> None:
    desk.login()
    form = form_of(desk, article) | {"title": "新标题"}
    desk.post(at(article, "/decide"), status="held")
    assert desk.post(at(article, "/edit"), do="save", **form).status_code == 303
    assert record(office, article).manuscript.title == "新标题"


def test_nonsense_in_the_form_is_no_error_of_ours(desk: DeskDriver, office: Office, article: int) -> None:
    rewrite(office, article, RICH)
    desk.login()
    for nonsense in (
        {"block": ["0", "../x", "99999999", "²"], "kind-0": "picture", "text-0": "\ud7ff\x00"},
        {"block": ["2"], "kind-2": "table", "row-2": ["9999", "-1", "x"], "cell-2": ["\x01", "b"]},
        {"revision": "77", "block": "0"},
        {"revision": "x", "version": "y"},
        {},
    ):
        answer = desk.post(at(article, "/edit"), do="save", **nonsense)
        assert answer.status_code in (303, 400, 409), (nonsense, answer.status_code)
        desk.post(at(article, "/unsaved/forget"))


def test_a_table_too_large_for_a_form_stays_as_it_is(desk: DeskDriver, office: Office, article: int) -> None:
    large = Table(tuple(tuple(Cell(f"{row}-{column}") for column in range(30)) for row in range(100)))
    rewrite(office, article, Manuscript((TITLE,), "区民政局", (Paragraph("甲。"), large)))
    desk.login()
    form = form_of(desk, article)
    assert "表格太大" in desk.words(at(article, "/edit"))
    assert desk.post(at(article, "/edit"), do="save", **(form | {"text-0": "乙。"})).status_code == 303
    assert record(office, article).manuscript.blocks == (Paragraph("乙。"), large)


def test_a_form_sent_after_the_session_has_ended_is_given_back_and_sent_again(
    desk: DeskDriver, office: Office, article: int
) -> None:
    person = desk.login()
    form = form_of(desk, article) | {"text-0": "写了一上午的第一段。\r\n第二行。"}
    with office.ledger.writing() as ledger:
        sessions.end_sessions(ledger, person.id, at=office.now())
    refused = desk.post(at(article, "/edit"), do="save", **form)
    assert refused.status_code == 401
    assert "写了一上午的第一段。" in refused.text
    desk.login()
    stale = send_again(desk, refused)  # with the token of the session before
    assert stale.status_code == 403
    assert send_again(desk, stale).status_code == 303
    assert record(office, article).manuscript.lines[0] == "写了一上午的第一段。 第二行。"


def send_again(desk: DeskDriver, refused: Any) -> Any:
    """As the button of the page does that gives the words back."""
    page: Any = document_fromstring(refused.text)
    [form] = page.xpath("//section[@class='mishap']//form")
    fields: dict[str, list[str]] = {}
    for one in form.xpath(".//input"):
        fields.setdefault(one.get("name"), []).append(one.get("value"))
    return desk.client.post(form.get("action"), data=fields, headers={"Origin": desk.url})


def test_a_password_is_never_given_back(desk: DeskDriver, office: Office) -> None:
    person = desk.login()
    with office.ledger.writing() as ledger:
        sessions.end_sessions(ledger, person.id, at=office.now())
    for _ in range(2):
        refused = desk.client.post("/account", data={"old": "旧的密码旧的密码"}, headers={"Origin": desk.url})
        assert refused.status_code in (401, 403)
        assert "旧的密码" not in refused.text
        desk.login()


def test_words_from_elsewhere_are_not_given_back(desk: DeskDriver, office: Office, article: int) -> None:
    person = desk.login()
    with office.ledger.writing() as ledger:
        sessions.end_sessions(ledger, person.id, at=office.now())
    foreign = {"Origin": "http://evil.example"}
    refused = desk.client.post(at(article, "/edit"), data={"title": "别处来的话"}, headers=foreign)
    assert (refused.status_code, "别处来的话" in refused.text) == (401, False)
    desk.login()
    refused = desk.client.post(at(article, "/edit"), data={"title": "别处来的话"}, headers=foreign)
    assert (refused.status_code, "别处来的话" in refused.text) == (403, False)


def test_rows_and_columns_are_added_and_removed_without_scripts_and_nothing_typed_is_lost(
    desk: DeskDriver, office: Office, article: int
) -> None:
    rewrite(office, article, RICH)
    desk.login()
    form = form_of(desk, article) | {"text-1": "先改了这一段。"}
    form["cell-2"][2] = "改过的格"
    for change in ("row-after:2:1", "column-after:2:1", "row-remove:2:3"):
        answer = desk.post(at(article, "/edit"), do=change, **form)
        assert answer.status_code == 200
        form = filled_in(document_fromstring(answer.text))
    assert form_of(desk, article) == form
    form["cell-2"][4:6] = ["新格", "新列"]
    assert desk.post(at(article, "/edit"), do="save", **form).status_code == 303
    after = record(office, article)
    assert after.revision == 3
    assert after.manuscript.blocks[1] == Paragraph("先改了这一段。")
    assert after.manuscript.blocks[2] == Table(
        (
            (Cell("项目", colspan=2), Cell("")),
            (Cell("甲", rowspan=2), Cell("改过的格"), Cell("新格")),
            (Cell("新列"), Cell("")),
        ),
        (30, 70, 70),
        1,
    )


def test_a_change_that_a_table_does_not_allow_is_refused_with_the_reason_and_the_form_kept(
    desk: DeskDriver, office: Office, article: int
) -> None:
    narrow = Table(((Cell("甲", rowspan=2), Cell("乙")), (Cell("丙"),)))
    rewrite(office, article, Manuscript((TITLE,), "区民政局", (narrow,)))
    desk.login()
    form = form_of(desk, article) | {"title": "正在改的标题"}
    answer = desk.post(at(article, "/edit"), do="column-remove:0:1", **form)
    assert answer.status_code == 400
    assert "这里的格子是合并的" in answer.text
    assert filled_in(document_fromstring(answer.text)) == form
    assert form_of(desk, article)["title"] == "正在改的标题"
    assert record(office, article).manuscript.blocks == (narrow,)


def test_a_table_gets_no_more_cells_than_a_form_may_have(desk: DeskDriver, office: Office, article: int) -> None:
    large = Table(tuple(tuple(Cell("") for _ in range(50)) for _ in range(50)))
    rewrite(office, article, Manuscript((TITLE,), "区民政局", (large,)))
    desk.login()
    answer = desk.post(at(article, "/edit"), do="row-after:0:1", **form_of(desk, article))
    assert answer.status_code == 400
    assert "最多 2500 格" in answer.text
