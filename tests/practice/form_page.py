"""The create form as a person works it, for tests of the page."""

from __future__ import annotations

import re
from typing import Any, TypedDict

from playwright.sync_api import Locator, Page, expect

from practice.painting import paint

# Several browsers may be at work on one machine, and this is the heaviest page.
WHOLE_FORM_MS = 30_000
PATH = "/product/tproduct"
HEAD = "ecom-g"


class File(TypedDict):
    name: str
    mimeType: str
    buffer: bytes


def jpeg(name: str, tint: str = "#abcdef", side: int = 800) -> File:
    return {"name": name, "mimeType": "image/jpeg", "buffer": paint(tint, side)}


def field(page: Page, label: str) -> Locator:
    return page.locator(f'[attr-field-id="{label}"]')


def upload(page: Page, label: str, *files: File) -> None:
    field(page, label).locator("input[type=file]").first.set_input_files(list(files))


def done(page: Page, label: str) -> Locator:
    return field(page, label).locator(f".{HEAD}-upload-list-item-done")


def popup(page: Page) -> Locator:
    return page.locator(f".{HEAD}-select-dropdown:not(.{HEAD}-select-dropdown-hidden)")


def choose(page: Page, label: str, text: str) -> None:
    field(page, label).locator(f".{HEAD}-select").first.click()
    option = popup(page).locator(f".{HEAD}-select-item-option-content")
    option.filter(has_text=re.compile(f"^{text}$")).click()


def chosen(page: Page, label: str) -> Locator:
    return field(page, label).locator(f".{HEAD}-select-selection-item")


def add_value(page: Page, spec: str, value: str) -> None:
    inputs = page.locator(f'[id="skuValue-{spec}"]').get_by_placeholder(f"请选择/输入{spec}")
    before = inputs.count()
    inputs.last.fill(value)
    inputs.last.press("Enter")
    expect(inputs).to_have_count(before + 1)


def modal(page: Page) -> Locator:
    return page.locator(f".{HEAD}-modal-wrap:visible")


def marks(page: Page) -> Locator:
    return page.locator(f".{HEAD}-form-item-has-error .{HEAD}-form-item-explain-error")


def press(root: Page | Locator, label: str) -> None:
    """A two-character label has an inner space."""
    root.get_by_role("button", name=re.compile("^" + r"\s*".join(label) + "$")).click()


def fill_first_step(page: Page, title: str = "夏季纯棉T恤A") -> None:
    page.goto("/ffa/g/create")
    expect(page.get_by_role("button", name="下一步")).to_be_disabled()
    upload(page, "主图", jpeg("a.jpg"), jpeg("b.jpg", "#fedcba"))
    expect(done(page, "主图")).to_have_count(2)
    page.locator("#pg-title-input").fill(title)


def choose_category(page: Page, *path: str) -> None:
    field(page, "商品类目").get_by_role("button", name="手动选择类目").click()
    tree = modal(page).locator("[class*=style_selectTree__]")
    for level, name in enumerate(path):
        column = tree.locator("> *").nth(level)
        column.locator("[class*=style_catItem__]").get_by_text(name, exact=True).click()
    press(modal(page), "确认")
    expect(field(page, "商品类目")).to_contain_text(f"已选类目：{' > '.join(path)}")


def first_step(page: Page, *path: str) -> None:
    fill_first_step(page)
    choose_category(page, *path)
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("#anchor-服务与履约")).to_be_visible(timeout=WHOLE_FORM_MS)


def open_edit(page: Page, product_id: str) -> None:
    page.goto(f"/ffa/g/create?product_id={product_id}&entrance=edit")
    expect(page.locator("#anchor-服务与履约")).to_be_visible(timeout=WHOLE_FORM_MS)


def publish(page: Page) -> None:
    page.get_by_role("button", name="发布商品").click()
    expect(modal(page)).to_contain_text("发布提醒")
    modal(page).get_by_role("button", name="不修改，继续发布").click()


def complete(client: Any, code: str) -> dict[str, Any]:
    """A product with everything that a publish would remind of."""
    form: dict[str, Any] = client.form(code)
    tall = client.post("/product/img/tall", {"id": form["pic"][0], "how": "crop"})["data"]["id"]
    more = {
        "风格": "休闲",
        "厚薄": "薄款",
        "适用季节": ["夏季"],
        "图案": "纯色",
        "领型": "圆领",
        "袖长": "短袖",
        "版型": "宽松",
    }
    attributes = form["attributes"] | more
    return form | {"pic_3_4": [tall], "short_product_name": "纯棉T恤", "attributes": attributes}
