"""The store's XHRs without a browser, and a product that it accepts."""

from __future__ import annotations

import json
import urllib.request
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from itertools import count
from typing import Any, cast
from urllib.parse import urlencode

from practice.catalogue import catalogue
from practice.painting import paint


def leaf(path: str) -> int:
    """The id of a category."""
    return next(one.id for one in catalogue().leaves() if one.text == path)


T_SHIRT = leaf("服饰内衣 > 女装 > T恤")
SHIRT_ATTRIBUTES: dict[str, Any] = {
    "材质成分": [{"value": "棉", "percent": 95}, {"value": "氨纶", "percent": 5}],
    "适用性别": "女",
}
NUMBERS = count(1)


class StayHere(urllib.request.HTTPRedirectHandler):
    """Shows redirects instead of following them."""

    def redirect_request(self, *_args: Any, **_more: Any) -> None:
        return None


class StoreClient:
    """One visitor of the store, with their own cookies."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.cookies),
            StayHere(),
        )

    def ask(self, path: str, body: bytes | None = None, timeout: float = 10) -> Any:
        with self.open(path, body, timeout) as answer:
            return json.load(answer)

    def open(self, path: str, body: bytes | None = None, timeout: float = 10) -> HTTPResponse:
        return cast("HTTPResponse", self.opener.open(self.url + path, body, timeout))

    def get(self, path: str, **params: Any) -> Any:
        return self.ask(f"{path}?{urlencode(params)}")

    def post(self, path: str, body: Any, timeout: float = 10) -> Any:
        return self.ask(path, json.dumps(body).encode(), timeout)

    def delete(self, path: str) -> Any:
        asked = urllib.request.Request(self.url + path, method="DELETE")  # noqa: S310
        with self.opener.open(asked, timeout=10) as answer:
            return json.load(answer)

    def login(self, account: str, password: str) -> Any:
        asked = {"account": account, "password": password}
        return self.post("/ecomauth/loginv1/login", asked)

    def upload(self, content: bytes, use: str = "main") -> Any:
        return self.ask(f"/product/img/upload?use={use}", content)

    def add(self, form: dict[str, Any], timeout: float = 10) -> Any:
        path = "/product/tproduct/addWithSchema?check_status=2"
        return self.post(path, form, timeout)

    def edit(self, form: dict[str, Any], timeout: float = 10) -> Any:
        path = "/product/tproduct/editWithSchema?check_status=2"
        return self.post(path, form, timeout)

    def listed(self, terms: str = "", tab: str = "all", **more: Any) -> Any:
        path = "/product/tproduct/list"
        return self.get(path, page=0, pageSize=20, tab=tab, id_name_code=terms, **more)

    def form(self, code: str | None = None, **changes: Any) -> dict[str, Any]:
        """A product the store accepts, under a code of its own."""
        code = code or f"T{next(NUMBERS):04d}"
        picture = self.upload(paint("#abcdef"))["data"]["id"]
        return accepted_form(code, picture) | changes


def accepted_form(code: str, picture: str) -> dict[str, Any]:
    return {
        "title": "纯棉白色T恤女宽松短袖",
        "goods_category": T_SHIRT,
        "attributes": SHIRT_ATTRIBUTES,
        "pic": [picture],
        "desc_pic": [picture],
        "brand_id": 596120136,
        "spec_detail": [
            {"name": "颜色分类", "values": ["白色", "黑色"]},
            {"name": "尺码大小", "values": ["M"]},
        ],
        "sku_detail": [
            {"spec": ["白色", "M"], "price": 3990, "stock_num": 20, "code": f"{code}-W"},
            {"spec": ["黑色", "M"], "price": 4500, "stock_num": 0, "code": f"{code}-B"},
        ],
        "reduce_type": 1,
        "freight_id": 0,
        "presell_type": 0,
        "delivery_delay_day": 2,
        "supply_7day_return": 1,
        "outer_product_id": code,
        "start_sale_type": 1,
    }
