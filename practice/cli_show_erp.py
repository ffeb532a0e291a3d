"""``show addresses``: the ERP's return addresses."""

from __future__ import annotations

from typing import Annotated

import typer

from practice.cli_show import opened
from practice.terminal import AsJson, Home, Named, print_json, print_table

Everything = Annotated[bool, typer.Option("--all", help="Also what was there from the start.")]


def addresses(home: Home = None, as_json: AsJson = False, foreign: Everything = False) -> None:
    """The return addresses in the ERP that are new or were changed, with their ties.

    right: it is the return address of so many factories, to the letter.

    Examples: [bold]{me} show addresses[/bold]   [bold]{me} show addresses --all --json[/bold]
    """
    from practice.erp import showing

    with opened(home) as world:
        rows = showing.shown_addresses(world, foreign=foreign)
    if as_json:
        print_json(rows)
        return
    columns = ("地址ID", "收件人", "电话", "退货地址", "默认", "产品", "店铺", "right")
    cells = [
        (
            row["address_id"],
            row["receiver"],
            row["phone"],
            row["text"] if not row["deleted"] else f"{row['text']} (deleted)",
            _defaults(row["is_default"], row["is_send_default"]),
            len(row["items"]),
            len(row["shops"]),
            len(row["right_for"]),
        )
        for row in rows
    ]
    print_table("Return addresses", columns, cells)


def _defaults(returns: bool, sends: bool) -> str:
    return " ".join(name for name, set_ in (("退货", returns), ("发货", sends)) if set_)


def add_to(app: typer.Typer) -> None:
    """Put it beside the other tables."""
    app.command(cls=Named)(addresses)
