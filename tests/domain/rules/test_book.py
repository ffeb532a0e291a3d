"""The rules together, over one listing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.listing import Sku
from domain.rules.finding import Field, Severity
from domain.rules.prices import reference_finding
from engine.rules_data import load_rules
from tests.domain.rules.listings import listing, priced

BOOK = load_rules()


def test_a_sound_listing_has_no_finding() -> None:
    assert BOOK.findings(listing()) == ()


def test_a_field_s_finding_names_the_field() -> None:
    findings = BOOK.findings(listing(title="国家级面料 夏季透气情侣T恤", short_title="白菜价T恤"))
    assert [(each.field, each.word) for each in findings] == [
        (Field.TITLE, "国家级"),
        (Field.SHORT_TITLE, "白菜价"),
    ]


def test_a_spec_value_is_looked_at_once_and_names_its_sku() -> None:
    skus = tuple(
        Sku(
            code=f"A-{size}-{kind}",
            spec={"尺码": size, "款式": kind},
            price=Decimal("39.90"),
            stock=1,
        )
        for size in ("S", "M")
        for kind in ("短袖", "补邮费")
    )
    (finding,) = BOOK.findings(listing(skus=skus))
    assert (finding.rule, finding.field, finding.sku, finding.word) == (
        "R-bait-sku",
        Field.SPEC_2,
        "A-S-补邮费",
        "邮费",
    )


@pytest.mark.parametrize("price", ["99999", "999999", "999999.99", "9999999.00"])
def test_a_placeholder_price_is_refused_and_not_called_bait_too(price: str) -> None:
    (finding,) = BOOK.findings(listing(skus=priced("39.90", price)))
    assert (finding.rule, finding.sku, finding.stops) == ("R-price-placeholder", "A-2", True)


def test_a_wide_spread_is_advice_about_the_cheapest() -> None:
    (finding,) = BOOK.findings(listing(skus=priced("39.90", "1.00", "49.90")))
    assert (finding.rule, finding.sku, finding.severity) == (
        "R-price-spread",
        "A-2",
        Severity.ADVISE,
    )
    assert "1.00 of 2号 beside 49.90 of 3号" in finding.suggestion


@pytest.mark.parametrize(("reference", "sound"), [("39.90", False), ("40", True), ("100", False)])
def test_a_reference_price_lies_above_the_prices_and_below_ten_times(
    reference: str, *, sound: bool
) -> None:
    prices = [Decimal("10.00"), Decimal("39.90")]
    finding = reference_finding(BOOK.prices, Decimal(reference), prices)
    assert (finding is None) == sound


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("夏季透气情侣T恤 宽松显瘦👍", "👍"),
        ("夏季透气情侣T恤 宽松显瘦❤️", "❤️"),
        ("夏季透气情侣T恤 🇨🇳宽松显瘦", "🇨🇳"),
    ],
)
def test_an_emoji_is_refused_where_it_stands(title: str, word: str) -> None:
    (finding,) = BOOK.findings(listing(title=title))
    assert (finding.rule, finding.word, finding.stops) == ("R-title-emoji", word, True)
    assert title[finding.start : finding.end] == word


@pytest.mark.parametrize("sign", ["™", "★", "℃", "㎡", "①", "·"])
def test_a_sign_that_is_text_everywhere_is_no_emoji(sign: str) -> None:
    assert BOOK.findings(listing(title=f"夏季透气情侣T恤 宽松显瘦{sign}")) == ()


def test_a_heap_of_keywords_is_told_with_its_longest_word() -> None:
    (finding,) = BOOK.findings(listing(title="收纳盒桌面收纳盒 书桌收纳盒"))
    assert (finding.word, finding.severity) == ("收纳盒", Severity.ADVISE)
    assert "3 times" in finding.suggestion


def test_attributes_of_an_unknown_category_are_nobody_s_business() -> None:
    assert BOOK.findings(listing(category=("家居日用", "雨具", "雨伞"), attributes={})) == ()
    socks = listing(category=("服饰内衣", "内衣裤袜", "袜子", "中筒袜"), attributes={})
    assert [each.rule for each in BOOK.findings(socks)] == ["R-attribute-missing"]
