"""What is known of factories knows its world, the platform's id of its factory, and its shop.

What was known before keeps its rows and answers nobody: these columns stay empty in them, and
nothing says whether a practice world said it. Factories are asked anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

OF_SHOPS = ("book_return_addresses", "book_disputes", "book_rules")


def upgrade() -> None:
    for table in ("book_suppliers", *OF_SHOPS):
        with op.batch_alter_table(table) as changed:
            changed.add_column(_empty("world"))
            changed.add_column(_empty("supplier_id"))
            if table in OF_SHOPS:
                changed.add_column(_empty("shop"))
        op.create_index(f"ix_{table}_supplier_id", table, ["supplier_id"])


def downgrade() -> None:
    for table in ("book_suppliers", *OF_SHOPS):
        op.drop_index(f"ix_{table}_supplier_id", table)
        with op.batch_alter_table(table) as changed:
            for name in ("world", "supplier_id", *(["shop"] if table in OF_SHOPS else [])):
                changed.drop_column(name)


def _empty(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False, server_default="")
