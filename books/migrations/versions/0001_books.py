"""The first books: suppliers, return addresses, rules, bindings, purchases, parcels, cases."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

TABLES = {
    "book_suppliers": ("name*", "contact", "link"),
    "book_return_addresses": (
        *("supplier*", "product_code*", "province", "city", "district", "town"),
        *("detail", "recipient", "phone"),
    ),
    "book_rules": ("supplier*", "product_code", "rule", "says"),
    "book_bindings": (
        *("world", "shop_id", "product_id*", "sku_code*"),
        *("offer", "supplier", "factory_sku"),
    ),
    "book_parcels": ("world", "shop_id", "number*", "carrier", "order_id*"),
}
"""Tables of texts; a star marks what is searched by."""


def upgrade() -> None:
    for table, names in TABLES.items():
        op.create_table(table, *_noted(), *map(_text, names))
    op.create_table(
        "book_purchases",
        *_noted(),
        *map(_text, ("shop", "order_id*", "sku_code")),
        sa.Column("quantity", sa.Integer, nullable=False),
        _text("supplier_order*"),
        sa.Column("paid_at", sa.DateTime),
        *map(_text, ("voucher", "carrier", "tracking*")),
    )
    op.create_table(
        "book_cases",
        *_noted(),
        *map(_text, ("world", "shop_id", "kind", "key*")),
        sa.Column("round", sa.Integer, nullable=False),
        _text("about"),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("due_at", sa.DateTime, nullable=False, index=True),
        sa.Column("answered_at", sa.DateTime),
        sa.Column("closed_at", sa.DateTime),
        _text("outcome"),
    )
    op.create_index(
        "book_case_once", "book_cases", ["world", "shop_id", "kind", "key", "round"], unique=True
    )


def downgrade() -> None:
    for table in ("book_cases", "book_purchases", *TABLES):
        op.drop_table(table)


def _noted() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("noted_at", sa.DateTime, nullable=False),
        sa.Column("evidence", sa.String, nullable=False),
    )


def _text(name: str) -> sa.Column[object]:
    return sa.Column(name.rstrip("*"), sa.String, nullable=False, index=name.endswith("*"))
