from __future__ import annotations

import json
from datetime import timedelta

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.errors import BusinessError, Defect, NeedsPerson, OutcomeUnknown, TransientError
from domain.outcome import Outcome
from domain.shop import Identity
from engine.ensure import ACT_LIMIT, TRIES
from engine.ledger import WriteKey
from tests.engine.stand_ins import (
    ANSWER_LOST,
    OWNER,
    SETTLE_WINDOW,
    Answer,
    Bench,
    PutProduct,
)

WELL_INSIDE = SETTLE_WINDOW.total_seconds() - 5
COMMITTED_ANSWER_LOST = Answer(raises=ANSWER_LOST)
NEVER_COMMITTED = Answer(commits=False, raises=ANSWER_LOST)


def wanted_of(bench: Bench) -> list[object]:
    """Read from the ledger which prices were sent."""
    return [json.loads(wanted)["价格"] for (wanted,) in bench.rows("wanted")]


def outcome_of(bench: Bench, write: PutProduct, run: str = "run-1") -> Outcome:
    return bench.ensure(write, run=run).outcome


# What is there already


def test_what_stands_there_as_wanted_is_left_alone(bench: Bench) -> None:
    write = PutProduct(bench.site)
    site_id = bench.site.put(write.key, write.wanted)

    result = bench.ensure(write)

    assert result.outcome is Outcome.UNCHANGED
    assert result.site_id == site_id
    assert result.receipt is not None
    assert result.receipt.equal
    assert (bench.site.submits, write.prepared, bench.rows()) == (0, 0, [])


def test_a_create_never_touches_what_stands_there_with_other_values(bench: Bench) -> None:
    write = PutProduct(bench.site, price="39.90")
    bench.site.put(write.key, {**write.wanted, "价格": "12.00"})

    result = bench.ensure(write)

    assert result.outcome is Outcome.NEEDS_PERSON
    assert "价格: wanted 39.90, found 12.00" in result.reason
    assert (bench.site.submits, bench.rows()) == (0, [])


def test_a_change_acts_on_what_stands_there_with_the_old_value(bench: Bench) -> None:
    write = PutProduct(bench.site, price="45.00", creates=False, verb="product.price")
    bench.site.put(write.key, {**write.wanted, "价格": "39.90"})

    result = bench.ensure(write)

    assert result.outcome is Outcome.DONE
    assert result.receipt is not None
    assert result.receipt.found["价格"] == "45.00"
    assert bench.site.submits == 1


def test_a_look_that_fails_before_anything_is_begun_leaves_nothing_behind(bench: Bench) -> None:
    bench.site.looks_that_fail = 1

    with pytest.raises(TransientError):
        bench.ensure(PutProduct(bench.site))

    assert (bench.site.submits, bench.rows()) == (0, [])


# One write, in order


def test_what_is_missing_is_made_once_and_proven(bench: Bench) -> None:
    write = PutProduct(bench.site)

    result = bench.ensure(write)

    assert result.outcome is Outcome.DONE
    assert not result.stops_shop
    assert result.receipt is not None
    assert result.receipt.found == write.wanted
    assert (bench.site.submits, write.prepared) == (1, 1)
    assert bench.diary.pictures == ["product.create-before", "product.create-after"]


def test_the_ledger_keeps_the_id_and_the_receipt_of_what_was_done(bench: Bench) -> None:
    result = bench.ensure(PutProduct(bench.site))

    done = bench.ledger.last_seen(WriteKey(OWNER, "product.create", "CG-1001"))
    assert done is not None
    assert (done.run_id, done.state) == ("run-1", "done")
    assert (done.site_id, done.receipt) == (result.site_id, result.receipt)
    assert bench.ledger.open_intent(WriteKey(OWNER, "product.create", "CG-1001")) is None


