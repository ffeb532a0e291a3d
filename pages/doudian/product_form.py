"""商品创建 and its edit page: one form, two steps when new, read back field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Response, expect

from domain.errors import NotSent, TransientError
from domain.listing import ListedProduct, ListedSku, Sku
from pages.doudian.answers import body_of
from pages.doudian.goods import GoodsScreen
from pages.widgets.antd import Modal, Radio, Select, Upload, button, exact, settle

CREATE_CALL = "/product/tproduct/addWithSchema"
NO_SUCH_PRODUCT = "商品不存在"
_SKUS = """
rows => rows.map(row => ({
  spec_text: row.querySelector('[class*="styles_specName__"]').textContent.trim(),
  price: row.querySelector('td.attr-column-field_price input').value.replace(/,/g, ''),
  stock: row.querySelector('td.attr-column-field_stock_info input').value.replace(/,/g, ''),
  code: row.querySelector('td.attr-column-field_code input').value,
}))
"""


class ProductForm(GoodsScreen):
    """商品创建 ``/ffa/g/create`` and the edit page of a product."""

    url = "/ffa/g/create"

    @property
    def anchor(self) -> Locator:
        """The title's own input."""
        return self.page.locator(self.site.selector("product_form.title", "#pg-title-input"))

    @property
    def publish_button(self) -> Locator:
        """The button that submits the form."""
        return button(self.page, self.site.label("发布商品"))

    def field(self, label: str) -> Locator:
        """Find a field's box by its label; its hook is the label itself."""
        return self.page.locator(f'[attr-field-id="{self.site.label(label)}"]')

    def open_new(self) -> None:
        """Go to an empty form at step 1."""
        self.page.goto(self.site.url(self.url), wait_until="domcontentloaded")
        self.anchor.wait_for()

    def open_edit(self, product_id: str) -> bool:
        """Go to a product's edit page; tell whether the site has such a product.

        Raises:
            TransientError: the page said something else than that the product does not exist.
        """
        address = f"{self.url}?product_id={product_id}&entrance=edit"
        self.page.goto(self.site.url(address), wait_until="domcontentloaded")
        refusal = self.page.locator(f".{self._prefix}-message-error")
        self.publish_button.or_(refusal).first.wait_for()
        if refusal.count():
            words = refusal.first.inner_text()
            if NO_SUCH_PRODUCT in words:
                return False
            raise TransientError(f"the edit page said: {words}")
        expect(self.anchor).not_to_have_value("")
        return True

    def start(self, *, title: str, category: Sequence[str], main_pictures: Sequence[Path]) -> None:
        """Fill step 1, which a product must pass before its full form appears."""
        self.main_pictures.put(main_pictures)
        self.anchor.fill(title)
        self._choose_category(category)
        button(self.page, self.site.label("下一步")).click()
        self.publish_button.wait_for()

    def _choose_category(self, category: Sequence[str]) -> None:
        button(self.page, self.site.label("手动选择类目")).click()
        dialog = Modal(self.page, self._prefix, self.site.label("选择商品类目"))
        settle(dialog.root)
        columns = dialog.root.locator("[class*='style_selectTree__'] ul")
        for level, name in enumerate(category):
            item = columns.nth(level).locator("[class*='style_catItem__']")
            item.filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*[›>]?\s*$")).click()
        dialog.press(self.site.label("确认"))
        dialog.gone()

    @property
    def main_pictures(self) -> Upload:
        """主图."""
        return Upload(self.field("主图"), self._prefix)

    @property
    def detail_pictures(self) -> Upload:
        """商品详情."""
        return Upload(self.field("商品详情"), self._prefix)

    @property
    def brand(self) -> Select:
        """品牌."""
        return Select(self.field("品牌"), self._prefix)

    @property
    def freight_template(self) -> Select:
        """运费模板."""
        return Select(self.field("运费模板"), self._prefix)

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
    def code(self) -> Locator:
        """商家编码 of the product."""
        return self.field("商家编码").locator("input")

    @property
    def sku_rows(self) -> Locator:
        """The rows of the SKU table."""
        return self.field("价格与库存").locator(f"tr.{self._prefix}-table-row")

    def set_specs(self, specs: Mapping[str, Sequence[str]]) -> None:
        """Enter spec names and their values; the SKU table grows to their product."""
        for name, values in specs.items():
            box = self._spec_box(name)
            if not box.count():
                self._add_spec(name)
            for position, value in enumerate(values):
                entry = box.locator("input").nth(position)
                entry.fill(value)
                entry.press("Enter")

    def _spec_box(self, name: str) -> Locator:
        return self.page.locator(f'[id="skuValue-{name}"]')

    def _add_spec(self, name: str) -> None:
        button(self.page, self.site.label("创建类型")).click()
        dialog = Modal(self.page, self._prefix, self.site.label("创建类型"))
        settle(dialog.root).locator("input").fill(name)
        dialog.press(self.site.label("确定"))
        dialog.gone()

    def fill_skus(self, skus: Sequence[Sku]) -> None:
        """Enter price, stock and 商家编码 in the row of each spec combination."""
        expect(self.sku_rows).to_have_count(len(skus))
        for sku in skus:
            name = self.page.locator("[class*='styles_specName__']", has_text=exact(sku.spec_text))
            row = self.sku_rows.filter(has=name)
            row.locator("td.attr-column-field_price input").fill(f"{sku.price:.2f}")
            row.locator("td.attr-column-field_stock_info input").fill(str(sku.stock))
            row.locator("td.attr-column-field_code input").fill(sku.code)
            row.locator("td.attr-column-field_code input").blur()

    def submit(self) -> str:
        """Press 发布商品, confirm the reminder if one comes, wait for the answer; give the id.

        The id is kept whatever the page shows afterwards: the read-back is the second proof.

        Raises:
            NotSent: the form marks fields; nothing was sent.
            BusinessError: the site said no; its own words.
        """
        reminder = Modal(self.page, self._prefix, self.site.label("发布提醒"))
        errors = self.page.locator(f".{self._prefix}-form-item-explain-error")
        sending = self.page.locator(f".{self._prefix}-btn-loading")
        with self.page.expect_response(_is_create_call) as answer:
            self.publish_button.click()
            reminder.root.or_(errors).or_(sending).first.wait_for()
            if errors.count():
                raise NotSent("; ".join(errors.all_inner_texts()))
            if reminder.root.is_visible():
                reminder.press(self.site.label("不修改，继续发布"))
        return str(body_of(answer.value)["data"]["product_id"])

    def read(self, product_id: str) -> ListedProduct:
        """Read every fact of the product that stands in the form."""
        return ListedProduct(
            product_id=product_id,
            code=self.code.input_value(),
            title=self.anchor.input_value(),
            category=self._category(),
            brand=self.brand.value(),
            main_pictures=self.main_pictures.count(),
            detail_pictures=self.detail_pictures.count(),
            skus=self._skus(),
            freight_template=self.freight_template.value(),
            ships_within=self.ships_within.value(),
            seven_day_return=self.seven_day_return.value(),
        )

    def _category(self) -> tuple[str, ...]:
        text = self.field("商品类目").inner_text()
        path = re.search(r"(?:已选类目[:：])?\s*([^:：\n]+ > [^\n]+)", text)
        if path is None:
            raise TransientError("the form shows no category")
        return tuple(name.strip() for name in path.group(1).split(">"))

    def _skus(self) -> tuple[ListedSku, ...]:
        return tuple(ListedSku(**row) for row in self.sku_rows.evaluate_all(_SKUS))


def _is_create_call(response: Response) -> bool:
    return urlsplit(response.url).path.endswith(CREATE_CALL)
