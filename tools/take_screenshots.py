"""Makes docs/desk/*.png: every page of the desk as an editor sees it in the week of the printed issue.

    python -m tools.take_screenshots [NAME…]

Needs Chromium, LibreOffice and the Noto CJK fonts. With names, only those are remade. The pictures have a
palette of 256 colours, which keeps them small.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from benchmarks import three_years
from service.office import Office, open_office
from settings.load import load_settings
from tests.support.browser import ARGUMENTS, DESKTOP, PHONE, Tabs, Watched, chromium_program
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.printed_week import NOW, printed_week_office
from tests.support.scenario import ROOT

FOLDER: Final = Path(__file__).parent.parent / "docs" / "desk"
LARGEST: Final = 250_000
_COLOURS: Final = 256
_HERE: Final = "/b/wuxing"


@dataclass(frozen=True, slots=True)
class Shot:
    """world: the week before its issue is signed off, or after; or the three years of the benchmarks, where there is
    something to count. size: CSS pixels."""

    name: str
    path: str
    size: ViewportSize = field(default_factory=lambda: DESKTOP)
    world: Literal["before", "after", "years"] = "before"


SHOTS: Final = (
    Shot("login", "/login"),
    Shot("issue", f"{_HERE}/issue"),
    Shot("issue-phone", f"{_HERE}/issue", PHONE),
    Shot("article", f"{_HERE}/articles/3"),
    Shot("article-wide", f"{_HERE}/articles/4", ViewportSize(width=1920, height=1080)),
    Shot("article-phone", f"{_HERE}/articles/3", PHONE),
    Shot("article-edit", f"{_HERE}/articles/3/edit"),
    Shot("split", f"{_HERE}/articles/3/split?at=2"),
    Shot("merge", f"{_HERE}/articles/merge?article=1&article=3"),
    Shot("return", f"{_HERE}/issue/articles/3/return"),
    Shot("sign-off", f"{_HERE}/issue/sign-off"),
    Shot("signed", f"{_HERE}/issue/signed/1", world="after"),
    Shot("letters", f"{_HERE}/letters"),
    Shot("letter", f"{_HERE}/letters/11"),
    Shot("search", f"{_HERE}/search?q=养老"),
    Shot("past", f"{_HERE}/past", world="after"),
    Shot("past-issue", f"{_HERE}/past/1", world="after"),
    Shot("statistics", f"{_HERE}/statistics?from=2022-01-01&to=2022-10-31&order=points", world="years"),
    Shot("departments", f"{_HERE}/departments"),
    Shot("changes", f"{_HERE}/changes", world="after"),
    Shot("state", "/state"),
    Shot("people", "/people"),
    Shot("account", "/account"),
)


def main() -> None:
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_program(), args=ARGUMENTS)
        worlds = {
            "before": printed_week_office(Path(home) / "before"),
            "after": printed_week_office(Path(home) / "after", past=True),
            "years": _three_years(Path(home)),
        }
        for name, world in worlds.items():
            if shots := [shot for shot in wanted if shot.world == name]:
                with world as office:
                    _take(browser, office, shots)


def _take(browser: Browser, office: Office, shots: Sequence[Shot]) -> None:
    with serving(office) as url:
        tabs = Tabs(browser)
        for shot in shots:
            tab = tabs.open(url, shot.size) if shot.path == "/login" else editor(tabs, office, url, size=shot.size)
            tab.go(shot.path)
            _wait(tab)
            data = _small(tab.page.screenshot())
            (FOLDER / f"{shot.name}.png").write_bytes(data)
            print(f"{shot.name}.png {len(data) / 1000:.0f} kB")
            if len(data) > LARGEST:
                raise SystemExit(f"{shot.name}.png is larger than {LARGEST / 1000:.0f} kB")
        if complaints := tabs.close():
            raise SystemExit("\n".join(complaints))


def _wait(tab: Watched) -> None:
    """Until nothing is asked for any more, and the pages of the issue are laid out."""
    if tab.page.locator("#pages").count():
        tab.page.locator("#pages[data-state=printed] img").first.wait_for(timeout=90_000)
    tab.page.wait_for_load_state("networkidle")


@contextmanager
def _three_years(home: Path) -> Iterator[Office]:
    config = three_years.config(home, ROOT / "templates" / "bulletin.docx")
    with open_office(load_settings(config), lambda: NOW, {}) as office:
        three_years.seed(office)
        yield office


def _small(png: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(_COLOURS, kmeans=1, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