def test_the_intent_is_on_disk_before_the_click_and_not_before_the_form_is_filled(
    bench: Bench,
) -> None:
    seen: list[object] = []
    write = PutProduct(
        bench.site,
        on_prepare=lambda: seen.append(bench.rows()),
        on_act=lambda: seen.append(bench.rows("state, verb, key, closed_at")),
    )

    bench.ensure(write)

    assert seen == [[], [("intent", "product.create", "CG-1001", None)]]
    assert bench.rows() == [("done", "run-1")]


def test_a_guard_that_says_no_stops_before_the_intent(bench: Bench) -> None:
    bench.diary.refuses = Defect("this page is another shop's")

    with pytest.raises(Defect, match="another shop's"):
        bench.ensure(PutProduct(bench.site))

    assert (bench.site.submits, bench.rows()) == (0, [])


def test_a_form_that_can_not_be_filled_leaves_no_intent(bench: Bench) -> None:
    def refuse() -> None:
        raise Defect("the form does not hold what was typed")

    with pytest.raises(Defect):
        bench.ensure(PutProduct(bench.site, on_prepare=refuse))

    assert (bench.site.submits, bench.rows()) == (0, [])


# The answer was lost


@pytest.mark.parametrize(
    "lost",
    [
        pytest.param(ANSWER_LOST, id="browser-gone"),
        pytest.param(PlaywrightTimeout("Timeout 15000ms exceeded."), id="timeout"),
        pytest.param(TransientError("502"), id="bad-gateway"),
        pytest.param(NeedsPerson("captcha"), id="captcha-after-the-click"),
        pytest.param(KeyError("data"), id="an-answer-nobody-foresaw"),
    ],
)
def test_a_lost_answer_is_found_by_looking(bench: Bench, lost: Exception) -> None:
    bench.site.answers = [Answer(raises=lost)]

    assert outcome_of(bench, PutProduct(bench.site)) is Outcome.DONE
    assert bench.site.submits == 1
    assert bench.rows() == [("done", "run-1")]


def test_a_commit_that_comes_late_is_waited_for(bench: Bench) -> None:
    bench.site.answers = [Answer(after=WELL_INSIDE, raises=ANSWER_LOST)]

    assert outcome_of(bench, PutProduct(bench.site)) is Outcome.DONE
    assert bench.site.submits == 1


def test_a_late_change_is_waited_for_though_the_old_value_stands_there(bench: Bench) -> None:
    write = PutProduct(bench.site, price="45.00", creates=False, verb="product.price")
    bench.site.put(write.key, {**write.wanted, "价格": "39.90"})
    bench.site.answers = [Answer(after=WELL_INSIDE, raises=ANSWER_LOST)]

    assert outcome_of(bench, write) is Outcome.DONE
    assert bench.site.submits == 1


def test_only_absence_to_the_end_of_the_settle_window_allows_a_second_try(bench: Bench) -> None:
    began = bench.clock.now()
    acted: list[timedelta] = []
    write = PutProduct(bench.site, on_act=lambda: acted.append(bench.clock.now() - began))
    bench.site.answers = [NEVER_COMMITTED]

    assert outcome_of(bench, write) is Outcome.DONE
    assert (bench.site.submits, write.prepared) == (2, 2)
    assert acted[0] == timedelta()
    assert acted[1] >= SETTLE_WINDOW
    assert bench.rows() == [("absent", "run-1"), ("done", "run-1")]


def test_the_settle_window_counts_from_the_moment_the_answer_was_given_up(bench: Bench) -> None:
    prepared: list[timedelta] = []
    began = bench.clock.now()
    bench.site.answers = [NEVER_COMMITTED]
    write = PutProduct(
        bench.site,
        on_prepare=lambda: prepared.append(bench.clock.now() - began),
        on_act=lambda: bench.clock.sleep(20),
    )

    assert outcome_of(bench, write) is Outcome.DONE
    assert prepared == [timedelta(), timedelta(seconds=20) + SETTLE_WINDOW]


def test_what_never_takes_effect_fails_with_its_cause(bench: Bench) -> None:
    bench.site.answers = [NEVER_COMMITTED] * 5

    result = bench.ensure(PutProduct(bench.site))

    assert result.outcome is Outcome.FAILED
    assert f"tried {TRIES} times" in result.reason
    assert "has been closed" in result.reason
    assert bench.site.submits == TRIES == 2
    assert bench.rows() == [("absent", "run-1")] * 2


