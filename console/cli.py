"""The command ``shopclerk``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from domain.errors import BusinessError, Defect, NeedsPerson, ShopclerkError
from domain.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from console.office import Manner, Office
    from engine.plan import Expected
    from engine.runs import RunView, WorkItem

SAMPLE = Path(__file__).resolve().parent.parent / "config/samples/upload-listings/products.xlsx"
UPLOAD = "upload-listings"


class Exit(IntEnum):
    """What the command's exit code tells."""

    GOOD = 0
    DEFECT = 1
    BAD_INPUT = 2
    ATTENTION = 3
    NEEDS_PERSON = 4


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    help="""Robots for a 抖店 shop: they click in a real browser and prove every outcome.

    Try it:   [bold]shopclerk demo[/bold]            lists five sample products in a practice store

    Use it:   [bold]shopclerk template upload-listings[/bold]   makes a sheet to fill in

              [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx[/bold]

    Exit codes: 0 all good, 1 a defect, 2 bad input, 3 items need attention, 4 a person is needed.
""",
)
Headed = Annotated[bool, typer.Option("--headed", help="Show the browser while it works.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object for machines.")]


@app.command()
def demo(
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Start over in a new practice store.")
    ] = False,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """List the five products of the sample sheet in the practice store, each one proven.

    The practice store keeps its world: a second demo finds everything there and changes nothing.

    Examples: [bold]shopclerk demo[/bold]   [bold]shopclerk demo --fresh --headed[/bold]
    """
    from console.office import Manner

    with _office() as office:
        if fresh:
            _renew_practice_store(office)
        _start(office, "demo", _read_work(SAMPLE), Manner(headed=headed), as_json=as_json)


