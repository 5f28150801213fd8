"""The CSRF token in pages: never the same, and always the one of the session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.csrf_mask import masked, unmasked
from tests.support.desk import DeskDriver

TOKENS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=43, max_size=64)


@given(TOKENS)
def test_masked_token_differs_each_time_and_is_recovered(token: str) -> None:
    first, second = masked(token), masked(token)
    assert token not in first
    assert first != second
    assert unmasked(first) == unmasked(second) == token


@given(st.text())
def test_anything_else_is_no_token_and_no_error(sent: str) -> None:
    assert not unmasked(sent) or unmasked(sent).isascii()


def test_pages_never_show_the_token_itself(desk: DeskDriver) -> None:
    desk.login()
    page = desk.get("/b/wuxing/issue").text
    shown = set(desk.html("/b/wuxing/issue").xpath("//input[@name='csrf']/@value"))
    assert desk.csrf not in page
    assert {unmasked(token) for token in shown} == {desk.csrf}


def test_form_with_the_token_of_a_page_is_accepted(desk: DeskDriver) -> None:
    [article] = desk.hand_in("甲")
    desk.login()
    [token, *_] = desk.html(f"/b/wuxing/articles/{article}").xpath("//input[@name='csrf']/@value")
    answer = desk.client.post(
        f"/b/wuxing/articles/{article}/decide",
        data={"csrf": token, "version": "1", "status": "adopted"},
        headers={"Origin": desk.url},
    )
    assert answer.status_code == 303