def test_tries_are_counted_over_all_that_a_run_was_begun_again(bench: Bench) -> None:
    def cut_the_line() -> None:
        bench.site.looks_that_fail = 1

    bench.site.answers = [NEVER_COMMITTED] * 5
    for _ in range(TRIES):
        with pytest.raises(OutcomeUnknown):
            bench.ensure(PutProduct(bench.site, on_act=cut_the_line))
        bench.clock.sleep(60)

    for _ in range(2):
        result = bench.ensure(PutProduct(bench.site))
        assert result.outcome is Outcome.FAILED
        assert f"tried {TRIES} times" in result.reason
        assert "has been closed" in result.reason
        assert bench.site.submits == TRIES


def test_a_new_run_has_tries_of_its_own(bench: Bench) -> None:
    bench.site.answers = [NEVER_COMMITTED] * TRIES
    assert outcome_of(bench, PutProduct(bench.site)) is Outcome.FAILED

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert bench.rows() == [("absent", "run-1")] * TRIES + [("done", "run-2")]


def test_why_an_answer_was_lost_is_redacted_in_the_ledger_and_in_the_reason(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False, raises=KeyError("call 13812345678"))] * TRIES

    result = bench.ensure(PutProduct(bench.site))

    assert "138****5678" in result.reason
    assert "13812345678" not in f"{result} {bench.rows('note')}"


def test_when_nobody_can_look_the_outcome_is_unknown_and_the_intent_stays_open(
    bench: Bench,
) -> None:
    def cut_the_line() -> None:
        bench.site.looks_that_fail = 1

    bench.site.answers = [COMMITTED_ANSWER_LOST]

    with pytest.raises(OutcomeUnknown, match="could not look"):
        bench.ensure(PutProduct(bench.site, on_act=cut_the_line))

    assert bench.rows() == [("intent", "run-1")]


def test_an_unknown_outcome_is_cleared_up_by_the_next_look(bench: Bench) -> None:
    def cut_the_line() -> None:
        bench.site.looks_that_fail = 1

    with pytest.raises(OutcomeUnknown):
        bench.ensure(PutProduct(bench.site, on_act=cut_the_line))

    assert outcome_of(bench, PutProduct(bench.site)) is Outcome.DONE
    assert bench.site.submits == 1
    assert bench.rows() == [("done", "run-1")]


# The site answered


def test_a_refusal_of_the_site_is_final(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False, raises=BusinessError("标题含有违禁词"))]

    result = bench.ensure(PutProduct(bench.site))

    assert result.outcome is Outcome.REJECTED
    assert result.reason == "the site said: 标题含有违禁词"
    assert bench.site.submits == 1
    assert bench.rows("state, note") == [("rejected", "the site said: 标题含有违禁词")]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(commits=False, raises=BusinessError("标题含有违禁词")), Outcome.REJECTED),
        (Answer(instead={"价格": "3.99"}), Outcome.MISMATCH),
    ],
)
def test_a_run_that_is_carried_on_says_again_what_it_had_come_to(
    bench: Bench, answer: Answer, outcome: Outcome
) -> None:
    bench.site.answers = [answer]
    first = bench.ensure(PutProduct(bench.site))

    again = bench.ensure(PutProduct(bench.site))

    assert first.outcome is outcome
    assert again == first
    assert bench.site.submits == 1


def test_what_the_site_says_is_redacted(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False, raises=BusinessError("致电 13812345678"))]

    assert bench.ensure(PutProduct(bench.site)).reason == "the site said: 致电 138****5678"
    assert bench.rows("note") == [("the site said: 致电 138****5678",)]


