"""审核: what was done with drafts before their sign-off, the one-time links to them, and the letters about an issue."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table, Text

from archive.schema.base import UtcDateTime, WholeNumber, id_column, metadata, reference

approval_event = Table(
    "approval_event",
    metadata,
    id_column(),
    reference("issue", index=True),
    # Number of the draft's revision that the person saw.
    Column("revision", WholeNumber, nullable=False),
    # values.approval.ApprovalAct; step and person are "" where an editor puts the revision forward.
    Column("act", String(16), nullable=False),
    Column("step", Text, nullable=False, server_default=""),
    Column("person", Text, nullable=False, server_default=""),
    Column("who", Text, nullable=False),
    Column("way", String(16), nullable=False),
    Column("remark", Text, nullable=False, server_default=""),
    # JSON of values.issue_snapshot.IssueSnapshot, of a revision put forward; "" for the other acts.
    Column("snapshot", Text, nullable=False, server_default=""),
    Column("happened_at", UtcDateTime, nullable=False),
)

approval_remark = Table(
    "approval_remark",
    metadata,
    reference("approval_event", primary_key=True),
    reference("article", primary_key=True, index=True),
    Column("remark", Text, nullable=False),
)

approval_link = Table(
    "approval_link",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    reference("issue"),
    Column("revision", WholeNumber, nullable=False),
    Column("step", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    # When its person decided, or when another link took its place.
    Column("used_at", UtcDateTime),
    Index(None, "issue_id", "person"),
)

issue_letter = Table(
    "issue_letter",
    metadata,
    reference("outbox", primary_key=True),
    reference("issue", index=True),
    # Number of the draft's revision that it is about.
    Column("revision", WholeNumber, nullable=False),
    # The department to which a 采用通知 goes; "" for every other letter.
    Column("department", Text, nullable=False, server_default=""),
)
