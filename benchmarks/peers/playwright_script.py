"""The plain Playwright script: what somebody who knows Playwright writes in an afternoon.

Written from the store's pages and the sheet alone, before anything here was tuned. No fixed sleep,
no page object, no evidence; it stops at the first thing that is not as expected.
"""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, Response, sync_playwright

from benchmarks.peers.work import (
    HEIGHT,
    PATIENCE_MS,
    WIDTH,
    Job,
    Product,
    Stopwatch,
    compare,
    each_product,
    read_job,
)


def main() -> None:
    """Upload every product of the sheet."""
    job = read_job()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=job.browser, args=job.arguments)
        context = browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        log_in(page, job)
        each_product(job, lambda product, watch: upload(page, job.url, product, watch))
        browser.close()


def log_in(page: Page, job: Job) -> None:
    """Log in by e-mail."""
    page.goto(f"{job.url}/login/common")
    page.get_by_role("tab", name="邮箱登录").click()
    page.get_by_placeholder("邮箱").fill(job.account)
    page.get_by_placeholder("密码").fill(job.password)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/ffa/mshop/homepage/index")


def upload(page: Page, url: str, product: Product, watch: Stopwatch) -> None:
    """Take one product from the empty form to 售卖中."""
    first_step(page, url, product, watch)
    describe(page, product, watch)
    fill_skus(page, product, watch)
    fill_service(page, product, watch)
    publish(page, watch)
    row = search(page, url, product)
    watch.lap("search")
    row.get_by_text("编辑", exact=True).click()
    compare(product, read(page, product))
    watch.lap("read back")
    row = search(page, url, product, "审核通过待上架")
    watch.lap("audit")
    row.get_by_text("上架", exact=True).click()
    page.get_by_role("button", name=re.compile(r"确\s*定")).click()
    page.get_by_text("操作成功").wait_for()
    search(page, url, product, "售卖中")
    watch.lap("on sale")


def field(page: Page, label: str) -> Locator:
    """Find the box of a field."""
    return page.locator(f'[attr-field-id="{label}"]')


def first_step(page: Page, url: str, product: Product, watch: Stopwatch) -> None:
    """Pictures, title and category, then the whole form."""
    page.goto(f"{url}/ffa/g/create")
    page.locator("#pg-title-input").fill(product.title)
    watch.lap("open form")
    put_pictures(field(page, "主图"), product.main_pictures)
    watch.lap("pictures")
    page.get_by_role("button", name="手动选择类目").click()
    dialog = page.get_by_role("dialog")
    for level, name in enumerate(product.category):
        dialog.locator("ul").nth(level).get_by_title(name, exact=True).click()
    dialog.get_by_role("button", name=re.compile(r"确\s*认")).click()
    page.get_by_role("button", name="下一步").click()
    field(page, "上架方式").wait_for()
    watch.lap("category")


def put_pictures(box: Locator, files: list[str]) -> None:
    """Upload files and wait until all are there."""
    box.locator("input[type=file]").first.set_input_files(files)
    box.locator(".ecom-g-upload-list-item-done").nth(len(files) - 1).wait_for()


def describe(page: Page, product: Product, watch: Stopwatch) -> None:
    """The texts, the attributes, the pictures of the description."""
    field(page, "导购短标题").locator("input").fill(product.short_title)
    field(page, "商家编码").locator("input").fill(product.code)
    for name, value in product.attributes.items():
        if "%" in value:
            fill_composition(page, field(page, name), value)
        else:
            choose(page, field(page, name), value)
    choose(page, field(page, "品牌"), product.brand)
    watch.lap("attributes")
    put_pictures(field(page, "商品详情"), product.detail_pictures)
    watch.lap("pictures")


def choose(page: Page, box: Locator, value: str) -> None:
    """Choose from a list or a tree."""
    box.locator(".ecom-g-select").click()
    popup = page.locator(".ecom-g-select-dropdown:not(.ecom-g-select-dropdown-hidden)")
    popup.locator(f'[title="{value}"]').last.click()
    popup.wait_for(state="hidden")


def fill_composition(page: Page, box: Locator, value: str) -> None:
    """Tick each fibre, then write its share."""
    shares = dict(part.rsplit(" ", 1) for part in value.split("、"))
    box.locator(".aurora-select").click()
    popup = page.locator(".aurora-select-dropdown:visible")
    for fibre in shares:
        popup.locator(f'.aurora-select-item-option[title="{fibre}"]').click()
    box.locator("label").first.click()
    popup.wait_for(state="hidden")
    for fibre, share in shares.items():
        line = box.locator("[class*=styles_measure__]").filter(has_text=re.compile(f"^{fibre}"))
        line.locator("input").fill(share.rstrip("%"))


