"""The submissions of a unit, as the answer to 查询 lists them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from values.issue import ArticleStatus


@dataclass(frozen=True, slots=True)
class OwnSubmission:
    """An article as its own unit may see it."""

    title: str
    day: date
    """When the letter came that brought it."""
    status: ArticleStatus
    issue: str
    """第70期, of a signed issue; "" until it is printed."""
    reason: str
    """Why it was returned, as a letter has told the unit; "" for none."""


@dataclass(frozen=True, slots=True)
class OwnSubmissions:
    """A year's articles of the units of a writer, the latest first."""

    units: tuple[str, ...]
    """Names of the units that the writer's address is registered for."""
    year: int
    entries: tuple[OwnSubmission, ...]
    more: int
    """How many older ones are left out."""
