"""Commands about shops: sign in by hand, list, add, plan or live."""

from __future__ import annotations

from typing import Annotated

import typer

from console.commands_base import (
    AsJson,
    Headed,
    note,
    opened_office,
    operator_words,
    print_json,
)

Name = Annotated[str, typer.Argument(metavar="SHOP", help="What config/shops.yaml calls it.")]
shop_app = typer.Typer(no_args_is_help=True, help="The shops of config/shops.yaml.")


def login(name: Name) -> None:
    """Open a shop's own browser, for a person to sign in; the login stays in its profile.

    Robots type no password and solve no captcha: they wait for a person, or stop.

    Example: [bold]shopclerk login main[/bold]
    """
    from engine.settings import load_shop

    words = operator_words()
    with opened_office() as office:
        shop = load_shop(name, office.settings.config)
        seen = office.sign_in(
            shop, lambda: note(words("shop.please_sign_in", shop_name=shop.shop_name))
        )
        note(words("shop.signed_in", shop_name=seen.shop_name, shop_id=seen.shop_id))


@shop_app.command("list")
def listed(as_json: AsJson = False) -> None:
    """List the shops and whether robots may act in them.

    Example: [bold]shopclerk shop list[/bold]
    """
    from rich.console import Console
    from rich.table import Table

    from engine.settings import load_shops

    with opened_office() as office:
        known = load_shops(office.settings.config)
    if as_json:
        print_json([shop.model_dump(mode="json") for shop in known])
        return
    words = operator_words()
    table = Table(box=None, pad_edge=False)
    for title in ("shop", "mode", "shop_name", "site", "account"):
        table.add_column(words(f"shop.column_{title}"), overflow="fold")
    for shop in known:
        mode = words(f"shop.in_{shop.mode}")
        table.add_row(shop.name, mode, shop.shop_name, shop.site, shop.account)
    Console().print(table)


@shop_app.command()
def add(
    name: Name,
    shop_name: Annotated[str, typer.Option(help="The shop's name exactly as its pages show it.")],
    account: Annotated[str, typer.Option(help="Your word for the login; no phone number.")],
    site: Annotated[str, typer.Option(help="A file of config/sites.")] = "doudian",
) -> None:
    """Add a shop, in mode plan: robots look and plan in it, and change nothing.

    Example: [bold]shopclerk shop add main --shop-name 青禾家居 --account boss[/bold]
    """
    from console.shop_file import add_shop
    from engine.settings import make_shop

    with opened_office() as office:
        file = office.settings.config / "shops.yaml"
        values = {"name": name, "site": site, "account": account, "shop_name": shop_name}
        add_shop(office.settings.config, make_shop(file, values))
        note(operator_words()("shop.added", name=name, file=file))


@shop_app.command("read")
def read_lists(
    name: Name,
    category: Annotated[
        list[str] | None,
        typer.Option(help="Only categories below this first one; may be given several times."),
    ] = None,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """Read what a shop's form offers, for the drop-downs of `template --shop`; changes nothing.

    Read are its 运费模板 and every leaf of its 商品类目. Categories of a large shop take minutes:
    --category reads a part. Brands are not read.

    Example: [bold]shopclerk shop read main --category 家居日用[/bold]
    """
    from console.carrying import carry_runs, exit_code
    from console.office import Manner
    from console.sheet_choices import keep_read
    from engine.report import summary
    from engine.settings import load_shop
    from robots.read_shop import ReadShop, work_items

    with opened_office() as office:
        shop = load_shop(name, office.settings.config)
        manner = Manner(headed=headed, dry=True)
        below = tuple(category or ())
        run = office.new_run(ReadShop.name, shop, work_items(below), manner)
        (ended,) = carry_runs(office, [run], quiet=as_json)
        now = office.clock.now()
        known = keep_read(office.settings.state, shop.name, ended.items, now, below)
        if as_json:
            print_json(summary(ended))
        counts = {"categories": len(known.categories), "templates": len(known.freight_templates)}
        note(operator_words()("shop.was_read", name=name, **counts))
        raise typer.Exit(exit_code(ended))


@shop_app.command()
def mode(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="plan|live", help="What robots may do in it.")],
) -> None:
    """Say whether robots may act in a shop (live), or only look and plan (plan).

    Example: [bold]shopclerk shop mode main live[/bold]
    """
    from console.shop_file import set_mode
    from domain.errors import BusinessError
    from domain.shop import Mode

    with opened_office() as office:
        if new not in set(Mode):
            raise BusinessError(f"no mode is called {new!r}", mend="Write plan or live")
        set_mode(office.settings.config, name, Mode(new))
        note(operator_words()(f"shop.mode_{new}", name=name))
