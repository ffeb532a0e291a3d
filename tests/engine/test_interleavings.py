"""What may come in between: other runs, other hands, lost and restored memories, odd clocks."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from domain.errors import TransientError
from domain.outcome import Outcome
from domain.shop import Identity
from engine.database import open_database
from engine.ledger import Ledger
from tests.engine.conftest import sqlite_url
from tests.engine.stand_ins import (
    OWNER,
    SETTLE_WINDOW,
    WELL_INSIDE,
    Answer,
    Bench,
    HandClock,
    PutProduct,
    Site,
    nothing,
    outcome_of,
)

PRICE, OTHER_PRICE = "39.90", "12.00"


def named(bench: Bench, price: str = PRICE) -> PutProduct:
    """A create whose price is its name, so that another price is another product."""
    return PutProduct(bench.site, price=price, names=["价格"])


def with_ledger(bench: Bench, file: Path) -> Bench:
    """The same site and clock beside another database."""
    database = open_database(sqlite_url(file))
    return Bench(database, bench.clock, bench.site, Ledger(database, bench.clock))


def test_another_product_under_the_code_is_refused_with_its_id(bench: Bench) -> None:
    site_id = bench.site.put("CG-1001", {"商家编码": "CG-1001", "价格": OTHER_PRICE})

    result = bench.ensure(named(bench))

    assert result.outcome is Outcome.REJECTED
    assert result.reason.startswith(f"code in use by {site_id}, another product")
    assert (bench.site.submits, bench.rows()) == (0, [])


def test_our_own_product_that_was_renamed_is_left_for_a_person(bench: Bench) -> None:
    bench.ensure(named(bench))

    result = bench.ensure(named(bench, OTHER_PRICE), run="run-2")

    assert result.outcome is Outcome.NEEDS_PERSON
    assert f"wanted {OTHER_PRICE}, found {PRICE}" in result.reason
    assert bench.site.submits == 1


def test_with_the_ledger_lost_what_stands_there_is_found_by_its_key(
    bench: Bench, tmp_path: Path, migrated: Path
) -> None:
    bench.ensure(PutProduct(bench.site))
    shutil.copy(migrated, tmp_path / "new.sqlite3")

    after = with_ledger(bench, tmp_path / "new.sqlite3")

    assert outcome_of(after, PutProduct(bench.site), run="run-2") is Outcome.UNCHANGED
    assert bench.site.submits == 1


@pytest.mark.parametrize("committed", [True, False])
def test_a_restored_ledger_that_is_older_than_the_write_repeats_nothing(
    bench: Bench, tmp_path: Path, committed: bool
) -> None:
    """The backup was taken in the middle of the write; the write went on, the database was lost."""
    backup = tmp_path / "backup.sqlite3"
    bench.site.answers = [Answer(commits=committed)]
    bench.die_after_click(PutProduct(bench.site))
    copy_database(bench.database, backup)
    bench.ensure(PutProduct(bench.site), run="run-2")
    submits = bench.site.submits
    bench.database.dispose()

    restored = with_ledger(bench, backup)

    assert outcome_of(restored, PutProduct(bench.site), run="run-3").good
    assert bench.site.submits == submits


def copy_database(database: sa.Engine, file: Path) -> None:
    with database.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{file.as_posix()}'")


def test_a_clock_set_back_hides_nothing_and_repeats_nothing(bench: Bench) -> None:
    bench.site.answers = [Answer(after=WELL_INSIDE)]
    bench.die_after_click(PutProduct(bench.site))
    bench.clock.jump(-timedelta(hours=3))
    bench.site.settle()

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert bench.site.submits == 1


def test_a_clock_set_back_makes_nobody_wait_for_hours(bench: Bench) -> None:
    bench.site.answers = [Answer(commits=False)]
    bench.die_after_click(PutProduct(bench.site))
    bench.clock.jump(-timedelta(hours=3))
    before = bench.clock.now()

    assert outcome_of(bench, PutProduct(bench.site), run="run-2") is Outcome.DONE
    assert SETTLE_WINDOW <= bench.clock.now() - before < timedelta(minutes=5)
    assert bench.site.submits == 2


def test_a_clock_set_forward_ends_no_settle_window(bench: Bench) -> None:
    """The machine corrects its time while a late commit is still on its way."""
    site = Site(UncorrectedClock(bench.clock))
    site.answers = [Answer(after=WELL_INSIDE, raises=TransientError("no answer in time"))]
    corrected = iter([timedelta(hours=1)])
    write = PutProduct(site)
    write.on_look = lambda: bench.clock.jump(next(corrected, timedelta())) if site.submits else None

    assert outcome_of(bench, write) is Outcome.DONE
    assert site.submits == 1


class UncorrectedClock(HandClock):
    """The site's own time: it knows of no jump of ours."""

    def __init__(self, ours: HandClock) -> None:
        super().__init__()
        self._ours = ours

    def now(self) -> datetime:
        return self._ours.now() - self._ours.jumped


@pytest.mark.parametrize("commits", [True, False])
def test_a_laptop_that_slept_in_the_middle_of_the_click_looks_before_it_goes_on(
    bench: Bench, commits: bool
) -> None:
    bench.site.answers = [Answer(commits=commits, raises=TransientError("no answer in time"))]
    night = iter([timedelta(hours=8)])
    write = PutProduct(bench.site, on_act=lambda: bench.clock.jump(next(night, timedelta())))

    assert outcome_of(bench, write) is Outcome.DONE
    assert bench.site.submits == (1 if commits else 2)


@pytest.mark.parametrize("moment", ["on_prepare", "on_commit"])
def test_two_accounts_of_one_shop_share_its_ledger(bench: Bench, moment: str) -> None:
    """Each account has its own browser and lane; the shop and its products are one."""
    other: list[Outcome] = []

    def the_other_account_meanwhile() -> None:
        other.append(outcome_of(bench, PutProduct(bench.site), run="run-of-account-2"))

    write = PutProduct(bench.site)
    setattr(write, moment, the_other_account_meanwhile)

    with suppress(TransientError):  # the session tries again then, as below
        bench.ensure(write, run="run-1")
    write.on_prepare = write.on_commit = nothing

    assert outcome_of(bench, write, run="run-1").good
    assert other[0].good
    assert bench.site.submits == 1


def test_two_runs_with_a_list_that_lags_click_once(bench: Bench) -> None:
    bench.site.list_lag = SETTLE_WINDOW / 2
    first = bench.ensure(PutProduct(bench.site), run="run-1")

    second = bench.ensure(PutProduct(bench.site), run="run-2")

    assert (first.outcome, second.outcome) == (Outcome.DONE, Outcome.UNCHANGED)
    assert bench.site.submits == 1


def test_another_site_under_the_same_shops_name_is_another_shop(bench: Bench) -> None:
    bench.ensure(PutProduct(bench.site))
    elsewhere = Identity(world="http://mirror#9", shop_id=OWNER.shop_id, shop_name=OWNER.shop_name)
    mirror = PutProduct(Site(bench.clock))

    assert bench.ensure(mirror, run="run-2", owner=elsewhere).outcome is Outcome.DONE
    assert (bench.site.submits, mirror.site.submits) == (1, 1)
