"""What taking over an edited draft would change, as JSON."""

from __future__ import annotations

from typing import Any

from service.article.compare import ComparedRow, ComparedText
from service.edited_draft.proposal import Proposal, ProposedEdit
from service.edited_draft.take_over import TakenOver


def proposal_row(proposal: Proposal, taken: TakenOver | None) -> dict[str, Any]:
    """taken: what was written; None where nothing was confirmed."""
    note = proposal.note
    return {
        "bulletin": proposal.issue.bulletin,
        "label": proposal.issue.number.label,
        "revision": proposal.revision,
        "articles": [_edit_row(edit) for edit in proposal.changed],
        "order": [edit.key for edit in proposal.edits if edit.after is not None] if proposal.moved else [],
        "note": note and {"before": list(note.before), "after": list(note.after), "conflict": note.conflict},
        "date": proposal.dated and proposal.dated.isoformat(),
        "notices": list(proposal.notices),
        "choices": list(proposal.choices),
        "picked": sorted(proposal.picked),
        "taken": None if taken is None else taken.in_words,
    }


def _edit_row(edit: ProposedEdit) -> dict[str, Any]:
    return {
        "key": edit.key,
        "article": edit.article,
        "change": edit.kind.value,
        "title": edit.title,
        "section": edit.section,
        "moved": edit.moved,
        "department": edit.department,
        "conflict": edit.conflict,
        "sentences": _rows(edit.rows),
        "since": _rows(edit.rows_since),
        "remarks": list(edit.remarks),
        "notices": list(edit.notices),
    }


def _rows(rows: tuple[ComparedRow, ...]) -> list[dict[str, Any]]:
    return [
        {"part": row.part, "change": row.change, "before": _text(row.before), "after": _text(row.after)}
        for row in rows
        if row.change != "equal"
    ]


def _text(texts: tuple[ComparedText, ...]) -> str:
    return "".join(text.text for text in texts)
