"""All rules together: what they say about one listing."""

from __future__ import annotations

from collections.abc import Iterator

from domain.listing import Listing
from domain.model import Value
from domain.rules.attributes import AttributeRules, attribute_findings
from domain.rules.finding import SPEC_FIELDS, Field, Finding
from domain.rules.pictures import PictureRules, picture_findings
from domain.rules.prices import PriceRules, price_findings, reference_finding
from domain.rules.titles import TitleRules, title_findings
from domain.rules.words import Text, WordList, word_findings


class RuleBook(Value):
    """The rules in force, as their data files say."""

    words: tuple[WordList, ...]
    titles: TitleRules
    pictures: PictureRules
    prices: PriceRules
    attributes: AttributeRules

    def findings(self, listing: Listing) -> tuple[Finding, ...]:
        """Check a listing; no finding twice."""
        found = [
            finding
            for text in _texts(listing)
            for finding in word_findings(self.words, text, listing.category)
        ]
        found += title_findings(self.titles, Field.TITLE, listing.title)
        found += title_findings(self.titles, Field.SHORT_TITLE, listing.short_title)
        found += attribute_findings(self.attributes, listing)
        found += picture_findings(self.pictures, listing)
        found += price_findings(self.prices, listing.skus)
        found += self._reference_findings(listing)
        return tuple(found)

    def _reference_findings(self, listing: Listing) -> list[Finding]:
        if not listing.reference or not listing.skus:
            return []
        prices = [sku.price for sku in listing.skus]
        finding = reference_finding(self.prices, listing.reference.price, prices)
        return [finding] if finding else []


def _texts(listing: Listing) -> Iterator[Text]:
    """Give every text a buyer reads; a spec value that several SKUs share only once."""
    yield Text(Field.TITLE, "", listing.title)
    yield Text(Field.SHORT_TITLE, "", listing.short_title)
    seen: set[tuple[Field, str]] = set()
    for sku in listing.skus:
        for field, value in zip(SPEC_FIELDS, sku.spec.values(), strict=False):
            if (field, value) not in seen:
                seen.add((field, value))
                yield Text(field, sku.code, value)
