from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from console.shop_file import add_shop, set_mode
from domain.errors import BusinessError
from domain.shop import Mode, Shop
from engine.settings import CHECKOUT, load_shop, load_shops


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CHECKOUT / "config", tmp_path / "config"))


def new_shop(name: str = "main", **changes: str) -> Shop:
    usual = {"site": "doudian", "account": "boss", "shop_name": "青禾: 家居 #1"}
    return Shop.model_validate({"name": name, **usual, **changes})


def test_a_new_shop_is_in_mode_plan_and_comments_stay(config: Path) -> None:
    before = (config / "shops.yaml").read_text(encoding="utf-8")
    add_shop(config, new_shop(mode="live"))
    assert load_shop("main", config) == new_shop()
    assert [shop.name for shop in load_shops(config)] == ["demo", "demo-erp", "demo-supply", "main"]
    assert (config / "shops.yaml").read_text(encoding="utf-8").startswith(before.rstrip())


@pytest.mark.parametrize(
    ("shop", "words"),
    [
        (new_shop("demo"), "called demo already"),
        (new_shop("Main Shop"), "can't be a shop's name"),
        (new_shop("../x"), "can't be a shop's name"),
        (new_shop(site="taobao"), "Known: doudian, miaoshou, practice"),
    ],
)
def test_a_shop_that_cannot_be_added_changes_nothing(config: Path, shop: Shop, words: str) -> None:
    before = (config / "shops.yaml").read_bytes()
    with pytest.raises(BusinessError, match=words):
        add_shop(config, shop)
    assert (config / "shops.yaml").read_bytes() == before


def test_one_shop_is_switched_and_the_others_stay(config: Path) -> None:
    add_shop(config, new_shop())
    add_shop(config, new_shop("second"))
    set_mode(config, "main", Mode.LIVE)
    modes = {shop.name: shop.mode for shop in load_shops(config)}
    live = dict.fromkeys(("demo", "demo-erp", "demo-supply", "main"), Mode.LIVE)
    assert modes == live | {"second": Mode.PLAN}
    set_mode(config, "demo", Mode.PLAN)
    assert load_shop("demo", config).mode is Mode.PLAN
    assert "# The shops robots may work in" in (config / "shops.yaml").read_text(encoding="utf-8")


def test_a_shop_without_a_mode_gets_one(config: Path) -> None:
    path = config / "shops.yaml"
    path.write_text(
        "shops:\n  a:\n    site: practice\n    account: x\n    shop_name: 甲\n\n"
        "  b:\n    site: practice\n    account: y\n    shop_name: 乙\n",
        encoding="utf-8",
    )
    set_mode(config, "a", Mode.LIVE)
    assert [shop.mode for shop in load_shops(config)] == [Mode.LIVE, Mode.PLAN]


def test_an_unknown_shop_is_named(config: Path) -> None:
    with pytest.raises(BusinessError, match="no shop is called"):
        set_mode(config, "mian", Mode.LIVE)
