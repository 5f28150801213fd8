"""which letter out told a department of which decision, so that an answer to it is known for what it is"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "decision_letter",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_decision_letter_decision_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_decision_letter_outbox_id")),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_decision_letter")),
    )
    op.create_index(op.f("ix_decision_letter_outbox_id"), "decision_letter", ["outbox_id"], unique=False)
