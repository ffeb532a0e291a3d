"""Titles of shops, honest ones and ones with a price: who adds an exception sees both sides here.

Facts: operators 4.2.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.listing import Sku
from domain.rules.finding import Finding, Severity
from engine.rules_data import load_rules
from tests.domain.rules.listings import listing

BOOK = load_rules()
RULE = "R-price-word"
SHOPS = ("家居日用", "收纳整理")
CLOTHES = ("服饰内衣", "内衣裤袜", "袜子")

HONEST = """
一百元以内加减法 口算 | 认识人民币 1元5角教具 | 100元红包袋 | 一百元红包封 | 人民币50元练功券
充值卡套 100元面额 | 处理价签 | 特价签夹 | 清仓价签牌 | 白菜价签 | 清仓价格牌
月饼6块8味礼盒 | 红烧牛肉面5块3口味
红糖4块2罐 | 地板砖10块3平方 | 火锅底料3块6人份 | 5块3套 拼装地垫 | 118元素周期表 | 2025元旦装饰
2026 元宵灯笼 | 12元气森林气泡水 | 三元催化清洗剂 | 手工香皂3块装 3块100g | 12块拼图 | 12折页宣传册
100元话费充值 | 3元次方魔方
"""
REFUSED = """
39元宝宝短袖 | 59元素色T恤 | 99元年货节 | 99元代金券 | 39元气质连衣裙 | 39.9 元纯棉短袖
39 元纯棉短袖 | 9块九中筒袜 | 九块9中筒袜 | 9.9包邮 | 9·9包邮 | 零元购 | 0元购 | 一千元手机支架
玖元玖 | 清仓价连衣裙 | 39块9包邮 | 39.9元教具 | 全场85折 | 85折起 | 500元素描套装
"""
ADVISED = """
39块中筒袜 | 9块9条装中筒袜 | 85折 | 伍拾元中筒袜 | 人民币收藏 第三套 10元 大团结
结婚 50 元 红包封
"""


def titles(text: str) -> list[str]:
    return [title.strip() for line in text.strip().splitlines() for title in line.split("|")]


def about_price(title: str, category: tuple[str, ...]) -> list[Finding]:
    found = BOOK.findings(listing(title=title, category=category))
    return [each for each in found if each.rule == RULE]


@pytest.mark.parametrize("title", titles(HONEST))
def test_an_honest_title_passes(title: str) -> None:
    assert about_price(title, SHOPS) == []


@pytest.mark.parametrize("title", titles(REFUSED))
def test_a_price_in_a_title_is_refused(title: str) -> None:
    assert [each.stops for each in about_price(title, SHOPS)] == [True]


@pytest.mark.parametrize("title", titles(ADVISED))
def test_what_may_be_a_price_is_advice(title: str) -> None:
    (finding,) = about_price(title, CLOTHES)
    assert (finding.stops, finding.worth_a_note) == (False, True)


@pytest.mark.parametrize("value", ["100元面额", "5元", "39.9元", "9块9"])
def test_an_amount_that_is_a_variant_is_advice_at_most(value: str) -> None:
    sku = Sku(code="A-1", spec={"面额": value}, price=Decimal("39.90"), stock=1)
    found = [each for each in BOOK.findings(listing(skus=(sku,))) if each.rule == RULE]
    assert {each.severity for each in found} <= {Severity.ADVISE}
    assert len(found) == (value != "100元面额")


def test_a_banned_word_is_refused_in_a_variant_too() -> None:
    sku = Sku(code="A-1", spec={"款式": "清仓价款"}, price=Decimal("39.90"), stock=1)
    (finding,) = BOOK.findings(listing(skus=(sku,)))
    assert (finding.rule, finding.stops) == (RULE, True)
