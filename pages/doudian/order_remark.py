"""The dialog of 备注: up to 60 characters and one of six flags (facts/doudian.md 4.4)."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from domain.order import Flag
from domain.site import SiteMap
from pages.doudian.answers import body_of
from pages.doudian.order_rows import Remark
from pages.doudian.screen import answer_to
from pages.widgets.antd import Modal, button, enter, gone, settle
from pages.widgets.clicks import press
from pages.widgets.common import tick

REMARK_CALL = "/api/order/addRemark"
TITLES = ("添加备注", "修改备注")
FLAGS = dict(zip(Flag, "灰紫青绿橙红", strict=True))


class RemarkDialog:
    """添加备注 or 修改备注 of one order."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.shell
        first, second = (Modal(page, self._prefix, site.label(title)).root for title in TITLES)
        self.root = first.or_(second)

    @property
    def box(self) -> Locator:
        """Holds the text."""
        return self.root.locator("textarea").first

    def ready(self, stored: Remark) -> None:
        """Wait until it has opened and shows what is stored; it draws its fields a moment later."""
        settle(self.root)
        expect(self.box).to_have_value(stored.text)
        expect(self._choice(stored.flag).locator("input")).to_be_checked()

    def read(self) -> Remark:
        """Read what stands in its fields."""
        words = self._choices.filter(has=self.page.locator("input:checked")).inner_text().strip()
        flags = {self.site.label(word): flag for flag, word in FLAGS.items()}
        return Remark(text=self.box.input_value(), flag=flags[words[-1]])

    def fill(self, remark: Remark) -> None:
        """Put this in the place of what stands there; nothing is sent yet."""
        enter(self.box, remark.text)
        choice = self._choice(remark.flag)
        tick(choice, choice.locator("input"))

    def save(self) -> None:
        """Press 保存; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no; its own words.
            OutcomeUnknown: the site was busy; it may be stored or not.
        """
        with self.page.expect_response(answer_to(REMARK_CALL)) as answer:
            press(button(settle(self.root), self.site.label("保存")))
        body_of(answer.value)
        gone(self.root)

    @property
    def _choices(self) -> Locator:
        return self.root.locator(f".{self._prefix}-radio-wrapper")

    def _choice(self, flag: Flag) -> Locator:
        """Find a flag by its word, before which a picture may stand."""
        word = re.escape(self.site.label(FLAGS[flag]))
        return self._choices.filter(has_text=re.compile(rf"{word}\s*$"))
