"""约稿, 催稿: what departments were asked for, the letters about it, and what has come."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

commission = Table(
    "commission",
    metadata,
    id_column(),
    Column("bulletin", String(64), nullable=False),
    Column("topic", Text, nullable=False),
    Column("demands", Text, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    # NULL: it stands.
    Column("cancelled_at", UtcDateTime),
    Index(None, "bulletin", "due_at"),
)

commission_department = Table(
    "commission_department",
    metadata,
    reference("commission", primary_key=True),
    Column("department", Text, primary_key=True),
    # Place in the order of the contents page, from 0.
    Column("position", WholeNumber, nullable=False),
    # When the reminder was queued, or was passed over; NULL: it is still to come.
    Column("reminded_at", UtcDateTime),
)

commission_letter = Table(
    "commission_letter",
    metadata,
    reference("outbox", primary_key=True),
    reference("commission", index=True),
    Column("department", Text, nullable=False),
)

commission_article = Table(
    "commission_article",
    metadata,
    reference("commission", primary_key=True),
    reference("article", primary_key=True, index=True),
    # values.commission.LinkState and LinkWay.
    Column("state", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
)

commission_question = Table(
    "commission_question",
    metadata,
    reference("letter", primary_key=True),
    reference("commission", index=True),
)

urging_letter = Table(
    "urging_letter",
    metadata,
    reference("outbox", primary_key=True),
    Column("department", Text, nullable=False),
    # The last issue that was signed off before it; NULL: none was.
    reference("issue", nullable=True, index=True),
)
