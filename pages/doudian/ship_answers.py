"""What the site's answers to 发货 mean (its sentences: facts/doudian.md 4.5)."""

from __future__ import annotations

from playwright.sync_api import Response

from domain.errors import BusinessError, OutcomeUnknown
from pages.doudian.answers import body_of

IN_REVIEW = "风控审核中"
SHIPPED = "订单已发货"
"""It may be our own parcel whose answer was lost: one has to look."""


class UnderReview(BusinessError):
    """Risk control holds the order: nothing was done, it can be shipped when the review is over."""


def parcel_answer(response: Response) -> None:
    """Return when the parcel was taken.

    Raises:
        UnderReview: not now.
        BusinessError: the site's plain no: the number, the carrier, an address, the order's state.
        OutcomeUnknown: an answer after which one has to look.
        TransientError: no answer of the shop's own.
    """
    try:
        body_of(response)
    except (BusinessError, OutcomeUnknown) as said:
        words = said.what.rpartition(": ")[2]
        if IN_REVIEW in words:
            raise UnderReview(words, mend="Ship it when the review is over") from None
        if SHIPPED in words:
            raise OutcomeUnknown(f"the site said: {words}") from None
        raise
