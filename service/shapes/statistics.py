"""The statistics of a period as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from archive.upper_adoptions import UpperAdoption
from service.figures.statistics import DepartmentFigures, Statistics
from service.office import Office


def statistics_document(statistics: Statistics) -> dict[str, Any]:
    """The table: a row a department, and the sum. Keys of what the office does not count or score are left out."""
    return {
        "first": statistics.period.first.isoformat(),
        "last": statistics.period.last.isoformat(),
        "departments": [_row(line, statistics) for line in statistics.lines],
        "total": _row(statistics.total, statistics),
    }


def upper_rows(office: Office, adoptions: Sequence[UpperAdoption]) -> list[dict[str, Any]]:
    """上级采用, a row each."""
    return [
        {
            "id": row.id,
            "article": row.adoption.article,
            "own_title": row.own_title,
            "department": row.department or None,
            "level": row.adoption.level,
            "publication": row.adoption.publication,
            "date": row.adoption.dated.isoformat(),
            "adopted_as": row.adoption.adopted_as.value,
            "title": row.adoption.title,
            "who": row.who,
            "noted_at": office.local(row.noted_at).isoformat(),
        }
        for row in adoptions
    ]


def _row(line: DepartmentFigures, statistics: Statistics) -> dict[str, Any]:
    row: dict[str, Any] = {
        "department": line.department,
        "group": line.group,
        "received": line.received,
        "received_printed": line.received_printed,
        "adopted": line.adopted,
        "rate": line.rate,
        "supplement": line.supplement,
        "notices": line.notices,
        "held": line.held,
        "returned": line.returned,
        "rejected": line.rejected,
        "upper": dict(line.upper),
    }
    if statistics.counts_endorsements:
        row["endorsed"] = dict(line.endorsed)
    if statistics.scored:
        row["points"] = line.points_in_words
    return row
