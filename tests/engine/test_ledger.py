from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from domain.errors import NeedsPerson
from domain.outcome import Receipt
from domain.shop import Identity
from engine.ledger import Ledger, WriteKey
from tests.engine.stand_ins import OWNER, HandClock

CREATE = WriteKey(OWNER, "product.create", "CG-1001")
OTHER_SHOP = OWNER.model_copy(update={"shop_id": "7002"})
OTHER_WORLD = OWNER.model_copy(update={"world": "http://store#2"})
RECEIPT = Receipt(wanted={"价格": "39.90", "主图": 3}, found={"价格": "39.90", "主图": 3})


@pytest.fixture
def ledger(database: sa.Engine, clock: HandClock) -> Ledger:
    return Ledger(database, clock)


def test_a_key_has_one_open_write_and_no_second(ledger: Ledger) -> None:
    ledger.intend(CREATE, "run-1")

    with pytest.raises(NeedsPerson, match="another run"):
        ledger.intend(CREATE, "run-2")

    intent = ledger.open_intent(CREATE)
    assert intent is not None
    assert intent.run_id == "run-1"


@pytest.mark.parametrize("state", ["done", "rejected", "mismatch", "absent", "unknown"])
def test_a_closed_write_makes_room_for_the_next(ledger: Ledger, state: str) -> None:
    first = ledger.intend(CREATE, "run-1")
    ledger.close(first, state)

    second = ledger.intend(CREATE, "run-2")

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
    ledger.close(ledger.intend(CREATE, "run-1"), "done", site_id="39", receipt=RECEIPT)
    ledger.intend(CREATE, "run-2")

    assert ledger.open_intent(other) is None
    assert ledger.last_done(other) is None
    assert ledger.intend(other, "run-2").state == "intent"


def test_the_shops_name_is_no_part_of_the_key(ledger: Ledger) -> None:
    intent = ledger.intend(CREATE, "run-1")
    renamed = OWNER.model_copy(update={"shop_name": "晨光家居旗舰店"})

    assert ledger.open_intent(WriteKey(renamed, CREATE.verb, CREATE.key)) == intent


def test_the_newest_receipt_answers_with_all_it_holds(ledger: Ledger, clock: HandClock) -> None:
    ledger.close(ledger.intend(CREATE, "run-1"), "done", site_id="38")
    clock.sleep(60)
    intended_at = clock.now()
    newest = ledger.intend(CREATE, "run-2")
    ledger.close(newest, "done", site_id="39", receipt=RECEIPT)
    ledger.close(ledger.intend(CREATE, "run-3"), "absent")

    done = ledger.last_done(CREATE)

    assert done is not None
    assert (done.seq, done.run_id, done.site_id) == (newest.seq, "run-2", "39")
    assert done.receipt == RECEIPT
    assert done.intended_at == intended_at
    assert done.intended_at.tzinfo is not None


def test_the_database_itself_refuses_a_second_open_write(database: sa.Engine) -> None:
    row = (
        "INSERT INTO ledger (world, shop_id, verb, key, run_id, state, site_id, note, intended_at)"
        " VALUES ('w', 's', 'v', 'k', 'r', '{}', '', '', '2026-11-22 01:00:00')"
    )
    with database.begin() as connection:
        connection.execute(sa.text(row.format("intent")))
        connection.execute(sa.text(row.format("done")))
        connection.execute(sa.text(row.format("done")))

    with database.begin() as connection, pytest.raises(IntegrityError):
        connection.execute(sa.text(row.format("intent")))


# Refusals of the day


def refuse(ledger: Ledger, key: str, owner: Identity = OWNER, state: str = "rejected") -> None:
    ledger.close(ledger.intend(WriteKey(owner, "product.create", key), "run-1"), state)


def test_only_this_shops_refusals_count(ledger: Ledger, clock: HandClock) -> None:
    since = clock.now()
    refuse(ledger, "CG-1001")
    refuse(ledger, "CG-1002")
    refuse(ledger, "CG-1003", OTHER_SHOP)
    refuse(ledger, "CG-1004", OTHER_WORLD)
    refuse(ledger, "CG-1005", state="done")
    refuse(ledger, "CG-1006", state="absent")
    ledger.intend(WriteKey(OWNER, "product.create", "CG-1007"), "run-1")

    assert ledger.rejections_since(OWNER, since) == 2


def test_a_refusal_counts_from_the_moment_it_was_said(ledger: Ledger, clock: HandClock) -> None:
    intent = ledger.intend(CREATE, "run-1")
    clock.sleep(60)
    said = clock.now()
    ledger.close(intent, "rejected")

    assert ledger.rejections_since(OWNER, said) == 1
    assert ledger.rejections_since(OWNER, said + timedelta(microseconds=1)) == 0


def test_midnight_may_be_given_in_the_shops_own_zone(ledger: Ledger, clock: HandClock) -> None:
    refuse(ledger, "CG-1001")  # at 09:00 in Shanghai
    nine = datetime.fromisoformat("2026-11-22T09:00:00+08:00")

    assert clock.now() == nine
    assert ledger.rejections_since(OWNER, nine.replace(hour=0)) == 1
    assert ledger.rejections_since(OWNER, nine.replace(hour=10)) == 0
