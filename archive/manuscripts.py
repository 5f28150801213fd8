"""How the texts of articles and what was found in them stand in the ledger: as JSON."""

from __future__ import annotations

from typing import Final

from pydantic import TypeAdapter

from values.manuscript import Finding, Manuscript

MANUSCRIPT: Final[TypeAdapter[Manuscript]] = TypeAdapter(Manuscript)
FINDINGS: Final[TypeAdapter[tuple[Finding, ...]]] = TypeAdapter(tuple[Finding, ...])
