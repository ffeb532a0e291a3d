"""One product of a sheet, from its rows; every fault is noted, so that one look mends them all."""

from __future__ import annotations

from collections import Counter
from typing import Any, TypeVar

from console import sheet_cells
from console.sheet_cells import Cell, Parser
from console.sheet_columns import COLUMN_OF, COLUMNS, Header
from console.sheet_faults import Notes, required
from console.sheet_offered import Offered
from console.sheet_pictures import PictureRule, names_meant, read_picture
from console.sheet_rows import Row
from domain.listing import Listing, Picture, Reference, Sku
from domain.pictures import detail_picture_fault, main_picture_fault
from domain.rules.book import RuleBook
from domain.rules.finding import Field
from domain.sheet_errors import Fault
from domain.specs import Combination, missing_combinations

T = TypeVar("T")

_NAMED_COMBINATIONS = 6  # of the missing ones: the message stays one line
MORE_SPECS = (
    (Header.SPEC_2_NAME, Header.SPEC_2_VALUE),
    (Header.SPEC_3_NAME, Header.SPEC_3_VALUE),
)
REFERENCE = (Header.REFERENCE, Header.REFERENCE_KIND, Header.REFERENCE_PROOF)
PRODUCT_FIELDS = frozenset(
    {
        Field.TITLE,
        Field.SHORT_TITLE,
        Field.ATTRIBUTES,
        Field.MAIN_PICTURES,
        Field.DETAIL_PICTURES,
        Field.REFERENCE,
    }
)


