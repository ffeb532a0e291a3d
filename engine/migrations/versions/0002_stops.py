"""Stops that a person asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "stops",
        sa.Column("run_id", sa.String, primary_key=True),
        sa.Column("asked_at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("stops")
