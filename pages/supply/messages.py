"""Messages with suppliers: the list of threads, one thread read whole, and one message sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page
from pydantic import AwareDatetime

from domain.errors import NotSent, TransientError
from domain.model import Value
from domain.site import SiteMap
from pages.supply.screen import SupplyScreen
from pages.supply.shell import login_form
from pages.widgets.clicks import click_on

ZONE = ZoneInfo("Asia/Shanghai")
"""The platform writes China's time, wherever the browser stands."""
_TALK = """
list => [...list.querySelectorAll('[data-message-id]')].map(one => ({
  id: one.dataset.messageId,
  mine: one.dataset.sender === 'buyer',
  text: one.querySelector('.text').textContent,
  at: one.querySelector('time').textContent,
  offer: one.querySelector('.about')?.href ?? '',
}))
"""
_THREADS = """
rows => rows.map(row => ({
  id: row.dataset.supplierId,
  name: row.querySelector('.thread-name').textContent.trim(),
  unread: Number(row.querySelector('.unread')?.textContent ?? 0),
  at: row.querySelector('time').textContent,
}))
"""


class Writer(StrEnum):
    """Who wrote a message."""

    US = "us"
    SUPPLIER = "supplier"


class SupplyMessage(Value):
    """One message of a thread, as it was written."""

    message_id: str
    who: Writer
    text: str
    at: AwareDatetime
    """To the second."""
    offer_id: str = ""
    """The supply link on its card."""


class ThreadLine(Value):
    """One line of 消息: a thread, and whether there is news in it."""

    supplier_id: str
    supplier: str
    unread: int
    last_at: AwareDatetime


class Messages(SupplyScreen):
    """The list of threads ``/messages``."""

    url = "/messages"

    @property
    def anchor(self) -> Locator:
        """The page's heading."""
        return self.page.get_by_role("heading", name=self.site.label("消息"), exact=True)

    def read(self) -> tuple[ThreadLine, ...]:
        """Go there and read all threads, the newest first.

        Raises:
            TransientError: the site wants a login first, or a gateway answered.
        """
        self._go(self.url)
        rows = self.page.locator(self.site.selector("messages.thread", "li[data-supplier-id]"))
        return tuple(
            ThreadLine(
                supplier_id=row["id"],
                supplier=row["name"],
                unread=row["unread"],
                last_at=_moment(row["at"]),
            )
            for row in rows.evaluate_all(_THREADS)
        )


class Thread(SupplyScreen):
    """What we and one supplier wrote each other: ``/messages/<供应商ID>``."""

    def __init__(self, page: Page, site: SiteMap, supplier_id: str) -> None:
        super().__init__(page, site)
        self._supplier_id = supplier_id
        self._shown: tuple[str, ...] = ()

    @property
    def anchor(self) -> Locator:
        """All that was said."""
        return self.page.get_by_role("list", name=self.site.label("聊天记录"))

    @property
    def sensitive(self) -> Sequence[Locator]:
        """What is said, but for what is to be seen."""
        others = "".join(f":not([data-message-id='{one}'])" for one in self._shown)
        return [self.page.locator(f"[data-message-id]{others} .text")]

    def show(self, messages: Iterable[SupplyMessage]) -> None:
        """Let pictures show these messages: no buyer stands in them."""
        self._shown = tuple(one.message_id for one in messages)

    @property
    def _box(self) -> Locator:
        return self.page.get_by_label(self.site.label("消息内容"), exact=True)

    def open(self, offer_id: str = "") -> tuple[SupplyMessage, ...] | None:
        """Open the thread and read it, oldest first; ``None``: there is no such supplier.

        With an offer its card goes with the next message. Opening it makes the answers read.

        Raises:
            TransientError: the site wants a login first, or a gateway answered.
        """
        about = f"?{urlencode({'offer': offer_id})}" if offer_id else ""
        return self.read() if self._go(f"/messages/{self._supplier_id}{about}") else None

    def read(self) -> tuple[SupplyMessage, ...]:
        """Read the open thread whole, in one call."""
        return tuple(
            SupplyMessage(
                message_id=one["id"],
                who=Writer.US if one["mine"] else Writer.SUPPLIER,
                text=one["text"],
                at=_moment(one["at"]),
                offer_id=_offer(one["offer"]),
            )
            for one in self.anchor.evaluate(_TALK)
        )

    def write(self, text: str) -> str:
        """Put a text into the box and give what it holds then; nothing is sent."""
        self._box.fill(text)
        return self._box.input_value()

    def send(self) -> None:
        """Press 发送, once.

        Raises:
            NotSent: the platform said no and still has the text in the box; its own words.
            TransientError: whether it was sent is open.
        """
        text = self._box.input_value()
        with self.page.expect_navigation(wait_until="domcontentloaded") as answer:
            click_on(self.page.get_by_role("button", name=self.site.label("发送"), exact=True))
        response = answer.value
        if response is None or response.status >= 500:
            raise TransientError("a gateway answered, not the site")
        if login_form(self.page, self.site).count():
            raise NotSent("the session had ended", mend="Run it again")
        refusal = self.page.get_by_role("alert")
        if refusal.count() and self._box.input_value() == text:
            raise NotSent(refusal.inner_text().strip())


def _moment(text: str) -> datetime:
    return datetime.strptime(text.strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=ZONE)


def _offer(address: str) -> str:
    return urlsplit(address).path.rpartition("/")[2].removesuffix(".html") if address else ""
