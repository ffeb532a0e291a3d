"""Which factory SKU a SKU of the store stands for: matched three ways, never guessed.

A wrong binding buys the wrong thing (facts/operators.md 7: act only on a unique full match, refuse
on ambiguity), so product, code and name must all agree on both sides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pydantic import Field, JsonValue

from domain.address_text import fold
from domain.model import Value
from domain.outcome import Outcome

_BETWEEN_VALUES = re.compile(r"[\s/,;、|]+")


class Bound(Value):
    """A supply link, its supplier, and the factory's number of one SKU."""

    offer: str = Field(min_length=1)
    """The id of the supply link."""
    supplier: str
    factory_sku: str = Field(min_length=1)
    """厂家SKU编号."""

    def facts(self) -> dict[str, JsonValue]:
        """Name the comparable facts under the store's labels."""
        return {"货源": self.offer, "供应商": self.supplier, "厂家SKU编号": self.factory_sku}


class StoreSku(Value):
    """A SKU as the store's pages show it."""

    product_id: str
    product_code: str
    """商家编码 of the product: only read here, binding never writes it."""
    sku_code: str
    name: str
    """The spec values, such as ``白色 / M``."""
    bound: Bound | None = None


class SupplierSku(Value):
    """A SKU as the supply platform shows it under one link."""

    offer: str
    supplier: str
    factory_sku: str
    name: str

    @property
    def target(self) -> Bound:
        """What a store SKU is bound to when it is bound to this one."""
        return Bound(offer=self.offer, supplier=self.supplier, factory_sku=self.factory_sku)


class BindingWish(Value):
    """A row of the bindings sheet: this SKU of ours is that SKU of theirs."""

    product_id: str
    sku_code: str
    name: str
    offer: str
    factory_sku: str = ""
    """Empty: the one SKU of the link that has the same name."""


class BindingPlan(Value):
    """What to do about one row, and why; ``seen`` is what was there instead."""

    wish: BindingWish
    outcome: Outcome | None = None
    """None: it can be bound. Else the row ends here."""
    target: Bound | None = None
    reason: str = ""
    seen: tuple[str, ...] = ()


def same_name(ours: str, theirs: str) -> bool:
    """Whether two spec texts name the same values, in whatever order and punctuation."""
    return _values(ours) == _values(theirs) != Counter()


def _values(name: str) -> Counter[str]:
    return Counter(part for part in _BETWEEN_VALUES.split(fold(name).casefold()) if part)


def plan_binding(
    wish: BindingWish, store: Sequence[StoreSku], supply: Sequence[SupplierSku]
) -> BindingPlan:
    """Match one row against what both sites show.

    Refused (``rejected``) is a row that does not match exactly one SKU on each side. A SKU that is
    bound to something else is for a person; one that is bound as wanted is ``unchanged``.
    """
    ours = [sku for sku in store if _is_ours(wish, sku)]
    if len(ours) != 1:
        return _refused(wish, "the store", len(ours), _near_ours(wish, store))
    theirs = [sku for sku in supply if _is_theirs(wish, sku)]
    if len(theirs) != 1:
        return _refused(wish, "the supply link", len(theirs), _near_theirs(wish, supply))
    target, bound = theirs[0].target, ours[0].bound
    if bound == target:
        return BindingPlan(wish=wish, outcome=Outcome.UNCHANGED, target=target)
    if bound is not None:
        return BindingPlan(
            wish=wish,
            outcome=Outcome.NEEDS_PERSON,
            target=target,
            reason="it is bound to another factory SKU",
            seen=(f"{bound.offer} {bound.factory_sku} {bound.supplier}".strip(),),
        )
    return BindingPlan(wish=wish, target=target)


def _is_ours(wish: BindingWish, sku: StoreSku) -> bool:
    same_ids = (sku.product_id, sku.sku_code) == (wish.product_id, wish.sku_code)
    return same_ids and same_name(sku.name, wish.name)


def _is_theirs(wish: BindingWish, sku: SupplierSku) -> bool:
    same_number = not wish.factory_sku or sku.factory_sku == wish.factory_sku
    return sku.offer == wish.offer and same_number and same_name(sku.name, wish.name)


def _near_ours(wish: BindingWish, store: Sequence[StoreSku]) -> list[str]:
    return [
        f"{sku.product_id} {sku.sku_code} {sku.name}"
        for sku in store
        if sku.product_id == wish.product_id
        and (sku.sku_code == wish.sku_code or same_name(sku.name, wish.name))
    ]


def _near_theirs(wish: BindingWish, supply: Sequence[SupplierSku]) -> list[str]:
    return [
        f"{sku.offer} {sku.factory_sku} {sku.name}"
        for sku in supply
        if sku.offer == wish.offer
        and (sku.factory_sku == wish.factory_sku or same_name(sku.name, wish.name))
    ]


def _refused(wish: BindingWish, where: str, count: int, seen: Sequence[str]) -> BindingPlan:
    how_many = "no SKU" if count == 0 else f"{count} SKUs"
    return BindingPlan(
        wish=wish,
        outcome=Outcome.REJECTED,
        reason=f"{how_many} of {where} match by product, code and name",
        seen=tuple(seen),
    )


def plan_bindings(
    wishes: Sequence[BindingWish], store: Sequence[StoreSku], supply: Sequence[SupplierSku]
) -> tuple[BindingPlan, ...]:
    """Plan all rows; rows that contradict each other are refused together.

    Two rows for one SKU of the store contradict each other, and so do two SKUs of one product that
    would be bought as the same factory SKU.
    """
    plans = [plan_binding(wish, store, supply) for wish in wishes]
    rows = Counter((wish.product_id, wish.sku_code) for wish in wishes)
    goals = Counter((plan.wish.product_id, plan.target) for plan in plans if plan.target)
    return tuple(
        _contradicted(plan)
        if rows[plan.wish.product_id, plan.wish.sku_code] > 1
        or (plan.target and goals[plan.wish.product_id, plan.target] > 1)
        else plan
        for plan in plans
    )


def _contradicted(plan: BindingPlan) -> BindingPlan:
    wish = plan.wish
    return BindingPlan(
        wish=wish,
        outcome=Outcome.REJECTED,
        reason="another row binds the same SKU",
        seen=(f"{wish.product_id} {wish.sku_code} {wish.offer} {wish.factory_sku}".strip(),),
    )
