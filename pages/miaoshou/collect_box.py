"""公用采集箱: every product of every shop, and which return address it is tied to.

Its rows are recycled: what is out of sight keeps the words of another product, and 删除 and
一键删除筛选结果全部产品 stand beside what is pressed here (facts/miaoshou.md 5): nothing is ever
found by its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Response

from domain.errors import BusinessError, Defect
from domain.model import Value
from pages.miaoshou.answers import answer_to, body_of
from pages.miaoshou.screen import ErpScreen
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import insist
from pages.widgets.element import Dialog, MessageBox, Select, TextInput, button, field

LIST_CALL = "/move/common_collect_box/searchList"
OPTIONS_CALL = "/order/return_address/getOptions"
TIE_CALL = "/move/common_collect_box/relateReturnAddress"
MOST = 5
"""So many rows are drawn at once for certain; a code that more products have tells none."""
UNTIED = "未关联"
VIEWS = ".vue-recycle-scroller__item-view"
_ITEM = re.compile(r"采集箱产品ID：(\d+)")
_CODE = re.compile(r"主货号：(.+)")
_ROWS = """
(root, views) => {
  const titles = [...root.querySelectorAll('.pro-virtual-table__header-cell')]
    .map(head => head.innerText.trim());
  const used = [...root.querySelectorAll(views)].filter(view => !/translateY\\(-/.test(
    view.style.transform) && getComputedStyle(view).visibility !== 'hidden');
  return used.map(view => Object.fromEntries(
    [...view.querySelectorAll('.pro-virtual-table__row-cell')]
      .map((cell, at) => [titles[at] ?? '', cell.innerText.trim()])));
}
"""
_DRAWN = f"""
([root, views, ids]) => {{
  const words = ({_ROWS})(root, views).map(row => Object.values(row).join(' '));
  return words.length === ids.length &&
    ids.every(id => words.some(word => word.split(/[\\s：]/).includes(id)));
}}
"""


class BoxItem(Value):
    """One product as its row shows it."""

    item_id: str
    """采集箱产品ID."""
    product_code: str
    """主货号, the store's 商家编码; empty for what was only collected."""
    shop: str
    """The shop it was claimed for; empty if for none."""
    return_address: str
    """The address that it is tied to, in one line; empty if to none."""


class CollectBox(ErpScreen):
    """公用采集箱 ``/common_collect_box/items``."""

    url = "/common_collect_box/items?tabPaneName=all"

    @property
    def anchor(self) -> Locator:
        """The search button."""
        return button(self._form, self.site.label("搜索"))

    def search(self, code: str) -> tuple[BoxItem, ...]:
        """Give the products that a search for a 商家编码 shows; their codes must be compared.

        Raises:
            BusinessError: too many products match.
            TransientError: the site wants a login first, or did not answer.
        """
        self._open(LIST_CALL)
        label = self.site.label("产品ID/主货号")
        TextInput(field(self._form, self._prefix, label), self._prefix).fill(code)
        body = self._search(answer_to(LIST_CALL, ids=code, tabPaneName="all", pageNo="1"))
        if body["total"] > MOST:
            raise BusinessError(f"{body['total']} products match, too many to tell {code} apart")
        handle = self.content.element_handle()
        ids = [str(one["id"]) for one in body["list"]]
        self.page.wait_for_function(_DRAWN, arg=[handle, VIEWS, ids])
        handle.dispose()
        return tuple(self._item(row) for row in self.content.evaluate(_ROWS, VIEWS))

    def _item(self, row: dict[str, str]) -> BoxItem:
        try:
            about, claimed = row[self.site.label("产品信息")], row[self.site.label("认领平台")]
            tied = row[self.site.label("退货地址")]
        except KeyError as missing:
            raise Defect(
                f"the table of 公用采集箱 lacks the column {missing}",
                mend="Compare its titles with pages/miaoshou/collect_box.py",
            ) from None
        item, code, lines = _ITEM.search(about), _CODE.search(about), claimed.split("\n")
        if item is None:
            raise Defect("a row of 公用采集箱 shows no 采集箱产品ID")
        return BoxItem(
            item_id=item[1],
            product_code=code[1].strip() if code else "",
            shop=lines[1].strip() if len(lines) > 1 else "",
            return_address="" if tied == self.site.label(UNTIED) else tied,
        )

    def open_tie(self, item_id: str) -> TieForm:
        """Open 关联退货地址 of one product that the list shows.

        Raises:
            Defect: the dialog is about other products.
        """
        form = TieForm(self)
        answers: list[Response] = []

        def attempt(timeout: Patience) -> None:
            if not form.dialog.root.is_visible():
                with self.page.expect_response(answer_to(OPTIONS_CALL), timeout=timeout) as told:
                    click_on(button(self._row(item_id), form.title), timeout)
                answers.append(told.value)

        insist(attempt)
        for answer in answers:
            body_of(answer)
        if form.items() != [item_id]:
            raise Defect(f"the dialog 关联退货地址 is not about product {item_id} alone")
        return form

    def _row(self, item_id: str) -> Locator:
        """The row in sight; each answer of the list may have moved it to another view."""
        views = self.content.locator(f"{VIEWS}:visible")
        return views.filter(has_text=re.compile(rf"采集箱产品ID：{item_id}(?!\d)"))


class TieForm:
    """关联退货地址: the dialog that ties products to an address."""

    def __init__(self, box: CollectBox) -> None:
        self._box = box
        self._prefix = box.site.prefixes.shell
        self.title = box.site.label("关联退货地址")
        self.dialog = Dialog(box.page, self._prefix, self.title)

    def items(self) -> Sequence[str]:
        """Read which products it is about."""
        return _ITEM.findall(self.dialog.ready().inner_text())

    def choose(self, address: str) -> None:
        """Choose an address by its whole line; nothing is sent yet.

        Raises:
            BusinessError: it is not offered.
        """
        self._address.choose(address)

    def value(self) -> str:
        """Read which address is chosen; empty if none is."""
        return self._address.value()

    def save(self) -> None:
        """Press 确定, once; returns when the site has answered yes.

        Raises:
            BusinessError: the site said no, also when it asks whether to put it in the place of
                another address: that question is answered with 取消.
            OutcomeUnknown: the site was busy; it may be stored or not.
        """
        with self._box.page.expect_response(answer_to(TIE_CALL)) as answer:
            self.dialog.press(self._box.site.label("确定"))
        try:
            body_of(answer.value)
        except BusinessError as no:
            if "已关联其他" in no.what:
                MessageBox(self._box.page, self._prefix).answer(self._box.site.label("取消"))
            raise

    @property
    def _address(self) -> Select:
        form = field(self.dialog.root, self._prefix, self._box.site.label("退货地址"))
        return Select(form, self._prefix)
