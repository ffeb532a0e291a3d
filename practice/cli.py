"""The practice store's commands: serve it, renew it, look into it."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from practice import cli_show, cli_show_erp, cli_show_orders
from practice.terminal import Home, Named, NamedGroup, called, home_of, say, stop
from practice.words import named, told

if TYPE_CHECKING:
    from practice.card import WorldCard

Profile = Literal["calm", "rough", "storm"]

app = typer.Typer(
    cls=NamedGroup,
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="""A whole practice store on this machine, to try robots on.

It looks and behaves like the merchant backend, has its own database, and harms nobody.

    {me} up             serve it

    {me} faults         what can go wrong in it

    {me} show products  what the robots made

    {me} show writes    every request for a change

    {me} show orders    orders that came or were touched

    {me} show suppliers the factories, and the truth about them

    {me} show addresses return addresses of the ERP

    {me} down           close it

    {me} reset          new shops, as on the first day
""",
)
cli_show_orders.add_to(cli_show.app)
cli_show_erp.add_to(cli_show.app)
app.add_typer(cli_show.app, name="show")
app.command("faults", cls=Named)(cli_show.catalogue)


@app.callback()
def _speak_utf8() -> None:
    """A pipe or file gets utf-8 on every system; a terminal knows its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and not stream.isatty():
            stream.reconfigure(encoding="utf-8")


@app.command(cls=Named)
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
    minute_seconds: Annotated[
        float, typer.Option(help="How long a minute of a factory's contact lasts.", min=0)
    ] = 60.0,
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

    Examples: [bold]{me} up[/bold]   [bold]{me} up --faults storm[/bold]

    [bold]{me} up --fault answer_lost=1 --fault list_lags=0.5[/bold]
    """
    from practice import home_lock, libraries, serving
    from practice import world as worlds
    from practice.faults import Faults, NoSuchFault
    from practice.twin import Twin

    pace = worlds.Pace(audit=audit_seconds, save=save_seconds, minute=minute_seconds)
    folder = home_of(home)
    if libraries_folder:
        os.environ["PRACTICE_LIBRARIES"] = str(libraries_folder)
    try:
        with home_lock.alone(folder):
            installed = libraries.ensure_libraries(say)
            if not worlds.exists(folder):
                say("Making new shops …")
                worlds.make_world(folder).close()
            world = worlds.open_world(folder, pace=pace)
            faults = Faults(world, world.about().seed, profile, _rates(rates or []))
            serving.serve(Twin(world, installed, faults), port, idle_exit, _announce)
    except home_lock.AlreadyServed as error:
        stop(error, f"Use that one, or close it: `{called('down')}`.")
    except worlds.WorldOutdated as error:
        stop(error, f"`{called('reset')}` makes a new one.")
    except (serving.PortTaken, libraries.LibrariesMissing, NoSuchFault) as error:
        stop(error)
    say("The practice store is closed.")


def _rates(given: list[str]) -> dict[str, float]:
    """The rates of ``NAME=RATE`` options."""
    from practice.faults import NoSuchFault

    rates = {}
    for one in given:
        name, _, rate = one.partition("=")
        try:
            rates[name] = float(rate)
        except ValueError:
            raise NoSuchFault(f"--fault {one}: write NAME=RATE, e.g. answer_lost=0.5.") from None
    return rates


def _announce(card: WorldCard) -> None:
    lines = (
        told(f"The practice store {card.shop_name} (店铺ID {card.shop_id}) is open."),
        f"  {named('address'):<8}  {card.url}",
        f"  {named('account'):<8}  {card.account}",
        f"  {named('password'):<8}  {card.password}",
        told(f"Its supply platform: {_login(card.sites['supply'])}"),
        told(f"Its ERP: {_login(card.sites['erp'])}"),
        told("Press Ctrl-C to close it."),
    )
    print("\n".join(lines), flush=True)  # noqa: T201


def _login(site: Any) -> str:
    first = site["accounts"][0]
    return f"{site['url']}, {first['account']}, {first['password']}"


@app.command(cls=Named)
def down(home: Home = None) -> None:
    """Close the store wherever it runs."""
    from practice.card import close_store

    folder = home_of(home)
    say("The practice store is closed." if close_store(folder) else "No practice store is open.")


@app.command(cls=Named)
def reset(
    home: Home = None,
    seed: Annotated[
        int | None, typer.Option(help="Which foreign products and which weather.")
    ] = None,
    products: Annotated[
        int | None, typer.Option(help="How many foreign products the first shop has.", min=0)
    ] = None,
) -> None:
    """Throw the shops away and make new ones.

    Examples: [bold]{me} reset[/bold]   [bold]{me} reset --products 200[/bold]
    """
    from practice import home_lock
    from practice import world as worlds

    folder = home_of(home)
    try:
        with home_lock.alone(folder):
            world = worlds.make_world(
                folder,
                worlds.DEFAULT_SEED if seed is None else seed,
                products=worlds.FOREIGN_PRODUCTS if products is None else products,
            )
    except home_lock.AlreadyServed as error:
        stop(error, f"Close it first: `{called('down')}`.")
    say(f"A new world {world.about().id} stands in {folder}.")
    world.close()
