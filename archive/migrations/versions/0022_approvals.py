"""approvals of drafts, letters about issues, responsible editors, and comments of editors"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.add_column("account", sa.Column("address", sa.Text(), nullable=False, server_default=""))
    for table in ("article", "preparation", "issue"):
        op.add_column(table, sa.Column("responsible_editor", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "article_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_comment_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article_comment"),
    )
    op.create_index("ix_article_comment_article_id", "article_comment", ["article_id"])
    _approvals()
    op.create_table(
        "issue_letter",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_issue_letter_outbox_id"),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_issue_letter_issue_id"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_issue_letter"),
    )
    op.create_index("ix_issue_letter_issue_id", "issue_letter", ["issue_id"])


def _approvals() -> None:
    op.create_table(
        "approval_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("step", sa.Text(), server_default="", nullable=False),
        sa.Column("person", sa.Text(), server_default="", nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("snapshot", sa.Text(), server_default="", nullable=False),
        sa.Column("happened_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_approval_event_issue_id"),
        sa.PrimaryKeyConstraint("id", name="pk_approval_event"),
    )
    op.create_index("ix_approval_event_issue_id", "approval_event", ["issue_id"])
    op.create_table(
        "approval_remark",
        sa.Column("approval_event_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["approval_event_id"], ["approval_event.id"], name="fk_approval_remark_approval_event_id"
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_approval_remark_article_id"),
        sa.PrimaryKeyConstraint("approval_event_id", "article_id", name="pk_approval_remark"),
    )
    op.create_index("ix_approval_remark_article_id", "approval_remark", ["article_id"])
    op.create_table(
        "approval_link",
        sa.Column("token_sha256", sa.String(length=64), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("expires_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UtcDateTime(timezone=True)),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_approval_link_issue_id"),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_approval_link"),
    )
    op.create_index("ix_approval_link_issue_id_person", "approval_link", ["issue_id", "person"])