def fill_skus(page: Page, product: Product, watch: Stopwatch) -> None:
    """The specs, then price, stock and code of each combination."""
    for name, values in product.specs.items():
        box = page.locator(f'[id="skuValue-{name}"]')
        if not box.count():
            add_spec(page, name)
        for at, value in enumerate(values):
            entry = box.locator("input").nth(at)
            entry.fill(value)
            entry.press("Enter")
    table = field(page, "价格与库存")
    for sku in product.skus:
        spec = page.locator("[class*=styles_specName__]").get_by_text(sku.spec, exact=True)
        row = table.locator("tr").filter(has=spec)
        row.locator(".attr-column-field_price input").fill(sku.price)
        row.locator(".attr-column-field_stock_info input").fill(sku.stock)
        row.locator(".attr-column-field_code input").fill(sku.code)
    watch.lap("SKU table")


def add_spec(page: Page, name: str) -> None:
    """Add a spec that the category does not offer."""
    page.get_by_role("button", name="创建类型").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_placeholder("请输入规格名").fill(name)
    dialog.get_by_role("button", name=re.compile(r"确\s*定")).click()
    dialog.wait_for(state="hidden")


def fill_service(page: Page, product: Product, watch: Stopwatch) -> None:
    """Freight, delivery, returns, and into the warehouse first."""
    choose(page, field(page, "运费模板"), product.freight)
    for label, value in {
        "发货时效": product.ships,
        "售后政策": product.returns,
        "上架方式": "放入仓库",
    }.items():
        field(page, label).get_by_text(value, exact=True).click()
    watch.lap("service")


def publish(page: Page, watch: Stopwatch) -> None:
    """Submit; a reminder may ask whether to go on."""
    page.get_by_role("button", name="发布商品").click()
    go_on = page.get_by_role("button", name="不修改，继续发布")
    success = page.get_by_text("商品提交成功")
    go_on.or_(success).first.wait_for()
    if go_on.is_visible():
        go_on.click()
    success.wait_for()
    watch.lap("submit")


def search(page: Page, url: str, product: Product, state: str = "") -> Locator:
    """Search the code in 商品管理, again and again until its row shows the wanted state."""
    if "/ffa/g/list" not in page.url:
        page.goto(f"{url}/ffa/g/list?tab=all")
    page.get_by_placeholder("商家编码").fill(product.code)
    row = page.locator("tr.ecom-g-table-row").filter(has_text=product.code)
    while True:
        with page.expect_response(lambda answer: _answers(answer, product.code)):
            page.get_by_role("button", name=re.compile(r"查\s*询")).click()
        row.wait_for()
        if state in row.inner_text():
            return row


def _answers(response: Response, code: str) -> bool:
    return "/product/tproduct/list" in response.url and code in response.url


def read(page: Page, product: Product) -> dict[str, object]:
    """Read what stands on the edit page."""
    field(page, "上架方式").wait_for()
    return {
        "code": field(page, "商家编码").locator("input").input_value(),
        "title": page.locator("#pg-title-input").input_value(),
        "short_title": field(page, "导购短标题").locator("input").input_value(),
        "category": field(page, "商品类目").locator("[class*=chosenCategory]").inner_text()[5:],
        "brand": chosen(field(page, "品牌")),
        "attributes": {
            name: read_attribute(field(page, name), value)
            for name, value in product.attributes.items()
        },
        "main_pictures": count_pictures(field(page, "主图")),
        "detail_pictures": count_pictures(field(page, "商品详情")),
        "skus": read_skus(field(page, "价格与库存")),
        "freight": chosen(field(page, "运费模板")),
        "ships": ticked(field(page, "发货时效")),
        "returns": ticked(field(page, "售后政策")),
    }


def chosen(box: Locator) -> str:
    """Read what a select shows."""
    return box.locator(".ecom-g-select-selection-item").inner_text()


def ticked(box: Locator) -> str:
    """Read the chosen radio button."""
    return box.locator(".ecom-g-radio-wrapper-checked").inner_text()


def count_pictures(box: Locator) -> int:
    """Count the pictures of a field."""
    return box.locator(".ecom-g-upload-list-item-done").count()


def read_attribute(box: Locator, wanted: str) -> str:
    """Read an attribute in the form of the sheet."""
    if "%" not in wanted:
        return chosen(box)
    shares = []
    for line in box.locator("[class*=styles_measure__]").all():
        fibre = line.locator("span").first.inner_text()
        shares.append(f"{fibre} {float(line.locator('input').input_value()):g}%")
    return "、".join(shares)


def read_skus(table: Locator) -> list[list[str]]:
    """Read the SKU table row by row."""
    skus = []
    for row in table.locator("tr.ecom-g-table-row").all():
        spec = row.locator("[class*=styles_specName__]").inner_text()
        cells = [one.input_value() for one in row.locator("input").all()]
        skus.append([spec, *cells])
    return skus


if __name__ == "__main__":
    main()
