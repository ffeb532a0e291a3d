from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import BusinessError
from domain.outcome import Outcome
from engine.evidence import ItemEvidence, planned_writes
from engine.plan import PlannedItem, PlannedWrite, read_plan, write_plan
from engine.runs import ItemView, RunView
from engine.write import Facts
from tests.engine.stand_ins import COMMITTED_ANSWER_LOST, Bench, PutProduct

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NEW = PlannedWrite(
    verb="product.create", key="CG-1", clicks="发布商品", old=None, wanted={"价格": "39.90"}
)


def test_a_dry_run_plans_and_neither_clicks_nor_writes(bench: Bench) -> None:
    write = PutProduct(bench.site)
    result = bench.ensure(write, dry=True)
    assert (result.outcome, result.reason) == (Outcome.SKIPPED, "planned, not done: 发布商品")
    assert (bench.site.submits, write.prepared, bench.rows()) == (0, 0, [])
    (planned,) = bench.diary.plans
    assert (planned.verb, planned.old, planned.wanted) == ("product.create", None, write.wanted)


def test_a_dry_run_shows_old_and_new_of_a_change(bench: Bench) -> None:
    bench.site.put("CG-1001", {"商家编码": "CG-1001", "价格": "35.00"})
    write = PutProduct(bench.site, creates=False, verb="product.price")
    result = bench.ensure(write, dry=True)
    assert result.outcome is Outcome.SKIPPED
    assert bench.diary.plans[0].old == {"商家编码": "CG-1001", "价格": "35.00"}
    assert result.receipt is not None
    assert result.receipt.differences() == ["价格: wanted 39.90, found 35.00"]


def test_a_dry_run_has_nothing_to_plan_where_all_is_as_wanted(bench: Bench) -> None:
    write = PutProduct(bench.site)
    bench.site.put(write.key, write.wanted)
    assert bench.ensure(write, dry=True).outcome is Outcome.UNCHANGED
    assert bench.diary.plans == []


def test_a_dry_run_leaves_an_open_intent_alone(bench: Bench) -> None:
    bench.die_after_click(PutProduct(bench.site))
    result = bench.ensure(PutProduct(bench.site), dry=True, run="run-2")
    assert result.outcome is Outcome.UNKNOWN
    assert "dead-run" in result.reason
    assert bench.rows() == [("intent", "dead-run")]


def test_a_plan_is_carried_out_while_the_site_is_as_it_was(bench: Bench) -> None:
    result = bench.ensure(PutProduct(bench.site), expected={"product.create CG-1001": None})
    assert result.outcome is Outcome.DONE
    assert bench.site.submits == 1


def test_a_plan_does_not_hold_once_the_site_has_changed(bench: Bench) -> None:
    planned: Facts = {"商家编码": "CG-1001", "价格": "35.00"}
    bench.site.put("CG-1001", planned | {"价格": "36.00"})
    write = PutProduct(bench.site, creates=False, verb="product.price")
    result = bench.ensure(write, expected={"product.price CG-1001": planned})
    assert result.outcome is Outcome.NEEDS_PERSON
    assert result.reason.endswith(
        "since product.price was planned: 价格: wanted 35.00, found 36.00"
    )
    assert (result.site_id, bench.site.submits) == (bench.site.search("CG-1001").site_id, 0)  # type: ignore[union-attr]


def test_a_dry_run_tells_what_changed_since_it_was_noted(bench: Bench) -> None:
    noted: Facts = {"商家编码": "CG-1001", "价格": "35.00"}
    bench.site.put("CG-1001", noted | {"价格": "36.00"})
    write = PutProduct(bench.site, creates=False, verb="product.price")
    result = bench.ensure(write, dry=True, expected={"product.price CG-1001": noted})
    assert result.outcome is Outcome.NEEDS_PERSON
    assert bench.diary.plans == []


