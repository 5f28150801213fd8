"""The text that LibreOffice shows for each .docx of a folder, made in batches and kept for the next run."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import Progress

from programs.libreoffice import ConversionLimits, run_office
from programs.office_wall import JOB

_BATCH: Final = 40
_TO_TEXT: Final = ("--convert-to", "txt:Text (encoded):UTF8")
_TOGETHER: Final = ConversionLimits(seconds=120.0, memory=4 << 30)
_ALONE: Final = ConversionLimits(seconds=40.0, memory=4 << 30)


def office_texts(files: Sequence[Path], cache: Path, soffice: Path, console: Console) -> dict[Path, str | None]:
    """The text by file; None for one that LibreOffice does not open, or that hangs or breaks it."""
    cache.mkdir(parents=True, exist_ok=True)
    kept = {file: cache / f"{hashlib.sha256(file.read_bytes()).hexdigest()}.txt" for file in files}
    waiting = [file for file in files if not (kept[file].exists() or kept[file].with_suffix(".none").exists())]
    with Progress(console=console, transient=True) as progress:
        bar = progress.add_task("LibreOffice", total=len(waiting))
        while waiting:
            batch, waiting = waiting[:_BATCH], waiting[_BATCH:]
            left = _convert(batch, kept, soffice)
            progress.advance(bar, len(batch) - len(left))
            waiting = left + waiting
    return {file: place.read_text(encoding="utf-8-sig") if place.exists() else None for file, place in kept.items()}


def _convert(batch: Sequence[Path], kept: dict[Path, Path], soffice: Path) -> list[Path]:
    """Converts a batch; returns those that LibreOffice did not come to. It takes files in their order, so the first
    one without a text after the last one with a text is what it broke on: that one is tried again alone."""
    _run(batch, kept, soffice, _TOGETHER)
    made = [kept[file].exists() for file in batch]
    came_to = len(made) - made[::-1].index(True) if True in made else 0
    if came_to < len(batch):
        _run(batch[came_to : came_to + 1], kept, soffice, _ALONE)
    for file in batch[: came_to + 1]:
        if not kept[file].exists():
            kept[file].with_suffix(".none").touch()
    return list(batch[came_to + 1 :])


def _run(files: Sequence[Path], kept: dict[Path, Path], soffice: Path, limits: ConversionLimits) -> None:
    with tempfile.TemporaryDirectory(prefix="jianbao-") as name:
        folder = Path(name)
        (folder / "in").mkdir()
        inputs = [folder / "in" / f"{number}{file.suffix}" for number, file in enumerate(files)]
        for path, file in zip(inputs, files, strict=True):
            path.write_bytes(file.read_bytes())
        words = [*_TO_TEXT, "--outdir", str(JOB / "out"), *(str(JOB / "in" / path.name) for path in inputs)]
        run_office(words, folder, soffice, limits)
        for number, file in enumerate(files):
            made = folder / "out" / f"{number}.txt"
            if made.exists():
                part = kept[file].with_suffix(".part")
                part.write_bytes(made.read_bytes())
                part.replace(kept[file])
