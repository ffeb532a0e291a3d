"""Which factory a product is of now, by the sheet that was run last."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "book_sources",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("world", sa.String, nullable=False),
        sa.Column("supplier_id", sa.String, nullable=False, index=True),
        sa.Column("supplier", sa.String, nullable=False),
        sa.Column("shop", sa.String, nullable=False),
        sa.Column("product_code", sa.String, nullable=False, index=True),
        sa.Column("by_hand", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("book_sources")
