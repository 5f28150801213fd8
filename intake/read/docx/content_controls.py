"""Content controls (ECMA-376 17.5.2): whether one has been filled in."""

from __future__ import annotations

from typing import Final

from intake.read.docx.tags import Element, T, flag, w

_SDT_PR: Final = w("sdtPr")
_SHOWING: Final = w("showingPlcHdr")


def shows_placeholder(control: Element) -> bool:
    """Whether a w:sdt shows its prompt (单击此处输入文字) instead of content (17.5.2.39)."""
    properties = control.find(_SDT_PR)
    return properties is not None and bool(flag(properties, _SHOWING))


def placeholder_text(content: Element) -> str:
    """The prompt in a w:sdtContent, for the report."""
    return "".join(text.text or "" for text in content.iter(T))
