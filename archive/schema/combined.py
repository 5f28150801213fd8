"""Articles that were split or merged (综合采用), and letters whose text an article has besides its own letter's."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table, Text

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

article_part = Table(
    "article_part",
    metadata,
    reference("article", primary_key=True),
    # The article from which it was split, which is its first part from then on.
    Column("whole_id", ForeignKey("article.id"), nullable=False, index=True),
    # Number of the revision of that article which has the whole text.
    Column("whole_revision", WholeNumber, nullable=False),
    Column("split_by", Text, nullable=False),
    Column("split_at", UtcDateTime, nullable=False),
)

article_merger = Table(
    "article_merger",
    metadata,
    id_column(),
    reference("article", index=True),
    # The article that has its text from then on.
    Column("into_id", ForeignKey("article.id"), nullable=False, index=True),
    # Number of the revision that was merged, and the status that the article had.
    Column("revision", WholeNumber, nullable=False),
    Column("status", String(16), nullable=False),
    # Of the other article before the merger: number of its revision, and its departments, a line each.
    Column("into_revision", WholeNumber, nullable=False),
    Column("into_departments", Text, nullable=False),
    Column("merged_by", Text, nullable=False),
    Column("merged_at", UtcDateTime, nullable=False),
    # NULL: it holds.
    Column("undone_at", UtcDateTime),
)

revision_letter = Table(
    "revision_letter",
    metadata,
    # A revision has the text of these letters besides that of its own.
    reference("revision", primary_key=True),
    reference("letter", primary_key=True, index=True),
)
