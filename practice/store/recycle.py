"""删除 and what becomes of it: the 回收站, 恢复 and 彻底删除 (section 3.5 of the facts)."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from practice.store.codes import Answer, CheckStatus, Refusal, SaleStart, Status
from practice.store.products import find, settle_audits
from practice.tables import ChannelStock, Product
from practice.world import World


def put_away(world: World, session: Session, shop_id: str, product_id: str) -> Product:
    """删除: into the 回收站; not what buyers see, nor what is being audited."""
    settle_audits(world, session)
    product = find(session, shop_id, product_id)
    if product.status == Status.ONLINE or product.check_status == CheckStatus.WAITING:
        raise Refusal("当前商品状态不支持删除", Answer.WRONG_STATE)
    product.status = Status.DELETED
    return product


def bring_back(_world: World, session: Session, shop_id: str, product_id: str) -> Product:
    """恢复: into the warehouse."""
    product = _in_bin(session, shop_id, product_id)
    product.status, product.sale_start = Status.OFFLINE, SaleStart.WAREHOUSE
    return product


def delete_forever(_world: World, session: Session, shop_id: str, product_id: str) -> Product:
    """彻底删除: nothing is left of it."""
    product = _in_bin(session, shop_id, product_id)
    session.execute(delete(ChannelStock).where(ChannelStock.product_id == product_id))
    session.delete(product)
    session.flush()
    return product


def _in_bin(session: Session, shop_id: str, product_id: str) -> Product:
    product = session.get(Product, product_id)
    if product is None or product.shop_id != shop_id or product.status != Status.DELETED:
        raise Refusal("商品不存在或已彻底删除", Answer.NO_SUCH_PRODUCT)
    return product
