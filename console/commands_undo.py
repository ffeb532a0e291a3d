"""The command ``undo``: take 下架 what a run put on sale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from console.carrying import Work, start
from console.commands_base import (
    AsJson,
    Headed,
    Yes,
    confirmed,
    note,
    opened_office,
    operator_words,
    refusal,
)
from console.commands_looking import Name, history_of, run_told

if TYPE_CHECKING:
    from console.office import Office
    from engine.runs import RunView, WorkItem
    from engine.search import DoneWrite
    from robots.take_down_listings import Listed

ON_SALE = "product.on-sale"
UNDONE, UNDOES = "upload-listings", "take-down-listings"
SHOWN = 20
"""How many products the question names; the others are counted."""


def undo(
    name: Name,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only look, and plan what would be taken off sale.")
    ] = False,
    yes: Yes = False,
    headed: Headed = False,
    as_json: AsJson = False,
) -> None:
    """Take off sale (下架) what a run put on sale: each product by its id, each one proven.

    It is a run of its own. A product that somebody changed since is left as it is and reported,
    and so is one that a later run put on sale again. Nothing is deleted.

    Examples: [bold]shopclerk undo 7f3a --dry-run[/bold]   [bold]shopclerk undo 7f3a[/bold]
    """
    from console.office import Manner
    from robots.take_down_listings import expected, work_items

    with opened_office() as office:
        run = _to_undo(office, name)
        listed, refused = _listed(run, history_of(office).done_by(run.id, ON_SALE))
        for line in _preview(run, listed, refused):
            note(line)
        question = operator_words()("undo.ask", count=len(listed))
        if not (dry_run or yes or confirmed(question)):
            raise refusal("not_undone")
        work = Work(
            UNDOES, [*work_items(listed), *refused], expected(listed), keep=lambda _evidence: None
        )
        manner = Manner(headed=headed, dry=dry_run, expected=work.expected)
        start(office, run.shop, work, manner, as_json=as_json)


def _to_undo(office: Office, name: str) -> RunView:
    """Give the run, if it is one that can be undone."""
    run = run_told(office, name)
    if run.open:
        raise refusal("run_open", run=run.id)
    if run.robot != UNDONE or run.dry:
        raise refusal("no_undo", run=run.evidence.name)
    return run


def _listed(run: RunView, done: Sequence[DoneWrite]) -> tuple[list[Listed], list[WorkItem]]:
    """Give what the run listed and proved, and what of it is a later run's by now."""
    from domain.outcome import Outcome
    from engine.runs import WorkItem
    from robots.take_down_listings import Listed

    items = {item.key: item for item in run.items if item.outcome is Outcome.DONE}
    listed, refused = [], []
    for write in done:
        item = items.get(write.key)
        if item is None or item.receipt is None:
            continue
        if write.later_run:
            why = f"run {write.later_run} put it on sale again, so that one has to be undone"
            refused.append(WorkItem(item.key, item.label, None, why))
            continue
        facts = write.model_dump(include={"world", "shop_id"})
        listed.append(
            Listed(
                run_id=run.id,
                code=item.key,
                title=item.label,
                product_id=write.site_id,
                facts=item.receipt.found,
                **facts,
            )
        )
    if not listed:
        raise refusal("nothing_to_undo", run=run.evidence.name)
    return listed, refused


def _preview(run: RunView, listed: Sequence[Listed], refused: Sequence[WorkItem]) -> list[str]:
    """Say what would be taken off sale, and what would not."""
    from engine.causes import reason_words

    words = operator_words()
    lines = [words("undo.heading", run=run.evidence.name, count=len(listed), shop=run.shop)]
    lines += [f"  {one.code}  {one.product_id}  {one.title}" for one in listed[:SHOWN]]
    if len(listed) > SHOWN:
        lines.append("  " + words("undo.more", count=len(listed) - SHOWN))
    return lines + [f"  - {one.key}  {reason_words(one.refusal, words)}" for one in refused]
