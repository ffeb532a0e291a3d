"""The 草稿箱: forms that were saved and not submitted, as rows of the list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice.store.answers import fine, number, refused
from practice.store.codes import Answer, CheckStatus, DraftStatus, Refusal, Status
from practice.store.details import shown_form
from practice.store.form import ProductForm
from practice.store.listing import Question, words_of
from practice.store.sessions import known_visitor, xhr_gate
from practice.store.views import addresses
from practice.tables import Draft
from practice.twin import twin_of
from practice.world import World


def list_drafts(
    world: World, session: Session, shop_id: str, question: Question
) -> tuple[list[dict[str, Any]], int]:
    """One page of drafts, newest first, and how many there are in all."""
    mine = select(Draft).where(Draft.shop_id == shop_id).order_by(Draft.id.desc())
    words = words_of(question.terms)
    rows = [_item(world, session, draft) for draft in session.scalars(mine)]
    rows = [row for row in rows if not words or any(_has(row, word) for word in words)]
    first = question.page * question.size
    return rows[first : first + question.size], len(rows)


def count_drafts(session: Session, shop_id: str) -> int:
    """The number on the tab."""
    wanted = select(func.count()).select_from(Draft).where(Draft.shop_id == shop_id)
    return session.scalar(wanted) or 0


def _item(world: World, session: Session, draft: Draft) -> dict[str, Any]:
    form = ProductForm.model_validate(draft.form)
    prices = [sku.price for sku in form.sku_detail if sku.price] or [0]
    category = world.catalogue.categories.get(form.goods_category or 0)
    picture = form.pic[0] if form.pic else ""
    return {
        "draft_id": draft.id,
        "product_id": form.product_id or "",
        "name": form.title,
        "merchant_code": form.outer_product_id,
        "discount_price": min(prices),
        "price_lower": min(prices),
        "price_higher": max(prices),
        "stock_num": sum(sku.stock_num or 0 for sku in form.sku_detail),
        "sell_num": 0,
        "tab": "草稿",
        "status": Status.OFFLINE,
        "check_status": CheckStatus.NOT_SUBMITTED,
        "draft_status": DraftStatus.NOT_SUBMITTED,
        "reject_reasons": [],
        "category_leaf_id": form.goods_category or 0,
        "category_name": category.text if category else "",
        "img": addresses(session, {picture}).get(picture, ""),
        "create_time": int(draft.saved_at),
        "channel_num": 0,
    }


def _has(row: dict[str, Any], word: str) -> bool:
    texts = (row["name"].lower(), row["merchant_code"].lower())
    return row["product_id"] == word or any(word.lower() in text for text in texts)


async def detail(request: Request) -> Response:
    """One draft as the form shows it."""
    world, shop_id = twin_of(request).world, known_visitor(request).shop_id
    with world.transaction() as session:
        draft = session.get(Draft, number(request, "draft_id", 0))
        if draft is None or draft.shop_id != shop_id:
            return refused(Refusal("草稿不存在", Answer.NO_SUCH_PRODUCT))
        form = ProductForm.model_validate(draft.form)
        form.draft_id = draft.id
        return fine(shown_form(session, world.catalogue, form))


async def forget(request: Request) -> Response:
    """删除 of one draft; no product changes."""
    asked = await request.json()
    shop_id = known_visitor(request).shop_id
    mine = (Draft.shop_id == shop_id, Draft.id == asked.get("draft_id"))
    with twin_of(request).world.transaction() as session:
        session.execute(delete(Draft).where(*mine))
    return fine(None)


ROUTES = [
    Route("/product/tproduct/draftDetail", xhr_gate(detail)),
    Route("/product/tproduct/delDraft", xhr_gate(forget), methods=["POST"]),
]
