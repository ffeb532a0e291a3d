"""``show`` and ``faults``: look into a world's own database, served or not."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from practice.terminal import AsJson, Home, Named, called, home_of, print_json, print_table, stop
from practice.words import fault_told

app = typer.Typer(no_args_is_help=True, help="Look into the store's own database.")


@app.command(cls=Named)
def products(
    home: Home = None,
    as_json: AsJson = False,
    foreign: Annotated[bool, typer.Option("--all", help="Also the seeded foreign ones.")] = False,
) -> None:
    """The products in the shops, without those they were seeded with; --json tells all of each.

    state is status/check_status: 0 on sale, 1 off sale, 2 deleted; 1 a draft, 2 in audit, 3 passed,
    4 rejected, 5 banned, 7 passed and waiting for its sale.

    Examples: [bold]{me} show products[/bold]   [bold]{me} show products --all --json[/bold]
    """
    from practice import showing

    with opened(home) as world:
        rows = showing.shown_products(world, foreign=foreign)
    if as_json:
        print_json(rows)
        return
    columns = ("商品ID", "店铺ID", "商家编码", "商品标题", "state", "SKU")
    cells = [
        (
            row["product_id"],
            row["shop_id"],
            row["merchant_code"],
            cut(row["title"]),
            f"{row['status']}/{row['check_status']}",
            len(row["skus"]),
        )
        for row in rows
    ]
    print_table("Products", columns, cells)


@app.command(cls=Named)
def writes(home: Home = None, as_json: AsJson = False) -> None:
    """Every request that asked to change something: carried out, refused or hit by a fault.

    Examples: [bold]{me} show writes[/bold]   [bold]{me} show writes --json[/bold]
    """
    from practice import showing

    with opened(home) as world:
        rows = showing.shown_writes(world)
    if as_json:
        print_json(rows)
        return
    columns = ("time", "write", "商家编码", "商品ID", "code", "s", "fault")
    cells = [
        (
            local(row["at"]),
            row["path"].rsplit("/", 1)[-1],
            row["merchant_code"],
            row["product_id"],
            row["code"],
            f"{row['seconds']:.1f}",
            row["fault"].replace(",", " "),
        )
        for row in rows
    ]
    print_table("Writing requests", columns, cells)


@app.command(cls=Named)
def suppliers(home: Home = None, as_json: AsJson = False) -> None:
    """The factories of the supply platform: where returns truly go, and what they make for us.

    --json tells all of each: addresses, rules, which factory SKU is right for which SKU of ours.

    Examples: [bold]{me} show suppliers[/bold]   [bold]{me} show suppliers --json[/bold]
    """
    from practice.supply import showing

    with opened(home) as world:
        rows = showing.shown_suppliers(world)
    if as_json:
        print_json(rows)
        return
    columns = ("供应商ID", "供应商", "temper", "退货地址", "SKU")
    cells = [
        (
            row["supplier_id"],
            cut(row["name"]),
            row["temper"],
            " / ".join(one["text"] for one in row["returns"]),
            len(row["skus"]),
        )
        for row in rows
    ]
    print_table("Suppliers", columns, cells)


@app.command("faults", cls=Named)
def fired(home: Home = None, as_json: AsJson = False) -> None:
    """Every time that a fault happened to somebody.

    Examples: [bold]{me} show faults[/bold]   [bold]{me} show faults --json[/bold]
    """
    from practice import showing

    with opened(home) as world:
        rows = showing.faults_fired(world)
    if as_json:
        print_json(rows)
        return
    columns = ("time", "fault", "path", "商家编码", "商品ID")
    names = ("name", "path", "merchant_code", "product_id")
    cells = [(local(row["at"]), *(row[name] for name in names)) for row in rows]
    print_table("Faults that happened", columns, cells)


def catalogue(
    home: Home = None,
    as_json: AsJson = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As a table for the docs.")] = False,
) -> None:
    """Which faults there are, how often they happen, and how often they did in this world.

    [bold]{me} up --faults storm[/bold] serves a store with the rates of a column;
    [bold]{me} up --fault answer_lost=1[/bold] sets one of them.
    """
    from practice import showing
    from practice.faults import known_faults

    known = known_faults().values()
    if markdown:
        print(showing.faults_as_markdown())  # noqa: T201
        return
    times = _times(home_of(home))
    names = ("name", "where", "rough", "storm", "what")
    rows = [
        {n: getattr(one, n) for n in names} | {"fired": times.get(one.name, 0)} for one in known
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        row["what"] = fault_told(str(row["name"]), str(row["what"]))
    columns = ("name", "where", "rough", "storm", "fired", "what")
    print_table("Faults", columns, [[row[column] for column in columns] for row in rows])


def _times(folder: Path) -> dict[str, int]:
    from practice import showing
    from practice.world import exists

    if not exists(folder):
        return {}
    with opened(folder) as world:
        return showing.shown_faults(world)


def opened(home: Path | None) -> Any:
    """The world that lies in a folder, to be closed after use."""
    from contextlib import closing

    from practice.world import WorldOutdated, exists, open_world

    folder = home_of(home)
    if not exists(folder):
        stop(f"There is no world in {folder} yet.", f"`{called('up')}` makes one.")
    try:
        return closing(open_world(folder))
    except WorldOutdated as error:
        stop(error, f"`{called('reset')}` makes a new one.")


def cut(title: str, most: int = 11) -> str:
    """The beginning of a long title."""
    return title if len(title) <= most else f"{title[: most - 1]}…"


def local(moment: str) -> str:
    """A moment in local time."""
    return datetime.fromisoformat(moment).astimezone().strftime("%m-%d %H:%M:%S")
