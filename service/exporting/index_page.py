"""The index of an export: one HTML page without scripts, whose links lead to the files beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_TEMPLATES: Final = Path(__file__).resolve().parents[2] / "templates" / "export"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file of the export."""

    path: str
    """Relative to the index, with "/"; ASCII, so that it needs no escaping and any system can store it."""
    label: str
    """What it is, in Chinese."""


@dataclass(frozen=True, slots=True)
class ExportedArticle:
    """A printed article, as a row of the index."""

    section: str
    departments: str
    title: str
    received: str
    """The date on which its letter came."""
    files: tuple[ExportedFile, ...]
    note: str
    """Why a file is not there, "" where all are."""
    endorsements: tuple[str, ...] = ()
    """批示, a line each."""
    corrected: str = ""
    """已在第71期更正; "" where nothing corrects it."""


@dataclass(frozen=True, slots=True)
class ExportedIssue:
    """A signed-off issue, as a part of the index."""

    folder: str
    label: str
    """第70期."""
    dated: str
    signed_by: str
    files: tuple[ExportedFile, ...]
    articles: tuple[ExportedArticle, ...]
    """In printed order."""


@dataclass(frozen=True, slots=True)
class ExportIndex:
    """The whole index."""

    title: str
    """Of the bulletin."""
    office: str
    year: int
    made_at: str
    issues: tuple[ExportedIssue, ...]
    """In the order they were made."""


def index_page(index: ExportIndex) -> bytes:
    """The page as UTF-8. Everything from letters is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    fields = {name: getattr(index, name) for name in ExportIndex.__dataclass_fields__}
    return environment.get_template("index.html").render(fields).encode()
