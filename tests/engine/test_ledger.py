from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.errors import NeedsPerson
from domain.outcome import Receipt
from domain.shop import Identity
from engine.ledger import Ledger, WriteKey
from engine.write import Facts
from tests.engine.stand_ins import OWNER, Bench, HandClock

CREATE = WriteKey(OWNER, "product.create", "CG-1001")
OTHER_SHOP = OWNER.model_copy(update={"shop_id": "7002"})
OTHER_WORLD = OWNER.model_copy(update={"world": "http://store#2"})
SENT: Facts = {"价格": "39.90", "主图": 3}
RECEIPT = Receipt(wanted={"价格": "39.90", "主图": 3}, found={"价格": "39.90", "主图": 3})


@pytest.fixture
def ledger(database: sa.Engine, clock: HandClock) -> Ledger:
    return Ledger(database, clock)


def test_a_key_has_one_open_write_and_no_second(ledger: Ledger) -> None:
    ledger.intend(CREATE, "run-1", SENT)

    with pytest.raises(NeedsPerson, match="another run"):
        ledger.intend(CREATE, "run-2", SENT)

    intent = ledger.open_intent(CREATE)
    assert intent is not None
    assert intent.run_id == "run-1"


@pytest.mark.parametrize("state", ["done", "rejected", "mismatch", "absent", "unknown"])
def test_a_closed_write_makes_room_for_the_next(ledger: Ledger, state: str) -> None:
    first = ledger.intend(CREATE, "run-1", SENT)
    ledger.close(first, state)

    second = ledger.intend(CREATE, "run-2", SENT)

    assert second.seq > first.seq
    assert ledger.open_intent(CREATE) == second


@pytest.mark.parametrize(
    "other",
    [
        WriteKey(OTHER_WORLD, CREATE.verb, CREATE.key),
        WriteKey(OTHER_SHOP, CREATE.verb, CREATE.key),
        WriteKey(OWNER, "product.on-sale", CREATE.key),
        WriteKey(OWNER, CREATE.verb, "CG-10010"),
    ],
)
def test_other_worlds_shops_verbs_and_keys_do_not_meet(ledger: Ledger, other: WriteKey) -> None:
    ledger.close(ledger.intend(CREATE, "run-1", SENT), "done", site_id="39", receipt=RECEIPT)
    ledger.intend(CREATE, "run-2", SENT)

    assert ledger.open_intent(other) is None
    assert ledger.last_seen(other) is None
    assert ledger.intend(other, "run-2", SENT).state == "intent"


def test_the_shops_name_is_no_part_of_the_key(ledger: Ledger) -> None:
    intent = ledger.intend(CREATE, "run-1", SENT)
    renamed = OWNER.model_copy(update={"shop_name": "晨光家居旗舰店"})

    assert ledger.open_intent(WriteKey(renamed, CREATE.verb, CREATE.key)) == intent


def test_the_newest_receipt_answers_with_all_it_holds(ledger: Ledger, clock: HandClock) -> None:
    ledger.close(ledger.intend(CREATE, "run-1", SENT), "done", site_id="38")
    clock.sleep(60)
    intended_at = clock.now()
    newest = ledger.intend(CREATE, "run-2", SENT)
    ledger.close(newest, "done", site_id="39", receipt=RECEIPT)
    ledger.close(ledger.intend(CREATE, "run-3", SENT), "absent")

    done = ledger.last_seen(CREATE)

    assert done is not None
    assert (done.seq, done.run_id, done.site_id) == (newest.seq, "run-2", "39")
    assert done.receipt == RECEIPT
    assert done.intended_at == intended_at
    assert done.intended_at.tzinfo is not None


def test_the_database_itself_refuses_a_second_open_write(database: sa.Engine) -> None:
    row = (
        "INSERT INTO ledger"
        " (world, shop_id, verb, key, run_id, state, wanted, site_id, note, intended_at)"
        " VALUES ('w', 's', 'v', 'k', 'r', '{}', '{{}}', '', '', '2026-11-22 01:00:00')"
    )
    with database.begin() as connection:
        connection.execute(sa.text(row.format("intent")))
        connection.execute(sa.text(row.format("done")))
        connection.execute(sa.text(row.format("done")))

    with database.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(sa.text(row.format("intent")))


# What came back


def test_an_intent_keeps_what_was_sent_whatever_is_wanted_later(ledger: Ledger) -> None:
    ledger.intend(CREATE, "run-1", SENT)

    intent = ledger.open_intent(CREATE)

    assert intent is not None
    assert (intent.wanted, intent.site_id, intent.note) == (SENT, "", "")


@pytest.mark.parametrize(("site_id", "note"), [("39", ""), ("", "the browser has been closed")])
def test_what_came_back_and_when_stays_on_the_open_intent(
    ledger: Ledger, clock: HandClock, site_id: str, note: str
) -> None:
    sent = ledger.intend(CREATE, "run-1", SENT)
    clock.sleep(20)
    ledger.answered(sent, site_id=site_id, note=note)

    intent = ledger.open_intent(CREATE)

    assert intent == replace(sent, site_id=site_id, note=note, acted_at=clock.now())
    assert (intent.state, sent.acted_at) == ("intent", None)


def test_what_was_closed_once_stays_as_it_was_closed(bench: Bench) -> None:
    intent = bench.ledger.intend(CREATE, "run-1", SENT)
    bench.ledger.close(intent, "done", site_id="39", receipt=RECEIPT)
    columns = "state, site_id, receipt, closed_at"
    closed = bench.rows(columns)
    bench.clock.sleep(60)

    bench.ledger.close(intent, "absent", note="proven absent")

    assert bench.rows(columns) == closed
    assert bench.rows("state, site_id, note") == [("done", "39", "")]


