"""How many pictures a listing should have; what one picture must be is :mod:`domain.pictures`."""

from __future__ import annotations

from domain.listing import Listing
from domain.model import Value
from domain.rules.finding import Field, Finding, Severity


class PictureRules(Value):
    """Numbers about pictures, each with the rule it comes from and an example of each kind."""

    few_rule: str
    few_source: str
    advised_main: int
    few_refused: int
    few_allowed: int
    many_rule: str
    many_source: str
    most_together: int
    """Main and detail pictures together."""
    many_refused: int
    many_allowed: int


def picture_findings(rules: PictureRules, listing: Listing) -> list[Finding]:
    """Find too few main pictures, or too many in all; the same one twice counts once."""
    main, details = len(listing.main_pictures), len(listing.detail_pictures)
    different = len({picture.sha256 for picture in listing.main_pictures})
    found = []
    if different < rules.advised_main:
        has = f"there are {main}" if different == main else f"of {main} only {different} differ"
        found.append(
            Finding(
                rule=rules.few_rule,
                source=rules.few_source,
                severity=Severity.ADVISE,
                field=Field.MAIN_PICTURES,
                suggestion=f"{rules.advised_main} main pictures or more are advised, "
                f"photos of the product itself: {has}",
            )
        )
    if main + details > rules.most_together:
        found.append(
            Finding(
                rule=rules.many_rule,
                source=rules.many_source,
                severity=Severity.ADVISE,
                field=Field.DETAIL_PICTURES,
                suggestion=f"keep {rules.most_together} main and detail pictures in all, "
                f"the store may refuse more: there are {main + details}",
            )
        )
    return found
