"""ensure: what the site answered, and what it shows."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import BusinessError, Defect, NotAllowed, OutcomeUnknown
from domain.outcome import Outcome
from engine.ensure import TRIES
from engine.session import as_result
from tests.engine.stand_ins import (
    ANSWER_LOST,
    OWNER,
    SETTLE_WINDOW,
    WELL_INSIDE,
    Answer,
    Bench,
    PutProduct,
    outcome_of,
)


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


def test_an_account_that_may_not_do_it_is_a_person_s_matter_and_no_refusal_of_the_thing(
    bench: Bench,
) -> None:
    said = NotAllowed("the site said: 您无操作权限，请联系主账号管理员开设权限")
    bench.site.answers = [Answer(commits=False, raises=said)]
    before = bench.clock.now()

    with pytest.raises(NotAllowed, match="您无操作权限"):
        bench.ensure(PutProduct(bench.site))

    assert as_result(said).outcome is Outcome.NEEDS_PERSON
    assert (bench.site.submits, bench.clock.now()) == (1, before)
    assert bench.rows("state") == [("not-sent",)]
    assert bench.ledger.rejections_since(OWNER, before, "product") == 0


@pytest.mark.parametrize("moment", ["answer", "receipt"])
def test_a_database_that_fails_after_the_click_leaves_the_outcome_unknown(
    bench: Bench, moment: str
) -> None:
    """A full disk: what is on the site is found by the next try, which clicks no second time."""
    full = "CREATE TRIGGER full BEFORE UPDATE ON ledger {} BEGIN SELECT RAISE(ABORT, 'disk'); END"
    when = {"answer": "", "receipt": "WHEN new.state <> 'intent'"}[moment]
    write = PutProduct(bench.site, on_commit=lambda: execute(bench, full.format(when)))

    with pytest.raises(OutcomeUnknown, match="could not write down what became of it") as unknown:
        bench.ensure(write)

    assert "39.90" not in str(unknown.value), "what was sent may be a buyer's"
    execute(bench, "DROP TRIGGER full")
    assert bench.ensure(PutProduct(bench.site)).outcome is Outcome.DONE
    assert bench.site.submits == 1


def execute(bench: Bench, statement: str) -> None:
    with bench.database.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize("written", [False, True])
def test_what_another_shop_s_page_shows_proves_nothing(bench: Bench, written: bool) -> None:
    """A person who switches the shop in the header switches it for every page."""
    write = PutProduct(bench.site, on_commit=lambda: setattr(bench.diary, "another_shop", True))
    if not written:
        bench.site.put(write.key, write.wanted)
        bench.diary.another_shop = True

    with pytest.raises((Defect, OutcomeUnknown), match="别家小店"):
        bench.ensure(write)

    assert bench.rows("state") == ([("intent",)] if written else [])
