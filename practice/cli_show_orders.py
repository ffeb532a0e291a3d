"""``show orders``, ``show messages`` and ``show bindings``."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from practice.cli_show import cut, local, opened
from practice.terminal import AsJson, Home, Named, print_json, print_table

Everything = Annotated[bool, typer.Option("--all", help="Also what was there from the start.")]


def orders(home: Home = None, as_json: AsJson = False, foreign: Everything = False) -> None:
    """The orders that came or were touched; --json tells all of each, also what is true of it.

    state: 1 unpaid, 105 held, 2 to ship, 101 partly shipped, 3 shipped, 4 closed, 5 finished.

    Examples: [bold]{me} show orders[/bold]   [bold]{me} show orders --all --json[/bold]
    """
    from practice.orders import showing

    with opened(home) as world:
        rows = showing.shown_orders(world, foreign=foreign)
    if as_json:
        print_json(rows)
        return
    columns = ("订单编号", "state", "售后", "flag", "备注", "temper", "运单号")
    cells = [
        (
            row["order_id"],
            row["status"],
            row["aftersale"],
            row["flag"],
            row["remark"],
            row["temper"],
            " ".join(one["number"] for one in row["packages"]),
        )
        for row in rows
    ]
    print_table("Orders", columns, cells)


def messages(home: Home = None, as_json: AsJson = False) -> None:
    """What buyers and factories wrote the shop, and it them; --json also what is yet to come.

    site: store is 飞鸽, supply the supply platform.

    Examples: [bold]{me} show messages[/bold]   [bold]{me} show messages --json[/bold]
    """
    from practice.orders.showing import shown_chats
    from practice.supply.showing import shown_threads

    with opened(home) as world:
        rows: list[dict[str, Any]] = [{"site": "supply"} | one for one in shown_threads(world)]
        rows += [{"site": "store"} | one for one in shown_chats(world)]
    rows.sort(key=lambda row: str(row["at"]))
    if as_json:
        print_json(rows)
        return
    columns = ("time", "site", "with", "from", "says", "text")
    cells = [
        (
            local(row["at"]),
            row["site"],
            cut(row.get("supplier") or row["buyer"], 8),
            row["sender"],
            row["says"],
            row["text"].replace("\n", " "),
        )
        for row in rows
        if row["sent"]
    ]
    print_table("Messages", columns, cells)


def bindings(home: Home = None, as_json: AsJson = False, foreign: Everything = False) -> None:
    """Which SKUs are bound to which factory SKU, and whether that is right.

    Examples: [bold]{me} show bindings[/bold]   [bold]{me} show bindings --all --json[/bold]
    """
    from practice.orders import showing

    with opened(home) as world:
        rows = showing.shown_bindings(world, foreign=foreign)
    if as_json:
        print_json(rows)
        return
    names = ("product_id", "sku_code", "offer", "factory_sku", "right")
    columns = ("商品ID", "SKU", "货源", "厂家SKU编号", "right")
    print_table("Bindings", columns, [[row[name] for name in names] for row in rows])


def add_to(app: typer.Typer) -> None:
    """Put them beside the other tables."""
    for command in (orders, messages, bindings):
        app.command(cls=Named)(command)