def test_each_of_several_writes_of_one_verb_has_its_own_plan(bench: Bench, tmp_path: Path) -> None:
    there: Facts = {"商家编码": "CG-2", "价格": "36.00"}
    bench.site.put("CG-2", there)
    one, two = PutProduct(bench.site, key="CG-1"), PutProduct(bench.site, key="CG-2", creates=False)
    for write in (one, two):
        bench.ensure(write, dry=True)
    with ThreadPoolExecutor(1) as worker:
        evidence = ItemEvidence(tmp_path / "item", worker)
        for planned in bench.diary.plans * 2:
            evidence.planned(planned)
    item = PlannedItem(key="CG", label="", payload={}, writes=planned_writes(tmp_path / "item"))

    assert [write.key for write in item.writes] == ["CG-1", "CG-2"]
    bench.site.put("CG-2", there | {"价格": "37.00"})
    assert bench.ensure(one, expected=item.expected).outcome is Outcome.DONE
    assert bench.ensure(two, expected=item.expected).outcome is Outcome.NEEDS_PERSON


def test_a_plan_of_an_older_version_still_holds_its_writes(bench: Bench) -> None:
    older: Facts = {"商家编码": "CG-1001", "价格": "35.00"}
    result = bench.ensure(PutProduct(bench.site), expected={"product.create": older})
    assert (result.outcome, bench.site.submits) == (Outcome.NEEDS_PERSON, 0)


def test_a_planned_write_that_lost_its_answer_is_still_settled(bench: Bench) -> None:
    bench.site.answers = [COMMITTED_ANSWER_LOST]
    result = bench.ensure(PutProduct(bench.site), expected={"product.create CG-1001": None})
    assert (result.outcome, bench.site.submits) == (Outcome.DONE, 1)


def view_of(folder: Path, *keys: str) -> RunView:
    items = [
        ItemView(
            position=at,
            key=key,
            label=f"商品 {key}",
            step="",
            outcome=Outcome.SKIPPED,
            reason="",
            site_id="",
            receipt=None,
            started_at=None,
            ended_at=None,
        )
        for at, key in enumerate(keys)
    ]
    return RunView(
        id="run-1",
        robot="upload-listings",
        shop="demo",
        state="finished",
        reason="",
        evidence=folder,
        created_at=NOW,
        started_at=None,
        ended_at=None,
        items=tuple(items),
    )


def written(folder: Path) -> Path:
    view = view_of(folder, "CG-1", "CG-2", "CG-3")
    return write_plan(view, [{"title": "一"}, {"title": "二"}, None], {"CG-1": [NEW]}, NOW)


def test_a_plan_file_holds_only_what_would_be_written(tmp_path: Path) -> None:
    plan = read_plan(written(tmp_path))
    assert [(item.key, item.payload) for item in plan.items] == [("CG-1", {"title": "一"})]
    assert plan.expected() == {"CG-1": {"product.create CG-1": None}}
    assert [work.key for work in plan.work_items()] == ["CG-1"]


@pytest.mark.parametrize(
    ("old", "new"), [("一", "三"), ("39.90", "3.99"), ("null", '{"价格": "1.00"}')]
)
def test_a_plan_that_somebody_changed_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = written(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BusinessError, match="was changed after it was made: CG-1"):
        read_plan(path)


@pytest.mark.parametrize("content", ["", "{}", json.dumps({"items": []}), "\ufffd"])
def test_what_is_no_plan_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BusinessError, match="is no plan"):
        read_plan(path)
    with pytest.raises(BusinessError, match="there is no plan"):
        read_plan(tmp_path / "missing.json")


def test_a_seal_covers_every_value() -> None:
    item = PlannedItem(key="CG-1", label="商品", payload={}, writes=(NEW,)).sealed()
    assert item.intact()
    for change in ({"key": "CG-2"}, {"label": "别的"}, {"payload": {"x": 1}}, {"writes": ()}):
        assert not item.model_copy(update=change).intact()
