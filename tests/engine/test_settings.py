from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import BusinessError
from domain.shop import Mode
from domain.site import SiteKind
from engine.settings import CHECKOUT, Settings, load_account, load_shop, load_site

DEMO = """
shops:
  demo:
    site: practice
    account: demo
    shop_name: 晨光家居小店
  second:
    site: practice
    account: two
    shop_name: 第二家店
    mode: live
    daily_rejections: 5
"""


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "DATABASE_URL", "CACHE", "BROWSER", "TIMEZONE", "MOTION"):
        monkeypatch.delenv(f"SHOPCLERK_{name}", raising=False)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "sites").mkdir()
    (tmp_path / "shops.yaml").write_text(DEMO, encoding="utf-8")
    return tmp_path


# This machine


def test_home_moves_evidence_state_database_and_profiles(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SHOPCLERK_HOME", str(tmp_path))
    settings = Settings()

    assert settings.runs == tmp_path / "runs"
    assert settings.state == tmp_path / "runs" / "state"
    assert settings.profiles == tmp_path / "profiles"
    assert settings.database == f"sqlite:///{tmp_path.as_posix()}/runs/state/shopclerk.sqlite3"


def test_without_a_home_evidence_lies_in_the_checkout_and_logins_do_not() -> None:
    settings = Settings()

    assert settings.runs == CHECKOUT / "runs"
    assert not settings.profiles.is_relative_to(CHECKOUT)


def test_an_empty_home_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_HOME", "")

    assert Settings().home is None


def test_a_tilde_is_the_persons_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_HOME", "~/shop")
    monkeypatch.setenv("SHOPCLERK_CACHE", "~/cache")
    settings = Settings()

    assert settings.runs == Path.home() / "shop" / "runs"
    assert settings.profiles == Path.home() / "shop" / "profiles"
    assert settings.cache == Path.home() / "cache"


def test_a_database_address_of_ones_own_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPCLERK_DATABASE_URL", "postgresql+psycopg://shop@db/shopclerk")

    assert Settings().database == "postgresql+psycopg://shop@db/shopclerk"


def test_times_are_the_shops_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().zone.key == "Asia/Shanghai"

    monkeypatch.setenv("SHOPCLERK_TIMEZONE", "Europe/Berlin")
    assert Settings().zone.key == "Europe/Berlin"


# config/shops.yaml


def test_a_new_shop_only_plans(config: Path) -> None:
    demo = load_shop("demo", config)

    assert (demo.name, demo.site, demo.account) == ("demo", "practice", "demo")
    assert (demo.mode, demo.daily_rejections) == (Mode.PLAN, 2)
    second = load_shop("second", config)
    assert (second.mode, second.daily_rejections) == (Mode.LIVE, 5)


def test_an_unknown_shop_is_answered_with_the_known_ones(config: Path) -> None:
    with pytest.raises(BusinessError, match="'dmeo'") as caught:
        load_shop("dmeo", config)

    assert "knows: demo, second" in str(caught.value)
    assert str(config / "shops.yaml") in str(caught.value)


@pytest.mark.parametrize("content", ["shops:\n", "{}\n"])
def test_a_file_without_shops_says_that_it_knows_none(config: Path, content: str) -> None:
    (config / "shops.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(BusinessError, match="none yet"):
        load_shop("demo", config)


@pytest.mark.parametrize(
    ("right", "wrong", "field", "because"),
    [
        ("shop_name: 晨光家居小店", "shopname: 晨光家居小店", "shop_name", "Field required"),
        ("account: demo", "account: demo\n    acount: x", "acount", "not permitted"),
        ("account: demo", "account: 13812345678", "account", "valid string"),
        ("account: demo", "account: demo\n    mode: lvie", "mode", "'plan' or 'live'"),
        (
            "account: demo",
            "account: demo\n    daily_rejections: 0",
            "daily_rejections",
            "greater than or equal to 1",
        ),
    ],
)
def test_a_typo_is_explained_with_file_field_and_rule(
    config: Path, right: str, wrong: str, field: str, because: str
) -> None:
    path = config / "shops.yaml"
    path.write_text(DEMO.replace(right, wrong, 1), encoding="utf-8")

    with pytest.raises(BusinessError) as caught:
        load_shop("demo", config)

    assert str(caught.value).startswith(f"{path}: `{field}`: ")
    assert because in str(caught.value)


def test_a_broken_neighbour_keeps_no_shop_from_working(config: Path) -> None:
    (config / "shops.yaml").write_text(DEMO.replace("mode: live", "mode: lvie"), encoding="utf-8")

    assert load_shop("demo", config).account == "demo"


@pytest.mark.parametrize(
    ("content", "says"),
    [("shops: [", "is not valid YAML"), ("- demo\n", "names and values"), ("", "names and values")],
)
def test_a_file_that_is_no_list_of_shops_is_named(config: Path, content: str, says: str) -> None:
    (config / "shops.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(BusinessError, match=says) as caught:
        load_shop("demo", config)

    assert str(config / "shops.yaml") in str(caught.value)


@pytest.mark.parametrize(
    "content", ["shops:\n  demo:\n", "shops: [demo]\n", "shops:\n  demo: practice\n", "shops: 7\n"]
)
def test_shops_of_another_shape_are_explained(config: Path, content: str) -> None:
    (config / "shops.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(BusinessError, match="must hold `shops:`") as caught:
        load_shop("demo", config)

    assert str(config / "shops.yaml") in str(caught.value)
    assert caught.value.mend


def test_a_file_in_another_encoding_is_named(config: Path) -> None:
    (config / "shops.yaml").write_bytes(DEMO.encode("gbk"))

    with pytest.raises(BusinessError, match="is not UTF-8") as caught:
        load_shop("demo", config)

    assert str(config / "shops.yaml") in str(caught.value)


def test_a_shop_may_repeat_its_own_name(config: Path) -> None:
    named = DEMO.replace("    account: demo", "    name: demo\n    account: demo")
    (config / "shops.yaml").write_text(named, encoding="utf-8")

    assert load_shop("demo", config).name == "demo"


def test_a_shop_may_be_called_by_a_number(config: Path) -> None:
    (config / "shops.yaml").write_text(DEMO.replace("  demo:", "  1:"), encoding="utf-8")

    assert load_shop("1", config).name == "1"
    with pytest.raises(BusinessError, match="knows: 1, second"):
        load_shop("demo", config)


def test_a_missing_file_is_named_with_a_way_out(tmp_path: Path) -> None:
    with pytest.raises(BusinessError, match="does not exist") as caught:
        load_shop("demo", tmp_path)

    assert "Restore it from git" in caught.value.mend


# config/sites/


def test_a_site_is_read_with_its_times_and_words(config: Path) -> None:
    (config / "sites" / "mine.yaml").write_text(
        "base_url: https://shop.example\nsettle_window: PT90S\nlabels: {发布商品: 提交审核}\n",
        encoding="utf-8",
    )

    site = load_site("mine", config)

    assert (site.name, site.settle_window) == ("mine", timedelta(seconds=90))
    assert site.label("发布商品") == "提交审核"


def test_a_typo_in_a_site_is_explained(config: Path) -> None:
    path = config / "sites" / "mine.yaml"
    path.write_text("base_url: x\nprefixes: {shel: auxo}\n", encoding="utf-8")

    with pytest.raises(BusinessError) as caught:
        load_site("mine", config)

    assert str(caught.value).startswith(f"{path}: `prefixes > shel`: ")


@pytest.mark.parametrize("name", sorted(p.stem for p in (CHECKOUT / "config/sites").glob("*.yaml")))
def test_every_site_of_the_checkout_is_sound(name: str) -> None:
    assert load_site(name).settle_window >= timedelta(seconds=10)


def test_the_demo_shop_of_the_checkout_works_on_the_practice_store_only() -> None:
    demo = load_shop("demo")

    assert (demo.site, demo.mode) == ("practice", Mode.LIVE)
    assert load_site("practice").base_url == "practice:"


# Accounts on other sites

SITES = {"practice": "store", "erp": "erp"}
BESIDE = """
shops:
  demo: {site: practice, account: demo, shop_name: 店, beside: {erp: office}}
  office: {site: erp, account: robot, shop_name: 公司}
  alone: {site: practice, account: demo, shop_name: 店}
  wrong: {site: practice, account: demo, shop_name: 店, beside: {erp: alone}}
"""


@pytest.fixture
def two_kinds(config: Path) -> Path:
    (config / "shops.yaml").write_text(BESIDE, encoding="utf-8")
    for name, kind in SITES.items():
        text = f"base_url: http://{name}.example\nkind: {kind}\n"
        (config / "sites" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return config


def test_a_robot_uses_the_account_beside_the_shop_on_another_kind_of_site(two_kinds: Path) -> None:
    demo = load_shop("demo", two_kinds)

    assert load_account(demo, SiteKind.STORE, two_kinds) is demo
    assert load_account(demo, SiteKind.ERP, two_kinds).name == "office"


@pytest.mark.parametrize(("name", "words"), [("alone", "beside: { erp:"), ("wrong", "not erp")])
def test_an_account_that_nobody_named_is_asked_for(two_kinds: Path, name: str, words: str) -> None:
    with pytest.raises(BusinessError, match=words):
        load_account(load_shop(name, two_kinds), SiteKind.ERP, two_kinds)
