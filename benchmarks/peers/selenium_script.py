"""The same with Selenium 4, as somebody who knows it writes it: explicit waits, CSS, XPath."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    StaleElementReferenceException,
    TimeoutException,
    WebDriverException,
)
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

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

LOOK_SECONDS = 0.05
"""Between two looks of a wait; Selenium's own is half a second."""
TO_THE_MIDDLE = "arguments[0].scrollIntoView({block: 'center'})"
MOVING = "[class*=-zoom-enter], [class*=-zoom-appear]"
ERRORS = "[class*=form-item-explain-error], .ecom-g-modal, .ecom-g-message"
POPUP = ".ecom-g-select-dropdown:not(.ecom-g-select-dropdown-hidden)"
NEWER_POPUP = ".aurora-select-dropdown:not(.aurora-select-dropdown-hidden)"


def main() -> None:
    """Upload every product of the sheet."""
    job = read_job()
    options = webdriver.ChromeOptions()
    options.binary_location = job.browser
    for argument in (*job.arguments, "--headless=new", "--lang=zh-CN"):
        options.add_argument(argument)
    options.page_load_strategy = "eager"
    # Without one on the path Selenium Manager looks for it, on the network too.
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options, service)
    try:
        store = Store(driver, job)
        store.log_in()
        each_product(job, store.upload)
    finally:
        driver.quit()


def exactly(text: str, tag: str = "*") -> str:
    """Write the XPath of an element with just this text, spaced by the kit or not."""
    return f".//{tag}[translate(normalize-space(.), ' ', '')='{text.replace(' ', '')}']"


