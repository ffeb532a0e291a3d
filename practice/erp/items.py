"""公用采集箱: all shops' products, others that were only collected, and their return addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, and_, func, or_, select, text, update
from sqlalchemy.orm import Session

from practice.erp import addresses
from practice.erp.answers import Form, listed
from practice.erp.codes import ErpAnswer, require
from practice.erp.lag import Row, lagging
from practice.erp.tables import FIRST_ITEM, ErpAddress, ErpItem
from practice.erp.writes import Change
from practice.store.codes import Refusal, Status
from practice.supply.tables import Offer, RightSku
from practice.tables import Picture, Product, Shop, Sku

TABS = ("all", "noClaimed", "claimed", "collectFail")
STATE_TEXTS = {"claimed": "已认领", "noClaimed": "未认领", "collectFail": "采集失败"}
PAGE_SIZES = (10, 20, 50, 100, 200, 500)
# Products of the shops that came since the last look are here at once; see 数据同步 in the header.
SYNC = text(
    """INSERT INTO erp_item (id, product_id, state, title, source, source_id, price, stock,
                             remark, deleted)
       SELECT (SELECT coalesce(max(id) + 1, :first) FROM erp_item)
                + row_number() OVER (ORDER BY created_at, id) - 1,
              id, 'claimed', '', '1688', '', 0, 0, '', 0
       FROM product
       WHERE status != :deleted
             AND NOT EXISTS (SELECT 1 FROM erp_item WHERE product_id = product.id)"""
)


class Wanted(Form):
    """What the list is asked for."""

    tabPaneName: Literal["", "all", "noClaimed", "claimed", "collectFail"] = "all"  # noqa: N815
    title: str = ""
    ids: str = ""
    """采集箱产品ID, 商品ID of 抖店 or 主货号, several with commas or line ends between them."""
    sourceIds: str = ""  # noqa: N815
    remark: str = ""
    addressState: Literal["", "tied", "free"] = ""  # noqa: N815
    addressId: str = ""  # noqa: N815
    shopId: str = ""  # noqa: N815
    pageNo: int = Field(default=1, ge=1)  # noqa: N815
    pageSize: int = Field(default=20, ge=1, le=500)  # noqa: N815


class ItemsNamed(Form):
    """The body of 删除."""

    ids: str


class RelateAsked(Form):
    """The body of 关联退货地址; no address takes the tie away."""

    ids: str
    addressId: int = 0  # noqa: N815
    replace: bool = False
    """Whether a tie to another address may be changed."""


class RemarkAsked(Form):
    """The body of 备注."""

    id: int
    remark: str = Field(max_length=200)


def sync(session: Session) -> None:
    """Take in what the shops listed since the last time."""
    session.execute(SYNC, {"first": FIRST_ITEM, "deleted": int(Status.DELETED)})


def words_of(terms: str) -> list[str]:
    """The terms of a search, as typed or pasted from Excel."""
    return [word for word in re.split(r"[,，\s]+", terms) if word]


def _clauses(wanted: Wanted, tab: str) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = [~ErpItem.deleted]
    if tab in STATE_TEXTS:
        clauses.append(ErpItem.state == tab)
    if wanted.title.strip():
        name = func.coalesce(Product.title, ErpItem.title)
        clauses.append(name.contains(wanted.title.strip(), autoescape=True))
    if words_of(wanted.ids):
        clauses.append(_named(words_of(wanted.ids)))
    if words_of(wanted.sourceIds):
        clauses.append(_from_source(words_of(wanted.sourceIds)))
    if wanted.addressState:
        tied = ErpItem.address_id.is_not(None)
        clauses.append(tied if wanted.addressState == "tied" else ~tied)
    if wanted.addressId.isascii() and wanted.addressId.isdigit():
        clauses.append(ErpItem.address_id == int(wanted.addressId))
    if wanted.remark.strip():
        clauses.append(ErpItem.remark.contains(wanted.remark.strip(), autoescape=True))
    if wanted.shopId:
        clauses.append(Product.shop_id == wanted.shopId)
    return clauses


def _named(words: list[str]) -> ColumnElement[bool]:
    ids = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 10]
    products = or_(ErpItem.product_id.in_(words), Product.merchant_code.in_(words))
    return or_(ErpItem.id.in_(ids), products)


def _from_source(words: list[str]) -> ColumnElement[bool]:
    right = select(RightSku.product_id).where(RightSku.offer_id.in_(words))
    return or_(ErpItem.source_id.in_(words), ErpItem.product_id.in_(right))


def search(session: Session, wanted: Wanted, now: float, repeat: bool) -> tuple[list[Row], int]:
    """One page, the newest first; ``repeat`` lets it begin with the last row of the one before."""
    sync(session)
    found = select(ErpItem).outerjoin(Product, Product.id == ErpItem.product_id)
    found = found.where(*_clauses(wanted, wanted.tabPaneName))
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    repeats = repeat and wanted.pageNo > 1
    first = (wanted.pageNo - 1) * wanted.pageSize - repeats
    page = session.scalars(found.order_by(ErpItem.id.desc()).offset(first).limit(wanted.pageSize))
    rows = rows_of(session, list(page))
    old = lagging(session, "item", now)
    return [old.get(row["id"]) or row for row in rows], total + repeats


def count_tabs(session: Session, wanted: Wanted) -> dict[str, int]:
    """How many fit in each tab."""
    counted = (
        select(ErpItem.state, func.count())
        .outerjoin(Product, Product.id == ErpItem.product_id)
        .where(*_clauses(wanted, "all"))
        .group_by(ErpItem.state)
    )
    found: dict[str, int] = dict(list(session.execute(counted)))
    return {tab: found.get(tab, 0) if tab != "all" else sum(found.values()) for tab in TABS}


def rows_of(session: Session, items: Sequence[ErpItem]) -> list[Row]:
    """Rows of the list, all that belongs to them in a few questions."""
    wanted = [one.product_id for one in items if one.product_id]
    found = session.scalars(select(Product).where(Product.id.in_(wanted)))
    products = {one.id: one for one in found}
    told = _Neighbours(session, products)
    ids = {one.address_id for one in items} - {None}
    kept = session.scalars(select(ErpAddress).where(ErpAddress.id.in_(ids)))
    labels = {row["id"]: addresses.label_of(row) for row in addresses.row_of(session, list(kept))}
    return [_row(one, products.get(one.product_id or ""), told, labels) for one in items]


class _Neighbours:
    """What other tables say of the products of one page."""

    def __init__(self, session: Session, products: dict[str, Product]) -> None:
        shown = {one.main_pictures[0] for one in products.values() if one.main_pictures}
        pictures = session.scalars(select(Picture).where(Picture.id.in_(shown)))
        self.pictures = {one.id: one.file_name for one in pictures}
        self.shops = {one.id: one.name for one in session.scalars(select(Shop))}
        mine = RightSku.product_id.in_(products)
        offers = select(RightSku.product_id, Offer.id).join(Offer).where(mine).distinct()
        self.offers = {key: offer for key, offer in session.execute(offers) if key}

    def picture(self, product: Product | None) -> str:
        """Where the first picture is served."""
        first = product.main_pictures[0] if product and product.main_pictures else ""
        return f"/pictures/{self.pictures[first]}" if first in self.pictures else ""


def _row(item: ErpItem, product: Product | None, told: _Neighbours, labels: dict[int, str]) -> Row:
    source = {"sourceId": item.source_id, "price": item.price, "stock": item.stock}
    if product:
        skus: list[Sku] = product.skus
        source["sourceId"] = told.offers.get(product.id, "")
        source["price"] = min((one.price for one in skus), default=0)
        source["stock"] = sum(one.stock for one in skus)
    return {
        "id": item.id,
        "title": product.title if product else item.title,
        "merchantCode": (product.merchant_code or "") if product else "",
        "picture": told.picture(product),
        "state": item.state,
        "source": item.source,
        **source,
        "productId": item.product_id or "",
        "shopId": product.shop_id if product else "",
        "shopName": told.shops[product.shop_id] if product else "",
        "addressId": item.address_id or 0,
        "addressLabel": labels.get(item.address_id or 0, ""),
        "remark": item.remark,
        "createTime": int(product.created_at) if product else 0,
    }


def _found(session: Session, ids: str) -> list[ErpItem]:
    """The named items, or a refusal if one is gone."""
    wanted = [int(one) for one in listed(ids) if one.isascii() and one.isdigit()]
    standing = and_(ErpItem.id.in_(wanted), ~ErpItem.deleted)
    found = list(session.scalars(select(ErpItem).where(standing).order_by(ErpItem.id)))
    if not wanted or len(found) != len(set(wanted)):
        raise Refusal("产品不存在或已删除，请刷新后重试", ErpAnswer.NO_SUCH_ITEM)
    return found


def relate(change: Change, asked: RelateAsked) -> dict[str, Any]:
    """Tie products to a return address, or to none."""
    session, items = change.session, _found(change.session, asked.ids)
    if asked.addressId:
        addresses.find(session, asked.addressId)
    others = [one for one in items if one.address_id not in {None, asked.addressId}]
    if others and asked.addressId and not asked.replace:
        names = "、".join(str(one.id) for one in others[:5])
        words = f"以下产品已关联其他退货地址：{names}，是否改为关联当前地址？"
        raise Refusal(words, ErpAnswer.TIED_ALREADY)
    for row in rows_of(session, items):
        change.before[f"item {row['id']}"] = row
    for one in items:
        one.address_id = asked.addressId or None
        one.tied_at = change.now
    return {"count": len(items)}


def remark(change: Change, asked: RemarkAsked) -> dict[str, Any]:
    """Put a 备注 in the place of the old one."""
    (item,) = _found(change.session, str(asked.id))
    item.remark = asked.remark
    return {}


def delete(change: Change, asked: ItemsNamed) -> dict[str, Any]:
    """Throw the named products out of the ERP, and their ties with them."""
    _may_delete(change)
    items = _found(change.session, asked.ids)
    return _throw_out(change, [one.id for one in items])


def delete_found(change: Change, wanted: Wanted) -> dict[str, Any]:
    """一键删除筛选结果全部产品: everything that fits, on every page."""
    _may_delete(change)
    sync(change.session)
    found = select(ErpItem.id).outerjoin(Product, Product.id == ErpItem.product_id)
    fitting = found.where(*_clauses(wanted, wanted.tabPaneName))
    return _throw_out(change, list(change.session.scalars(fitting)))


def _may_delete(change: Change) -> None:
    words = "您没有删除权限，请联系主账号"
    require(change.visitor.may_delete, words, ErpAnswer.NO_RIGHT)


def _throw_out(change: Change, ids: list[int]) -> dict[str, Any]:
    gone = update(ErpItem).where(ErpItem.id.in_(select(ErpItem.id).where(ErpItem.id.in_(ids))))
    change.session.execute(gone.values(deleted=True, address_id=None))
    return {"count": len(ids)}
