"""What is wrong with a file that a person writes or names is told in Chinese, in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.console.installation import Installation, installed

SHOP = "shops:\n  demo: {site: practice, account: demo, shop_name: 店, %s}\n"
PLAN = ("run", "upload-listings", "--shop", "demo", "--plan")


@pytest.fixture
def here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Installation:
    made = installed(tmp_path / "here", monkeypatch, capsys)
    monkeypatch.setenv("SHOPCLERK_LANG", "zh")
    return made


def told_in_chinese(here: Installation, *arguments: object) -> str:
    """Give the one line that a command says, which must hold no English sentence."""
    told = here(*arguments)
    assert (told.code, told.printed, told.noted.count("\n")) == (2, "", 1)
    bare = re.sub(r"\S*/\S*|shopclerk [a-z ]+|'\w+'|--dry-run|plan\.json|[a-z]+-\d", "", told.noted)
    assert not re.search(r"[A-Za-z]{3,} [A-Za-z]{2,}", bare), told.noted
    return told.noted


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"shops:\n  demo:\n\tsite: practice\n", "第 3 行第 1 个字附近写错了"),
        (b'shops: {demo: "x\n', "第 2 行"),
        (b"shops: [demo]\n", "「shops:」"),
        (b"shop: {demo: {site: practice, account: a, shop_name: b}}\n", "「shops:」"),
        (b"demo\n", "最外层"),
        (b"\xb5\xea", "不是 UTF-8"),
        ((SHOP % "mode: lve").encode(), "里的 mode 不对：只能写 'plan' 或 'live'"),
        ((SHOP % "moode: live").encode(), "里的 moode 不对：没有这个设置项"),
        ((SHOP % "daily_listings: 0").encode(), "里的 daily_listings 不对：不能小于 1"),
        ((SHOP % "hold: 7").encode(), "里的 hold 不对：要写成列表"),
        (b"shops: {demo: {site: practice, account: a}}\n", "里的 shop_name 不对：没有填"),
        (b"shops: {demo: {site: practice, account: 1, shop_name: b}}\n", "account 不对：要写文字"),
        (b"shops: {demo: {site: x, account: a/b, shop_name: b}}\n", "它要做文件夹的名字"),
        (b"shops: {demo: {site: x, account: '13800138000', shop_name: b}}\n", "不要写手机号"),
    ],
)
def test_a_wrong_shops_file_is_told_in_chinese(
    here: Installation, content: bytes, words: str
) -> None:
    file = here.settings.config / "shops.yaml"
    file.write_bytes(content)
    told = told_in_chinese(here, "shop", "list")
    assert words in told
    assert str(file) in told


def test_a_file_without_a_shop_says_so_and_how_to_add_one(here: Installation) -> None:
    (here.settings.config / "shops.yaml").write_text("shops:\n", encoding="utf-8")
    told = told_in_chinese(here, "shop", "mode", "main", "live")
    assert "没有叫「main」的店铺" in told
    assert "还没有店铺" in told
    assert "shopclerk shop add" in told


def test_a_missing_shops_file_is_told_in_chinese(here: Installation) -> None:
    (here.settings.config / "shops.yaml").unlink()
    assert "shops.yaml 这个文件" in told_in_chinese(here, "shop", "list")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "demo", "--shop-name", "a", "--account", "b"), "已经有店铺叫 demo"),
        (("add", "Bad", "--shop-name", "a", "--account", "b"), "「Bad」不能用作店铺的名字"),
        (("add", "two", "--shop-name", "a", "--account", "b", "--site", "x"), "没有网站叫 x"),
        (("mode", "demo", "lvie"), "没有模式叫「lvie」"),
        (("mode", "demo", "live"), "手动写上 mode: live"),
    ],
)
def test_what_shop_refuses_is_told_in_chinese(
    here: Installation, arguments: tuple[str, ...], words: str
) -> None:
    assert words in told_in_chinese(here, "shop", *arguments)


def test_a_wrong_plan_is_told_in_chinese(here: Installation, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert "这个计划文件" in told_in_chinese(here, *PLAN, tmp_path / "none.json")
    assert "读不了计划" in told_in_chinese(here, *PLAN, tmp_path)
    assert "不是计划" in told_in_chinese(here, *PLAN, other)


def test_a_wrong_setting_is_told_in_chinese(
    here: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPCLERK_MOTION", "ja")
    assert "SHOPCLERK_MOTION: 要写 true 或 false" in told_in_chinese(here, "runs")


def test_a_folder_given_as_a_sheet_is_called_a_folder(here: Installation, tmp_path: Path) -> None:
    told = told_in_chinese(here, *PLAN[:-1], "--sheet", tmp_path)
    assert "这是文件夹，不是表格" in told
