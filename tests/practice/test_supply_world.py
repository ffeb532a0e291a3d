"""What a new world's supply platform holds: factories, supply links, and the truth about them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from practice.cli import app
from practice.supply.showing import shown_suppliers
from practice.supply.tables import HOUR, Offer, OfferSku, RightSku, Supplier
from practice.supply.tempers import tempers, tempers_as_markdown
from practice.supply.wording import styles
from practice.tables import Product, Shop, Sku
from practice.world import World, make_world

ROOT = Path(__file__).parents[2]
SHEET = ROOT / "config" / "samples" / "upload-listings" / "products.xlsx"
DOC = ROOT / "docs" / "practice-twin.md"


@pytest.fixture(scope="module")
def supplied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = make_world(tmp_path_factory.mktemp("supplied"), products=400)
    yield world
    world.close()


@pytest.fixture
def session(supplied: World) -> Iterator[Session]:
    with supplied.transaction() as session:
        yield session


def sheet_skus() -> dict[str, tuple[str, str, list[str]]]:
    """商家编码, title and values of each SKU of the sample sheet."""
    rows = iter(list(load_workbook(SHEET)["商品"].values))
    names = list(next(rows))
    found, titles = {}, dict[str, str]()
    for row in rows:
        told = dict(zip(names, row, strict=True))
        if told["SKU编码"]:
            code = str(told["商家编码"])
            titles.setdefault(code, str(told["商品标题"]))
            values = [told[f"规格{at}值"] for at in (1, 2, 3)]
            found[str(told["SKU编码"])] = (code, titles[code], [str(o) for o in values if o])
    return found


def test_each_sku_of_the_sample_sheet_has_one_right_factory_sku(session: Session) -> None:
    wanted = sheet_skus()
    assert len(wanted) == 14
    rows = session.scalars(select(RightSku).where(RightSku.product_id.is_(None)))
    rights = {one.sku_code: one for one in rows}
    assert set(rights) == set(wanted)
    for code, (merchant_code, title, values) in wanted.items():
        offer = session.get_one(Offer, rights[code].offer_id)
        assert (rights[code].merchant_code, offer.title) == (merchant_code, title)
        (sku,) = (one for one in offer.skus if one.factory_sku == rights[code].factory_sku)
        assert sku.values == values


def test_the_sample_links_are_the_same_in_every_world(session: Session, tmp_path: Path) -> None:
    other = make_world(tmp_path, seed=11, products=20)
    wanted = select(RightSku.sku_code, RightSku.offer_id, RightSku.factory_sku).where(
        RightSku.product_id.is_(None)
    )
    with other.transaction() as theirs:
        assert theirs.execute(wanted).all() == session.execute(wanted).all()
    other.close()


def test_products_that_are_sold_already_have_right_links_too(session: Session) -> None:
    rights = session.scalars(select(RightSku).where(RightSku.product_id.is_not(None))).all()
    products = {one.product_id for one in rights}
    assert len(products) == 50
    for right in rights:
        product = session.get_one(Product, right.product_id)
        (sku,) = (one for one in product.skus if one.code == right.sku_code)
        made = session.scalars(
            select(OfferSku).where(OfferSku.factory_sku == right.factory_sku)
        ).one()
        assert made.offer_id == right.offer_id
        assert made.values == sku.values
        assert product.merchant_code == right.merchant_code
    first = select(Shop.id).where(Shop.position == 0).scalar_subquery()
    theirs = select(Sku.code).join(Product).where(Product.shop_id == first)
    assert {one.sku_code for one in rights} <= set(session.scalars(theirs))


def test_every_right_link_has_near_twins(session: Session) -> None:
    """One sign more or other: at the same factory, and at another one."""
    offers = session.scalars(select(Offer)).all()
    by_item = {(one.supplier_id, one.item_no): one for one in offers}
    for offer_id in set(session.scalars(select(RightSku.offer_id))):
        right = session.get_one(Offer, offer_id)
        same = by_item[right.supplier_id, f"{right.item_no}A"]
        (other,) = (one for one in offers if one.item_no == f"{right.item_no}0")
        assert other.supplier_id != right.supplier_id
        for twin in (same, other):
            assert twin.title != right.title
            assert abs(len(twin.title) - len(right.title)) <= 1
            assert [sku.values for sku in twin.skus] == [sku.values for sku in right.skus]
            assert not {s.factory_sku for s in twin.skus} & {s.factory_sku for s in right.skus}


def test_titles_of_the_sample_links_stand_once(session: Session) -> None:
    titles = Counter(session.scalars(select(Offer.title)))
    assert [titles[title] for _code, title, _values in sheet_skus().values()] == [1] * 14


def test_a_factory_sku_stands_once_at_its_factory(session: Session) -> None:
    wanted = select(Offer.supplier_id, OfferSku.factory_sku).join(OfferSku.__table__)
    assert max(Counter(session.execute(wanted).all()).values()) == 1


def test_every_temper_and_style_is_there(session: Session) -> None:
    suppliers = session.scalars(select(Supplier)).all()
    assert len(suppliers) >= 12
    assert {one.temper for one in suppliers} == set(tempers())
    assert {one.style for one in suppliers} == styles()


def test_each_factory_has_a_whole_return_address(supplied: World) -> None:
    """Facts/operators.md 4.4: precise to the door number; the phones belong to nobody."""
    for supplier in shown_suppliers(supplied):
        for one in supplier["returns"]:
            assert re.search(r"(省|市|自治区)$", one["province"])
            assert one["city"].endswith("市")
            assert re.search(r"(区|县|市)$", one["district"]) or not one["district"]
            assert re.search(r"(街道|镇|乡)$", one["street"])
            assert re.search(r"\d", one["door"])
            assert one["recipient"]
            assert re.fullmatch(r"154012300\d\d|0\d{2,3}-80000(0)?\d\d(-\d+)?", one["phone"])
            assert one["text"].startswith(one["province"])
    places = [a["text"] for s in shown_suppliers(supplied) for a in s["returns"]]
    assert len(set(places)) == len(places)


def test_stock_moves_with_the_clock(session: Session) -> None:
    now, gone = 1_000_000 * HOUR, 0
    skus = session.scalars(select(OfferSku)).all()
    for sku in skus:
        hours = [sku.stock_at(now + hour * HOUR) for hour in range(2 * sku.cycle)]
        assert hours[: sku.cycle] == hours[sku.cycle :]
        assert max(hours) == sku.full > min(hours) >= 0
        assert sum(later > sooner for sooner, later in pairwise(hours)) <= 2
        gone += min(hours) == 0
    assert len(skus) / 6 < gone < len(skus) / 2


def test_the_doc_tells_all_tempers() -> None:
    told = DOC.read_text(encoding="utf-8").split("<!-- tempers -->")[1]
    assert told.split("<!-- end of the tempers -->")[0].strip() == tempers_as_markdown()


def test_show_suppliers_tells_the_truth(supplied: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    run, home = CliRunner(), ["--home", str(supplied.home)]
    told = json.loads(run.invoke(app, ["show", "suppliers", "--json", *home]).output)
    assert told == shown_suppliers(supplied)
    skus = {sku["sku_code"]: sku for one in told for sku in one["skus"]}
    assert skus["CG-1004-BE"]["factory_sku"] == "SM118-B"
    assert skus["CG-1004-BE"]["warehouse"] == "二仓"
    assert "asks_back" in run.invoke(app, ["show", "suppliers", *home]).output
    assert "Messages (0)" in run.invoke(app, ["show", "messages", *home]).output
