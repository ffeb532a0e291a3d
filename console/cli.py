"""The command ``shopclerk``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from console.carrying import (
    Work,
    carry_runs,
    chosen,
    exit_code,
    keys_named,
    offered_in,
    sheet_work,
    start,
)
from console.commands_approve import approve
from console.commands_base import (
    AsJson,
    Exit,
    Headed,
    carry_out,
    free_place,
    note,
    opened_office,
    operator_words,
    print_json,
    refusal,
    told_plainly,
)
from console.commands_keeping import backup, restore, verify
from console.commands_looking import find, run_called, runs, show
from console.commands_shops import login, shop_app
from console.commands_stop import stop
from console.commands_undo import undo

if TYPE_CHECKING:
    from console.office import Office
    from console.sheet_columns import Header
    from domain.shop import Shop

SAMPLE = Path(__file__).resolve().parent.parent / "config/samples/upload-listings/products.xlsx"
UPLOAD, UPDATE, TAKE_DOWN = "upload-listings", "update-listings", "take-down-listings"
GATHERERS = ("check-orders",)
"""Robots that find their own work: they take no sheet."""
RETURNS = "collect-return-addresses"
FROM_BOOKS = ("enter-return-addresses",)
"""Robots whose work the books know: they take no sheet either."""
ROBOTS = (
    *(UPLOAD, "update-order-status", "ship-orders", "bind-skus", RETURNS),
    *(*FROM_BOOKS, *GATHERERS),
)
SHEETS = (UPLOAD, "purchases", "bindings", "return-addresses")


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="""Robots for a 抖店 shop: they click in a real browser and prove every outcome.

    Try it        [bold]shopclerk demo[/bold]
    Make a sheet  [bold]shopclerk template upload-listings 商品.xlsx[/bold]
    Carry it out  [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx[/bold]
    See it first  the same with [bold]--dry-run[/bold]
    Look at it    [bold]shopclerk show[/bold]   [bold]shopclerk find CG-1001[/bold]
    Take it back  [bold]shopclerk undo 7f3a[/bold]
    Stop it       [bold]shopclerk stop[/bold]

    Exit codes: 0 all good, 1 a defect, 2 bad input, 3 items need attention,
    4 a person is needed, 130 stopped by Ctrl-C.

    SHOPCLERK_LANG=zh or en: the language of reports and messages.
""",
)


@app.command()
def demo(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over in a new practice store.")
    ] = False,
    day: Annotated[
        bool,
        typer.Option("--day", help="A whole small day in a new store, listing to shipping."),
    ] = False,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """List the five products of the sample sheet in the practice store, each one proven.

    The practice store keeps its world: a second demo finds everything there and changes nothing.

    With --day buyers order too: orders are checked, marked as paid, bound to their factories and
    shipped, and the practice store's own database says whether anything is wrong, twice or lost.

    Examples: [bold]shopclerk demo[/bold]   [bold]shopclerk demo --fresh --headed[/bold]

    [bold]shopclerk demo --day[/bold]
    """
    from console.office import Manner

    with opened_office() as office:
        if day:
            _play_day(office, headed=headed, as_json=as_json)
        if fresh:
            _renew_practice_store(office)
        start(office, "demo", sheet_work(SAMPLE, UPLOAD), Manner(headed=headed), as_json=as_json)


@app.command()
def run(  # noqa: PLR0917  # Typer turns parameters into options
    robot: Annotated[str, typer.Argument(help=f"Which robot: {', '.join(ROBOTS)}.")],
    shop: Annotated[str, typer.Option(help="A shop of config/shops.yaml.")],
    sheet: Annotated[Path | None, typer.Option(help="The .xlsx sheet with the work.")] = None,
    plan: Annotated[
        Path | None, typer.Option(help="Instead of a sheet: the plan.json of a dry run.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look, and plan what would be done.")
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Change products that are there to the sheet's values.")
    ] = False,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Only this 商家编码 or 订单编号, or several with commas between."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(help="Only so many items, from the top.", min=1)
    ] = None,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """Carry out a sheet, or a plan. What is there already stays; nothing is done twice.

    With --update it changes what is there, and lists nothing new.

    In a shop of mode plan it only looks: [bold]shopclerk shop mode SHOP live[/bold] opens it.

    Examples: [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx[/bold]

    See first what it would do, then do exactly that:

    [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx --dry-run[/bold]

    [bold]shopclerk run upload-listings --shop demo --plan runs/…/plan.json[/bold]

    Orders: [bold]check-orders[/bold] finds them by itself; the others take a purchases sheet:

    [bold]shopclerk run check-orders --shop demo[/bold]

    [bold]shopclerk run ship-orders --shop demo --sheet 采购.xlsx[/bold]

    Return addresses that the books know go into the ERP:

    [bold]shopclerk run enter-return-addresses --shop demo[/bold]
    """
    from console.office import Manner

    _known_robot(robot, ROBOTS, UPDATE, *([] if sheet else [TAKE_DOWN]))
    robot = UPDATE if update and robot == UPLOAD else robot
    with opened_office() as office:
        work = _work_of(office, robot, shop, sheet, plan, only or [])
        manner = Manner(headed=headed, dry=dry_run, expected=work.expected)
        if work.robot in GATHERERS and not plan:
            manner = replace(manner, gather=True, only=tuple(keys_named(only or [])), limit=limit)
        else:
            work = chosen(work, only or [], limit, plan=plan is not None)
        start(office, shop, work, manner, as_json=as_json)


@app.command()
def resume(
    name: Annotated[
        str, typer.Argument(metavar="RUN", help="An id or a folder. Default: all of them.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Carry on runs that were cut off: by a crash, a power cut, a closed window.

    Examples: [bold]shopclerk resume[/bold]   [bold]shopclerk resume 7f3a[/bold]

    With --json: one object, [bold]{"runs": ...}[/bold].
    """
    from console.display import counted
    from engine.report import summary

    words = operator_words()
    with opened_office() as office:
        waiting = [run_called(office, name)] if name else office.interrupted()
        if not any(run.open for run in waiting):
            note(words("run.nothing_to_resume"))
            for run in [run for run in waiting if run.waiting] or office.waiting():
                note(words("run.waits_for_yes", run=run.evidence.name))
            if as_json:
                print_json({"runs": [summary(run) for run in waiting]})
            raise typer.Exit(Exit.GOOD)
        for run in waiting:
            counts = counted(run) or words("run.none_ended")
            note(words("run.carrying_on", run=run.id, counts=counts, total=len(run.items)))
        ended = carry_runs(office, [run.id for run in waiting], quiet=as_json)
        if as_json:
            print_json({"runs": [summary(run) for run in ended]})
        raise typer.Exit(max(exit_code(run) for run in ended))


@app.command()
def template(
    robot: Annotated[
        str, typer.Argument(help=f"Which sheet: {', '.join(SHEETS)}.", metavar="SHEET")
    ],
    path: Annotated[Path | None, typer.Argument(help="Default: <robot>.xlsx here.")] = None,
    shop: Annotated[
        str, typer.Option(help="Drop-downs with this shop's own 商品类目 and 运费模板.")
    ] = "",
) -> None:
    """Make an Excel sheet to fill in, with drop-downs, worked examples and a help page.

    With --shop its drop-downs hold what [bold]shopclerk shop read SHOP[/bold] found last.

    Examples: [bold]shopclerk template upload-listings 商品.xlsx[/bold]

    [bold]shopclerk template purchases 采购.xlsx[/bold]
    """
    from console.sheet_kinds import TEMPLATES
    from console.sheet_template import write_template

    _known_robot(robot, SHEETS)
    form = TEMPLATES[robot]
    target = path or Path(f"{robot}.xlsx")
    with told_plainly():
        free_place(target, ".xlsx")
        lists = _choices_of(shop) if shop else None
        write_template(target, lists, form)
    note(operator_words()("run.template_made", path=target, name=form.name))


def _choices_of(shop: str) -> dict[Header, tuple[str, ...]]:
    """Give a shop's own lists for the drop-downs; says so where there are none yet."""
    from console.sheet_choices import load_choices
    from engine.settings import Settings, load_shop

    settings = Settings()
    known = load_choices(settings.state, load_shop(shop, settings.config).name)
    if known is None:
        note(operator_words()("shop.never_read", name=shop))
        return {}
    lists = known.by_column()
    counts = "、".join(f"{header} {len(texts)}" for header, texts in lists.items())
    read_at = f"{known.read_at.astimezone(settings.zone):%Y-%m-%d %H:%M}"
    note(operator_words()("shop.lists", name=shop, counts=counts, read_at=read_at))
    return lists


def _work_of(  # noqa: PLR0917
    office: Office, robot: str, shop: str, sheet: Path | None, plan: Path | None, only: list[str]
) -> Work:
    """Read the work from a sheet, the books or a plan, and what a plan expects to find."""
    from console.sheet_runs import keep_plan_s_sheet, learn_of
    from engine.plan import read_plan
    from engine.report import plan_command
    from engine.settings import load_shop

    if robot in (*GATHERERS, *FROM_BOOKS) and sheet:
        raise refusal("takes_no_sheet", robot=robot)
    if robot in GATHERERS and not plan:
        return Work(robot, [], {}, keep=lambda _evidence: None)
    known_shop = load_shop(shop, office.settings.config)
    if robot in FROM_BOOKS and not plan:
        return _books_work(office, robot, known_shop, only)
    if sheet and not plan:
        from console.books_work import of_shop

        return of_shop(office, sheet_work(sheet, robot, offered_in(office, known_shop)), known_shop)
    if not plan or sheet:
        raise refusal("sheet_or_plan")
    known = read_plan(plan)
    if (known.robot, known.shop) != (robot, office.account(robot, known_shop).name):
        facts = {"plan": plan, "robot": known.robot, "shop": known.shop}
        raise refusal("other_plan", **facts, command=plan_command(known, plan))
    if not known.items:
        raise refusal("empty_plan", plan=plan)
    keep = partial(keep_plan_s_sheet, plan=plan)
    items = known.work_items()
    return Work(robot, items, known.expected(), keep, learn=learn_of(robot, items, plan))


def _books_work(office: Office, robot: str, shop: Shop, only: list[str]) -> Work:
    """Make the work of what the books know."""
    from console.books_work import refuse_account, return_addresses, storefront

    refuse_account(office, robot, shop)
    items = return_addresses(office.books, storefront(office, shop), keys_named(only))
    if not items:
        raise refusal("books_empty")
    return Work(robot, items, {}, keep=lambda _evidence: None)


def _play_day(office: Office, *, headed: bool, as_json: bool) -> NoReturn:
    """Play a day in a new practice store, and tell how it ended."""
    from rich.console import Console

    from console.demo_day import MINUTE, Day

    _renew_practice_store(office, MINUTE)
    played = Day(office, SAMPLE, headed=headed, quiet=as_json)
    truth = played.carry_out()
    if as_json:
        print_json(played.summary(truth))
    else:
        lines = Console(soft_wrap=True)
        for line in played.lines(truth, operator_words()):
            lines.print(line)
    raise typer.Exit(played.exit_code(truth))


def _renew_practice_store(office: Office, minute: float = 60.0) -> None:
    """Start over, unless a run is still at work in the old store."""
    for run in office.interrupted():
        if run.shop == "demo":
            raise refusal("run_open", run=run.id)
    office.practice.renew(minute)
    note(operator_words()("run.new_store"))


def _known_robot(robot: str, known: Sequence[str], *others: str) -> None:
    with told_plainly():
        if robot not in {*known, *others}:
            raise refusal("no_robot", robot=robot, known=", ".join(known))


app.command()(approve)
app.command()(undo)
app.command()(stop)
SHOPS, LOOKING, KEEPING = "Your shops", "Look at what was done", "Keep it safe"
app.command(rich_help_panel=SHOPS)(login)
app.add_typer(shop_app, name="shop", rich_help_panel=SHOPS)
app.command(rich_help_panel=LOOKING)(runs)
app.command(rich_help_panel=LOOKING)(show)
app.command(rich_help_panel=LOOKING)(find)
app.command(rich_help_panel=KEEPING)(verify)
app.command(rich_help_panel=KEEPING)(backup)
app.command(rich_help_panel=KEEPING)(restore)


def main() -> None:
    """Run the command line."""
    _make_printing_safe()
    _mount_practice(needed=sys.argv[1:2] == ["practice"])
    carry_out(app)


def _make_printing_safe() -> None:
    """Let no character end a command: what a console can't show becomes a question mark.

    What is piped is for programs, and they expect UTF-8, unless a person said otherwise.
    """
    for stream in (sys.stdout, sys.stderr):
        piped = not stream.isatty() and not os.environ.get("PYTHONIOENCODING")
        encoding = "utf-8" if piped else None
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]


def _mount_practice(*, needed: bool) -> None:
    """Add the practice store's own commands; a stub stands for them while they are not asked for.

    Loading them costs a second, which every other command would pay.
    """
    if not needed:
        app.command("practice", help="A whole practice store to try robots on.")(lambda: None)
        return
    from console.practice_store import point_practice_at
    from engine.settings import Settings
    from engine.words import language
    from practice.cli import app as practice

    point_practice_at(Settings())
    os.environ["PRACTICE_LANG"] = language()
    app.add_typer(practice, name="practice")
