"""商品创建 and its edit page: one form, two steps when new, read back field by field."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    ElementHandle,
    Locator,
    Page,
    Request,
    Response,
    expect,
)
from playwright.sync_api import TimeoutError as TookTooLong

from domain.errors import TransientError
from domain.listing import ListedProduct
from domain.site import SiteMap
from pages.doudian.answers import body_of
from pages.doudian.attributes import Attributes
from pages.doudian.categories import CategoryDialog
from pages.doudian.goods import GoodsScreen
from pages.doudian.reference_price import ReferencePrice
from pages.doudian.sku_table import SkuTable, SpecBoxes
from pages.widgets.antd import (
    FormErrors,
    Radio,
    Select,
    TextInput,
    Upload,
    appear,
    button,
    enter,
    settle,
)
from pages.widgets.clicks import press
from pages.widgets.common import LOOK_MS, MOST_MS, any_of, await_sending
from pages.widgets.notices import Notice, css, keep_clear

CREATE_CALL = "/product/tproduct/addWithSchema"
EDIT_CALL = "/product/tproduct/editWithSchema"
NO_SUCH_PRODUCT = "商品不存在"
DRAFTS = {"重新发布": "重新发布", "草稿提醒": "不使用草稿"}
"""Title of a dialog that offers an older draft → the button that leaves it alone."""
GO_ON = ("不修改，继续发布", "继续发布", "推荐有误", "确认发布")
"""Buttons of the questions that may come between 发布商品 and the submit."""
QUESTIONS = 5
"""How many questions may come; more are a page that goes in circles."""


class ProductForm(GoodsScreen):
    """商品创建 ``/ffa/g/create`` and the edit page of a product."""

    url = "/ffa/g/create"

    def __init__(self, page: Page, site: SiteMap) -> None:
        super().__init__(page, site)
        self._on_its_way = False
        """Whether the page was sent to an empty form already."""

    @property
    def anchor(self) -> Locator:
        """The title's own input."""
        return self.page.locator(self.site.selector("product_form.title", "#pg-title-input"))

    @property
    def publish_button(self) -> Locator:
        """The button that submits the form."""
        return button(self.page, self.site.label("发布商品"))

    def set_out(self) -> None:
        """Begin to load an empty form, once: it is open the sooner for what is done meanwhile."""
        if not self._on_its_way:
            self._decline_drafts()
            self._set_out(self.url)
            self._on_its_way = True

    def open_new(self) -> None:
        """Go to an empty form at step 1.

        Raises:
            TransientError: the site wants a login first.
        """
        self.set_out()
        self._on_its_way = False
        self._arrive(self.anchor)

    def open_edit(self, product_id: str) -> bool:
        """Go to a product's edit page; tell whether the site has such a product.

        Raises:
            TransientError: the page said something else than that the product does not exist.
        """
        self._decline_drafts()
        self._on_its_way = False
        refusal = self.page.locator(f".{self._prefix}-message-error")
        address = f"{self.url}?product_id={product_id}&entrance=edit"
        self._go(address, self.publish_button, refusal)
        if refusal.count() and not self.publish_button.count():
            words = refusal.first.inner_text()
            if NO_SUCH_PRODUCT in words:
                return False
            raise TransientError(f"the edit page said: {words}")
        expect(self.anchor).not_to_have_value("")
        self._complete()
        self.anchor.click(trial=True)  # what lies over the page is put away now
        return True

    def _complete(self) -> None:
        """Wait for the last field: the sections come one after the other."""
        appear(self.start_of_sale.root)

    def _decline_drafts(self) -> None:
        """From now on an older draft that the site offers is left alone."""
        kinds = (
            Notice(
                box=css([self._prefix], "modal"),
                words=any_of([self.site.label(answer)]),
                title=css([self._prefix], "modal-title", "modal-confirm-title"),
                titles=any_of([self.site.label(title)]),
            )
            for title, answer in DRAFTS.items()
        )
        keep_clear(self.page.context, *kinds)

    def start(self, *, title: str, category: Sequence[str], main_pictures: Sequence[Path]) -> None:
        """Fill step 1, which a product must pass before its full form appears."""
        pictures = self.main_pictures
        pictures.begin(main_pictures)
        self.fill_title(title)
        dialog = CategoryDialog(self.page, self.site)
        dialog.open()
        dialog.choose(category)
        pictures.finish()
        press(button(self.page, self.site.label("下一步")))
        appear(self.publish_button)
        self._complete()

    def fill_title(self, title: str) -> None:
        """Enter 商品标题."""
        enter(self.anchor, title)

    @property
    def main_pictures(self) -> Upload:
        """主图."""
        return Upload(self.field("主图"), self._prefix)

    @property
    def detail_pictures(self) -> Upload:
        """商品详情."""
        return Upload(self.field("商品详情"), self._prefix)

    @property
    def short_title(self) -> TextInput:
        """导购短标题."""
        return TextInput(self.field("导购短标题"), self._prefix)

    @property
    def attributes(self) -> Attributes:
        """类目属性."""
        return Attributes(self.field("类目属性"), self.site)

    @property
    def brand(self) -> Select:
        """品牌."""
        return Select(self.field("品牌"), self._prefix, "品牌")

    @property
    def freight_template(self) -> Select:
        """运费模板."""
        return Select(self.field("运费模板"), self._prefix, "运费模板")

    @property
    def ships_within(self) -> Radio:
        """发货时效."""
        return Radio(self.field("发货时效"), self._prefix)

    @property
    def seven_day_return(self) -> Radio:
        """售后政策."""
        return Radio(self.field("售后政策"), self._prefix)

    @property
    def start_of_sale(self) -> Radio:
        """上架方式: 立即上架 or 放入仓库."""
        return Radio(self.field("上架方式"), self._prefix)

    @property
    def code(self) -> TextInput:
        """商家编码 of the product."""
        return TextInput(self.field("商家编码"), self._prefix)

    @property
    def specs(self) -> SpecBoxes:
        """商品规格."""
        return SpecBoxes(self.field("商品规格"), self.site)

    @property
    def skus(self) -> SkuTable:
        """价格与库存."""
        return SkuTable(self.field("价格与库存"), self.site)

    @property
    def reference(self) -> ReferencePrice:
        """参考价."""
        return ReferencePrice(self.field("参考价"), self.site)

    def submit(self) -> str:
        """Press 发布商品, answer its questions, wait for the site's answer; give the id.

        The id is kept whatever the page shows afterwards: the read-back is the second proof.

        Raises:
            NotSent: the form marks fields; nothing was sent.
            BusinessError: the site said no; its own words.
        """
        return self._submit(CREATE_CALL)

    def submit_edit(self) -> str:
        """Press 发布商品 on an edit page, as :meth:`submit` does on a new one."""
        return self._submit(EDIT_CALL)

    def _submit(self, call: str) -> str:
        def ours(message: Request | Response) -> bool:
            return urlsplit(message.url).path.endswith(call)

        with (
            self.page.expect_request(ours) as sent,
            self.page.expect_response(ours) as answer,
        ):
            press(self.publish_button)
            self._answer_questions(sent.is_done)
        return str(body_of(answer.value)["data"]["product_id"])

    def _answer_questions(self, sent: Callable[[], bool]) -> None:
        """Say yes to each question, until the form is on its way."""
        errors = FormErrors(self.page.locator("body"), self._prefix).shown
        sending = self.page.locator(f".{self._prefix}-btn-loading")
        question = self._question()
        for _ in range(QUESTIONS):
            await_sending(errors, sending, sent, question)
            if sent() or not question.is_visible():
                return
            dialog = settle(question).element_handle()
            press(question.get_by_role("button", name=re.compile(any_of(self._go_on()))))
            _await_left(dialog, sent)

    def _go_on(self) -> list[str]:
        return [self.site.label(word) for word in GO_ON]

    def _question(self) -> Locator:
        """Find a dialog that asks whether to go on publishing."""
        yes = self.page.get_by_role("button", name=re.compile(any_of(self._go_on())))
        return self.page.locator(f".{self._prefix}-modal:visible").filter(has=yes).first

    def read(self, product_id: str) -> ListedProduct:
        """Read every fact of the product that stands in the form."""
        return ListedProduct(
            product_id=product_id,
            code=self.code.value(),
            title=self.anchor.input_value(),
            short_title=self.short_title.value(),
            category=self._category(),
            brand=self.brand.value(),
            attributes=self.attributes.values(),
            main_pictures=self.main_pictures.count(),
            detail_pictures=self.detail_pictures.count(),
            skus=self.skus.read(),
            freight_template=self.freight_template.value(),
            ships_within=self.ships_within.value(),
            seven_day_return=self.seven_day_return.value(),
            reference=self.reference.read(),
        )

    def _category(self) -> tuple[str, ...]:
        text = self.field("商品类目").inner_text()
        path = re.search(r"(?:已选类目[:：])?\s*([^:：\n]+ > [^\n]+)", text)
        if path is None:
            raise TransientError("the form shows no category")
        return tuple(name.strip() for name in path.group(1).split(">"))


def _await_left(dialog: ElementHandle, sent: Callable[[], bool]) -> None:
    """Wait until a question has closed, or the form is on its way already."""
    until = time.monotonic() + MOST_MS / 1000
    while not sent():
        try:
            dialog.wait_for_element_state("hidden", timeout=LOOK_MS)
        except TookTooLong:
            if time.monotonic() > until:
                raise
        else:
            return
