"""The fields of a form come as clean text."""

from __future__ import annotations

import pytest
from starlette.requests import Request
from starlette.responses import Response

from desk.forms import Form, clean
from desk.page import back_to
from desk.routes import post
from tests.support.desk import DeskDriver
from values.account import Role


def test_a_form_is_read_as_clean_text(desk: DeskDriver) -> None:
    seen: list[Form] = []

    def take(request: Request, form: Form) -> Response:
        seen.append(form)
        return back_to(request, "/account")

    desk.login()
    desk.app.router.routes.insert(0, post("/take", take, role=Role.VIEWER))
    desk.post(
        "/take",
        title="  e\u0301\x00\x1b标题\r\n第二行\t ",
        count="12",
        negative="-3",
        none="1e3",
        on="on",
        off="",
        many=["甲", " 乙 "],
        files={"manuscript": ("来稿\u202e.docx", b"PK"), "empty": ("", b"")},
    )
    [form] = seen
    assert form.text("title") == "é标题\n第二行"
    assert form.text("absent", "默认") == "默认"
    assert (form.number("count"), form.number("negative"), form.number("none")) == (12, None, None)
    assert (form.flag("on"), form.flag("off"), form.flag("absent")) == (True, False, False)
    assert form.texts("many") == ("甲", "乙")
    upload = form.file("manuscript")
    assert upload is not None
    assert (upload.data, form.file("empty"), form.file("absent")) == (b"PK", None, None)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("  甲\r\n乙\r丙 ", "甲\n乙\n丙"), ("e\u0301\x00\x1b\ud800", "é"), ("甲\t乙", "甲\t乙"), ("", "")],
)
def test_clean_text_has_line_feeds_and_tabs_as_its_only_control_characters(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@pytest.mark.parametrize("encoding", ["undefined", "unicode_escape", "raw_unicode_escape"])
@pytest.mark.parametrize("field", ["csrf", "password", "na\\ud800me"])
def test_a_form_in_no_encoding_of_browsers_is_refused_with_a_page(desk: DeskDriver, encoding: str, field: str) -> None:
    """A stranger chooses the encoding, and its decoder may fail or make what is no text."""
    parts = {"csrf": desk.csrf, field: "\\ud800"}
    body = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in parts.items()
    )
    kind = f"multipart/form-data; boundary=x; charset={encoding}"
    headers = {"Origin": desk.url, "Content-Type": kind}
    response = desk.client.post("/login", content=f"{body}--x--\r\n".encode(), headers=headers)
    assert (response.status_code, "没有保存" in response.text) == (400, True)