class ProductReader:
    """Reads the rows of one 商家编码."""

    def __init__(
        self,
        code: str,
        rows: list[Row],
        notes: Notes,
        rules: RuleBook,
        offered: Offered | None = None,
    ) -> None:
        self._code = code
        self._rows = rows
        self._notes = notes
        self._rules = rules
        self._offered = offered
        self._noted: set[Header] = set()
        """Columns that have a problem."""

    def read(self) -> Listing | None:
        """Give the product, or None when something in it was noted."""
        self._note_contradictions()
        fields: dict[str, Any] = {
            "code": self._code,
            "title": self._of_product(Header.TITLE, sheet_cells.title),
            "short_title": self._of_product(Header.SHORT_TITLE, sheet_cells.short_title),
            "category": self._of_product(Header.CATEGORY, sheet_cells.category),
            "brand": self._of_product(Header.BRAND, sheet_cells.text),
            "attributes": self._of_product(Header.ATTRIBUTES, sheet_cells.attributes),
            "main_pictures": self._pictures(Header.MAIN_PICTURES, 5, main_picture_fault),
            "detail_pictures": self._pictures(Header.DETAIL_PICTURES, 50, detail_picture_fault),
            "skus": self._skus(),
            "freight_template": self._of_product(Header.FREIGHT, sheet_cells.text),
            "ships_within": self._choice(Header.SHIPS_WITHIN, "S-ships-within-unknown"),
            "seven_day_return": self._choice(Header.RETURNS, "S-returns-unknown"),
            "reference": self._reference(),
        }
        self._check_rules(fields)
        if self._offered:
            self._check_offered(self._offered, fields["category"], fields["freight_template"])
        return None if self._noted else Listing.model_validate(fields)

    def _check_rules(self, fields: dict[str, Any]) -> None:
        """Check what could be read, so that one look mends the rules' findings too."""
        unread = frozenset(self._noted)  # what the rules note themselves hides nothing
        for finding in self._rules.findings(as_far_as_read(fields)):
            header = Header(finding.field)
            if finding.field in PRODUCT_FIELDS and header in unread:
                continue  # the column was not read: the finding would be about nothing
            row = self._row_of(finding.sku) or self._first_filled(header)
            mend = f"{finding.sentence} [{finding.source}]"
            fault = Fault(rule=finding.rule, mend=mend)
            if finding.stops:
                self._note(row, header, fault)
            elif finding.worth_a_note:
                self._notes.advise(self._code, row, header, fault)

    def _check_offered(
        self, offered: Offered, category: tuple[str, ...] | None, freight: str | None
    ) -> None:
        """Hold category and 运费模板 against the shop's lists.

        Only an unknown category below one that was read keeps a product out.
        """
        if category and (fault := offered.category_fault(category)):
            row = self._first_filled(Header.CATEGORY)
            if offered.knows_all_below(category[0]):
                self._note(row, Header.CATEGORY, fault)
            else:
                self._notes.advise(self._code, row, Header.CATEGORY, fault)
        if freight and (fault := offered.freight_fault(freight)):
            row = self._first_filled(Header.FREIGHT)
            self._notes.advise(self._code, row, Header.FREIGHT, fault)

    def _row_of(self, sku: str) -> Row | None:
        rows = (row for row in self._rows if sku and row[Header.SKU_CODE].line == sku)
        return next(rows, None)

    def _note(self, row: Row, header: Header, fault: Fault, value: str = "") -> None:
        self._noted.add(header)
        self._notes.add(self._code, row, header, fault, value)

    def _unless_fault(self, row: Row, header: Header, found: T | Fault) -> T | None:
        if isinstance(found, Fault):
            self._note(row, header, found)
            return None
        return found

    def _of_row(self, row: Row, header: Header, parse: Parser[T]) -> T | None:
        return self._unless_fault(row, header, required(row, header, parse))

    def _of_product(self, header: Header, parse: Parser[T]) -> T | None:
        """Read a column of the product; left empty on all its rows, it means its default."""
        row = self._first_filled(header)
        column = COLUMN_OF[header]
        if row[header].empty and not column.required:
            return self._unless_fault(row, header, parse(Cell(column.default)))
        return self._of_row(row, header, parse)

    def _first_filled(self, header: Header) -> Row:
        return next((row for row in self._rows if not row[header].empty), self._rows[0])

    def _note_contradictions(self) -> None:
        """Point at what differs from the most rows: that is likelier the slip."""
        for header in (column.header for column in COLUMNS if not column.per_sku):
            said = [row for row in self._rows if not row[header].empty]
            usual = next(iter(Counter(row[header].line for row in said).most_common(1)), ("", 0))[0]
            if odd := [row for row in said if row[header].line != usual]:
                same = next(row for row in said if row[header].line == usual)
                mend = f"leave it empty or write the same as in row {same.number}, {usual!r}"
                mend += f"; so in {len(odd) - 1} more rows" if odd[1:] else ""
                self._note(odd[0], header, Fault(rule="S-contradiction", mend=mend))

    def _reference(self) -> Reference | None:
        """Read 参考价 with its kind and proof: all three, or none of them."""
        given = [header for header in REFERENCE if not self._first_filled(header)[header].empty]
        for header in REFERENCE if given else ():
            if header not in given:
                mend = f"fill in {header} too, or empty {'、'.join(given)}"
                row = self._first_filled(given[0])
                self._note(row, header, Fault(rule="S-reference-part", mend=mend))
        if len(given) < len(REFERENCE):
            return None
        price = self._of_product(Header.REFERENCE, sheet_cells.price)
        kind = self._choice(Header.REFERENCE_KIND, "S-reference-kind-unknown")
        proofs = self._pictures(Header.REFERENCE_PROOF, 1, detail_picture_fault)
        if price is None or kind is None or not proofs or proofs[0] is None:
            return None
        return Reference(kind=kind, price=price, proof=proofs[0])

    def _choice(self, header: Header, rule: str) -> str | None:
        return self._of_product(header, sheet_cells.one_of(COLUMN_OF[header].choices, rule))

    def _pictures(self, header: Header, most: int, rule: PictureRule) -> list[Picture | None]:
        given = self._of_product(header, sheet_cells.file_names) or ()
        names = [name for each in given for name in names_meant(each, self._notes.homes)]
        row = self._first_filled(header)
        if len(names) > most:
            mend = f"keep {most} pictures at most: there are {len(names)}"
            self._note(row, header, Fault(rule="S-pictures-too-many", mend=mend))
        pictures: list[Picture | None] = []
        for name in names:
            picture = read_picture(name, self._notes.homes, rule)
            if isinstance(picture, Fault):
                self._note(row, header, picture, value=name)
            else:
                pictures.append(picture)
        return pictures

    def _skus(self) -> list[dict[str, object]]:
        names = self._spec_names()
        values = [
            [
                self._of_row(row, header, sheet_cells.text) if name else None
                for header, name in names
            ]
            for row in self._rows
        ]
        self._check_combinations(values, names[-1][0])
        return [
            {
                "code": self._of_row(row, Header.SKU_CODE, sheet_cells.code),
                "spec": {name: value for (_, name), value in zip(names, spec, strict=True)},
                "price": self._of_row(row, Header.PRICE, sheet_cells.price),
                "stock": self._of_row(row, Header.STOCK, sheet_cells.stock),
            }
            for row, spec in zip(self._rows, values, strict=True)
        ]

    def _spec_names(self) -> list[tuple[Header, str | None]]:
        """Pair each column of spec values in use with its name; None is a name already noted."""
        names = [(Header.SPEC_1_VALUE, self._of_product(Header.SPEC_1_NAME, sheet_cells.text))]
        for pair in MORE_SPECS:
            if any(not row[header].empty for row in self._rows for header in pair):
                earlier = [name for _, name in names]
                names.append((pair[1], self._further_spec_name(*pair, earlier)))
        return names

    def _further_spec_name(
        self, named: Header, valued: Header, earlier: list[str | None]
    ) -> str | None:
        name = self._of_product(named, sheet_cells.text)
        if name == "":
            mend = f"fill in {named}, or empty this cell"
            fault = Fault(rule="S-spec-name-missing", mend=mend)
            self._note(self._first_filled(valued), valued, fault)
            return None
        if name is not None and name in earlier:
            fault = Fault(rule="S-spec-name-twice", mend="give the specs different names")
            self._note(self._first_filled(named), named, fault)
            return None
        return name

    def _check_combinations(self, values: list[list[str | None]], last: Header) -> None:
        if any(None in spec for spec in values):
            return  # noted already; which combinations are meant is not known yet
        given = [tuple(value or "" for value in spec) for spec in values]
        first_row: dict[Combination, Row] = {}
        for row, combination in zip(self._rows, given, strict=True):
            first = first_row.setdefault(combination, row)
            if first is not row:
                mend = f"change or remove this row: row {first.number} is the same combination"
                fault = Fault(rule="S-spec-twice", mend=mend)
                self._note(row, Header.SPEC_1_VALUE, fault, value=" / ".join(combination))
        self._check_complete(given, last)

    def _check_complete(self, given: list[Combination], last: Header) -> None:
        missing = [" / ".join(combination) for combination in missing_combinations(given)]
        if missing:
            named = "、".join(missing[:_NAMED_COMBINATIONS])
            more = len(missing) - _NAMED_COMBINATIONS
            mend = "add a row for each missing combination: " + named
            mend += f" and {more} more" if more > 0 else ""
            mend += " (with stock 0 if it is not sold)"
            fault = Fault(rule="S-spec-missing", mend=mend)
            self._note(self._rows[0], last, fault)


def as_far_as_read(fields: dict[str, Any]) -> Listing:
    """Make a stand-in of a product of which not everything could be read."""
    skus = [
        Sku.model_construct(**{**sku, "code": sku["code"] or "", "spec": _named(sku["spec"])})
        for sku in fields["skus"]
        if sku["price"] is not None
    ]
    nothing = {"title": "", "short_title": "", "category": (), "attributes": {}}
    read = {name: value for name, value in fields.items() if value is not None}
    return Listing.model_construct(**{**nothing, **read, "skus": tuple(skus)})


def _named(spec: dict[str | None, str | None]) -> dict[str, str]:
    return {name or "": value or "" for name, value in spec.items()}
