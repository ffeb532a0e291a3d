"""ensure: what an earlier run left behind."""

from __future__ import annotations

import pytest

from domain.errors import BusinessError, NeedsPerson, OutcomeUnknown
from domain.outcome import Outcome
from domain.shop import Identity
from engine.ensure import ACT_LIMIT, TRIES
from engine.ledger import WriteKey
from tests.engine.stand_ins import (
    NEVER_COMMITTED,
    OWNER,
    SETTLE_WINDOW,
    WELL_INSIDE,
    Answer,
    Bench,
    PutProduct,
    outcome_of,
    wanted_of,
)


@pytest.mark.parametrize("seconds_until_commit", [0.0, WELL_INSIDE])
def test_the_open_intent_of_a_dead_run_is_looked_up_and_not_acted_on(
    bench: Bench, seconds_until_commit: float
) -> None:
    bench.site.answers = [Answer(after=seconds_until_commit)]
    bench.die_after_click(PutProduct(bench.site))
    assert bench.rows() == [("intent", "dead-run")]

    write = PutProduct(bench.site)

    assert outcome_of(bench, write, run="run-2") is Outcome.DONE
    assert (bench.site.submits, write.prepared) == (1, 0)
    assert bench.rows() == [("done", "dead-run")]


def test_what_a_dead_run_never_sent_is_done_by_the_next_run_after_the_settle_window(
    bench: Bench,
) -> None:
    bench.site.answers = [Answer(commits=False)]
    bench.die_after_click(PutProduct(bench.site))
    died = bench.clock.now()

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert bench.clock.now() - died >= ACT_LIMIT + SETTLE_WINDOW
    assert bench.site.submits == 2
    assert bench.rows() == [("absent", "dead-run"), ("done", "run-2")]


@pytest.mark.parametrize(("committed", "submits"), [(True, 1), (False, 2)])
def test_an_open_intent_from_long_ago_needs_one_look_and_no_wait(
    bench: Bench, committed: bool, submits: int
) -> None:
    bench.site.answers = [Answer(commits=committed)]
    bench.die_after_click(PutProduct(bench.site))
    bench.clock.sleep(3600)
    before = bench.clock.now()

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert bench.clock.now() == before
    assert bench.site.submits == submits


def test_the_settle_window_counts_from_the_click_and_not_from_the_next_start(
    bench: Bench,
) -> None:
    bench.site.answers = [Answer(commits=False)]
    bench.die_after_click(PutProduct(bench.site))
    clicked = bench.clock.now()
    bench.clock.sleep(WELL_INSIDE)

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert bench.clock.now() - clicked == ACT_LIMIT + SETTLE_WINDOW


def test_an_older_plans_create_is_settled_against_what_was_sent_then(bench: Bench) -> None:
    bench.die_after_click(PutProduct(bench.site, price="39.90"))

    result = bench.ensure(PutProduct(bench.site, price="45.00"), run="run-2")

    assert (result.outcome, result.stops_shop) == (Outcome.NEEDS_PERSON, False)
    assert "already there with other values" in result.reason
    assert "价格: wanted 45.00, found 39.90" in result.reason
    assert bench.rows() == [("done", "dead-run")]
    assert bench.site.submits == 1


@pytest.mark.parametrize("seconds_until_commit", [0.0, WELL_INSIDE])
def test_an_older_plans_change_is_settled_before_the_new_one_is_made(
    bench: Bench, seconds_until_commit: float
) -> None:
    def change_to(price: str) -> PutProduct:
        return PutProduct(bench.site, price=price, creates=False, verb="product.price")

    bench.site.put("CG-1001", {"商家编码": "CG-1001", "价格": "39.90"})
    bench.site.answers = [Answer(after=seconds_until_commit)]
    bench.die_after_click(change_to("45.00"))

    result = bench.ensure(change_to("50.00"), run="run-2")

    assert result.outcome is Outcome.DONE
    assert result.receipt is not None
    assert result.receipt.found["价格"] == "50.00"
    assert bench.rows() == [("done", "dead-run"), ("done", "run-2")]
    assert wanted_of(bench) == ["45.00", "50.00"]
    assert bench.site.submits == 2


def test_what_an_older_plan_never_sent_is_made_as_the_new_one_wants_it(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False)]
    bench.die_after_click(PutProduct(bench.site, price="39.90"))

    assert outcome_of(bench, PutProduct(bench.site, price="45.00"), run="run-2") is Outcome.DONE
    assert bench.rows() == [("absent", "dead-run"), ("done", "run-2")]
    assert wanted_of(bench) == ["39.90", "45.00"]


