"""What a person does in a browser, with its clicks counted; typing and Enter are none."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page


class Clicks:
    """The clicks of the people, on whichever of their pages."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def on(self, selector: str) -> None:
        """Clicks on the first element of the selector."""
        self.page.locator(selector).first.click()
        self.count += 1

    def on_button(self, name: str) -> None:
        self._on_role("button", name)

    def on_link(self, name: str) -> None:
        self._on_role("link", name)

    def on_summary(self, name: str) -> None:
        """Opens the menu or the question of that name."""
        self.page.locator("summary", has_text=name).first.click()
        self.count += 1

    def on_tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).first.check()
        self.count += 1

    def _on_role(self, role: Literal["button", "link"], name: str) -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.count += 1
