"""The browser of the tests complains about what it should: otherwise a quiet tab proves nothing."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from tests.support.browser import PHONE, Tabs, axe

pytestmark = pytest.mark.browser
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
HEAD = '<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>页</title>'
PAGES = {
    "/calm": f'{HEAD}<link rel="icon" href="data:,"></head><body><main><h1>平安</h1></main></body></html>',
    "/inline": f'{HEAD}<link rel="icon" href="data:,"></head><body><script>alert(1)</script></body></html>',
    "/style": f'{HEAD}<link rel="icon" href="data:,"></head><body><p style="color:red">红</p></body></html>',
    "/asks": f'{HEAD}<link rel="icon" href="data:,"><script src="/ask.js"></script></head><body>问</body></html>',
    "/ask.js": "confirm('真的要签发吗？'); throw new Error('坏了');",
    "/broken": f'{HEAD}<link rel="icon" href="data:,"></head><body><img alt="" src="/nothing.png"></body></html>',
    "/pale": f'{HEAD}<link rel="icon" href="data:,"><link rel="stylesheet" href="/pale.css"></head>'
    '<body><main><h1>浅色的标题</h1><form><input name="nameless"></form></main></body></html>',
    "/pale.css": "h1 { color: #ddd; background: #fff; } main { width: 500px; }",
}


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        text = PAGES.get(self.path)
        self.send_response(200 if text else 404)
        kind = {"js": "text/javascript", "css": "text/css"}.get(self.path.rpartition(".")[2], "text/html")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write((text or "").encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests' output is for failures."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def complaints_about(tabs: Tabs, site: str, path: str) -> list[str]:
    """What the tab complains about on this page. They are taken from it, so that the test ends well."""
    tab = tabs.open(site)
    tab.go(path)
    tab.settle()
    complaints = list(tab.complaints)
    tab.complaints.clear()
    return complaints


def test_a_calm_page_is_quiet_and_fits_a_phone(tabs: Tabs, site: str) -> None:
    tab = tabs.open(site, PHONE)
    tab.go("/calm")
    assert tab.overflow() == 0
    assert axe(tab.page) == []
    assert tab.complaints == []


def test_an_inline_script_is_reported_and_not_run(tabs: Tabs, site: str) -> None:
    complaints = complaints_about(tabs, site, "/inline")
    assert any("CSP: script-src-elem inline" in complaint for complaint in complaints)
    assert not any("dialog" in complaint for complaint in complaints)


def test_an_inline_style_is_reported(tabs: Tabs, site: str) -> None:
    assert any("CSP: style-src-attr inline" in complaint for complaint in complaints_about(tabs, site, "/style"))


def test_a_dialog_and_a_script_error_are_reported(tabs: Tabs, site: str) -> None:
    complaints = complaints_about(tabs, site, "/asks")
    assert "dialog: 真的要签发吗？" in complaints
    assert any(complaint.startswith("script error:") and "坏了" in complaint for complaint in complaints)


def test_an_expected_dialog_is_answered_and_not_reported(tabs: Tabs, site: str) -> None:
    tab = tabs.open(site)
    with tab.expecting_dialog("真的要签发"):
        tab.go("/asks")
    assert [complaint for complaint in tab.complaints if "dialog" in complaint] == []
    tab.complaints.clear()


def test_a_missing_picture_is_reported_unless_the_test_wants_it(tabs: Tabs, site: str) -> None:
    assert "404 GET /nothing.png" in complaints_about(tabs, site, "/broken")
    tab = tabs.open(site)
    tab.refused.add(404)
    tab.go("/broken")
    assert tab.complaints == []


def test_pale_text_a_nameless_field_and_a_wide_page_are_found(tabs: Tabs, site: str) -> None:
    tab = tabs.open(site, PHONE)
    tab.go("/pale")
    faults = axe(tab.page)
    assert [complaint.split(":")[0] for complaint in faults] == ["serious color-contrast", "critical label"]
    assert "h1" in faults[0]
    assert tab.overflow() > 100
