"""Makes docs/desk/*.png: every page of the desk as an editor sees it in the week of the printed issue.

    python -m tools.take_screenshots [NAME…]

Needs Chromium, LibreOffice and the Noto CJK fonts. With names, only those are made anew. The pictures have a palette of
256 colours, which is enough for pages and keeps them small.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from tests.support.browser import ARGUMENTS, DESKTOP, Tabs, chromium_program
from tests.support.desk import serving
from tests.support.desk_pages import editor
from tests.support.week import week

FOLDER: Final = Path(__file__).parent.parent / "docs" / "desk"
LARGEST: Final = 250_000
_COLOURS: Final = 256


@dataclass(frozen=True, slots=True)
class Shot:
    """whole: all of the page, not only what a window of that size shows."""

    name: str
    path: str
    size: ViewportSize
    whole: bool = False


SHOTS: Final = (
    Shot("login", "/login", DESKTOP),
    Shot("account", "/account", DESKTOP),
)


def main() -> None:
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    FOLDER.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        week(Path(home)) as office,
        serving(office) as url,
        sync_playwright() as playwright,
    ):
        tabs = Tabs(playwright.chromium.launch(executable_path=chromium_program(), args=ARGUMENTS))
        for shot in wanted:
            tab = tabs.open(url, shot.size) if shot.path == "/login" else editor(tabs, office, url, size=shot.size)
            tab.go(shot.path)
            tab.page.wait_for_load_state("networkidle")
            data = _small(tab.page.screenshot(full_page=shot.whole))
            (FOLDER / f"{shot.name}.png").write_bytes(data)
            print(f"{shot.name}.png {len(data) / 1000:.0f} kB")
            if len(data) > LARGEST:
                raise SystemExit(f"{shot.name}.png is larger than {LARGEST / 1000:.0f} kB")
        if complaints := tabs.close():
            raise SystemExit("\n".join(complaints))


def _small(png: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main()
