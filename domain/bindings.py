"""Which factory SKU a SKU of the store stands for: matched three ways, never guessed.

A wrong binding buys the wrong thing (facts/operators.md 7: act only on a unique full match, refuse
on ambiguity), so product, code and name must all agree on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from pydantic import Field, JsonValue

from domain.address_text import fold
from domain.model import Value
from domain.outcome import Outcome

_BETWEEN_VALUES = re.compile(r"[\s/,;、|]+")
_OFFER = re.compile(r"(?:^(?=\d+$)|/offer/|[?&]offerId=)(\d{6,})(?!\d)", re.IGNORECASE)


class Bound(Value):
    """A supply link, its supplier, and the factory's number of one SKU."""

    offer: str = Field(min_length=1)
    """The id of the supply link."""
    supplier: str
    factory_sku: str = Field(min_length=1)
    """厂家SKU编号."""

    @property
    def goods(self) -> tuple[str, str]:
        """Say what is bought by it: the supplier's name may be missing."""
        return self.offer, self.factory_sku

    def same(self, other: Bound) -> bool:
        """Whether both stand for one factory SKU; no name of a supplier contradicts none."""
        named = {self.supplier, other.supplier} - {""}
        return self.goods == other.goods and len(named) < 2

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


def offer_of(link: str) -> str:
    """Read the id of a supply link, alone or in its address; empty where it has none or several."""
    found = set(_OFFER.findall(link.strip()))
    return found.pop() if len(found) == 1 else ""


def same_name(ours: str, theirs: str) -> bool:
    """Whether two spec texts name the same values, in whatever order and punctuation."""
    return sorted(_values(ours)) == sorted(_values(theirs)) != []


def _values(name: str) -> list[str]:
    return [part for part in _BETWEEN_VALUES.split(fold(name).casefold()) if part]


def plan_binding(
    wish: BindingWish, store: Sequence[StoreSku], supply: Sequence[SupplierSku]
) -> BindingPlan:
    """Match one row against what both sites show.

    Refused (``rejected``) is a row that does not match exactly one SKU on each side. A SKU that is
    bound to something else is for a person; one that is bound as wanted is ``unchanged``.

    The order of the values does not matter, unless a site has 90 / 120 beside 120 / 90.
    """
    ordered = _two_orders(wish, store, supply)
    ours = [sku for sku in store if _is_ours(wish, sku) and _fits(wish, sku.name, ordered)]
    if len(ours) != 1:
        return _refused(wish, "the store", len(ours), _near_ours(wish, store), ordered)
    theirs = [sku for sku in supply if _is_theirs(wish, sku) and _fits(wish, sku.name, ordered)]
    if len(theirs) != 1:
        return _refused(wish, "the supply link", len(theirs), _near_theirs(wish, supply), ordered)
    target, bound = theirs[0].target, ours[0].bound
    if bound is not None and bound.same(target):
        return BindingPlan(wish=wish, outcome=Outcome.UNCHANGED, target=bound)
    if bound is not None:
        return BindingPlan(
            wish=wish,
            outcome=Outcome.NEEDS_PERSON,
            target=target,
            reason="it is bound to another factory SKU",
            seen=(f"{bound.offer} {bound.factory_sku} {bound.supplier}".strip(),),
        )
    return BindingPlan(wish=wish, target=target)


def _two_orders(
    wish: BindingWish, store: Sequence[StoreSku], supply: Sequence[SupplierSku]
) -> bool:
    """Whether different SKUs of a site hold the row's values in different orders."""
    ours = ((sku.sku_code, sku.name) for sku in store if sku.product_id == wish.product_id)
    theirs = ((sku.factory_sku, sku.name) for sku in supply if sku.offer == wish.offer)
    return any(_reordered(wish.name, side) for side in (ours, theirs))


def _reordered(name: str, skus: Iterable[tuple[str, str]]) -> bool:
    alike = [(code, _values(other)) for code, other in skus if same_name(name, other)]
    return any(one[0] != other[0] and one[1] != other[1] for one, other in combinations(alike, 2))


def _fits(wish: BindingWish, name: str, ordered: bool) -> bool:
    same = _values(name) == _values(wish.name)
    return same_name(name, wish.name) and (same or not ordered)


def _is_ours(wish: BindingWish, sku: StoreSku) -> bool:
    return (sku.product_id, sku.sku_code) == (wish.product_id, wish.sku_code)


def _is_theirs(wish: BindingWish, sku: SupplierSku) -> bool:
    same_number = not wish.factory_sku or sku.factory_sku == wish.factory_sku
    return sku.offer == wish.offer and same_number


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


def _refused(
    wish: BindingWish, where: str, count: int, seen: Sequence[str], ordered: bool
) -> BindingPlan:
    how_many = "no SKU" if count == 0 else f"{count} SKUs"
    order = ", and the order of its values counts" if ordered else ""
    return _rejected(wish, f"{how_many} of {where} match by product, code and name{order}", seen)


def _rejected(wish: BindingWish, reason: str, seen: Sequence[str]) -> BindingPlan:
    return BindingPlan(wish=wish, outcome=Outcome.REJECTED, reason=reason, seen=tuple(seen))


def plan_bindings(
    wishes: Sequence[BindingWish], store: Sequence[StoreSku], supply: Sequence[SupplierSku]
) -> tuple[BindingPlan, ...]:
    """Plan all rows; rows that contradict each other are refused together.

    Two rows for one SKU of the store contradict each other, and so do two SKUs of one product that
    would be bought as the same factory SKU, be the other one a row or bound in the store already.
    """
    plans = [plan_binding(wish, store, supply) for wish in wishes]
    return tuple(_beside(plan, plans, store) for plan in plans)


def _beside(
    plan: BindingPlan, plans: Sequence[BindingPlan], store: Sequence[StoreSku]
) -> BindingPlan:
    """Hold a plan against the other rows, and against what the store's other SKUs are bound to."""
    others = [other.wish for other in plans if other is not plan and _contradict(plan, other)]
    if others:
        seen = [f"{one.sku_code} {one.offer} {one.factory_sku}" for one in (plan.wish, *others)]
        return _rejected(plan.wish, "another row binds the same SKU", seen)
    product, code = plan.wish.product_id, plan.wish.sku_code
    rest = (sku for sku in store if sku.product_id == product and sku.sku_code != code)
    taken = [sku for sku in rest if sku.bound and sku.bound.goods == _goods(plan)]
    if taken and plan.outcome is None:
        seen = [f"{sku.product_id} {sku.sku_code} {sku.name}" for sku in taken]
        return _rejected(plan.wish, "its factory SKU is bound to another SKU already", seen)
    return plan


def _contradict(one: BindingPlan, other: BindingPlan) -> bool:
    """Whether two rows speak of one SKU, be it ours or the factory's; a row with faults counts."""
    if one.wish.product_id != other.wish.product_id:
        return False
    return one.wish.sku_code == other.wish.sku_code or _goods(one) == _goods(other) is not None


def _goods(plan: BindingPlan) -> tuple[str, str] | None:
    if plan.wish.factory_sku:
        return plan.wish.offer, plan.wish.factory_sku
    return plan.target.goods if plan.target else None
