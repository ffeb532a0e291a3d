"""Where the books keep one product's return address and rules, and how they get there."""

from __future__ import annotations

from datetime import datetime

from books.entries import Filed, Goods, Note, Supplier
from books.library import Books
from domain.outcome import Outcome, Receipt
from domain.replies import ReturnTerms
from domain.return_address import ReturnAddress
from domain.return_rules import sorted_rules
from engine.robot import Desk
from engine.runs import ItemResult
from pages.supply.offer import Offer

BY_HAND = "a person, in the sheet"
"""The source of what a person found out."""


class ReturnShelf:
    """The place of one product, by its world, its shop, its factory and its 商家编码."""

    def __init__(self, desk: Desk, books: Books, offer: Offer, goods: Goods) -> None:
        self._desk = desk
        self._books = books
        self.offer = offer
        self.goods = goods

    @property
    def address(self) -> ReturnAddress | None:
        """Give what the books hold for the product, its own or its factory's."""
        filed = self._books.return_address(self.goods)
        return filed.address if filed else None

    @property
    def note(self) -> Note | None:
        """Give where that comes from."""
        filed = self._books.return_address(self.goods)
        return filed.note if filed else None

    @property
    def settled(self) -> Note | None:
        """Give when and by whom the last doubt about it was settled."""
        return self._books.settled(self.goods)

    def dispute(self, says: str, *, general: bool) -> None:
        """Write down what speaks against the filed address; a dry run does not.

        ``general``: it speaks against that of the factory's other products that have the same one,
        unless it was settled for them.
        """
        address = self.address
        if address is None or self._desk.dry:
            return
        note = Note(source=self.goods.supplier, at=self._desk.clock.now())
        self._books.note_dispute(self.goods, says, note)
        for other in self._books.factory_s_addresses(self.goods) if general else ():
            same = other.address == address
            if same and not self._books.was_disputed(other.goods, says):
                self._books.note_dispute(other.goods, says, note)

    def settle(self, source: str) -> None:
        """Write down that nothing speaks against the filed address; a dry run does not."""
        if not self._desk.dry:
            note = Note(source=source, at=self._desk.clock.now())
            self._books.settle_dispute(self.goods, note)

    def file(self, terms: ReturnTerms, *, source: str, evidence: str, general: bool) -> ItemResult:
        """Write address and rules down; ``general``: of all products of the factory."""
        new, old = terms.address, self.address
        if self._desk.dry and new != old:
            reason = f"planned, not done: 退货地址 → {new.masked}"
            return ItemResult(outcome=Outcome.SKIPPED, reason=reason)
        note = Note(source=source, at=self._desk.clock.now(), evidence=evidence)
        news = False
        own, whole = self.goods, self.goods.general
        for goods in () if self._desk.dry else (whole, own) if general else (own,):
            news |= self._books.note_return_address(goods, new, note)
            for rule, says in sorted_rules(terms.rules).items():
                self._books.note_rule(goods, rule, says, note)
        return self._filed(new, changed=news and old != new)

    def _replaced_since(self, learnt: datetime) -> Filed | None:
        """Give what a person wrote for another product, if that speaks against a general address.

        Their word is newer than what the factory said of all its products, so that a product
        which has no address of its own must not get that one unasked.
        """
        filed = self._books.return_address(self.goods)
        if filed is None or filed.goods.code:
            return None
        others = self._books.factory_s_addresses(self.goods)
        written = [one for one in others if one.note.source == BY_HAND and one.note.at > learnt]
        return next((one for one in written[::-1] if one.address != filed.address), None)

    def copy_general(self, learnt: datetime) -> ItemResult:
        """Let the product have its factory's address as its own; nothing is new about it.

        Args:
            learnt: when the factory said it last.
        """
        filed = self._books.return_address(self.goods)
        assert filed is not None  # noqa: S101  only called where the books hold one
        known, dry = filed.address, self._desk.dry
        replaced = self._replaced_since(learnt)
        if replaced:
            return ItemResult(
                outcome=Outcome.NEEDS_PERSON,
                reason="a person must decide: "
                f"a person wrote {replaced.address.masked} for its product {replaced.goods.code}, "
                f"older is the factory's general one: {known.masked}",
            )
        news = not dry and self._books.note_return_address(self.goods, known, filed.note)
        return self._filed(known, changed=news)

    def named(self, source: str) -> None:
        """Write down that the product is this factory's now; a dry run does not.

        Args:
            source: who said so: a sheet's robot, or a person with the address.
        """
        if not self._desk.dry:
            note = Note(source=source, at=self._desk.clock.now())
            self._books.note_source(self.goods, note, by_hand=source == BY_HAND)

    def note_supplier(self, contact: str, note: Note) -> None:
        """Write the factory itself down."""
        goods = self.goods
        supplier = Supplier(
            world=goods.world,
            supplier_id=goods.supplier_id,
            name=goods.supplier,
            contact=contact,
            link=self._desk.site.url(f"/supplier/{goods.supplier_id}.html"),
        )
        self._books.note_supplier(supplier, note)

    def _filed(self, wanted: ReturnAddress, *, changed: bool) -> ItemResult:
        """Read it back from the books."""
        found = self.address
        receipt = Receipt(wanted=wanted.facts(), found=found.facts() if found else {})
        outcome = Outcome.DONE if changed else Outcome.UNCHANGED
        return ItemResult(outcome=outcome, reason=f"filed: {wanted.masked}", receipt=receipt)
