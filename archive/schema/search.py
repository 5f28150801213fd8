"""What can be searched: derived from the other tables, and made anew by `archive.search.rebuild`."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text, UniqueConstraint

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata

searchable = Table(
    "searchable",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    # archive.search.Kind; the id; of an article the number of the revision, of a 批示
    # the article and its own id, else 0.
    Column("kind", String(16), nullable=False),
    Column("subject_id", WholeNumber, nullable=False),
    Column("number", WholeNumber, nullable=False),
    # The order of results.
    Column("happened_at", UtcDateTime, nullable=False),
    # The folded text (values.folding), which is compared, comes before the text that is shown: SQLite reads a row that
    # does not fit on its page from the beginning, and stops after the last column it needs.
    Column("folded", Text, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("kind", "subject_id", "number"),
    Index(None, "bulletin", "kind", "happened_at"),
)
