"""The demo: a real IMAP server in memory, the ordinary poller, the printed issue's letters."""

from __future__ import annotations

import http.client
import io
import os
import re
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from cli.base.command import Surroundings
from cli.base.installation import checkout
from cli.base.output import Output
from cli.demo import demo
from desk.server import serving_desk
from service.health.activity import Activity
from service.office import Office
from settings.load import load_settings
from tests.support.invariants import broken_promises
from tests.support.projection import projection
from tests.support.scenario import PRINTED, ROOT
from values.errors import BadUsage


def shown_by_demo(home: Path) -> str:
    shown = io.StringIO()
    demo(wide_output(shown), load_settings(ROOT / "config.toml"), surroundings(home), None)
    return shown.getvalue()


def wide_output(file: io.StringIO) -> Output:
    return Output(file, {"COLUMNS": "200"}, as_json=False)


def surroundings(home: Path) -> Surroundings:
    return Surroundings(checkout(home), lambda: datetime.now(UTC), os.environ, lambda _form, _level: None)


def test_the_demo_makes_the_printed_issue_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letters").symlink_to(ROOT / "demo" / "letters")
    first = shown_by_demo(tmp_path)
    [issue] = (tmp_path / "demo-data" / "issues").rglob("*.docx")
    assert "新来信 12 封。第70期送审稿 5 篇，" in first
    assert str(issue) in first
    for verdict, letters in (("已成稿", 5), ("不处理", 3), ("待处理", 1), ("待答复", 1), ("待认领", 1), ("重复", 1)):
        assert sum(f"│ {verdict} " in line for line in first.splitlines()) == letters, verdict
    assert projection(issue.read_bytes()) == (PRINTED / "expected.txt").read_text(encoding="utf-8")

    second = shown_by_demo(tmp_path)
    assert "新来信 0 封。第70期送审稿 5 篇（和上次一样，没有变化）" in second
    assert [issue] == list((tmp_path / "demo-data" / "issues").rglob("*.docx"))
    assert broken_promises(tmp_path / "demo-data") == []


class AnnouncingTerminal(io.StringIO):
    """A terminal that knows when the desk was announced on it."""

    def __init__(self) -> None:
        super().__init__()
        self.announced = threading.Event()

    def write(self, text: str) -> int:
        written = super().write(text)
        if "按 Ctrl+C 结束" in text:
            self.announced.set()
        return written


@pytest.fixture
def own_signals() -> Iterator[None]:
    before = {name: signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)}
    yield
    for name, handler in before.items():
        signal.signal(name, handler)


@pytest.mark.usefixtures("own_signals")
def test_demo_on_a_terminal_serves_the_desk_until_interrupted(tmp_path: Path) -> None:
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "letters").symlink_to(ROOT / "demo" / "letters")
    terminal, logged_in = AnnouncingTerminal(), list[int]()

    def visit() -> None:
        assert terminal.announced.wait(60)
        shown = terminal.getvalue()
        [port, name, password] = re.findall(r"已打开：http://127.0.0.1:(\d+)\n用户名 (\S+)，密码 (\S+)（", shown)[0]
        logged_in.append(log_in(int(port), name, password))
        os.kill(os.getpid(), signal.SIGTERM)

    @contextmanager
    def visited(office: Office, activity: Activity) -> Iterator[None]:
        visitor = threading.Thread(target=visit)
        visitor.start()
        with serving_desk(office, activity):
            yield
        visitor.join()

    demo(wide_output(terminal), load_settings(ROOT / "config.toml"), surroundings(tmp_path), visited)
    assert logged_in == [303]


def log_in(port: int, name: str, password: str) -> int:
    """As a browser: the page with its token, then the form."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/login")
    page = connection.getresponse()
    cookie = page.headers["set-cookie"].partition(";")[0]
    token = re.findall(r'name="csrf" value="([^"]+)"', page.read().decode())[0]
    form = urlencode({"csrf": token, "name": name, "password": password})
    headers = {
        "Cookie": cookie,
        "Origin": f"http://127.0.0.1:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/login", form, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_without_its_letters_the_demo_reports_it(tmp_path: Path) -> None:
    with pytest.raises(BadUsage, match="没有示例来信"):
        shown_by_demo(tmp_path)
