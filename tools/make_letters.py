"""Writes the sample letters of demo/letters: what could have arrived in the week of the printed issue 70.

    .venv/bin/python -m tools.make_letters

Always the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools import letters_with_manuscripts, letters_without_manuscripts

FOLDER: Final = Path(__file__).parents[1] / "demo" / "letters"


def letters() -> Mapping[str, bytes]:
    """File name → the letter's bytes, in the order in which they arrived."""
    writers: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("01-jtj", letters_with_manuscripts.jtj),
        ("02-rsj", letters_with_manuscripts.rsj),
        ("03-jrfwzx", letters_with_manuscripts.jrfwzx),
        ("04-mzj", letters_with_manuscripts.mzj),
        ("05-notice", letters_with_manuscripts.notice),
        ("06-auto-reply", letters_without_manuscripts.auto_reply),
        ("07-bounce", letters_without_manuscripts.bounce),
        ("08-newsletter", letters_without_manuscripts.newsletter),
        ("09-question", letters_without_manuscripts.question),
        ("10-same-again", letters_with_manuscripts.same_again),
        ("11-private-address", letters_with_manuscripts.private_address),
        ("12-broken", letters_with_manuscripts.broken),
    )
    return {f"{name}.eml": write() for name, write in writers}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, raw in letters().items():
        (FOLDER / name).write_bytes(raw)


if __name__ == "__main__":
    main()