def test_notes_are_redacted_before_they_are_kept(bench: Bench) -> None:
    intent = bench.ledger.intend(CREATE, "run-1", SENT)
    bench.ledger.answered(intent, note="call 13812345678")
    assert bench.rows("note") == [("call 138****5678",)]

    bench.ledger.close(intent, "rejected", note="token=abc123 was refused")
    assert bench.rows("note") == [("token=*** was refused",)]


def test_only_a_runs_own_absences_of_this_very_write_count_newest_first(ledger: Ledger) -> None:
    for write, run, state, note in (
        (CREATE, "run-1", "absent", "first"),
        (CREATE, "run-1", "absent", "second"),
        (CREATE, "run-2", "absent", "another run's"),
        (CREATE, "run-1", "done", "done"),
        (CREATE, "run-1", "rejected", "rejected"),
        (WriteKey(OWNER, "product.on-sale", CREATE.key), "run-1", "absent", "another verb's"),
        (WriteKey(OWNER, CREATE.verb, "CG-10010"), "run-1", "absent", "another key's"),
        (WriteKey(OTHER_SHOP, CREATE.verb, CREATE.key), "run-1", "absent", "another shop's"),
    ):
        ledger.close(ledger.intend(write, run, SENT), state, note=note)
    ledger.intend(CREATE, "run-1", SENT)

    assert [entry.note for entry in ledger.absences(CREATE, "run-1")] == ["second", "first"]


# Refusals of the day


def refuse(ledger: Ledger, key: str, owner: Identity = OWNER, state: str = "rejected") -> None:
    ledger.close(ledger.intend(WriteKey(owner, "product.create", key), "run-1", SENT), state)


def test_a_run_made_again_counts_the_absences_of_the_run_it_goes_on_from(ledger: Ledger) -> None:
    for run in ("run-1", "run-2", "run-3"):
        ledger.close(ledger.intend(CREATE, run, SENT), "absent", note=run)

    assert [entry.note for entry in ledger.absences(CREATE, "run-3", "run-1")] == ["run-3", "run-1"]


def test_refusals_count_by_what_they_are_about(ledger: Ledger, clock: HandClock) -> None:
    since = clock.now()
    refuse(ledger, "CG-1001")
    for verb in ("order.ship", "order.mark-paid", "order.ask", "products.create"):
        write = WriteKey(OWNER, verb, "6920100000000000078")
        ledger.close(ledger.intend(write, "run-1", SENT), "rejected")

    assert ledger.rejections_since(OWNER, since, "product") == 1
    assert ledger.rejections_since(OWNER, since, "order") == 3


def test_only_this_shops_refusals_count(ledger: Ledger, clock: HandClock) -> None:
    since = clock.now()
    refuse(ledger, "CG-1001")
    refuse(ledger, "CG-1002")
    refuse(ledger, "CG-1003", OTHER_SHOP)
    refuse(ledger, "CG-1004", OTHER_WORLD)
    refuse(ledger, "CG-1005", state="done")
    refuse(ledger, "CG-1006", state="absent")
    ledger.intend(WriteKey(OWNER, "product.create", "CG-1007"), "run-1", SENT)

    assert ledger.rejections_since(OWNER, since, "product") == 2


def test_a_refusal_counts_from_the_moment_it_was_said(ledger: Ledger, clock: HandClock) -> None:
    intent = ledger.intend(CREATE, "run-1", SENT)
    clock.sleep(60)
    said = clock.now()
    ledger.close(intent, "rejected")

    assert ledger.rejections_since(OWNER, said, "product") == 1
    assert ledger.rejections_since(OWNER, said + timedelta(microseconds=1), "product") == 0


def test_midnight_may_be_given_in_the_shops_own_zone(ledger: Ledger, clock: HandClock) -> None:
    refuse(ledger, "CG-1001")  # at 09:00 in Shanghai
    nine = datetime.fromisoformat("2026-11-22T09:00:00+08:00")

    assert clock.now() == nine
    assert ledger.rejections_since(OWNER, nine.replace(hour=0), "product") == 1
    assert ledger.rejections_since(OWNER, nine.replace(hour=10), "product") == 0


def test_a_refusal_that_comes_later_counts_once_for_what_was_handed_in(
    ledger: Ledger, clock: HandClock
) -> None:
    since, audit = clock.now(), WriteKey(OWNER, "product.audit", CREATE.key)

    def handed_in(verb: str, run: str) -> None:
        ledger.close(ledger.intend(WriteKey(OWNER, verb, CREATE.key), run, SENT), "done")

    def counted() -> int:
        return ledger.rejections_since(OWNER, since, "product")

    handed_in("product.create", "run-1")
    for run in ("run-1", "run-1", "run-2", "run-3"):
        ledger.refused_later(audit, run, "the audit refused it")
    assert counted() == 1
    handed_in("product.update", "run-4")
    for run in ("run-4", "run-5"):
        ledger.refused_later(audit, run, "the audit refused it, 13812345678")
    assert counted() == 2
    newest = ledger.newest(audit)
    assert newest is not None
    assert (newest.run_id, newest.note) == ("run-4", "the audit refused it, 138****5678")


def test_a_refusal_of_what_the_ledger_never_saw_handed_in_counts_once(
    ledger: Ledger, clock: HandClock
) -> None:
    for run in ("run-1", "run-2"):
        ledger.refused_later(WriteKey(OWNER, "product.audit", "CG-1"), run, "the audit refused it")
    assert ledger.rejections_since(OWNER, clock.now(), "product") == 1
    assert ledger.open_intent(WriteKey(OWNER, "product.audit", "CG-1")) is None