@pytest.mark.parametrize(
    "creates",
    [
        True,
        False,
    ],
)
def test_other_values_than_were_sent_stop_the_shop(bench: Bench, creates: bool) -> None:
    write = PutProduct(bench.site, price="39.90", creates=creates)
    bench.site.answers = [Answer(instead={"价格": "3.99"})]

    result = bench.ensure(write)

    assert result.outcome is Outcome.MISMATCH
    assert result.stops_shop
    assert "价格: wanted 39.90, found 3.99" in result.reason
    assert bench.site.submits == 1
    assert bench.rows() == [("mismatch", "run-1")]


def test_other_values_found_after_a_lost_answer_stop_the_shop_too(bench: Bench) -> None:
    bench.site.answers = [Answer(instead={"价格": "3.99"}, raises=ANSWER_LOST)]

    result = bench.ensure(PutProduct(bench.site))

    assert (result.outcome, result.stops_shop) == (Outcome.MISMATCH, True)
    assert bench.site.submits == 1


def test_a_list_that_lags_is_waited_for(bench: Bench) -> None:
    bench.site.list_lag = timedelta(seconds=WELL_INSIDE)
    bench.site.answers = [Answer(names_id=False)]
    began = bench.clock.now()

    assert outcome_of(bench, PutProduct(bench.site)) is Outcome.DONE
    assert bench.site.submits == 1
    assert bench.clock.now() - began >= bench.site.list_lag


def test_an_answer_without_an_id_is_proven_by_the_key(bench: Bench) -> None:
    bench.site.answers = [Answer(names_id=False)]

    result = bench.ensure(PutProduct(bench.site))

    assert result.outcome is Outcome.DONE
    assert result.site_id != ""


def test_an_answered_id_is_opened_and_not_looked_for_in_the_lagging_list(bench: Bench) -> None:
    bench.site.list_lag = SETTLE_WINDOW * 10
    began = bench.clock.now()
    write = PutProduct(bench.site)

    result = bench.ensure(write)

    assert result.outcome is Outcome.DONE
    assert write.known_ids == ["", result.site_id]
    assert bench.clock.now() == began
    assert bench.ensure(PutProduct(bench.site)) == result
    assert bench.site.submits == 1


@pytest.mark.parametrize("run", ["run-1", "run-2"])
def test_an_answered_id_outlives_the_process_that_heard_it(bench: Bench, run: str) -> None:
    def cut_the_line() -> None:
        bench.site.looks_that_fail = 1

    bench.site.list_lag = SETTLE_WINDOW * 10
    with pytest.raises(OutcomeUnknown, match="could not look"):
        bench.ensure(PutProduct(bench.site, on_act=cut_the_line))
    ((state, site_id),) = bench.rows("state, site_id")
    assert (state, site_id != "") == ("intent", True)
    bench.clock.sleep(3600)
    write = PutProduct(bench.site)

    result = bench.ensure(write, run=run)

    assert (result.outcome, result.site_id) == (Outcome.DONE, site_id)
    assert write.known_ids == [site_id]
    assert bench.site.submits == 1
    assert bench.rows() == [("done", "run-1")]


def test_an_answered_write_is_never_taken_for_absent(bench: Bench) -> None:
    class AnswersAndSavesNothing(PutProduct):
        def act(self) -> str:
            super().act()
            return "3900000000000000001"

    bench.site.answers = [Answer(commits=False)] * 5
    for _ in range(TRIES + 1):
        with pytest.raises(OutcomeUnknown, match="the site shows nothing"):
            bench.ensure(AnswersAndSavesNothing(bench.site))
        bench.clock.sleep(3600)

    assert bench.rows() == [("intent", "run-1")]
    assert bench.site.submits == 1


def test_a_success_that_names_no_id_and_that_the_list_never_shows_is_unknown(
    bench: Bench,
) -> None:
    bench.site.list_lag = SETTLE_WINDOW * 10
    bench.site.answers = [Answer(names_id=False)] * 2

    with pytest.raises(OutcomeUnknown):
        bench.ensure(PutProduct(bench.site))

    assert bench.rows() == [("intent", "run-1")]
    assert bench.site.submits == 1


# What an earlier run left


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
