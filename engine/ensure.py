"""The heart: bring one fact of a site to what is wanted, never twice, and prove it.

Read :func:`ensure` top-down; it is the whole promise:

1. *look*      the ledger, then the site: already as wanted → ``unchanged``
2. *prepare*   fill the form and compare it with the plan; nothing is sent yet
3. *intend*    commit the intent to the ledger
4. *act*       the one irreversible click, once
5. *read back* find it again, by the answered id or its business key, and compare fact by fact
6. *receipt*   close the ledger row, keep the evidence

From the intent on, whatever goes wrong is an unknown outcome, unless the site itself says no. An
unknown outcome is looked up for as long as a late commit is possible; only absence that was
proven to the end of that settle window allows a second, last try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.errors import (
    BusinessError,
    NotAllowed,
    NotSent,
    OutcomeUnknown,
    ShopclerkError,
    TransientError,
)
from domain.outcome import Outcome, Receipt
from domain.shop import Identity
from engine.clock import Clock
from engine.errors import at_step
from engine.evidence import BEFORE
from engine.ledger import Entry, Ledger, WriteKey
from engine.plan import Expected, PlannedWrite, planned_as
from engine.runs import ItemResult
from engine.write import Found, Witness, Write

LOOK_PAUSE = 1.0
"""Seconds between two looks for something that should appear."""
LONGEST_LOOK = timedelta(seconds=5)
"""How much of a settle window one look may use up: a clock that was set forward ends none."""
ACT_LIMIT = timedelta(seconds=30)
"""How long one click and its answer may take; what died in between may have left this late."""
ANSWERED = "the site said yes"
"""The note of a write whose answer was a yes: it can't be counted as absent any more."""
SITE_SAID = "the site said: "
"""How a note begins that holds an answer which is no plain no: it is looked up, never repeated."""
TRIES = 2
"""How often one write may act in a run; the second time only after proven absence."""