@app.command()
def run(  # noqa: PLR0917  # Typer turns parameters into options
    robot: Annotated[str, typer.Argument(help="Which robot: upload-listings.")],
    shop: Annotated[str, typer.Option(help="A shop of config/shops.yaml.")],
    sheet: Annotated[Path | None, typer.Option(help="The .xlsx sheet with the work.")] = None,
    plan: Annotated[
        Path | None, typer.Option(help="Instead of a sheet: the plan.json of a dry run.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look, and plan what would be done.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this 商家编码; may be given several times.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(help="Only so many items, from the top.", min=1)
    ] = None,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """Carry out a sheet, or a plan. What is there already stays; nothing is done twice.

    Examples: [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx[/bold]

    See first what it would do, then do exactly that:

    [bold]shopclerk run upload-listings --shop demo --sheet 商品.xlsx --dry-run[/bold]

    [bold]shopclerk run upload-listings --shop demo --plan runs/…/plan.json[/bold]
    """
    from console.office import Manner

    _known_robot(robot)
    with _office() as office:
        work, expected = _work_of(robot, shop, sheet, plan)
        chosen = _chosen(work, only or [], limit)
        manner = Manner(headed=headed, dry=dry_run, expected=expected)
        _start(office, shop, chosen, manner, as_json=as_json)


@app.command()
def resume(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Default: all of them.")] = "",
    as_json: AsJson = False,
) -> None:
    """Carry on runs that were cut off: by a crash, a power cut, a closed window.

    Examples: [bold]shopclerk resume[/bold]   [bold]shopclerk resume 20261122-0900…[/bold]
    """
    from console.display import counted

    with _office() as office:
        waiting = [office.runs.view(run_id)] if run_id else office.interrupted()
        if not any(run.open for run in waiting):
            _note("Nothing to resume: every run has ended. `shopclerk runs` lists them.")
            raise typer.Exit(Exit.GOOD)
        for run in waiting:
            _note(
                f"Carrying on {run.id}: {counted(run) or 'nothing ended yet'} of {len(run.items)}"
            )
        _carry_out(office, [run.id for run in waiting], as_json=as_json)


@app.command()
def runs(
    limit: Annotated[int, typer.Option(help="How many, newest first.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """List the runs, newest first."""
    from console.display import runs_table
    from engine.report import summary

    with _office() as office:
        found = office.runs.newest(limit)
        if as_json:
            _print_json([summary(run) for run in found])
        elif found:
            Console().print(runs_table(found, office.settings.zone))
        else:
            _note("No runs yet. `shopclerk demo` makes one.")


@app.command()
def show(
    run_id: Annotated[str, typer.Argument(metavar="RUN", help="Default: the newest.")] = "",
    as_json: AsJson = False,
) -> None:
    """Show a run: every item, what became of it, and where its evidence is."""
    from console.display import closing_lines, item_line
    from engine.report import summary

    with _office() as office:
        newest = office.runs.newest(1)
        if not run_id and not newest:
            raise BusinessError("there are no runs yet", mend="`shopclerk demo` makes one")
        found = office.runs.view(run_id) if run_id else newest[0]
        if as_json:
            _print_json(summary(found))
            return
        lines = Console(soft_wrap=True)
        lines.print(f"{found.id}  {found.robot} in {found.shop}", style="bold")
        for item in found.items:
            waiting = f"  waiting      {item.key}  {item.label}  {item.step}"
            lines.print(item_line(item) if item.outcome else waiting)
        lines.print(closing_lines(found))


@app.command()
def template(
    robot: Annotated[str, typer.Argument(help="Which robot: upload-listings.")],
    path: Annotated[Path | None, typer.Argument(help="Default: <robot>.xlsx here.")] = None,
) -> None:
    """Make an Excel sheet to fill in, with drop-downs, worked examples and a help page."""
    from console.sheet_template import write_template

    _known_robot(robot)
    target = path or Path(f"{robot}.xlsx")
    with _told_plainly():
        if target.exists():
            raise BusinessError(f"{target} exists already", mend="Name another file")
        write_template(target)
    _note(f"Made {target}. Fill in the sheet 商品; the sheet 说明 explains every column.")


def _start(
    office: Office, shop_name: str, work: list[WorkItem], manner: Manner, *, as_json: bool
) -> None:
    """Make a run and carry it out."""
    from engine.settings import load_shop

    run_id = office.new_run(UPLOAD, load_shop(shop_name, office.settings.config), work, manner)
    _carry_out(office, [run_id], as_json=as_json)


def _work_of(
    robot: str, shop: str, sheet: Path | None, plan: Path | None
) -> tuple[list[WorkItem], Mapping[str, Expected]]:
    """Read the work from a sheet or a plan, and what a plan expects to find."""
    from engine.plan import read_plan

    if sheet and not plan:
        return _read_work(sheet), {}
    if not plan or sheet:
        raise BusinessError("give either --sheet or --plan", mend="See `shopclerk run --help`")
    known = read_plan(plan)
    if (known.robot, known.shop) != (robot, shop):
        raise BusinessError(
            f"{plan} was made for {known.robot} in shop {known.shop}, not for {robot} in {shop}",
            mend=f"Use --shop {known.shop}, or make a plan for {shop} with --dry-run",
        )
    if not known.items:
        raise BusinessError(f"{plan} holds nothing to do", mend="Its dry run says why")
    return known.work_items(), known.expected()


def _chosen(work: list[WorkItem], only: list[str], limit: int | None) -> list[WorkItem]:
    """Keep the items a person asked for."""
    unknown = [key for key in only if key not in {item.key for item in work}]
    if unknown:
        raise BusinessError(
            f"there is no item {', '.join(unknown)}", mend="Write the 商家编码 as in the sheet"
        )
    return [item for item in work if not only or item.key in only][:limit]


def _read_work(sheet: Path) -> list[WorkItem]:
    """Read a sheet: good products to carry out, bad ones refused with every reason."""
    from console.sheets import read_listings
    from domain.sheet_errors import SheetUnreadable
    from engine.runs import WorkItem
    from robots.upload_listings import work_items

    try:
        reading = read_listings(sheet)
    except SheetUnreadable as error:
        raise BusinessError(str(error)) from None
    reasons: dict[str, list[str]] = {}
    for problem in reading.problems:
        reasons.setdefault(problem.code or f"row {problem.row}", []).append(str(problem))
    refused = [WorkItem(key, "", None, "\n  ".join(why)) for key, why in reasons.items()]
    work = [*work_items(reading.listings), *refused]
    if not work:
        raise BusinessError(f"{sheet} has no products", mend="Fill in the sheet 商品")
    return work


def _carry_out(office: Office, run_ids: list[str], *, as_json: bool) -> None:
    """Carry out runs, show them going on, and end with the exit code that fits."""
    from console.display import closing_lines, watching
    from engine.report import summary

    notes = Console(stderr=True)
    lines = notes if as_json else Console(soft_wrap=True)
    with watching(lines=lines, notes=notes) as watch:
        office.carry_out(run_ids, watch)
    ended = [office.runs.view(run_id) for run_id in run_ids]
    for run in ended:
        if as_json:
            _print_json(summary(run))
        else:
            lines.print(closing_lines(run))
    raise typer.Exit(max(_exit_code(run) for run in ended))


def _exit_code(run: RunView) -> Exit:
    ends = {item.outcome for item in run.items}
    if Outcome.NEEDS_PERSON in ends:
        return Exit.NEEDS_PERSON
    fine = {Outcome.DONE, Outcome.UNCHANGED} | ({Outcome.SKIPPED} if run.dry else set())
    return Exit.GOOD if ends <= fine else Exit.ATTENTION


def _renew_practice_store(office: Office) -> None:
    """Start over, unless a run is still at work in the old store."""
    for run in office.interrupted():
        if run.shop == "demo":
            raise BusinessError(
                f"run {run.id} has not ended", mend="`shopclerk resume` first, then start over"
            )
    office.practice.renew()
    _note("A new practice store: empty but for the products of other people.")


def _known_robot(robot: str) -> None:
    with _told_plainly():
        if robot != UPLOAD:
            raise BusinessError(f"no robot is called {robot!r}", mend=f"There is: {UPLOAD}")


@contextmanager
def _office() -> Iterator[Office]:
    """Open the office for a command; what goes wrong ends as one clear line and an exit code."""
    from loguru import logger

    from console.office import open_office
    from engine.settings import Settings

    logger.remove()  # events belong in the run's folder, not between the lines people read
    with _told_plainly(), open_office(Settings(), _note) as office:
        yield office


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except ShopclerkError as error:
        _note(f"{error}")
        codes: dict[type[ShopclerkError], Exit] = {
            BusinessError: Exit.BAD_INPUT,
            NeedsPerson: Exit.NEEDS_PERSON,
            Defect: Exit.DEFECT,
        }
        raise typer.Exit(codes.get(type(error), Exit.DEFECT)) from None


def _note(line: str) -> None:
    """Tell a person something beside the output, which may be piped."""
    typer.echo(line, err=True)


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A Chinese Windows console knows no emoji: a question mark is better than a crash. What
        # is piped is for programs, and they expect UTF-8.
        encoding = None if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]
    _mount_practice(needed=sys.argv[1:2] == ["practice"])
    app()


def _mount_practice(*, needed: bool) -> None:
    """Add the practice store's own commands; a stub stands for them while they are not asked for.

    Loading them costs a second, which every other command would pay.
    """
    if not needed:
        app.command("practice", help="A whole practice store to try robots on.")(lambda: None)
        return
    from console.practice_store import point_practice_at
    from engine.settings import Settings
    from practice.cli import app as practice

    point_practice_at(Settings())
    app.add_typer(practice, name="practice")
