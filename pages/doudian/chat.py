"""飞鸽: the conversation with the buyer of an order, read, and one message sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator, Page, Response

from domain.errors import BusinessError, NeedsPerson, OutcomeUnknown, TransientError
from domain.site import SiteMap
from pages.doudian.answers import body_of
from pages.doudian.chat_messages import Conversation, conversation_in
from pages.doudian.screen import BackendScreen, answer_to
from pages.widgets.antd import enter
from pages.widgets.clicks import click_on, press

TALKS_CALL = "/api/im/conversations"
OPEN_CALL = "/api/im/open"
SEND_CALL = "/api/im/send"
OVER = "会话超过7天不可回复"
RISK = "当前环境存在风险"
FROM_ORDER = "来自订单"


class ConversationOver(BusinessError):
    """The buyer can't be written to any more (facts/doudian.md 6)."""


class AtRisk(NeedsPerson):
    """飞鸽 sees a risk in this browser and took nothing; opening may help later, or a person."""


class Chat(BackendScreen):
    """飞鸽 ``/pc_seller_v2/main/workspace``. Escape would let the open conversation go."""

    url = "/pc_seller_v2/main/workspace"

    def __init__(self, page: Page, site: SiteMap) -> None:
        super().__init__(page, site, site.prefixes.shell)

    @property
    def anchor(self) -> Locator:
        """The box that searches buyers and orders."""
        return self.page.get_by_placeholder(self.site.label("搜用户/180天订单"))

    @property
    def content(self) -> Locator:
        """The heads of the buyer's orders; what is said stands in no evidence."""
        return self.page.get_by_role("tabpanel").locator("[class*='-collapse']").first

    @property
    def sensitive(self) -> Sequence[Locator]:
        """Everything that is said, and by whom; inside the orders' cards, 备注 of a person."""
        said = ("#workspace-chat", "#topbar-left-info", "#chantListScrollArea", "textarea")
        card = self.site.selector("chat.card", "[role=tabpanel] [class*='-collapse-content']")
        return [*super().sensitive, *map(self.page.locator, (*said, card)), self._hits]

    def open(self, order_id: str) -> Conversation | None:
        """Open the conversation with an order's buyer; ``None``: no such order within 180 days.

        Raises:
            TransientError: the site wants a login first, did not answer, or says 请稍后重试.
        """
        self._go(self.url, self.anchor)
        with self.page.expect_response(answer_to(TALKS_CALL, keyword=order_id)) as answer:
            enter(self.anchor, order_id)
        hits = [one for one in body_of(answer.value)["data"] if one["order_id"] == order_id]
        if not hits:
            return None
        with self.page.expect_response(answer_to(OPEN_CALL)) as answer:
            press(self._hits.filter(has_text=order_id))
        try:
            _told(answer.value)
        except AtRisk as risk:  # nothing was to be done, so it can be tried again
            raise TransientError(risk.what) from None
        self.page.locator("#topbar-left-info").wait_for()
        return self.read()

    def read(self) -> Conversation:
        """Read the open conversation as it stands there; the page looks for news by itself."""
        pane = self.page.locator("#workspace-chat")
        return conversation_in(pane, self.site.label(OVER))

    def fill(self, text: str) -> None:
        """Write a text for the open conversation; nothing is sent yet."""
        enter(self._box, text)

    def filled(self) -> str:
        """Read what is written and not sent."""
        return self._box.input_value()

    def addressee(self) -> str:
        """Give whom the box says it writes to; personal data, only to be compared."""
        return str(self._box.evaluate_all("boxes => boxes.map(one => one.placeholder).join()"))

    def send(self) -> str:
        """Press 发送, once; give the message's id.

        Raises:
            ConversationOver: nothing was sent; this buyer can't be written to any more.
            AtRisk: nothing was sent; 飞鸽 sees a risk in this browser.
            BusinessError: the site said no; its own words.
            OutcomeUnknown: it may be sent: a message is never repeated.
        """
        with self.page.expect_response(answer_to(SEND_CALL)) as answer:
            click_on(self.page.locator('[data-qa-id="qa-send-message-button"]'))
        return str(_told(answer.value)["data"]["message_id"])

    @property
    def _box(self) -> Locator:
        return self.page.locator('textarea[data-qa-id="qa-send-message-textarea"]')

    @property
    def _hits(self) -> Locator:
        """What a search found among the orders."""
        hit = self.site.selector("chat.search_hit", "[class*='index_searchItem_']")
        return self.page.locator(hit).filter(has_text=self.site.label(FROM_ORDER))


def _told(response: Response) -> dict[str, Any]:
    """Read an answer of 飞鸽."""
    try:
        return body_of(response)
    except (BusinessError, OutcomeUnknown) as said:
        if RISK in said.what:
            mend = "Open 飞鸽 by hand and see what it asks for"
            raise AtRisk(f"the site said: {RISK}", mend=mend) from None
        if OVER in said.what:
            raise ConversationOver(said.what, mend="Reach the buyer another way") from None
        raise