def test_an_answer_that_names_another_id_than_the_key_finds_is_unknown(bench: Bench) -> None:
    class NamesAnotherId(PutProduct):
        def act(self) -> str:
            super().act()
            return "3900000000000000999"

    for run in ("run-1", "run-1", "run-2"):
        with pytest.raises(OutcomeUnknown, match="yes and the id 3900000000000000999"):
            bench.ensure(NamesAnotherId(bench.site), run=run)

    assert bench.rows() == [("intent", "run-1")]
    assert bench.site.submits == 1


def test_the_same_run_meeting_its_own_receipt_says_done_again(bench: Bench) -> None:
    first = bench.ensure(PutProduct(bench.site))

    again = bench.ensure(PutProduct(bench.site))

    assert again == first
    assert bench.site.submits == 1


def test_another_run_meeting_the_receipt_says_unchanged(bench: Bench) -> None:
    bench.ensure(PutProduct(bench.site))

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.UNCHANGED
    assert bench.site.submits == 1


def test_what_has_a_receipt_is_looked_up_by_its_id_and_not_in_the_lagging_list(
    bench: Bench,
) -> None:
    first = bench.ensure(PutProduct(bench.site))
    bench.site.list_lag = SETTLE_WINDOW * 10
    write = PutProduct(bench.site)

    assert outcome_of(bench, write, run="run-2") is Outcome.UNCHANGED
    assert write.known_ids == [first.site_id]


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param(OWNER.model_copy(update={"world": "http://store#2"}), id="another-world"),
        pytest.param(OWNER.model_copy(update={"shop_id": "7002"}), id="another-shop"),
    ],
)
def test_a_receipt_answers_for_its_own_world_and_shop_only(
    bench: Bench, stranger: Identity
) -> None:
    bench.ensure(PutProduct(bench.site))
    write = PutProduct(bench.site)

    result = bench.ensure(write, owner=stranger)

    assert write.known_ids == [""]
    assert result.outcome is Outcome.UNCHANGED


def test_an_open_intent_answers_for_its_own_world_only(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False)]
    bench.die_after_click(PutProduct(bench.site))
    before = bench.clock.now()
    elsewhere = OWNER.model_copy(update={"world": "http://store#2"})

    assert bench.ensure(PutProduct(bench.site), owner=elsewhere).outcome is Outcome.DONE
    assert bench.clock.now() == before
    assert bench.rows() == [("intent", "dead-run"), ("done", "run-1")]


def test_two_runs_at_the_same_moment_click_once(bench: Bench) -> None:
    def other_run_is_quicker() -> None:
        bench.ledger.intend(WriteKey(OWNER, "product.create", "CG-1001"), "quick-run", {})

    with pytest.raises(NeedsPerson, match=r"in the middle of product\.create for CG-1001"):
        bench.ensure(PutProduct(bench.site, on_prepare=other_run_is_quicker))

    assert bench.site.submits == 0
    assert bench.rows() == [("intent", "quick-run")]


# A run made again by another version, in an earlier one's stead


def test_what_the_site_refused_an_earlier_run_is_not_sent_again_in_its_stead(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False, raises=BusinessError("标题含有违禁词"))]
    refused = bench.ensure(PutProduct(bench.site))

    again = bench.ensure(PutProduct(bench.site), run="run-2", continues=["run-1"])

    assert again == refused
    assert (again.outcome, bench.site.submits) == (Outcome.REJECTED, 1)
    assert outcome_of(bench, PutProduct(bench.site), run="run-3") is Outcome.DONE


def test_what_an_earlier_run_saved_wrong_stays_a_mismatch_in_its_stead(bench: Bench) -> None:
    bench.site.answers = [Answer(instead={"价格": "3.99"})]
    wrong = bench.ensure(PutProduct(bench.site))

    assert wrong.outcome is Outcome.MISMATCH
    assert bench.ensure(PutProduct(bench.site), run="run-2", continues=["run-1"]) == wrong


def test_an_earlier_runs_tries_count_in_its_stead(bench: Bench) -> None:
    bench.site.answers = [NEVER_COMMITTED] * 2 * TRIES
    for _ in range(TRIES):
        bench.ledger.close(
            bench.ledger.intend(
                WriteKey(OWNER, "product.create", "CG-1001"), "run-0", PutProduct(bench.site).wanted
            ),
            "absent",
            note="the answer was lost",
        )

    again = bench.ensure(PutProduct(bench.site), run="run-2", continues=["run-0", "run-1"])

    assert (again.outcome, bench.site.submits) == (Outcome.FAILED, 0)
    assert "tried 2 times" in again.reason


def test_what_an_earlier_run_did_is_done_in_its_stead(bench: Bench) -> None:
    first = bench.ensure(PutProduct(bench.site))

    assert bench.ensure(PutProduct(bench.site), run="run-2", continues=["run-1"]) == first
