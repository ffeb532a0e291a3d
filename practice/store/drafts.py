"""Drafts: forms that were saved and not submitted, and those that a page claims to have found."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from practice.store.details import form_of, shown_form
from practice.store.form import ProductForm
from practice.tables import Draft, Product
from practice.world import World

DAY = 24 * 3600


def save(world: World, session: Session, shop_id: str, form: ProductForm) -> Draft:
    """Keep a form as it stands, in place of the draft that it came from."""
    drop(session, shop_id, form)
    draft = Draft(
        shop_id=shop_id,
        product_id=form.product_id,
        form=form.model_dump(exclude={"draft_id"}),
        saved_at=world.clock.now(),
    )
    session.add(draft)
    session.flush()
    return draft


def drop(session: Session, shop_id: str, form: ProductForm) -> None:
    """Forget the draft that a form came from, and those of its product."""
    mine = (Draft.shop_id == shop_id, Draft.id == form.draft_id)
    session.execute(delete(Draft).where(*mine))
    if form.product_id:
        session.execute(delete(Draft).where(*_those(shop_id, form.product_id)))


def newest(session: Session, shop_id: str, product_id: str | None) -> Draft | None:
    """The last one that was saved for a product, or for a new one."""
    wanted = select(Draft).where(*_those(shop_id, product_id)).order_by(Draft.id.desc())
    return session.scalars(wanted.limit(1)).first()


def offered(
    world: World, session: Session, shop_id: str, product: Product | None
) -> dict[str, Any] | None:
    """The draft a page offers: a saved one, or one that somebody seems to have left behind."""
    draft = newest(session, shop_id, product.id if product else None)
    if draft:
        form, saved_at = ProductForm.model_validate(draft.form), draft.saved_at
        form.draft_id = draft.id
    else:
        invented = _invented(session, shop_id, product)
        if invented is None:
            return None
        form, saved_at = invented, world.clock.now() - 3 * DAY
    shown = shown_form(session, world.catalogue, form)
    return {"saved_at": int(saved_at), "form": shown}


def _invented(session: Session, shop_id: str, product: Product | None) -> ProductForm | None:
    """An older state of this product, or an unfinished copy of another one of the shop."""
    others = select(Product).where(Product.shop_id == shop_id).order_by(Product.id).limit(1)
    source = product or session.scalars(others).first()
    if source is None:
        return None
    form = form_of(source)
    form.product_id = product.id if product else None
    form.title = f"旧版{form.title}"[:30]
    for sku in form.sku_detail:
        sku.price = (sku.price or 0) + 100
        sku.code = sku.code if product else ""
    form.outer_product_id = form.outer_product_id if product else ""
    return form


def _those(shop_id: str, product_id: str | None) -> tuple[Any, ...]:
    return (Draft.shop_id == shop_id, Draft.product_id == product_id)
