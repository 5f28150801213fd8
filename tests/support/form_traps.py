"""Forms of a page that do something else than their reader expects."""

from __future__ import annotations

from typing import Final

from lxml.html import HtmlElement

_TICKED: Final = {"checkbox", "radio"}
_DEAF: Final = {"hidden", "file", "submit", "button", "reset", "image", *_TICKED}
"""Kinds of <input> that are not typed into."""


def enter_traps(page: HtmlElement) -> list[str]:
    """The forms with several buttons in which Enter takes one that is not the main one. In a text field it takes the
    first, and nothing where that is disabled (HTML, "implicit submission"); on a checkbox, Chromium takes the first
    that is enabled. Harmless is one that is the last as well (保存 above and below), or that nobody can see."""
    return [form.get("action", "") for form in page.iter("form") if _is_trap(page, form)]


def _is_trap(page: HtmlElement, form: HtmlElement) -> bool:
    buttons = [button for button in _controls(page, form, "button") if button.get("type", "submit") == "submit"]
    kinds = {field.get("type", "text") for field in _controls(page, form, "input")}
    if len({_act(button) for button in buttons if button.get("hidden") is None}) < 2:
        return False
    enabled = [button for button in buttons if button.get("disabled") is None]
    taken = [buttons[0]] * bool(kinds - _DEAF) + enabled[:1] * bool(kinds & _TICKED)
    return any(_is_chance(button, buttons[-1]) for button in taken)


def _is_chance(taken: HtmlElement, main: HtmlElement) -> bool:
    is_harmless = taken.get("disabled") is not None or taken.get("hidden") is not None
    return not is_harmless and _act(taken) != _act(main)


def _act(button: HtmlElement) -> tuple[str | None, ...]:
    return button.get("name"), button.get("value"), button.get("formaction")


def _controls(page: HtmlElement, form: HtmlElement, tag: str) -> list[HtmlElement]:
    """In the order of the page; those outside that name the form too."""
    id, within = form.get("id"), set(form.iter(tag))
    return [
        control
        for control in page.iter(tag)
        if (control in within if control.get("form") is None else control.get("form") == id)
    ]
