"""Small steps through the pages, with nothing but what the facts name to hold on to."""

from __future__ import annotations

import io
import re
from typing import TypedDict
from urllib.parse import quote_plus

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.practice.store_client import StoreClient, leaf

T_SHIRT = ("服饰内衣", "女装", "T恤")
BAG = ("鞋靴箱包", "女包", "帆布包")
MODAL = ".ecom-g-modal-wrap:visible"
DROPDOWN = ".ecom-g-select-dropdown:not(.ecom-g-select-dropdown-hidden)"


class File(TypedDict):
    name: str
    mimeType: str
    buffer: bytes


def picture(width: int, height: int, kind: str = "JPEG", tint: str = "#88aacc") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), tint).save(out, kind)
    return out.getvalue()


def file(name: str = "a.jpg", width: int = 800, height: int = 800, tint: str = "#88aacc") -> File:
    return {
        "name": name,
        "mimeType": "image/jpeg",
        "buffer": picture(width, height, tint=tint),
    }


def button(inside: Page | Locator, text: str) -> Locator:
    """A button by its words; two Chinese characters are written with a space between them."""
    words = r"\s*".join(text)
    return inside.get_by_role("button", name=re.compile(rf"^\s*{words}\s*$"))


def field(page: Page, label: str) -> Locator:
    return page.locator(f'[attr-field-id="{label}"]')


def upload(page: Page, label: str, *files: File) -> None:
    field(page, label).locator("input[type=file]").first.set_input_files(list(files))


def uploaded(page: Page, label: str) -> Locator:
    return field(page, label).locator(".ecom-g-upload-list-item-done")


def choose(page: Page, label: str, text: str) -> None:
    field(page, label).locator(".ecom-g-select").first.click()
    option = page.locator(f"{DROPDOWN} .ecom-g-select-item-option-content")
    option.filter(has_text=re.compile(f"^{re.escape(text)}$")).click()


def pick_category(page: Page, *path: str) -> None:
    field(page, "商品类目").get_by_role("button", name=re.compile("^手动选择")).click()
    tree = page.locator(f"{MODAL} [class*=style_selectTree__]")
    for level, name in enumerate(path):
        entries = tree.locator("> *").nth(level).locator("[class*=style_catItem__]")
        entries.get_by_text(name, exact=True).click()
    button(page.locator(MODAL), "确认").click()
    expect(page.locator(MODAL)).to_have_count(0)


def first_step(page: Page, *path: str, title: str = "夏季纯棉T恤A") -> None:
    page.goto("/ffa/g/create")
    upload(page, "主图", file())
    page.locator("#pg-title-input").fill(title)
    expect(uploaded(page, "主图")).to_have_count(1)
    pick_category(page, *path)
    button(page, "下一步").click()
    page.locator('[id="anchor-服务与履约"]').wait_for()


def open_copy(page: Page, client: StoreClient, title: str = "帆布包大容量单肩") -> None:
    """The second step at once: a copy of a bag that is complete, and has no codes."""
    form = client.form(
        title=title,
        goods_category=leaf(" > ".join(BAG)),
        attributes={},
        spec_detail=[{"name": "颜色分类", "values": ["白色"]}],
        sku_detail=[{"spec": ["白色"], "price": 3990, "stock_num": 7, "code": ""}],
        outer_product_id="",
    )
    page.goto(f"/ffa/g/create?copyid={client.add(form)['data']['product_id']}")
    page.locator('[id="anchor-服务与履约"]').wait_for()


def add_value(page: Page, spec: str, value: str) -> None:
    boxes = page.locator(f'[id="skuValue-{spec}"]').get_by_placeholder(f"请选择/输入{spec}")
    before = boxes.count()
    boxes.last.fill(value)
    boxes.last.press("Enter")
    expect(boxes).to_have_count(before + 1)


def search(page: Page, terms: str) -> None:
    """Search, and wait until the table shows this very answer: at most seven rows exist."""
    page.get_by_placeholder("商品ID").fill(terms)
    asked = f"id_name_code={quote_plus(terms)}&"
    with page.expect_response(lambda r: "/list?" in r.url and asked in f"{r.url}&") as answer:
        button(page, "查询").click()
    total = answer.value.json()["total"]
    expect(page.locator(".ecom-g-spin-spinning")).to_have_count(0)
    expect(page.locator("tr.ecom-g-table-row[data-row-key]")).to_have_count(min(total, 7))


def classes(page: Page | Locator, *names: str) -> dict[str, bool]:
    """Which of these classes some element carries."""
    return {name: page.locator(f".{name}").count() > 0 for name in names}
