"""The practice store's commands: serve it, renew it, look into it."""

from __future__ import annotations

import json
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.table import Column, Table

from practice import home_lock, libraries, paths, showing
from practice import world as worlds
from practice.card import WorldCard, close_store
from practice.faults import Faults, NoSuchFault, Profile

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="""A whole practice store on this machine, to try robots on.

It looks and behaves like the merchant backend, has its own database, and harms nobody.

    up                       serve it; the first time this fetches its UI libraries

    show products            what the robots made, straight from its database

    show writes              every request that asked for a change

    down                     close it

    reset                    a new shop, as it was on the first day
""",
)
show_app = typer.Typer(no_args_is_help=True, help="Look into the store's own database.")
app.add_typer(show_app, name="show")

Home = Annotated[
    Path | None,
    typer.Option(envvar="PRACTICE_HOME", help="The world's folder.", show_default=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON for machines instead of a table.")]


def _home(given: Path | None) -> Path:
    return given or paths.home_folder()


def _say(line: str) -> None:
    """Notes go beside the output, so that what is piped stays clean."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _stop(error: Exception | str, hint: str = "") -> NoReturn:
    _say(f"{error} {hint}".strip())
    raise typer.Exit(1)


@app.callback()
def _speak_utf8() -> None:
    """A pipe or file gets utf-8 on every system; a terminal knows its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


@app.command()
def up(  # noqa: PLR0917  # Typer turns parameters into options
    home: Home = None,
    libraries_folder: Annotated[
        Path | None,
        typer.Option("--libraries", envvar="PRACTICE_LIBRARIES", help="The UI libraries' folder."),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Default: the last one, if free.", min=1, max=65535)
    ] = None,
    idle_exit: Annotated[
        float | None, typer.Option(help="Stop after so many seconds without a request.", min=1)
    ] = None,
    audit_seconds: Annotated[float, typer.Option(help="How long an audit takes.", min=0)] = 1.0,
    save_seconds: Annotated[float, typer.Option(help="How long a save takes.", min=0)] = 0.3,
    profile: Annotated[
        Profile, typer.Option("--faults", help="How much goes wrong: calm, rough or storm.")
    ] = "calm",
    rates: Annotated[
        list[str] | None,
        typer.Option(
            "--fault", help="One fault and its rate, e.g. answer_lost=0.5.", metavar="NAME=RATE"
        ),
    ] = None,
) -> None:
    """Serve the store until Ctrl-C.

    Examples: [bold]up[/bold]   [bold]up --port 8765[/bold]   [bold]up --faults storm[/bold]
    [bold]up --fault answer_lost=1 --fault list_lags=0.5[/bold]
    """
    from practice import serving  # the other commands need no web server
    from practice.twin import Twin

    pace = worlds.Pace(audit=audit_seconds, save=save_seconds)
    folder = _home(home)
    if libraries_folder:
        os.environ["PRACTICE_LIBRARIES"] = str(libraries_folder)
    try:
        with home_lock.alone(folder):
            installed = libraries.ensure_libraries(_say)
            if not worlds.exists(folder):
                worlds.make_world(folder).close()
            world = worlds.open_world(folder, pace=pace)
            faults = Faults(world, world.about().seed, profile, _rates(rates or []))
            serving.serve(Twin(world, installed, faults), port, idle_exit, _announce)
    except home_lock.AlreadyServed as error:
        _stop(error, "Use that one, or close it with the command 'down'.")
    except worlds.WorldOutdated as error:
        _stop(error, "The command 'reset' makes a new one.")
    except (serving.PortTaken, libraries.LibrariesMissing, NoSuchFault) as error:
        _stop(error)
    _say("The practice store is closed.")


def _rates(given: list[str]) -> dict[str, float]:
    """The rates of ``NAME=RATE`` options."""
    rates = {}
    for one in given:
        name, _, rate = one.partition("=")
        try:
            rates[name] = float(rate)
        except ValueError:
            raise NoSuchFault(f"--fault {one}: write NAME=RATE, e.g. answer_lost=0.5.") from None
    return rates


def _announce(card: WorldCard) -> None:
    print(  # noqa: T201
        f"The practice store {card.shop_name} (店铺ID {card.shop_id}) is open.\n"
        f"  address   {card.url}\n"
        f"  account   {card.account}\n"
        f"  password  {card.password}\n"
        "Press Ctrl-C to close it.",
        flush=True,
    )


@app.command()
def down(home: Home = None) -> None:
    """Close the store wherever it runs."""
    folder = _home(home)
    _say("The practice store is closed." if close_store(folder) else "No practice store is open.")


@app.command()
def reset(
    home: Home = None,
    seed: Annotated[int, typer.Option(help="Which foreign products.")] = worlds.DEFAULT_SEED,
    products: Annotated[
        int, typer.Option(help="How many foreign products the first shop has.", min=0)
    ] = worlds.FOREIGN_PRODUCTS,
) -> None:
    """Throw the shop away and make a new one.

    Examples: [bold]reset[/bold]   [bold]reset --seed 11[/bold]   [bold]reset --products 200[/bold]
    """
    folder = _home(home)
    try:
        with home_lock.alone(folder):
            world = worlds.make_world(folder, seed, products=products)
    except home_lock.AlreadyServed as error:
        _stop(error, "Close it first with the command 'down'.")
    _say(f"A new world {world.about().id} stands in {folder}.")
    world.close()


@show_app.command()
def products(
    home: Home = None,
    as_json: AsJson = False,
    foreign: Annotated[bool, typer.Option("--all", help="Also the seeded foreign ones.")] = False,
) -> None:
    """The products in the shop, without those it was seeded with.

    Examples: [bold]show products[/bold]   [bold]show products --all --json[/bold]
    """
    world = _world(home)
    rows = showing.shown_products(world, foreign=foreign)
    world.close()
    if as_json:
        _print_json(rows)
        return
    table = _table("Products", "商品ID", "商家编码", "商品标题", "类目", "status/check", "SKU")
    for row in rows:
        state = f"{row['status']} / {row['check_status']}"
        skus = "\n".join(f"{s['spec']}  ￥{s['price']}  × {s['stock']}" for s in row["skus"])
        cells = ("product_id", "merchant_code", "title", "category")
        table.add_row(*(row[cell] for cell in cells), state, skus)
    Console().print(table)


@show_app.command()
def writes(home: Home = None, as_json: AsJson = False) -> None:
    """Every request that asked to change something, carried out or refused.

    Examples: [bold]show writes[/bold]   [bold]show writes --json[/bold]
    """
    world = _world(home)
    rows = showing.shown_writes(world)
    world.close()
    if as_json:
        _print_json(rows)
        return
    columns = ("id", "at", "path", "merchant_code", "product_id", "code")
    table = _table("Writing requests", *columns)
    for row in rows:
        row["path"] = row["path"].rsplit("/", 1)[-1]
        table.add_row(*("" if row[column] is None else str(row[column]) for column in columns))
    Console().print(table)


def _world(home: Path | None) -> worlds.World:
    folder = _home(home)
    if not worlds.exists(folder):
        _stop(f"There is no world in {folder} yet.", "The command 'up' makes one.")
    return worlds.open_world(folder)


def _table(title: str, *columns: str) -> Table:
    """A narrow terminal folds long ids; it never cuts them off."""
    return Table(*(Column(name, overflow="fold") for name in columns), title=title)


def _print_json(rows: list[dict[str, Any]]) -> None:
    print(json.dumps(rows, ensure_ascii=False, indent=2))  # noqa: T201
