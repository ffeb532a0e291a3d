"""Prices that the platform takes for bait or for no price at all."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from domain.listing import Sku
from domain.model import Value
from domain.money import Yuan
from domain.rules.finding import Field, Finding, Severity


class PriceRules(Value):
    """Numbers about prices, each with the rule it comes from and an example of each kind."""

    source: str
    placeholder_rule: str
    placeholder_wholes: frozenset[int]
    """Whole amounts that say "not for sale"; cents do not matter."""
    placeholder_refused: Yuan
    placeholder_allowed: Yuan
    spread_rule: str
    spread_times: int
    """How many times the lowest price the highest may be."""
    spread_refused: tuple[Yuan, ...]
    spread_allowed: tuple[Yuan, ...]
    reference_rule: str
    reference_times: int
    """A reference price stays below so many times the lowest price."""
    reference_refused: Yuan
    """For goods of 10.00."""
    reference_allowed: Yuan
    """For goods of 10.00."""


def price_findings(rules: PriceRules, skus: Sequence[Sku]) -> list[Finding]:
    """Find placeholder prices and a spread that looks like bait; of no prices nothing."""
    placeholders = [_placeholder(rules, sku) for sku in skus if _is_placeholder(rules, sku.price)]
    return placeholders or (_spread(rules, skus) if skus else [])


def reference_finding(
    rules: PriceRules, reference: Decimal, prices: Sequence[Decimal]
) -> Finding | None:
    """Say what is wrong with a reference price, if anything."""
    lowest, highest = min(prices), max(prices)
    if highest < reference < rules.reference_times * lowest:
        return None
    return Finding(
        rule=rules.reference_rule,
        source=rules.source,
        severity=Severity.REFUSE,
        field=Field.REFERENCE,
        suggestion=f"write a reference price above {highest} and below "
        f"{rules.reference_times * lowest}: {reference} is not",
    )


def _is_placeholder(rules: PriceRules, price: Decimal) -> bool:
    return int(price) in rules.placeholder_wholes


def _placeholder(rules: PriceRules, sku: Sku) -> Finding:
    return Finding(
        rule=rules.placeholder_rule,
        source=rules.source,
        severity=Severity.REFUSE,
        field=Field.PRICE,
        sku=sku.code,
        suggestion="write the real price: the platform takes this one for a placeholder. "
        "A SKU that is not for sale gets stock 0",
    )


def _spread(rules: PriceRules, skus: Sequence[Sku]) -> list[Finding]:
    cheap, dear = min(skus, key=lambda sku: sku.price), max(skus, key=lambda sku: sku.price)
    if dear.price <= rules.spread_times * cheap.price:
        return []
    return [
        Finding(
            rule=rules.spread_rule,
            source=rules.source,
            severity=Severity.ADVISE,
            field=Field.PRICE,
            sku=cheap.code,
            suggestion=f"check {cheap.price} of {cheap.spec_text} beside {dear.price} of "
            f"{dear.spec_text}: more than {rules.spread_times} times apart looks like bait "
            "(低价SKU引流); list accessories as a product of their own",
        )
    ]