@dataclass(frozen=True)
class Ensurer:
    """All that ensuring needs, for one shop in one run."""

    ledger: Ledger
    clock: Clock
    owner: Identity
    run_id: str
    settle_window: timedelta
    continues: Sequence[str] = ()
    """The runs that this one was made again from: their refusals and tries are its own."""
    dry: bool = False
    """Look and plan only: nothing is prepared, clicked or written to the ledger."""
    expected: Expected = field(default_factory=dict)
    """What the writes of an approved plan must still find."""
    once: bool = False
    """A keyless write: not seeing it proves nothing, so it is made once and never again."""

    def ensure(self, write: Write, witness: Witness) -> ItemResult:
        """Bring the site to what the write wants, never twice; give the proven outcome.

        Raises:
            TransientError: could not look; nothing was begun, so the item may be tried again.
            OutcomeUnknown: acted, and could not look; trying the item again looks again.
            NotAllowed: the site let this account not do it; nothing was done.
            Defect: the page is not what the robot knows.
        """
        where = WriteKey(self.owner, write.verb, write.key)
        if self.dry:
            return self._plan(write, witness, where)
        while True:
            intent = self.ledger.open_intent(where)
            with _after_the_click():
                result = self._resolve(write, witness, intent) if intent else self._ended(where)
            result = result or self._made_once(where)
            looked = self.ledger.newest_seq(where)
            result = result or self._look_first(write, witness, where)
            result = result or self._tried_enough(write, where)
            if result:
                return result
            witness.may_begin()
            witness.step(f"{write.verb}: preparing")
            write.prepare()
            witness.picture(write.screen, f"{write.verb}{BEFORE}")
            witness.guard(write.screen)
            intent = self.ledger.intend(where, self.run_id, write.wanted, looked=looked)
            with _after_the_click():
                refused = self._act(write, witness, intent)
            if refused:
                return refused

    def _act(self, write: Write, witness: Witness, intent: Entry) -> ItemResult | None:
        """Make the one click and keep what came back; give the result of a plain no."""
        witness.step(f"{write.verb}: doing")
        try:
            with at_step(step=write.verb, key=write.key):
                site_id = write.act()
        except BusinessError as refusal:
            return self._refused(write, witness, intent, refusal)
        except NotAllowed as barred:  # a plain no too, to this account and not to the thing
            self.ledger.close(intent, "not-sent", note=str(barred))
            raise
        except Exception as lost:  # noqa: BLE001  whatever it was, the click may have worked
            self.ledger.answered(intent, note=str(lost))
            witness.step(f"{write.verb}: the answer was lost ({lost})")
        else:
            self.ledger.answered(intent, site_id=site_id, note=ANSWERED)
        return None

    def _ended(self, where: WriteKey) -> ItemResult | None:
        """Give this run's own refusal or mismatch again: neither is ever clicked away."""
        newest = self.ledger.newest(where)
        if newest is None or not self._ours(newest):
            return None
        if newest.state == "rejected":
            return ItemResult(outcome=Outcome.REJECTED, reason=newest.note)
        if newest.state == "mismatch" and newest.receipt:
            return _mismatch(newest.site_id, newest.receipt)
        return None

    def _ours(self, entry: Entry) -> bool:
        return entry.run_id in {self.run_id, *self.continues}

    def _resolve(self, write: Write, witness: Witness, intent: Entry) -> ItemResult | None:
        """Find out what became of a write that was begun; ``None`` when it never took effect.

        An older plan's write is settled against what was sent then; the new plan goes on from it.

        Raises:
            OutcomeUnknown: whatever kept us from finding out; the intent stays open.
        """
        witness.step(f"{write.verb}: reading back")
        try:
            with at_step(step=write.verb, key=write.key):
                found = self._look_until_settled(write, intent)
        except Exception as error:  # noqa: BLE001  after the click nothing is a plain failure
            raise OutcomeUnknown(f"could not look what became of it: {error}") from None
        answered = intent.note == ANSWERED
        same = found and intent.site_id in {"", found.site_id}
        if found and same and (answered or _took_effect(write, found, intent)):
            result = self._close(write, witness, intent, found)
            # asked in this order: what is wanted may be refused once something else stands there
            ours = result.outcome is Outcome.MISMATCH or intent.wanted == write.wanted
            return result if ours else None
        if answered:
            seen = f"product {found.site_id}" if found else "nothing"
            raise OutcomeUnknown(
                f"{write.verb} was answered with yes and the id {intent.site_id or '(none)'}, "
                f"but the site shows {seen}",
                mend="Look in the store for both, then run this sheet again",
            )
        if self.once:
            lost = f"{write.verb} may have been done: it is not to be seen, and is never repeated"
            raise OutcomeUnknown(lost, mend="Look there by hand, and do it if it is missing")
        if intent.note.startswith(SITE_SAID):
            return self._refused(write, witness, intent, BusinessError(intent.note))
        notes = ("proven absent to the end of the settle window", intent.note)
        self.ledger.close(intent, "absent", note="; ".join(filter(None, notes)))
        return None

    def _made_once(self, where: WriteKey) -> ItemResult | None:
        """Give what was made once and proven then, whether or not it is to be seen today."""
        newest = self.ledger.newest(where) if self.once else None
        if newest is None or newest.state != "done":
            return None
        outcome = Outcome.DONE if self._ours(newest) else Outcome.UNCHANGED
        return ItemResult(outcome=outcome, site_id=newest.site_id, receipt=newest.receipt)

    def _tried_enough(self, write: Write, where: WriteKey) -> ItemResult | None:
        absences = self.ledger.absences(where, self.run_id, *self.continues)
        if len(absences) < TRIES:
            return None
        cause = absences[0].note
        reason = f"{write.verb} was tried {len(absences)} times and never took effect: {cause}"
        return ItemResult(outcome=Outcome.FAILED, reason=reason)

    def _plan(self, write: Write, witness: Witness, where: WriteKey) -> ItemResult:
        """Say what would be done, without doing any of it."""
        intent = self.ledger.open_intent(where)
        if intent:
            reason = f"{write.verb} of run {intent.run_id} is not settled yet; run its sheet first"
            return ItemResult(outcome=Outcome.UNKNOWN, reason=reason)
        made = self._made_once(where)
        if made:
            return made
        found = self._look(write, witness, where)
        result = self._nothing_to_do(write, witness, where, found)
        result = result or self._plan_outdated(write, found)
        if result:
            return result
        old = found.facts if found else None
        _picture_after(write, witness)
        facts = {"verb": write.verb, "key": write.key, "clicks": write.clicks}
        witness.planned(PlannedWrite(**facts, old=old, wanted=write.wanted))
        return ItemResult(
            outcome=Outcome.SKIPPED,
            reason=f"planned, not done: {write.clicks}",
            site_id=found.site_id if found else "",
            receipt=Receipt(wanted=write.wanted, found=old or {}),
        )

    def _look_first(self, write: Write, witness: Witness, where: WriteKey) -> ItemResult | None:
        """Give the result when there is nothing to do, or nothing that may be done."""
        found = self._look(write, witness, where)
        result = self._nothing_to_do(write, witness, where, found)
        return result or self._plan_outdated(write, found)

    def _look(self, write: Write, witness: Witness, where: WriteKey) -> Found | None:
        witness.step(f"looking whether {write.verb} is needed")
        seen = self.ledger.last_seen(where)
        found = write.look(seen.site_id if seen else "")
        if found:
            witness.check_shop(write.screen)
        if found is None and seen and self.clock.now() < self._settled_at(seen):
            raise TransientError(f"product {seen.site_id} was there a moment ago")
        return found

    def _plan_outdated(self, write: Write, found: Found | None) -> ItemResult | None:
        old = found.facts if found else None
        by_verb = self.expected.get(write.verb, old)
        expected = self.expected.get(planned_as(write.verb, write.key), by_verb)
        if expected == old:
            return None
        receipt = Receipt(wanted=expected or {}, found=old or {})
        reason = f"the site changed since {write.verb} was planned: "
        return ItemResult(
            outcome=Outcome.NEEDS_PERSON,
            reason=reason + "; ".join(receipt.differences()),
            site_id=found.site_id if found else "",
            receipt=receipt,
        )

    def _nothing_to_do(
        self, write: Write, witness: Witness, where: WriteKey, found: Found | None
    ) -> ItemResult | None:
        if found is None:
            return None
        seen = self.ledger.last_seen(where)
        receipt = Receipt(wanted=write.wanted, found=found.facts)
        if receipt.equal:
            _picture_after(write, witness)
            ours = seen is not None and seen.state == "done" and self._ours(seen)
            outcome = Outcome.DONE if ours else Outcome.UNCHANGED
            return ItemResult(outcome=outcome, site_id=found.site_id, receipt=receipt)
        if not write.creates:
            return None
        _picture_after(write, witness)
        differences = "; ".join(receipt.differences())
        result = ItemResult(
            outcome=Outcome.NEEDS_PERSON,
            reason=f"already there with other values, left as it is: {differences}",
            site_id=found.site_id,
            receipt=receipt,
        )
        known = seen is not None and seen.site_id == found.site_id
        if known or all(found.facts.get(name) == write.wanted[name] for name in write.names):
            return result
        reason = f"code in use by {found.site_id}, another product: {differences}"
        return result.model_copy(update={"outcome": Outcome.REJECTED, "reason": reason})

    def _look_until_settled(self, write: Write, intent: Entry) -> Found | None:
        """Look until it took effect, or to the end of the settle window; give the last look."""
        # A clock that was set back must not make anybody wait for hours.
        left = min(self._settled_at(intent) - self.clock.now(), ACT_LIMIT + self.settle_window)
        while True:
            began = self.clock.now()
            found = write.look(intent.site_id)
            if left <= timedelta() or (found and _took_effect(write, found, intent)):
                return found
            self.clock.sleep(LOOK_PAUSE)
            used = self.clock.now() - began
            left -= min(max(used, timedelta(seconds=LOOK_PAUSE)), LONGEST_LOOK)

    def _settled_at(self, entry: Entry) -> datetime:
        """Give when a late commit or a lagging list can no longer change what is seen.

        The window counts from the last moment the request may have left.
        """
        return (entry.acted_at or entry.intended_at + ACT_LIMIT) + self.settle_window

    def _close(self, write: Write, witness: Witness, intent: Entry, found: Found) -> ItemResult:
        receipt = Receipt(wanted=intent.wanted, found=found.facts)
        witness.check_shop(write.screen)
        _picture_after(write, witness)
        if receipt.equal:
            self.ledger.close(intent, "done", site_id=found.site_id, receipt=receipt)
            return ItemResult(outcome=Outcome.DONE, site_id=found.site_id, receipt=receipt)
        self.ledger.close(intent, "mismatch", site_id=found.site_id, receipt=receipt)
        return _mismatch(found.site_id, receipt)

    def _refused(
        self, write: Write, witness: Witness, intent: Entry, refusal: BusinessError
    ) -> ItemResult:
        _picture_after(write, witness)
        sent = not isinstance(refusal, NotSent)
        reason = refusal.what if refusal.what.startswith(SITE_SAID) else SITE_SAID + refusal.what
        self.ledger.close(intent, "rejected" if sent else "not-sent", note=reason)
        return ItemResult(outcome=Outcome.REJECTED, reason=reason)


