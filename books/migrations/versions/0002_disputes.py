"""Return addresses that somebody contradicted after they were filed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "book_disputes",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("supplier", sa.String, nullable=False, index=True),
        sa.Column("product_code", sa.String, nullable=False, index=True),
        sa.Column("says", sa.String, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("book_disputes")
