"""收集退货地址: ask each factory once where its returns go, and file what it answers.

A product travels like this: its supply link names the factory → the address is in the books and
fresh: only news in the thread count → nothing asked yet: one question in the thread, and a case
with the time by which an answer is due → answered: read, compared with the factory's own page and
with what was filed before, filed → unclear, incomplete or silent: asked once more → a person.
A factory whose addresses depend on the product is asked for one product at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page

from books.entries import Case, CaseKey, Goods, Note, Place
from books.library import Books
from domain.errors import BusinessError
from domain.model import Value
from domain.outcome import Outcome
from domain.replies import Abstained, ReturnTerms, parse_reply
from domain.shop import Identity
from domain.site import SiteMap
from domain.supplier_answers import (
    QUESTIONS,
    SILENT,
    AddressRules,
    Asked,
    News,
    Step,
    judge,
    news_against,
    number_in,
    question_text,
    second_text,
)
from engine.robot import Desk
from engine.runs import ItemResult, WorkItem
from engine.screen import Entrance
from pages.supply.messages import SupplyMessage, Thread, Writer
from pages.supply.offer import OfferPage
from pages.supply.shell import SupplyShell
from pages.supply.supplier import SupplierPage
from robots.return_shelf import BY_HAND, ReturnShelf
from robots.supplier_answer import answers, as_told, told_since
from robots.supplier_message import QuestionToSupplier

KIND = "return.address"
FILED, UNCLEAR, EACH = "filed", "unclear", "each-product"
"""How a case ends; after ``each-product`` the factory is asked for one product at a time."""
ANOTHER = "the factory writes another return address now"


class ProductToAsk(Value):
    """What the sheet says about one product."""

    product_code: str
    """商家编码."""
    offer_id: str
    """The id of its supply link."""
    supplier: str = ""
    """Who must stand behind the link; empty: whoever does."""
    told: str = ""
    """The address as a person found it out; then nobody is asked."""
    shop: str = ""
    """Whose product it is: the name that the store shows. The sheet does not say it."""


class CollectReturnAddresses:
    """The robot ``collect-return-addresses``."""

    name = "collect-return-addresses"

    def __init__(self, books: Books, rules: AddressRules) -> None:
        self._books = books
        self._rules = rules

    def entrance(self, page: Page, site: SiteMap) -> Entrance:
        """Give the supply platform's door."""
        return SupplyShell(page, site)

    def work(self, payload: dict[str, Any], desk: Desk) -> ItemResult:
        """Look after one product's return address."""
        product = ProductToAsk.model_validate(payload)
        if not product.shop:
            raise BusinessError(
                "an older version made this run, which did not say whose product it is",
                mend="Run the sheet again",
            )
        offer = OfferPage(desk.page, desk.site).open(product.offer_id)
        if offer is None:
            raise BusinessError(
                f"the supply platform has no supply link {product.offer_id}",
                mend="Compare the sheet's 货源链接 with the platform",
            )
        if product.supplier not in {"", offer.supplier}:
            raise BusinessError(
                f"the supply link is of {offer.supplier}, not of {product.supplier}",
                mend="Compare the sheet's row with the platform",
            )
        here = SupplyShell(desk.page, desk.site).identity()
        goods = Goods(
            world=here.realm,
            supplier_id=offer.supplier_id,
            supplier=offer.supplier,
            shop=product.shop,
            code=product.product_code,
        )
        shelf = ReturnShelf(desk, self._books, offer, goods)
        question = _Question(desk, self._books, self._rules, shelf, here)
        if product.told:
            return question.by_hand(product.told)
        shelf.named(self.name)
        return question.carry_out()


def work_items(products: Sequence[ProductToAsk]) -> list[WorkItem]:
    """Make the work items of a sheet."""
    return [WorkItem(p.product_code, p.supplier, p.model_dump(mode="json")) for p in products]