@contextmanager
def _after_the_click() -> Iterator[None]:
    """Let nothing that goes wrong once a click may have worked pass for a plain failure."""
    try:
        yield
    except ShopclerkError:
        raise
    except Exception as error:  # noqa: BLE001  a full disk, a database that is locked
        raise OutcomeUnknown(
            f"could not write down what became of it: {type(error).__name__}: {error}",
            mend="Look at the disk and the database, then run this sheet again",
        ) from None


def _picture_after(write: Write, witness: Witness) -> None:
    """Keep what the screen shows now; a picture that fails changes nothing that was proven."""
    try:
        witness.picture(write.screen, f"{write.verb}-after")
    except Exception as error:  # noqa: BLE001
        witness.step(f"{write.verb}: no picture ({type(error).__name__})")


def _mismatch(site_id: str, receipt: Receipt) -> ItemResult:
    return ItemResult(
        outcome=Outcome.MISMATCH,
        reason="the site shows other values than were sent: " + "; ".join(receipt.differences()),
        site_id=site_id,
        receipt=receipt,
        stops_shop=True,
    )


def _took_effect(write: Write, found: Found, intent: Entry) -> bool:
    """Tell a write that happened, rightly or wrongly, from one that did not."""
    return write.creates or found.facts == intent.wanted
