"""answers that editors write to letters"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.create_table(
        "editor_answer",
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_editor_answer_letter_id")),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_editor_answer_outbox_id")),
        sa.PrimaryKeyConstraint("outbox_id", name=op.f("pk_editor_answer")),
    )
    op.create_index(op.f("ix_editor_answer_letter_id"), "editor_answer", ["letter_id"], unique=False)
