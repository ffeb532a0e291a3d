"""Runs, items and the ledger of writes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("robot", sa.String, nullable=False),
        sa.Column("shop", sa.String, nullable=False, index=True),
        sa.Column("state", sa.String, nullable=False, index=True),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
        sa.Column("snapshot", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("started_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "items",
        sa.Column("run_id", sa.String, sa.ForeignKey("runs.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("key", sa.String, nullable=False, index=True),
        sa.Column("label", sa.String, nullable=False),
        sa.Column("step", sa.String, nullable=False),
        sa.Column("outcome", sa.String),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("site_id", sa.String, nullable=False),
        sa.Column("receipt", sa.JSON),
        sa.Column("started_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "ledger",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("world", sa.String, nullable=False),
        sa.Column("shop_id", sa.String, nullable=False),
        sa.Column("verb", sa.String, nullable=False),
        sa.Column("key", sa.String, nullable=False),
        sa.Column("run_id", sa.String, nullable=False, index=True),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("wanted", sa.JSON, nullable=False),
        sa.Column("site_id", sa.String, nullable=False),
        sa.Column("receipt", sa.JSON),
        sa.Column("note", sa.String, nullable=False),
        sa.Column("intended_at", sa.DateTime, nullable=False),
        sa.Column("acted_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
    )
    op.create_index("ledger_by_key", "ledger", ["world", "shop_id", "verb", "key"])
    op.create_index(
        "ledger_one_open_write",
        "ledger",
        ["world", "shop_id", "verb", "key"],
        unique=True,
        sqlite_where=sa.text("state = 'intent'"),
        postgresql_where=sa.text("state = 'intent'"),
    )


def downgrade() -> None:
    for table in ("ledger", "items", "runs"):
        op.drop_table(table)
