"""commissions, their letters and answers, and letters that urge departments"""

import sqlalchemy as sa
from alembic import op

from archive.schema.base import UtcDateTime

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    op.create_table(
        "commission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bulletin", sa.String(64), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("demands", sa.Text(), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_commission"),
    )
    op.create_index("ix_commission_bulletin_due_at", "commission", ["bulletin", "due_at"])
    op.create_table(
        "commission_department",
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reminded_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["commission_id"], ["commission.id"], name="fk_commission_department_commission_id"),
        sa.PrimaryKeyConstraint("commission_id", "department", name="pk_commission_department"),
    )
    _what_belongs_to_commissions()
    op.create_table(
        "urging_letter",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_urging_letter_outbox_id"),
        sa.ForeignKeyConstraint(["issue_id"], ["issue.id"], name="fk_urging_letter_issue_id"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_urging_letter"),
    )
    op.create_index("ix_urging_letter_issue_id", "urging_letter", ["issue_id"])


def _what_belongs_to_commissions() -> None:
    op.create_table(
        "commission_letter",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name="fk_commission_letter_outbox_id"),
        sa.ForeignKeyConstraint(["commission_id"], ["commission.id"], name="fk_commission_letter_commission_id"),
        sa.PrimaryKeyConstraint("outbox_id", name="pk_commission_letter"),
    )
    op.create_index("ix_commission_letter_commission_id", "commission_letter", ["commission_id"])
    op.create_table(
        "commission_article",
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("linked_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["commission_id"], ["commission.id"], name="fk_commission_article_commission_id"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_commission_article_article_id"),
        sa.PrimaryKeyConstraint("commission_id", "article_id", name="pk_commission_article"),
    )
    op.create_index("ix_commission_article_article_id", "commission_article", ["article_id"])
    op.create_table(
        "commission_question",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("commission_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_commission_question_letter_id"),
        sa.ForeignKeyConstraint(["commission_id"], ["commission.id"], name="fk_commission_question_commission_id"),
        sa.PrimaryKeyConstraint("letter_id", name="pk_commission_question"),
    )
    op.create_index("ix_commission_question_commission_id", "commission_question", ["commission_id"])
