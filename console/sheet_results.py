"""The result sheet: the operator's own workbook with what became of every row.

It can be given to ``run`` as it is: what is finished stays out, the rest runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import quote
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from console import sheet_style as style
from console.sheet_form import SheetForm
from console.sheet_headers import RESULT, RESULT_COLUMNS, ROBOT
from console.sheet_products import PRODUCTS
from console.sheet_rows import (
    ABOUT_RESULTS,
    OPEN_MARKS,
    PICTURES_FROM,
    Content,
    Row,
    content_of,
    filled_places,
    has_formulas,
    header_text,
    open_workbook,
    read_bytes,
    sheet_of,
)
from console.sheet_words import mend_words, outcome_word, row_key, say
from domain.outcome import Outcome, Receipt
from domain.redact import redact
from domain.sheet_errors import SheetNote, SheetProblem
from engine.causes import left_to_person, would_be_new
from engine.report import result_name
from engine.words import LANGUAGES, load_words
from engine.words import language as operator_language

SIDES = 5
"""How many facts that differ are told."""
SHOP_ZONE = ZoneInfo("Asia/Shanghai")
_LINK = Font(name=style.FACE, size=10, color="14505C", underline="single")
_TOP = Alignment(horizontal="left", vertical="center", wrap_text=True)


class Item(Protocol):
    """What the result sheet needs to know of an item of a run."""

    @property
    def position(self) -> int:
        """Its place in the run, and in the report's addresses."""

    @property
    def key(self) -> str:
        """Its business key; of a row without one, ``row 7`` or ``第 7 行``."""

    @property
    def outcome(self) -> Outcome | None:
        """Its end, or None if it has none yet."""

    @property
    def reason(self) -> str:
        """Why it ended so."""

    @property
    def site_id(self) -> str:
        """Its id on the site."""

    @property
    def receipt(self) -> Receipt | None:
        """What was wanted and found, if it came so far."""

    @property
    def ended_at(self) -> datetime | None:
        """When it ended."""


class Verdict(NamedTuple):
    """What stands behind one row."""

    word: str
    fill: str
    reason: str
    site_id: str = ""
    link: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class _Told:
    """Everything that is known about the rows, by what finds it."""

    form: SheetForm
    items: Mapping[str, Item]
    problems: Sequence[SheetProblem]
    notes: Sequence[SheetNote]
    language: str
    zone: tzinfo
    robot: str

    def verdict(self, row: Row) -> Verdict | None:
        """Say what became of a row; None if this run had nothing to do with it."""
        code = row[row.form.key].line
        own = [each for each in self.problems if each.row == row.number]
        same = [each for each in self.problems if each.code and each.code == code]
        item = self.items.get(code) or self._of_row(row.number)
        if own or same:
            return self._left_out(own, same, item)
        return self._ended(item, row) if item and item.outcome else None

    def _of_row(self, number: int) -> Item | None:
        """Find the item of a row without a key, in whatever language its run was made."""
        keys = (row_key(number, language) for language in LANGUAGES)
        return next((self.items[key] for key in keys if key in self.items), None)

    def _left_out(
        self, own: list[SheetProblem], same: list[SheetProblem], item: Item | None
    ) -> Verdict:
        reasons = [f"{each.column}：{mend_words(each, self.language)}" for each in own]
        if not own:
            rows = "、".join(dict.fromkeys(str(each.row) for each in same))
            reasons = [
                say("elsewhere", self.language, rows=rows, things=self.form.things[self.language])
            ]
        word = say("left_out", self.language)
        return Verdict(word, style.BAD, "\n".join(reasons), link=_link(item))

    def _ended(self, item: Item, row: Row) -> Verdict:
        outcome = item.outcome or Outcome.SKIPPED
        cause = left_to_person(outcome, redact(item.reason), load_words(self.language))
        reasons = [cause.title, *self._sides(item), f"→ {cause.todo}"] if cause else []
        reasons += [
            say("note", self.language, mend=mend_words(each, self.language))
            for each in self.notes
            if each.row == row.number
        ]
        return Verdict(
            word=outcome_word(outcome, self.language),
            fill=style.OUTCOMES[outcome],
            reason="\n".join(reasons),
            site_id=item.site_id,
            link=_link(item),
            at=item.ended_at.astimezone(self.zone).replace(tzinfo=None) if item.ended_at else None,
        )

    def _sides(self, item: Item) -> list[str]:
        """Write what differs, as the sheet wants it and as the site shows it."""
        if would_be_new(item.outcome, item.receipt):
            return []
        words = load_words(self.language)
        nothing = words("report.nothing_there")
        differing = item.receipt.differing(nothing) if item.receipt else []
        told = (words("run.sides", name=x, wanted=y, found=z) for x, y, z in differing[:SIDES])
        return [redact(line) for line in told]


