"""What is put into the books and read out of them, where the domain has no word for it."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from domain.model import Value
from domain.return_address import ReturnAddress


class Note(Value):
    """Where a fact comes from: said by whom, learnt when, proven where."""

    source: str
    at: AwareDatetime
    evidence: str = ""


class Supplier(Value):
    """A factory or dealer that goods are bought from."""

    world: str = Field(min_length=1)
    supplier_id: str = Field(min_length=1)
    """The supply platform's own: two factories may have one name."""
    name: str
    contact: str = ""
    link: str = ""


class Place(Value):
    """Which shop of which world: facts of one never answer for another."""

    world: str
    shop_id: str


class Storefront(Value):
    """A shop as sites beside the store know it, which do not show the store's own number."""

    world: str = Field(min_length=1)
    """``Identity.realm``."""
    shop: str = Field(min_length=1)
    """The name the store shows."""


class Goods(Value):
    """One product of one factory; without a shop and a code all that the factory makes.

    What is known of all its products holds for every shop of the world.
    """

    world: str = Field(min_length=1)
    """``Identity.realm``."""
    supplier_id: str = Field(min_length=1)
    """The supply platform's own: two factories may have one name."""
    supplier: str
    """What the factory is called; no part of what tells it apart."""
    shop: str = ""
    """The name the store shows."""
    code: str = ""
    """商家编码."""

    @property
    def key(self) -> dict[str, str]:
        """Name what tells these goods from others, as the books' columns are called."""
        return {
            "world": self.world,
            "supplier_id": self.supplier_id,
            "shop": self.shop,
            "product_code": self.code,
        }

    @property
    def general(self) -> Goods:
        """Give all that the factory makes."""
        return self.model_copy(update={"shop": "", "code": ""})


class Filed(Value):
    """A return address as the books hold it."""

    goods: Goods
    """Whose it is: the product's own, or that of all its factory's products."""
    address: ReturnAddress
    note: Note


class Source(Value):
    """Which factory a product is of, by the sheet that was run last."""

    goods: Goods
    sure: bool
    """Whether that is plain: not where a sheet names a factory again that another one replaced,
    for an old sheet may have been run by mistake. A person's own word makes it plain."""


class CaseKey(Value):
    """Which question: about what, of which business key."""

    place: Place
    kind: str
    key: str


class Case(Value):
    """A question as it stands."""

    key: CaseKey
    round: int
    about: tuple[str, ...] = ()
    asked_at: AwareDatetime
    due_at: AwareDatetime
    answered_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    outcome: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.closed_at is None
