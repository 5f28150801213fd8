"""answers by mail, and digests"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.create_table(
        "mailed_draft",
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_mailed_draft_issue_id"),
        sa.PrimaryKeyConstraint("issue_id", "revision", "person", name="pk_mailed_draft"),
    )
    op.create_table(
        "answer_code",
        sa.Column("code_sha256", sa.String(length=64), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_answer_code_issue_id"),
        sa.PrimaryKeyConstraint("code_sha256", name="pk_answer_code"),
    )
    op.create_index("ix_answer_code_issue_id_revision_person", "answer_code", ["issue_id", "revision", "person"])
    op.create_table(
        "mailed_answer",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("code_sha256", sa.String(length=64), server_default="", nullable=False),
        sa.Column("authenticated", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_mailed_answer_letter_id"),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_mailed_answer_issue_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_mailed_answer"),
    )
    op.create_index("ix_mailed_answer_issue_id", "mailed_answer", ["issue_id"])
    op.create_index("ix_mailed_answer_state", "mailed_answer", ["state"])
    op.create_table(
        "digest",
        sa.Column("bulletin", sa.String(length=64), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("bulletin", name="pk_digest"),
    )
