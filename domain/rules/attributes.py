"""类目属性 that a category asks for, as far as somebody has written it down."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field as Described

from domain.attributes import parts, share
from domain.listing import Listing
from domain.model import Value
from domain.rules.finding import Field, Finding, Severity


class CategoryAttributes(Value):
    """What one branch of the category tree asks for."""

    category: tuple[str, ...] = Described(min_length=1)
    """A path from the first level; it holds for everything below it too."""
    required: tuple[str, ...] = Described(min_length=1)
    source: str
    severity: Severity = Severity.REFUSE
    refused: str
    """An example of the column's content that lacks one."""
    allowed: str

    def concerns(self, category: Sequence[str]) -> bool:
        """Whether a category is this branch or lies below it."""
        return tuple(category[: len(self.category)]) == self.category


class AttributeRules(Value):
    """All that is known; a category that is not listed gets no finding."""

    missing_rule: str
    categories: tuple[CategoryAttributes, ...] = ()
    shares_rule: str
    shares_source: str
    shares_refused: str
    shares_allowed: str


def attribute_findings(rules: AttributeRules, listing: Listing) -> list[Finding]:
    """Find missing attributes of known categories, and percentages that make no 100."""
    return [*_missing(rules, listing), *_shares(rules, listing)]


def _missing(rules: AttributeRules, listing: Listing) -> list[Finding]:
    return [
        Finding(
            rule=rules.missing_rule,
            source=known.source,
            severity=known.severity,
            field=Field.ATTRIBUTES,
            suggestion=f"add {label}=…: {' > '.join(known.category)} asks for it",
        )
        for known in rules.categories
        if known.concerns(listing.category)
        for label in known.required
        if label not in listing.attributes
    ]


def _shares(rules: AttributeRules, listing: Listing) -> list[Finding]:
    return [
        Finding(
            rule=rules.shares_rule,
            source=rules.shares_source,
            severity=Severity.ADVISE,
            field=Field.ATTRIBUTES,
            suggestion=f"check the percentages of {label}: together they make {total:g}, not 100",
        )
        for label, value in listing.attributes.items()
        if (total := _total(value)) is not None and total != 100
    ]


def _total(value: str) -> Decimal | None:
    """Add up the percentages; where a part has none there is nothing to add up."""
    shares = [share(part)[1] for part in parts(value)]
    return sum(map(Decimal, shares), Decimal(0)) if shares and all(shares) else None
