"""What a folder of manuscripts is expected to give, and how what was read differs from it.

truth.json beside the files: {"file name": {"title": "…", "byline": "…", …}}; every key of `Expected` is optional.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Self

from intake.outcome import ReadArticle

NAME: Final = "truth.json"


@dataclass(frozen=True, slots=True)
class Expected:
    """What one file is expected to give. None: not examined."""

    title: str | None = None
    """Without line breaks."""
    byline: str | None = None
    """With 、 between several units; "" for a manuscript that nobody signs."""
    departments: tuple[str, ...] | None = None
    """The canonical names of the departments that sign, in their order."""
    text: tuple[str, ...] | None = None
    """The lines of the body, all of them."""
    contains: tuple[str, ...] = ()
    """Texts within the body."""
    absent: tuple[str, ...] = ()
    """Texts that are not printed, although the record may have them."""
    house: tuple[str, ...] = ()
    """Furniture: lines that are in the record and not printed."""
    rules: tuple[str, ...] = ()
    """Names of rules with a finding."""
    no_rules: tuple[str, ...] = ()
    """Names of rules without a finding."""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Raises ValueError for a key that is none of the fields."""
        unknown = set(values) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"{NAME}: unknown key {', '.join(sorted(unknown))}")
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
        }
        return cls(**given)


def truths_in(folder: Path) -> dict[Path, Expected]:
    """The files of the folder and its subfolders that a truth.json describes, with what is expected of each."""
    return {
        path.parent / name: Expected.of(values)
        for path in sorted(folder.rglob(NAME))
        for name, values in json.loads(path.read_text(encoding="utf-8")).items()
    }


def differences(article: ReadArticle, expected: Expected) -> Iterator[tuple[str, str]]:
    """(the key of `Expected`, what was read instead) for everything that is not as expected."""
    manuscript = article.manuscript
    lines = manuscript.lines
    printed = "\n".join((manuscript.title, manuscript.byline or "", *lines))
    names = {finding.rule.name for finding in article.findings}
    if expected.title is not None and _plain(manuscript.title) != _plain(expected.title):
        yield "title", manuscript.title
    if expected.byline is not None and (manuscript.byline or "") != expected.byline:
        yield "byline", manuscript.byline or ""
    if expected.departments is not None and article.departments != expected.departments:
        yield "departments", "、".join(article.departments)
    if expected.text is not None and lines != expected.text:
        yield "text", "\n".join(lines)
    for text in expected.contains:
        if text not in manuscript.text:
            yield "contains", text
    for text in expected.absent:
        if text in printed:
            yield "absent", text
    for line in expected.house:
        if line in lines or line not in manuscript.house_lines:
            yield "house", line
    yield from (("rules", name) for name in expected.rules if name not in names)
    yield from (("no_rules", name) for name in expected.no_rules if name in names)


def _plain(text: str) -> str:
    return "".join(text.split())
