"""Keyless writes: made once; what can't be seen afterwards is parked, never repeated."""

from __future__ import annotations

import pytest

from domain.errors import BusinessError, NotSent, OutcomeUnknown
from domain.outcome import Outcome
from engine.ensure import Ensurer
from engine.runs import ItemResult
from tests.engine.stand_ins import (
    NEVER_COMMITTED,
    OWNER,
    SETTLE_WINDOW,
    Answer,
    Bench,
    PutProduct,
)


def ensure(bench: Bench, write: PutProduct, run: str = "run-1") -> ItemResult:
    ensurer = Ensurer(
        ledger=bench.ledger,
        clock=bench.clock,
        owner=OWNER,
        run_id=run,
        settle_window=SETTLE_WINDOW,
        once=True,
    )
    return ensurer.ensure(write, bench.diary)


def test_what_is_not_to_be_seen_is_unknown_in_this_run_and_every_later_one(bench: Bench) -> None:
    bench.site.answers = [NEVER_COMMITTED]
    for run in ("run-1", "run-1", "run-2"):
        with pytest.raises(OutcomeUnknown, match="never repeated"):
            ensure(bench, PutProduct(bench.site), run)
    assert bench.rows("state") == [("intent",)]
    assert bench.site.answers == []


def test_what_was_lost_and_is_seen_is_done(bench: Bench) -> None:
    bench.die_after_click(PutProduct(bench.site))
    assert ensure(bench, PutProduct(bench.site)).outcome is Outcome.DONE
    assert bench.rows("state") == [("done",)]


def test_what_was_done_once_is_not_done_again_though_it_can_t_be_seen(bench: Bench) -> None:
    assert ensure(bench, PutProduct(bench.site)).outcome is Outcome.DONE
    bench.site._products.clear()
    assert ensure(bench, PutProduct(bench.site), "run-2").outcome is Outcome.UNCHANGED
    assert ensure(bench, PutProduct(bench.site)).outcome is Outcome.DONE
    assert bench.rows("state") == [("done",)]


@pytest.mark.parametrize("no", [BusinessError("会话超过7天不可回复"), NotSent("风险")])
def test_a_plain_no_closes_it(bench: Bench, no: BusinessError) -> None:
    bench.site.answers = [Answer(commits=False, raises=no)]
    assert ensure(bench, PutProduct(bench.site)).outcome is Outcome.REJECTED
    assert bench.rows("state") in ([("rejected",)], [("not-sent",)])
