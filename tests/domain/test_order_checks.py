"""Rules about new orders. Every example in config/rules/orders.yaml is run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.order import OrderState
from domain.order_checks import (
    Action,
    Asked,
    Check,
    Next,
    OrderRules,
    answer_due,
    next_step,
    order_findings,
    question_text,
)
from tests.domain.orders import LINE, NOON, RULES, order, receiver

CHECKS = [getattr(RULES, name) for name in type(RULES).model_fields]
CHECKS = [each for each in CHECKS if isinstance(each, Check)]


def rules_of(**other: object) -> list[str]:
    return [each.rule for each in order_findings(RULES, order(**other), {})]


def test_a_sound_order_has_no_finding() -> None:
    assert order_findings(RULES, order(), {"CG-1001-W-S": 2}) == ()
    assert next_step((), None, NOON) is Next.GO_ON


@pytest.mark.parametrize("detail", RULES.address.refused)
def test_a_vague_address_is_asked_about(detail: str) -> None:
    assert rules_of(receiver=receiver(detail=detail)) == [RULES.address.rule]


@pytest.mark.parametrize("detail", RULES.address.allowed)
def test_a_good_address_passes(detail: str) -> None:
    assert rules_of(receiver=receiver(detail=detail)) == []


def test_quantities_pass_up_to_the_limit() -> None:
    quantity = RULES.quantity

    def broken(count: int) -> list[str]:
        return rules_of(lines=(LINE.model_copy(update={"quantity": count}),))

    assert (quantity.allowed, quantity.refused) == (quantity.most, quantity.most + 1)
    assert broken(quantity.refused) == [quantity.rule]
    assert broken(quantity.allowed) == []


def test_pieces_of_one_sku_are_added_up_over_the_lines() -> None:
    most = RULES.quantity.most
    some, rest = (LINE.model_copy(update={"quantity": count}) for count in (most - 1, 2))
    (found,) = order_findings(RULES, order(lines=(some, rest)))
    assert (found.rule, found.sku) == (RULES.quantity.rule, LINE.sku_code)
    assert str(most + 1) in found.question
    bare = [line.model_copy(update={"sku_code": ""}) for line in (some, rest)]
    assert rules_of(lines=bare) == [RULES.quantity.rule]
    apart = [bare[0], bare[1].model_copy(update={"product_id": "3910000000000000002"})]
    assert rules_of(lines=apart) == []


@pytest.mark.parametrize(
    ("other", "rule"),
    [
        ({"receiver": None}, "O-receiver-hidden"),
        ({"receiver": receiver(name="甄**")}, "O-receiver-hidden"),
        ({"receiver": receiver(district="昆山市")}, "O-address-region"),
        ({"receiver": receiver(city="")}, "O-address-region"),
        ({"receiver": receiver(phone="")}, "O-phone-missing"),
        ({"receiver": receiver(phone="12345")}, "O-phone-missing"),
        ({"receiver": receiver(phone="18400008965-7576")}, "O-phone-virtual"),
        ({"state": OrderState.HELD}, "O-risk-held"),
        ({"lines": (LINE.model_copy(update={"after_sale": "退款中"}),)}, "O-refund-requested"),
    ],
)
def test_each_rule_bites(other: dict[str, object], rule: str) -> None:
    assert rules_of(**other) == [rule]


def test_a_refund_stops_whatever_else_is_wrong() -> None:
    refunded = LINE.model_copy(update={"after_sale": "退款中", "quantity": 99})
    findings = order_findings(RULES, order(lines=(LINE, refunded), receiver=None))
    assert [each.rule for each in findings] == ["O-refund-requested"]
    assert next_step(findings, None, NOON) is Next.STOP
    assert question_text(RULES, findings) == ""


def test_stock_is_compared_with_all_pieces_of_a_sku() -> None:
    short = order_findings(RULES, order(lines=(LINE, LINE)), {"CG-1001-W-S": 3})
    assert [(each.rule, each.sku) for each in short] == [("O-out-of-stock", "CG-1001-W-S")]
    assert "3" in short[0].says("zh")
    assert "only 3 of 白色 / S" in short[0].says("en")
    assert order_findings(RULES, order(), {"CG-9": 0}) == ()


@pytest.mark.parametrize("check", CHECKS, ids=lambda each: each.rule)
def test_each_rule_is_said_in_both_languages_and_asks_where_it_should(check: Check) -> None:
    facts = {"sku": "A", "spec": "B", "count": 1}
    assert check.zh.format(**facts)
    assert check.en.format(**facts)
    assert bool(check.question.format(**facts)) == (check.action is Action.ASK)
    assert check.rule.startswith("O-")
    assert check.source


def test_the_buyer_gets_one_message_with_all_questions() -> None:
    vague = receiver(detail="人民路", phone="")
    findings = order_findings(RULES, order(receiver=vague))
    text = question_text(RULES, findings)
    assert text.startswith(RULES.opening)
    assert "\n1. " in text
    assert "\n2. " in text
    assert "人民路" not in text


@given(st.integers(0, 72), st.integers(-48, 96))
def test_a_person_knows_before_it_ships_late(hours: int, left: int) -> None:
    asked_at = NOON + timedelta(hours=hours)
    due = answer_due(RULES, asked_at, asked_at + timedelta(hours=left))
    assert asked_at <= due <= asked_at + timedelta(hours=RULES.answer_hours)
    assert due <= asked_at + timedelta(hours=max(0, left - RULES.spare_hours))
    assert answer_due(RULES, asked_at, None) == asked_at + timedelta(hours=RULES.answer_hours)


@pytest.mark.parametrize(
    ("asked", "hours", "step"),
    [
        (None, 0, Next.ASK),
        (False, 11, Next.WAIT),
        (False, 12, Next.PERSON),
        (True, 1, Next.PERSON),
    ],
)
def test_the_buyer_is_asked_once(asked: bool | None, hours: int, step: Next) -> None:
    question = None
    if asked is not None:
        due = answer_due(RULES, NOON, None)
        question = Asked(asked_at=NOON, due_at=due, answered=asked)
    findings = order_findings(RULES, order(receiver=receiver(phone="")))
    assert next_step(findings, question, NOON + timedelta(hours=hours)) is step


def test_a_hidden_receiver_is_for_a_person_and_a_held_order_waits() -> None:
    assert next_step(order_findings(RULES, order(receiver=None)), None, NOON) is Next.PERSON
    held = order_findings(RULES, order(state=OrderState.HELD))
    assert next_step(held, None, NOON) is Next.WAIT


@pytest.mark.parametrize(
    ("confirmed", "apart"),
    [
        ("", True),
        ("亲，您的订单已确认。", True),
        (RULES.opening, False),
        (f"{RULES.opening}\n已确认", False),
        (f" {RULES.opening[:6]} ", False),
    ],
)
def test_a_message_to_a_buyer_never_looks_like_a_question(confirmed: str, apart: bool) -> None:
    rules = RULES.model_dump() | {"confirmed": confirmed}
    if apart:
        assert OrderRules.model_validate(rules).confirmed == confirmed
    else:
        with pytest.raises(ValidationError, match="told apart"):
            OrderRules.model_validate(rules)
