"""ensure: what is there already, one write in order, an answer that was lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from domain.errors import Defect, NeedsPerson, OutcomeUnknown, TransientError
from domain.outcome import Outcome
from engine.ensure import TRIES
from engine.ledger import WriteKey
from tests.engine.stand_ins import (
    ANSWER_LOST,
    COMMITTED_ANSWER_LOST,
    NEVER_COMMITTED,
    OWNER,
    SETTLE_WINDOW,
    WELL_INSIDE,
    Answer,
    Bench,
    PutProduct,
    outcome_of,
)


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
