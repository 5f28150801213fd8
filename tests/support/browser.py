"""A real Chromium in tests, and what it has to complain about a page.

def test_...(tabs: Tabs) -> None:
    with serving(office) as url:
        editor = tabs.open(url)          # a new context, without cookies of other tabs
        editor.go("/b/jianbao/issue")
        editor.page.get_by_role("button", name="签发").click()
        assert axe(editor.page) == []
# at the end of the test every tab must have been quiet: see Watched.complaints

One browser serves the whole run. The sync API keeps an event loop running in the main thread from the first browser
test on: nothing else may use asyncio there (servers of tests run theirs in threads).
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypedDict
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, Response, ViewportSize, sync_playwright

from tests.support.needed_program import not_installed

DESKTOP: Final = ViewportSize(width=1366, height=768)
PHONE: Final = ViewportSize(width=390, height=844)
ARGUMENTS: Final = [
    "--no-sandbox",  # the tests may run as root, where Chromium's own sandbox does not start
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
_PATIENCE_MS: Final = 20_000
_AXE: Final = next((Path(__file__).parent / "vendor").glob("axe-core-*/axe.min.js"))
# Init scripts come in through the debugger, before the page's own scripts and past its policy.
_TELL_VIOLATIONS: Final = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`CSP: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
_RUN_AXE: Final = """async (rules) => {
  const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
  const {violations} = await axe.run(document, {iframes: false, resultTypes: ["violations"], ...only});
  return violations.map(({id, impact, help, nodes}) =>
    ({id, impact, help, places: nodes.map(({target, html}) => `${target.join(" ")}  ${html.slice(0, 160)}`)}));
}"""


class _AxeFault(TypedDict):
    id: str
    impact: str | None
    help: str
    places: list[str]


@dataclass  # no slots: Playwright notes on the object of a bound handler that it wrapped it
class Watched:
    """A tab and all it complained about. refused: statuses that this test provokes on purpose."""

    page: Page
    base: str
    has_scripts: bool = True
    refused: set[int] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    """Console errors and warnings, script errors, policy violations, failed or refused requests, requests to
    other machines, and unexpected dialogs; in order."""
    _answers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.add_init_script(_TELL_VIOLATIONS)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def go(self, path: str) -> Response:
        response = self.page.goto(self.base + path)
        assert response, path
        return response

    def settle(self) -> None:
        """Waits until pending events are delivered: policy violations are reported one task later.

        A page without scripts has no events and no timers.
        """
        if self.has_scripts:
            self.page.evaluate("() => new Promise(done => setTimeout(() => setTimeout(done)))")

    @contextlib.contextmanager
    def expecting_dialog(self, words: str) -> Iterator[None]:
        """A dialog with these words comes up within the block, and is accepted."""
        self._answers.append(words)
        yield
        assert words not in self._answers, f"no dialog with {words}"

    def overflow(self) -> int:
        """CSS pixels by which the page is wider than the window; 0 when nothing has to be scrolled sideways."""
        width = self.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
        seen = self.page.evaluate("document.documentElement.clientWidth")
        return max(int(width) - int(seen), 0)

    def _console(self, message: ConsoleMessage) -> None:
        ours = message.type == "error" and any(
            words in message.text
            for status in self.refused
            for words in (f"status of {status}", f"Response Status Error Code {status} ")  # the browser's, and htmx's
        )
        if message.type in {"error", "warning"} and not ours:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        for words in self._answers:
            if words in dialog.message:
                self._answers.remove(words)
                dialog.accept()
                return
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base + "/", "data:", "blob:", "about:")):
            self.complaints.append(f"asked another machine: {request.url}")

    def _failed(self, request: Request) -> None:
        # A download, or a click before the last page was complete, ends a request without harm.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"request failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.refused:
            self.complaints.append(f"{response.status} {response.request.method} {urlsplit(response.url).path}")


class Tabs:
    """Opens tabs, and makes sure at the end that none of them complained."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._opened: list[Watched] = []

    def open(self, base: str, size: ViewportSize = DESKTOP, **context: Any) -> Watched:
        """A tab in a fresh context. base: such as http://127.0.0.1:8000; context: more for browser.new_context."""
        settings = {"viewport": size, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}
        page = self._browser.new_context(**(settings | context)).new_page()
        page.set_default_timeout(_PATIENCE_MS)
        self._opened.append(Watched(page, base.rstrip("/"), context.get("java_script_enabled", True)))
        return self._opened[-1]

    def close(self) -> list[str]:
        """What all tabs complained about."""
        for tab in self._opened:
            if not tab.page.is_closed():
                tab.settle()
            tab.page.context.close()
        return [complaint for tab in self._opened for complaint in tab.complaints]


def axe(page: Page, *rules: str) -> list[str]:
    """What keeps people from using this page, one readable line per kind of fault; only the serious and the critical.

    rules: those of axe that are tried; all where none is named.

    The source goes in through the debugger's own evaluation, which the page's policy does not bind. A <script> element
    (add_script_tag) would be refused by `script-src 'self'`, and a context with bypass_csp would look at another page
    than the editor's: one whose forbidden styles apply.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE.read_text(encoding="utf-8"))
    faults: list[_AxeFault] = page.evaluate(_RUN_AXE, list(rules))
    return [
        f"{fault['impact']} {fault['id']}: {fault['help']}\n  " + "\n  ".join(fault["places"])
        for fault in faults
        if fault["impact"] in {"serious", "critical"}
    ]


def chromium_program() -> str | None:
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this run. Without Chromium the test is skipped, in CI it fails.

    tests/conftest.py has it for all tests. Imported by another module it would be another one, whose start finds the
    event loop of the first running, and fails.
    """
    program = chromium_program()
    if program is None:
        not_installed("Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def tabs(chromium: Browser) -> Iterator[Tabs]:
    opened = Tabs(chromium)
    yield opened
    complaints = opened.close()
    assert not complaints, complaints
