"""查看敏感信息: the receiver of one order, shown on request and masked again with the next load."""

from __future__ import annotations

from playwright.sync_api import Locator

from domain.errors import BusinessError
from domain.order import Receiver, revealed_receiver
from pages.doudian.answers import body_of
from pages.doudian.order_screen import RECEIVER
from pages.doudian.screen import answer_to
from pages.widgets.clicks import press

REVEAL_CALL = "/api/order/receiveinfo"
NOT_ALLOWED = "不允许"


class NotShown(BusinessError):
    """The site does not show the receiver of this order to us (facts/doudian.md 4.3)."""


def reveal_in(root: Locator, order_id: str) -> Receiver:
    """Press 查看敏感信息 in an order's own region and read the line that comes.

    Raises:
        NotShown: the site refuses it for this order.
        TransientError: the site did not answer.
    """
    ours = answer_to(REVEAL_CALL, order_id=order_id)
    with root.page.expect_response(ours) as answer:
        press(root.locator('[data-kora="查看敏感信息"], [data-kora="view"]'))
    try:
        body_of(answer.value)
    except BusinessError as refusal:
        if NOT_ALLOWED in refusal.what:
            raise NotShown(refusal.what, mend="Look at the order by hand") from None
        raise
    line = root.locator(RECEIVER).filter(has_text="，")
    return revealed_receiver(line.inner_text())