class _Question:
    """What was asked about a product's return address, and what to do about it now."""

    def __init__(
        self, desk: Desk, books: Books, rules: AddressRules, shelf: ReturnShelf, here: Identity
    ) -> None:
        self._desk = desk
        self._books = books
        self._cases = books.cases
        self._rules = rules
        self._shelf = shelf
        self._offer = shelf.offer
        self._place = Place(world=here.world, shop_id=here.shop_id)
        self._thread = Thread(desk.page, desk.site, self._offer.supplier_id)
        self._now = desk.clock.now()
        self._choose_topic()

    def _choose_topic(self) -> None:
        """Choose which question it is: about all of the factory's products, or about this one."""
        rounds = self._cases.rounds(self._key(self._offer.supplier_id))
        self._one_product = bool(rounds) and rounds[-1].outcome == EACH
        self._topic = self._key(self._offer.supplier_id)
        if self._one_product:
            self._topic = self._single
            rounds = self._cases.rounds(self._topic)
        self._newest = rounds[-1] if rounds else None
        ends = [at for at, case in enumerate(rounds) if case.outcome == FILED]
        self._since_filed = rounds[ends[-1] + 1 :] if ends else rounds
        self._filed_at = [rounds[at].closed_at for at in ends]

    def _key(self, key: str) -> CaseKey:
        return CaseKey(place=self._place, kind=KIND, key=key)

    @property
    def _single(self) -> CaseKey:
        return self._key(f"{self._offer.supplier_id}/{self._offer.offer_id}")

    def carry_out(self) -> ItemResult:
        """Give what becomes of the product now."""
        learnt, case = self._learnt(), self._newest
        waits = case is not None and case.open
        if waits and case and not self._settled_by_hand(case):
            return self._look(case)
        if learnt and self._now - learnt < self._rules.fresh:
            return self._known(learnt)
        if self._since_filed and not waits:
            return self._ask_again(self._since_filed[-1].about)  # cut off before it was asked
        ends = FILED if waits else ""  # a person settled it, and that is long ago
        return self._ask(self._topic, ends=ends)

    def by_hand(self, told: str) -> ItemResult:
        """File what a person wrote into the sheet, whatever was known before.

        Raises:
            BusinessError: it is no whole address.
        """
        read = parse_reply([told])
        if isinstance(read, Abstained):
            raise BusinessError(
                f"the sheet's 退货地址 can't be read as one: {read.reason}",
                mend="Write 收件人, 电话, and the address with 省, 市, 区县 and 门牌号",
            )
        if self._one_product and self._newest and not self._desk.dry:
            self._cases.close(self._newest, self._now, FILED)
        result = self._shelf.file(read, source=BY_HAND, evidence="", general=False)
        self._shelf.settle(BY_HAND)
        self._shelf.named(BY_HAND)
        return result

    def _settled_by_hand(self, case: Case) -> bool:
        """Tell whether a person found the product's address out since it was asked for."""
        notes = (note for note in (self._shelf.note, self._shelf.settled) if note)
        return any(note.source == BY_HAND and note.at > case.asked_at for note in notes)

    def _learnt(self) -> datetime | None:
        """Say when the address that the books hold was said last."""
        note, settled = self._shelf.note, self._shelf.settled
        since = [*self._filed_at, settled.at if settled else None]
        return max([note.at, *(at for at in since if at)]) if note else None

    def _known(self, learnt: datetime) -> ItemResult:
        """Keep what is known, unless the factory wrote something else since."""
        since = learnt - self._rules.quiet / 2  # their clock is not ours
        told = as_told(self._but_answers([one for one in self._read_thread() if one.at > since]))
        news = news_against(self._shelf.address, told, self._rules.quiet)
        if news:
            return self._speaks_against(news)
        self._shelf.settle(CollectReturnAddresses.name)
        return self._shelf.copy_general(learnt)

    def _speaks_against(self, news: News) -> ItemResult:
        """Say which message it is; its words stay in the thread: they may name a buyer."""
        number, at = news.message.number, news.message.at.astimezone(self._desk.zone)
        doubt = f"{news.why}, message {number} of {at:%Y-%m-%d %H:%M}"
        if news.address:
            told = self._changed(ANOTHER, news.address.masked)
        else:
            told = self._changed("the factory writes of its return address", doubt)
        return told.model_copy(update={"site_id": number})

    def _changed(self, what: str, new: str) -> ItemResult:
        """Leave to a person what speaks against the filed address, and write down that it does."""
        old, note = self._shelf.address, self._shelf.note
        if old is None or note is None:
            return _person(f"the factory wrote: {new}")
        self._shelf.dispute(new, general=not self._one_product)
        filed = note.at.astimezone(self._desk.zone)
        return _person(f"{what}: {new}; filed {filed:%Y-%m-%d}: {old.masked}")

    def _but_answers(self, messages: Sequence[SupplyMessage]) -> list[SupplyMessage]:
        """Give what the factory wrote, without what answers a later question of ours.

        What it wrote until the question's case was closed was read as the answer to that; what
        comes afterwards may be about all of its products.
        """
        news, answered = [], datetime.min.replace(tzinfo=UTC)
        for one in messages:
            number = number_in(one.text) if one.who is Writer.US else ""
            if number:
                answered = self._answered(number)
            elif one.who is Writer.SUPPLIER and one.at > answered:
                news.append(one)
        return news

    def _answered(self, number: str) -> datetime:
        """Say until when the factory answered a question; while that is open, all is an answer."""
        key, _, times = number.rpartition("-")
        asked = [one for one in self._cases.rounds(self._key(key)) if str(one.round) == times]
        closed = asked[0].closed_at if asked else None
        # An answer counts once it was quiet for so long; their clock is not ours.
        return closed - self._rules.quiet / 2 if closed else datetime.max.replace(tzinfo=UTC)

    def _read_thread(self) -> tuple[SupplyMessage, ...]:
        self._desk.step("reading the factory's answer")
        return self._thread.open() or ()

    def _look(self, case: Case) -> ItemResult:
        """See what was answered to the open question."""
        messages = self._read_thread()
        told = told_since(messages, self._number(self._since_filed[0]), self._since_filed[0])
        asked = Asked(
            times=len(self._since_filed),
            due_at=case.due_at,
            one_product=self._one_product,
            told=told,
            told_last=told_since(messages, self._number(case), case),
        )
        verdict = judge(asked, self._rules, self._now)
        if verdict.step is Step.WAIT:
            return self._waits(case.due_at)
        if verdict.step is Step.FILE and verdict.terms:
            return self._file(verdict.terms, case, messages)
        if verdict.step is Step.ASK_EACH:
            return self._ask(self._single, ends=EACH)
        if verdict.step is Step.ASK_AGAIN:
            return self._ask_again((verdict.why,))
        if asked.told_last and not self._desk.dry:
            self._cases.answered(case, self._now)
        return _gave_up(asked.times, verdict.why)

    def _file(
        self, terms: ReturnTerms, case: Case, messages: Sequence[SupplyMessage]
    ) -> ItemResult:
        """File an answer that contradicts nothing: neither the books nor the factory's page."""
        old = self._shelf.address
        if old is not None and old != terms.address:
            return self._changed(ANOTHER, terms.address.masked)
        if not self._desk.dry:
            first = self._since_filed[0]
            ours = [m for m in messages if m.who is Writer.US and number_in(m.text)]
            self._thread.show([*ours, *answers(messages, self._number(first), first)])
            self._desk.picture(self._thread, "answer")
        card = SupplierPage(self._desk.page, self._desk.site).open(self._offer.supplier_id)
        shown = parse_reply([card.return_address]) if card and card.return_address else None
        if isinstance(shown, ReturnTerms) and shown.address != terms.address:
            self._shelf.dispute(shown.address.masked, general=not self._one_product)
            return _person(
                f"the factory writes {terms.address.masked}, its page {shown.address.masked}"
            )
        contact = card.contact if card else ""
        evidence = f"message {messages[-1].message_id} of thread {self._offer.supplier_id}"
        source = f"{self._offer.supplier} {contact}".strip()
        result = self._shelf.file(
            terms, source=source, evidence=evidence, general=not self._one_product
        )
        if not self._desk.dry:
            self._shelf.note_supplier(contact, Note(source=source, at=self._now, evidence=evidence))
            self._cases.answered(case, self._now)
            self._cases.close(case, self._now, FILED)
            self._shelf.settle(source)
        return result

    def _ask_again(self, about: Sequence[str]) -> ItemResult:
        """Ask a second time, naming what is missing."""
        why = about[0] if about else ""
        number = f"{self._topic.key}-{self._next_round()}"
        return self._put(self._topic, number, second_text(self._rules, number, why), UNCLEAR, why)

    def _ask(self, topic: CaseKey, *, ends: str) -> ItemResult:
        """Ask for the first time: about all products, or about this one with its card."""
        one_product = topic == self._single
        others = self._others_wait() if one_product else None
        if others:
            return others
        number = f"{topic.key}-{self._next_round() if topic == self._topic else 1}"
        about = {"title": self._offer.title, "item_no": self._offer.item_no} if one_product else {}
        return self._put(topic, number, question_text(self._rules, number, **about), ends, "")

    def _others_wait(self) -> ItemResult | None:
        """Wait while another product's answer is awaited: two could not be told apart."""
        beginning = f"{self._offer.supplier_id}/"
        waiting = [
            case
            for case in self._cases.open(self._place, KIND)
            if case.key.key.startswith(beginning) and case.key != self._single
        ]
        unanswered = [case for case in waiting if case.answered_at is None]
        if any(case.due_at <= self._now and case.round >= QUESTIONS for case in unanswered):
            return _gave_up(QUESTIONS, SILENT)
        due = [case.due_at for case in unanswered]
        last = next(iter(self._read_thread()[::-1]), None)
        number = number_in(last.text) if last and last.who is Writer.US else ""
        if number.startswith(beginning) and not number.startswith(f"{self._single.key}-"):
            due.append(self._now + self._rules.answer_within)  # cut off before its case was open
        return self._waits(max(due)) if due else None

    def _put(self, topic: CaseKey, number: str, text: str, ends: str, why: str) -> ItemResult:
        """Send one question, once in all runs, and open its case."""
        offer_id = self._offer.offer_id if topic == self._single else ""
        write = QuestionToSupplier(self._desk, self._offer.supplier_id, number, text, offer_id)
        result = self._desk.ensure(write, once=True)
        if not result.outcome.good:
            return result
        now = self._desk.clock.now()
        if self._newest and self._newest.open:
            self._cases.close(self._newest, now, ends or UNCLEAR)
        due = now + self._rules.answer_within
        note = Note(source=CollectReturnAddresses.name, at=now, evidence=f"{write.verb} {number}")
        self._cases.ask(topic, note, due_at=due, about=[why] if why else [])
        return self._waits(due).model_copy(
            update={"receipt": result.receipt, "site_id": result.site_id}
        )

    def _waits(self, until: datetime) -> ItemResult:
        local = until.astimezone(self._desk.zone)
        reason = f"waits for the factory's answer until {local:%Y-%m-%d %H:%M}"
        return ItemResult(outcome=Outcome.SKIPPED, reason=reason)

    def _next_round(self) -> int:
        return self._newest.round + 1 if self._newest else 1

    def _number(self, case: Case) -> str:
        return f"{case.key.key}-{case.round}"


def _gave_up(times: int, why: str) -> ItemResult:
    return _person(f"asked {times} times, and no return address can be read: {why}")


def _person(why: str) -> ItemResult:
    reason = f"a person must decide: {why}"
    return ItemResult(outcome=Outcome.NEEDS_PERSON, reason=reason)
