"""A sheet on its way through a run: read into work, kept with the evidence, given back as results.

What the run was made from is copied beside its evidence, for the operator may go on writing in the
sheet, and a run that was cut off ends in another command.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from books.entries import Note
from books.library import Books
from console.commands_base import refusal
from console.sheet_kinds import FORMS, READERS, Reading
from console.sheet_notes import note_lines
from console.sheet_offered import Offered
from console.sheet_products import PRODUCTS
from console.sheet_purchases import read_purchases
from console.sheet_results import Item, closing_line, write_results
from console.sheet_words import remark_line, row_key, say, unreadable_words
from console.sheets import read_listings
from domain.errors import BusinessError
from domain.model import Value
from domain.sheet_errors import SheetNote, SheetProblem, SheetUnreadable
from engine.report import KEPT
from engine.runs import RunView, WorkItem
from engine.words import language as operator_language
from robots.update_order_status import PurchasedOrder

_FACTS = "reading.json"


class AllFinished(BusinessError):
    """Every row of the sheet has been brought to a good end: a good end too, with nothing to do."""


class Kept(Value):
    """What is known of a sheet beside its copy."""

    name: str
    form: str = PRODUCTS.name
    """Which kind of sheet it is."""
    home: Path
    """The folder it lay in: file names count from there."""
    problems: tuple[SheetProblem, ...]
    notes: tuple[SheetNote, ...]


def read_sheet(
    sheet: Path, robot: str = "upload-listings", offered: Offered | None = None
) -> Reading:
    """Read a robot's sheet; what the shop's form ``offered`` is held against it.

    Raises:
        AllFinished: nothing is left to do.
        BusinessError: it can't be read, or holds nothing.
    """
    reader = READERS[robot]
    if reader is read_listings:
        reader = partial(read_listings, offered=offered)
    try:
        reading = reader(sheet, robot)
    except SheetUnreadable as error:
        raise BusinessError(unreadable_words(error, operator_language())) from None
    if reading.work() or reading.problems:
        return reading
    language = operator_language()
    things = reading.form.things[language]
    if reading.finished:
        facts = {"count": len(reading.finished), "sheet": sheet, "things": things}
        raise AllFinished(say("all_finished", language, **facts))
    raise refusal("no_sheet_rows", sheet=sheet, things=things, name=reading.form.name)


def work_of(reading: Reading, language: str | None = None) -> list[WorkItem]:
    """Make the run's items: good ones to carry out, bad ones refused with every reason."""
    language = language or operator_language()
    reasons: dict[str, list[str]] = defaultdict(list)
    for problem in reading.problems:
        reasons[problem.code or row_key(problem.row, language)].append(
            remark_line(problem, language)
        )
    refused = [
        WorkItem(key, reading.titles.get(key, ""), None, "\n  ".join(why))
        for key, why in reasons.items()
    ]
    return [*reading.work(), *refused]


def reading_lines(
    reading: Reading, keys: Collection[str] | None = None, *, language: str | None = None
) -> list[str]:
    """Say what a person should know of a sheet before its run: what stays out, what to look at.

    Advice about products that are not among ``keys`` is left for the run that carries them out.
    """
    language = language or operator_language()
    finished = len(reading.finished)
    things = reading.form.things[language]
    lines = [say("finished", language, count=finished, things=things)] if finished else []
    own = [each for each in reading.notes if keys is None or not each.code or each.code in keys]
    return lines + reading.unread.lines(language) + note_lines(own, language)


def keep_sheet(evidence: Path, sheet: Path, reading: Reading) -> None:
    """Copy what a run is made from into its evidence, before the run begins."""
    sheet = sheet.absolute()
    folder = evidence / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / sheet.name).write_bytes(sheet.read_bytes())
    kept = Kept(
        name=sheet.name,
        form=reading.form.name,
        home=sheet.parent,
        problems=reading.problems,
        notes=reading.notes,
    )
    (folder / _FACTS).write_text(kept.model_dump_json(indent=1), encoding="utf-8")


def keep_plan_s_sheet(evidence: Path, plan: Path) -> None:
    """Copy the sheet that a plan was made from, where it still lies beside the plan."""
    if (plan.parent / KEPT / _FACTS).is_file():
        shutil.copytree(plan.parent / KEPT, evidence / KEPT, dirs_exist_ok=True)


def learn_of(robot: str, items: Sequence[WorkItem], file: Path) -> Callable[[Books, RunView], None]:
    """Give what writes a run's purchases into the books; other work is nothing for them."""
    orders = [
        item.payload for item in items if item.payload and READERS.get(robot) is read_purchases
    ]

    def learn(books: Books, run: RunView) -> None:
        for payload in orders:
            order = PurchasedOrder.model_validate(payload)
            for row in order.rows:
                proof = order.vouchers.get(str(row.voucher), "")
                note = Note(
                    source=file.name, at=run.created_at, evidence=proof and f"sha256:{proof}"
                )
                books.note_purchase(run.shop, row, note)

    return learn


def give_back(
    evidence: Path,
    items: Sequence[Item],
    zone: tzinfo,
    language: str | None = None,
    *,
    robot: str,
) -> str:
    """Write the result sheet of a robot's run beside its report; give the line that says where.

    A run that no sheet was kept of has none: the line is empty.

    Raises:
        SheetUnreadable: the copy is spoiled.
    """
    try:
        text = (evidence / KEPT / _FACTS).read_text(encoding="utf-8")
        kept = Kept.model_validate_json(text)
    except (OSError, ValidationError):
        return ""
    copy = evidence / KEPT / kept.name
    written = write_results(
        copy,
        evidence,
        items,
        kept.problems,
        notes=kept.notes,
        home=kept.home,
        language=language,
        zone=zone,
        robot=robot,
        form=FORMS[kept.form],
    )
    return closing_line(written, copy, language)