def _link(item: Item | None) -> str:
    return f"report.html#item-{item.position}" if item else ""


def write_results(
    sheet: Path,
    folder: Path,
    items: Sequence[Item],
    problems: Sequence[SheetProblem],
    *,
    notes: Sequence[SheetNote] = (),
    home: Path | None = None,
    language: str | None = None,
    zone: tzinfo = SHOP_ZONE,
    robot: str = PRODUCTS.first_robot,
    form: SheetForm = PRODUCTS,
) -> Path:
    """Write the result sheet beside the run's report; give where it is.

    Args:
        sheet: what the run was made from, or a copy of it.
        folder: the run's evidence, with ``report.html`` in it.
        items: the run's items.
        problems: why items were left out when the sheet was read.
        notes: what was worth a second look.
        home: the folder of the operator's sheet, if ``sheet`` is a copy.
        language: the operator's own if not given.
        zone: the shop's time zone.
        robot: whose results they are.
        form: which kind of sheet it is.

    Raises:
        SheetUnreadable: the sheet is gone, or is none any more.
    """
    sheet = sheet.absolute()
    data = read_bytes(sheet)
    workbook = values = open_workbook(sheet, data, values=False)
    if has_formulas(data):
        values = open_workbook(sheet, data, values=True)
    content = content_of(sheet, form, values, workbook)
    filled_in = sheet_of(workbook, sheet, form)
    if values is not workbook:
        _keep_values(filled_in, sheet_of(values, sheet, form))
    told = _Told(
        form=form,
        items={item.key: item for item in items},
        problems=problems,
        notes=notes,
        language=language or operator_language(),
        zone=zone,
        robot=robot,
    )
    home = home or sheet.parent
    _write_rows(filled_in, form, content.rows, (told, _moved(home, folder)))
    _write_about(workbook, content, home, told.language)
    return save_beside(workbook, folder / result_name(sheet))


def closing_line(written: Path, sheet: Path, language: str | None = None) -> str:
    """Say where the result sheet is, and why it has another name than usual."""
    language = language or operator_language()
    usual = result_name(sheet)
    line = say("written", language, path=written)
    return line if written.name == usual else line + say("moved", language, name=usual)


def _keep_values(products: Worksheet, values: Worksheet) -> None:
    """Put what a formula came to in its place: it is not worked out anew when we save."""
    for place in filled_places(values):
        cell = products.cell(*place)
        if cell.data_type == "f":
            cell.value = values.cell(*place).value


def _moved(old: Path, new: Path) -> str:
    """Give the way from the new folder to the old one; nothing if there is none."""
    try:
        way = Path(os.path.relpath(old, new)).as_posix()
    except ValueError:  # another drive of Windows
        return ""
    return "" if way == "." else f"{way}/"


def _write_rows(
    products: Worksheet, form: SheetForm, rows: Iterable[Row], with_what: tuple[_Told, str]
) -> None:
    told, moved = with_what
    columns = _columns(products, form)
    for row in rows:
        verdict = told.verdict(row)
        if verdict:
            _write_verdict(products, row.number, columns, verdict, told)
        else:
            _keep_link(products.cell(row.number, columns["证据"]), moved)
    pane = products.sheet_view.pane
    if pane is not None:  # the frozen column stays in sight, and beside it what is new
        pane.topLeftCell = f"{get_column_letter(columns[RESULT])}2"


