"""The renderer: one issue at a time, the last one asked for first, and nothing that goes wrong stops it."""

from __future__ import annotations

from threading import Event, Lock, Thread

import pytest

from service.issue.page_renderer import NotLaidOut, PageRenderer, RenderedPages, RenderingFailed, RenderingPending
from tests.support.pdf import lines, pdf

SECONDS = 20.0
TWO_PAGES = pdf(lines("第一页"), lines("第二页"))


class Layout:
    """Lays out .docx that are the names of issues; each waits until the test lets it go on."""

    def __init__(self, *, at_once: bool = False) -> None:
        self.begun: list[str] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = Lock()
        self.started = Event()
        self.go_on = Event()
        if at_once:
            self.go_on.set()

    def __call__(self, docx: bytes) -> bytes:
        with self._lock:
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            self.begun.append(docx.decode())
        self.started.set()
        assert self.go_on.wait(SECONDS)
        with self._lock:
            self._at_once -= 1
        if docx == b"broken":
            raise NotLaidOut("排不出来")
        if docx == b"defect":
            raise ZeroDivisionError
        return b"no pdf" if docx == b"nothing" else TWO_PAGES


def ask(renderer: PageRenderer, name: str, line: str = "wuxing") -> object:
    return renderer.request(line, name, name.encode)


def test_requested_pages_are_laid_out_and_then_there_at_once() -> None:
    renderer = PageRenderer(layout := Layout(at_once=True))
    assert ask(renderer, "甲") == RenderingPending()
    made = renderer.wait_for("甲", SECONDS)
    assert isinstance(made, RenderedPages)
    assert (made.sheets, made.pdf) == (2, TWO_PAGES)
    assert ask(renderer, "甲") == made
    assert layout.begun == ["甲"]


def test_of_what_waits_only_the_last_is_made() -> None:
    renderer = PageRenderer(layout := Layout())
    ask(renderer, "甲")
    assert layout.started.wait(SECONDS)
    for name in ("乙", "丙", "丁"):
        ask(renderer, name)
    assert renderer.state("乙") is None
    layout.go_on.set()
    assert isinstance(renderer.wait_for("丁", SECONDS), RenderedPages)
    assert layout.begun == ["甲", "丁"]


def test_each_bulletin_has_its_turn_and_never_two_are_made_at_once() -> None:
    renderer = PageRenderer(layout := Layout())
    ask(renderer, "甲")
    assert layout.started.wait(SECONDS)
    threads = [Thread(target=ask, args=(renderer, name, name)) for name in ("乙", "丙", "丁")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    layout.go_on.set()
    for name in ("甲", "乙", "丙", "丁"):
        assert isinstance(renderer.wait_for(name, SECONDS), RenderedPages)
    assert (sorted(layout.begun), layout.most_at_once) == (sorted(["甲", "乙", "丙", "丁"]), 1)


def test_going_back_to_what_is_there_lets_nothing_more_be_made() -> None:
    renderer = PageRenderer(layout := Layout())
    layout.go_on.set()
    ask(renderer, "甲")
    renderer.wait_for("甲", SECONDS)
    layout.go_on.clear()
    layout.started.clear()
    ask(renderer, "乙")
    assert layout.started.wait(SECONDS)
    ask(renderer, "丙")
    assert isinstance(ask(renderer, "甲"), RenderedPages)
    layout.go_on.set()
    renderer.wait_for("乙", SECONDS)
    assert renderer.state("丙") is None
    assert layout.begun == ["甲", "乙"]


@pytest.mark.parametrize(
    ("name", "why"), [("broken", "排不出来"), ("defect", "程序出了错"), ("nothing", "LibreOffice 做出的 PDF 打不开")]
)
def test_failed_layout_is_reported_and_the_next_is_made(name: str, why: str) -> None:
    renderer = PageRenderer(layout := Layout(at_once=True))
    ask(renderer, name)
    made = renderer.wait_for(name, SECONDS)
    assert isinstance(made, RenderingFailed)
    assert why in made.why
    ask(renderer, "甲")
    assert isinstance(renderer.wait_for("甲", SECONDS), RenderedPages)
    assert ask(renderer, name) == made  # not again and again
    renderer.forget(name)
    assert ask(renderer, name) == RenderingPending()
    renderer.wait_for(name, SECONDS)
    assert layout.begun.count(name) == 2


def test_a_docx_that_cannot_be_made_is_a_failure_with_its_reason() -> None:
    def docx() -> bytes:
        raise NotLaidOut("模板坏了")

    renderer = PageRenderer(Layout(at_once=True))
    renderer.request("wuxing", "甲", docx)
    assert renderer.wait_for("甲", SECONDS) == RenderingFailed("模板坏了")


def test_an_issue_that_its_own_pages_change_is_laid_out_again_and_keeps_the_pages_of_the_first_time() -> None:
    renderer = PageRenderer(layout := Layout(at_once=True))
    renderer.request("wuxing", "甲", "甲".encode, lambda pages: None if pages else "甲，另起一页".encode())
    made = renderer.wait_for("甲", SECONDS)
    assert isinstance(made, RenderedPages)
    assert (made.destinations, layout.begun) == ({}, ["甲", "甲，另起一页"])


def test_pages_are_pictures() -> None:
    renderer = PageRenderer(Layout(at_once=True))
    ask(renderer, "甲")
    renderer.wait_for("甲", SECONDS)
    first = renderer.picture("甲", 1)
    assert first is not None
    assert first[:4] + first[8:12] == b"RIFFWEBP"
    assert renderer.picture("甲", 1) is first
    assert (renderer.picture("甲", 0), renderer.picture("甲", 3), renderer.picture("乙", 1)) == (None, None, None)


def test_only_the_latest_are_kept() -> None:
    renderer = PageRenderer(Layout(at_once=True))
    for number in range(12):
        ask(renderer, str(number))
        renderer.wait_for(str(number), SECONDS)
    assert renderer.state("0") is None
    assert isinstance(renderer.state("11"), RenderedPages)


def test_a_closed_press_begins_nothing_more() -> None:
    renderer = PageRenderer(layout := Layout())
    ask(renderer, "甲")
    assert layout.started.wait(SECONDS)
    ask(renderer, "乙")
    layout.go_on.set()
    renderer.close()
    ask(renderer, "丙")
    assert layout.begun == ["甲"]
