"""The departments that sign an article together, as one text of the ledger: a name on each line, in their order."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_

from archive.schema import article


def stored(departments: Sequence[str]) -> str:
    """The text for these departments; "" for one alone, whose article has its name already."""
    return "\n".join(departments) if len(departments) > 1 else ""


def departments_of(department: str | None, joint: str) -> tuple[str, ...]:
    """The departments of an article in their order; () where it has none.

    department, joint: the columns of its row. Where the article was given to a department that does not sign, that one
    has it alone.
    """
    names = tuple(joint.split("\n")) if joint else ()
    if department in names:
        return names
    return (department,) if department else ()


def is_of(department: str) -> ColumnElement[bool]:
    """The condition that a department has an article, alone or together with others."""
    lines = "\n" + article.c.departments + "\n"
    return or_(article.c.department == department, lines.contains(f"\n{department}\n", autoescape=True))