class Store:
    """The store in one browser window."""

    def __init__(self, driver: webdriver.Chrome, job: Job) -> None:
        self.driver = driver
        self.job = job
        self.wait = WebDriverWait(
            driver,
            PATIENCE_MS / 1000,
            poll_frequency=LOOK_SECONDS,
            ignored_exceptions=[StaleElementReferenceException],
        )
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Shanghai"})

    def find(self, css: str, root: WebElement | None = None) -> WebElement:
        """Wait for an element that is displayed."""

        def displayed(_driver: object) -> WebElement | None:
            found = (root or self.driver).find_elements(By.CSS_SELECTOR, css)
            return next((one for one in found if one.is_displayed()), None)

        return self.wait.until(displayed)

    def named(self, text: str, tag: str = "*", css: str = "body") -> WebElement:
        """Wait for an element with just this text inside another."""

        def displayed(_driver: object) -> WebElement | None:
            for root in self.driver.find_elements(By.CSS_SELECTOR, css):
                for one in root.find_elements(By.XPATH, exactly(text, tag)):
                    if one.is_displayed():
                        return one
            return None

        return self.wait.until(displayed)

    def click(self, find: Callable[[], WebElement]) -> None:
        """Click until nothing is in the way any more."""

        def clicked(_driver: object) -> bool:
            found = find()
            try:
                found.click()
            except (StaleElementReferenceException, ElementNotInteractableException):
                return False
            except ElementClickInterceptedException:  # the bar at the bottom lies over it
                self.driver.execute_script(TO_THE_MIDDLE, found)
                return False
            return True

        self.wait.until(clicked)

    def gone(self, css: str) -> None:
        """Wait until nothing of this is displayed."""
        self.wait.until(
            lambda driver: (
                not any(one.is_displayed() for one in driver.find_elements(By.CSS_SELECTOR, css))
            )
        )

    def put(self, css: str, text: str) -> None:
        """Write a text into an input in the place of what is there."""
        box = self.find(css)
        box.send_keys(Keys.CONTROL, "a")
        box.send_keys(text or Keys.DELETE)

    def log_in(self) -> None:
        """Log in by e-mail."""
        self.driver.get(f"{self.job.url}/login/common")
        self.click(lambda: self.named("邮箱登录", "div"))
        self.put("input[name=email]", self.job.account)
        self.put("input[type=password]", self.job.password)
        self.click(lambda: self.driver.find_element(By.CSS_SELECTOR, "input[type=checkbox]"))
        self.click(lambda: self.named("登录", "button"))
        self.wait.until(lambda driver: "/homepage/index" in driver.current_url)

    def upload(self, product: Product, watch: Stopwatch) -> None:
        """Take one product from the empty form to 售卖中."""
        self.first_step(product, watch)
        self.describe(product, watch)
        self.fill_skus(product, watch)
        self.fill_service(product, watch)
        self.publish(watch)
        self.search(product)
        watch.lap("search")
        self.click(lambda: self.named("编辑", "a", "tr.ecom-g-table-row"))
        compare(product, self.read(product))
        watch.lap("read back")
        self.search(product, "审核通过待上架")
        watch.lap("audit")
        self.click(lambda: self.named("上架", "a", "tr.ecom-g-table-row"))
        self.click(lambda: self.named("确定", "button", ".ecom-g-modal"))
        self.named("操作成功", "span")
        self.search(product, "售卖中")
        watch.lap("on sale")

    def first_step(self, product: Product, watch: Stopwatch) -> None:
        """Pictures, title and category, then the whole form."""
        self.driver.get(f"{self.job.url}/ffa/g/create")
        self.put("#pg-title-input", product.title)
        watch.lap("open form")
        self.put_pictures("主图", product.main_pictures)
        watch.lap("pictures")
        self.click(lambda: self.named("手动选择类目", "button"))
        for level, name in enumerate(product.category, start=1):
            item = f'.ecom-g-modal ul:nth-of-type({level}) li[title="{name}"]'
            self.click(partial(self.find, item))
        self.click(lambda: self.named("确认", "button", ".ecom-g-modal"))
        self.click(lambda: self.named("下一步", "button"))
        self.find('[attr-field-id="上架方式"]')
        watch.lap("category")

    def put_pictures(self, label: str, files: list[str]) -> None:
        """Upload files and wait until all are there."""
        box = f'[attr-field-id="{label}"]'
        entry = self.driver.find_element(By.CSS_SELECTOR, f"{box} input[type=file]")
        entry.send_keys("\n".join(files))
        done = f"{box} .ecom-g-upload-list-item-done"
        self.wait.until(
            lambda driver: len(driver.find_elements(By.CSS_SELECTOR, done)) >= len(files)
        )

    def describe(self, product: Product, watch: Stopwatch) -> None:
        """The texts, the attributes, the pictures of the description."""
        self.put('[attr-field-id="导购短标题"] input', product.short_title)
        self.put('[attr-field-id="商家编码"] input', product.code)
        for name, value in product.attributes.items():
            if "%" in value:
                self.fill_composition(name, value)
            else:
                self.choose(name, value)
        self.choose("品牌", product.brand)
        watch.lap("attributes")
        self.put_pictures("商品详情", product.detail_pictures)
        watch.lap("pictures")

    def choose(self, label: str, value: str) -> None:
        """Choose from a list or a tree."""
        self.click(lambda: self.find(f'[attr-field-id="{label}"] .ecom-g-select'))
        self.click(lambda: self.find(f'{POPUP} [title="{value}"]'))
        self.gone(POPUP)

    def fill_composition(self, label: str, value: str) -> None:
        """Tick each fibre, then write its share."""
        shares = dict(part.rsplit(" ", 1) for part in value.split("、"))
        box = f'[attr-field-id="{label}"]'
        self.click(lambda: self.find(f"{box} .aurora-select"))
        for fibre in shares:
            option = f'{NEWER_POPUP} .aurora-select-item-option[title="{fibre}"]'
            self.click(partial(self.find, option))
        self.click(lambda: self.find(f"{box} label"))
        self.gone(NEWER_POPUP)
        lines = self.driver.find_elements(By.CSS_SELECTOR, f"{box} [class*=styles_measure__]")
        for line, share in zip(lines, shares.values(), strict=True):
            line.find_element(By.TAG_NAME, "input").send_keys(share.rstrip("%"))

    def fill_skus(self, product: Product, watch: Stopwatch) -> None:
        """The specs, then price, stock and code of each combination."""
        for name, values in product.specs.items():
            box = f'[id="skuValue-{name}"]'
            if not self.driver.find_elements(By.CSS_SELECTOR, box):
                self.add_spec(name)
            for at, value in enumerate(values, start=1):
                entry = self.find(f"{box} > div:nth-child({at}) input")
                entry.send_keys(value, Keys.ENTER)
        for sku in product.skus:
            row = self.named(sku.spec, "span", "tr.ecom-g-table-row").find_element(
                By.XPATH, "./ancestor::tr"
            )
            for name, text in {
                "price": sku.price,
                "stock_info": sku.stock,
                "code": sku.code,
            }.items():
                entry = row.find_element(By.CSS_SELECTOR, f".attr-column-field_{name} input")
                entry.send_keys(text)
        watch.lap("SKU table")

    def add_spec(self, name: str) -> None:
        """Add a spec that the category does not offer."""
        self.click(lambda: self.named("创建类型", "button"))
        self.put("input[placeholder=请输入规格名]", name)
        self.click(lambda: self.named("确定", "button", ".ecom-g-modal"))
        self.gone(".ecom-g-modal")

    def fill_service(self, product: Product, watch: Stopwatch) -> None:
        """Freight, delivery, returns, and into the warehouse first."""
        self.choose("运费模板", product.freight)
        for label, value in {
            "发货时效": product.ships,
            "售后政策": product.returns,
            "上架方式": "放入仓库",
        }.items():
            self.click(partial(self.named, value, "label", f'[attr-field-id="{label}"]'))
        watch.lap("service")

    def publish(self, watch: Stopwatch) -> None:
        """Submit; a reminder may ask whether to go on."""
        self.click(lambda: self.named("发布商品", "button"))

        def through(driver: webdriver.Chrome) -> bool:
            # Not while it moves: a click beside it would send it away. It may leave by itself.
            with suppress(WebDriverException):
                if driver.find_elements(By.CSS_SELECTOR, MOVING):
                    return False
                for go_on in driver.find_elements(By.XPATH, exactly("不修改，继续发布", "button")):
                    go_on.click()
            return "/ffa/g/success" in driver.current_url

        try:
            self.wait.until(through)
        except TimeoutException:
            said = [one.text for one in self.driver.find_elements(By.CSS_SELECTOR, ERRORS)]
            raise RuntimeError(f"{self.driver.current_url} says {said}") from None
        watch.lap("submit")

    def search(self, product: Product, state: str = "") -> None:
        """Search the code in 商品管理, again and again until its row shows the wanted state."""
        if "/ffa/g/list" not in self.driver.current_url:
            self.driver.get(f"{self.job.url}/ffa/g/list?tab=all")
        self.put("input[placeholder*=商家编码]", product.code)

        def shown(driver: webdriver.Chrome) -> bool:
            self.click(lambda: self.named("查询", "button"))
            self.wait.until(lambda _driver: self._only_row(product.code))
            return state in driver.find_element(By.CSS_SELECTOR, "tr.ecom-g-table-row").text

        self.wait.until(shown)

    def _only_row(self, code: str) -> bool:
        rows = self.driver.find_elements(By.CSS_SELECTOR, "tr.ecom-g-table-row")
        return len(rows) == 1 and code in rows[0].text

    def read(self, product: Product) -> dict[str, object]:
        """Read what stands on the edit page."""
        self.find('[attr-field-id="上架方式"]')
        category = self.find('[attr-field-id="商品类目"] [class*=chosenCategory]').text
        return {
            "code": self.value("商家编码"),
            "title": self.value("商品标题"),
            "short_title": self.value("导购短标题"),
            "category": category.removeprefix("已选类目："),
            "brand": self.chosen("品牌"),
            "attributes": {
                name: self.shares(name) if "%" in wanted else self.chosen(name)
                for name, wanted in product.attributes.items()
            },
            "main_pictures": self.count("主图"),
            "detail_pictures": self.count("商品详情"),
            "skus": self.read_skus(),
            "freight": self.chosen("运费模板"),
            "ships": self.ticked("发货时效"),
            "returns": self.ticked("售后政策"),
        }

    def _in(self, label: str, css: str) -> list[WebElement]:
        found: list[WebElement] = self.driver.find_elements(
            By.CSS_SELECTOR, f'[attr-field-id="{label}"] {css}'
        )
        return found

    def value(self, label: str) -> str:
        """Read a text."""
        return str(self._in(label, "input")[0].get_property("value"))

    def chosen(self, label: str) -> str:
        """Read what a select shows."""
        return str(self._in(label, ".ecom-g-select-selection-item")[0].text)

    def ticked(self, label: str) -> str:
        """Read the chosen radio button."""
        return str(self._in(label, ".ecom-g-radio-wrapper-checked")[0].text)

    def count(self, label: str) -> int:
        """Count the pictures of a field."""
        return len(self._in(label, ".ecom-g-upload-list-item-done"))

    def shares(self, label: str) -> str:
        """Read fibres and shares in the form of the sheet."""
        shares = []
        for line in self._in(label, "[class*=styles_measure__]"):
            share = line.find_element(By.TAG_NAME, "input").get_property("value")
            shares.append(f"{line.text.split()[0]} {float(str(share)):g}%")
        return "、".join(shares)

    def read_skus(self) -> list[list[str]]:
        """Read the SKU table row by row."""
        skus = []
        for row in self._in("价格与库存", "tr.ecom-g-table-row"):
            spec = row.find_element(By.CSS_SELECTOR, "[class*=styles_specName__]").text
            cells = row.find_elements(By.TAG_NAME, "input")
            skus.append([spec, *(str(one.get_property("value")) for one in cells)])
        return skus


if __name__ == "__main__":
    main()
