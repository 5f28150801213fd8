"""How many of the files that a truth.json describes are read as expected: titles, sign-offs, furniture, texts."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table as Grid

from benchmarks.truth import Expected, differences
from intake.outcome import ReadArticle
from intake.read.legacy.formats import docx_wanted_of
from intake.reading import read_letter
from intake.register import Register
from programs.conversion import NO_CONVERSIONS, Conversions
from programs.libreoffice import convert
from values.department import Department

TITLES_GOAL: Final = 97.0  # percent
SIGN_OFFS_GOAL: Final = 95.0
_FIGURES: Final = {
    "titles": (("title",), TITLES_GOAL),
    "sign-offs": (("byline", "departments"), SIGN_OFFS_GOAL),
    "furniture": (("house", "absent"), 0.0),
    "texts": (("text", "contains"), 0.0),
}
"""The keys of `Expected` that each figure examines, and its goal in percent."""
_SENDER: Final = "reading@example.org"


@dataclass(slots=True)
class Share:
    """How many files are right in one respect."""

    right: int = 0
    examined: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    """(file, what was read instead) of the others."""

    @property
    def percent(self) -> float:
        """100 where nothing was examined."""
        return 100 * self.right / self.examined if self.examined else 100.0


def shares_of(truths: Mapping[Path, Expected], departments: Iterable[Department]) -> dict[str, Share]:
    """The share of files that are right, by figure. Each is read as the only file of a letter.

    departments: the register; the first of them sends the letters.
    """
    sender, *further = departments
    register = Register((replace(sender, senders=(_SENDER,)), *further), frozenset(), ("",), True)
    converted = _converted(truths)
    shares = {figure: Share() for figure in _FIGURES}
    for path, expected in truths.items():
        article = _article(path, register, converted)
        unlike = list(differences(article, expected)) if article else []
        for figure, (keys, _) in _FIGURES.items():
            if not any(getattr(expected, key) not in (None, ()) for key in keys):
                continue
            share = shares[figure]
            share.examined += 1
            instead = [read for key, read in unlike if key in keys]
            if article is None or instead:
                share.wrong.append((path.name, instead[0] if article else "not read"))
            else:
                share.right += 1
    return shares


def print_shares(console: Console, shares: Mapping[str, Share], worst: int) -> list[str]:
    """Prints the shares and the files that are wrong. Returns the goals that are missed."""
    grid = Grid("as truth.json says", "share", "files", "goal")
    missed: list[str] = []
    for figure, share in shares.items():
        goal = _FIGURES[figure][1]
        shown = f"{share.percent:.1f} %"
        grid.add_row(figure, shown, f"{share.right} of {share.examined}", f">= {goal:.0f} %" if goal else "")
        if share.percent < goal:
            missed.append(f"missed: {figure} {shown}, goal >= {goal:.0f} %")
    console.print(grid)
    for figure, share in shares.items():
        for name, instead in share.wrong[:worst]:
            console.print(f"  {figure}  {name}  {instead[:80]!r}", markup=False, highlight=False)
    return missed


def _article(path: Path, register: Register, converted: Conversions) -> ReadArticle | None:
    articles = read_letter(_letter(path), register, converted).articles
    return articles[0] if articles else None


def _letter(path: Path) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = _SENDER, "office@example.org", "投稿"
    letter.set_content("请查收。")
    letter.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name)
    return letter.as_bytes()


def _converted(truths: Iterable[Path]) -> Conversions:
    """The older formats among the files as .docx, where LibreOffice is installed."""
    soffice = shutil.which("soffice")
    requests = [request for path in truths if (request := docx_wanted_of(path.read_bytes()))]
    return convert(requests, Path(soffice)) if soffice and requests else NO_CONVERSIONS