def _columns(products: Worksheet, form: SheetForm) -> dict[str, int]:
    """Find the columns of an earlier result, or add them behind the last header."""
    headers = [header_text(cell.value) for cell in products[1]]
    last = max((place for place, text in enumerate(headers, start=1) if text), default=0)
    columns = {}
    for name, width in RESULT_COLUMNS.items():
        if name == PRODUCTS.site_id and not form.site_id:
            continue
        if name in headers:
            columns[name] = headers.index(name) + 1
            continue
        last += 1
        columns[name] = last
        _dress_header(products, last, name, width)
    return columns


def _dress_header(products: Worksheet, column: int, name: str, width: int) -> None:
    cell = products.cell(1, column, name)
    cell.font = style.BOLD
    cell.fill = style.PALE_FILL
    cell.alignment = style.CENTRED
    cell.border = style.GRID
    products.column_dimensions[get_column_letter(column)].width = width


def _write_verdict(
    products: Worksheet, row: int, columns: Mapping[str, int], verdict: Verdict, told: _Told
) -> None:
    values = {
        RESULT: verdict.word,
        "原因": verdict.reason,
        "商品ID": verdict.site_id,
        "证据": say("evidence", told.language) if verdict.link else None,
        "时间": verdict.at,
        ROBOT: told.robot,
    }
    for name, value in values.items():
        if name not in columns:
            continue
        cell = products.cell(row, columns[name])
        cell.hyperlink = None
        cell.value = value or None
        cell.font = style.BODY
        cell.alignment = _TOP
        cell.border = style.GRID
        cell.number_format = "yyyy-mm-dd hh:mm" if name == "时间" else "@"
    products.cell(row, columns[RESULT]).fill = style.solid(verdict.fill)
    if verdict.link:
        _put_link(products.cell(row, columns["证据"]), verdict.link)
    if verdict.reason:  # the whole of it is read without opening the cell
        lines = sum(1 + len(line) // 24 for line in verdict.reason.split("\n"))
        height = products.row_dimensions[row].height or 20
        products.row_dimensions[row].height = max(height, min(16 * lines + 6, 150))


def _put_link(cell: style.AnyCell, link: str) -> None:
    target, _, anchor = link.partition("#")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=target, location=anchor or None)
    cell.font = _LINK


def _keep_link(cell: style.AnyCell, moved: str) -> None:
    """Let the link of an earlier result still lead to its run."""
    link = cell.hyperlink
    if link is not None and link.target and "://" not in link.target:
        link.target = quote(moved, safe="/.") + link.target


def _write_about(workbook: Workbook, content: Content, home: Path, language: str) -> None:
    """Explain the words, and keep where the picture names count from."""
    if ABOUT_RESULTS in workbook.sheetnames:
        del workbook[ABOUT_RESULTS]
    about = workbook.create_sheet(ABOUT_RESULTS)
    style.set_view(about)
    for column, width in zip("ABC", (14, 46, 70), strict=True):
        about.column_dimensions[column].width = width
    about.append(("", say("feed_back", language)))
    for folder in dict.fromkeys((home, *content.homes[1:])):
        about.append((PICTURES_FROM, str(folder)))
    about.append(())
    words = load_words(language)
    for outcome in Outcome:
        means, todo = words(f"means.{outcome}"), words(f"todo.{outcome}")
        about.append((outcome_word(outcome, language), means, todo))
        about.cell(about.max_row, 1).fill = style.solid(style.OUTCOMES[outcome])
    for row in about.iter_rows():
        for cell in row:
            cell.font = style.BODY
            cell.alignment = style.UNWRAPPED


def save_beside(workbook: Workbook, path: Path) -> Path:
    """Save a workbook; where a program has that file open, under ``-2`` and so on."""
    data = BytesIO()
    workbook.save(data)
    draft = path.with_name(f".{path.name}.part")
    draft.write_bytes(data.getvalue())
    number = 1
    target = path
    while _is_open(target) or not _replaced(draft, target):
        number += 1
        target = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return target


def _is_open(path: Path) -> bool:
    """Whether Excel, WPS or LibreOffice has marked the file as open."""
    marks = (f"{mark}{path.name}" for mark in OPEN_MARKS)
    return any(path.with_name(name).exists() for name in (*marks, f".~lock.{path.name}#"))


def _replaced(draft: Path, target: Path) -> bool:
    try:
        draft.replace(target)
    except PermissionError:  # what Windows says of a file that is open
        return False
    return True
