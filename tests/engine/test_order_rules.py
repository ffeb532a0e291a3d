"""The rules about orders and the carriers, as config/rules has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.errors import BusinessError
from engine.order_rules import load_carriers, load_order_rules
from practice.orders.carriers import carriers


def test_the_carriers_are_those_of_the_ship_form_and_no_name_is_two() -> None:
    known = load_carriers()
    assert [one.name for one in known] == [o["name"] for o in carriers() if o.get("active", True)]
    names = [name for one in known for name in (one.name, *one.also)]
    assert len(names) == len(set(names))


def test_the_rules_about_orders_are_read() -> None:
    assert load_order_rules().refund.rule == "O-refund-requested"


@pytest.mark.parametrize(
    ("file", "content"),
    [("carriers.yaml", "carriers: [{also: []}]"), ("orders.yaml", "opening: 1")],
)
def test_a_wrong_file_is_named_with_the_place(tmp_path: Path, file: str, content: str) -> None:
    (tmp_path / file).write_text(content, encoding="utf-8")
    load = load_carriers if file == "carriers.yaml" else load_order_rules
    with pytest.raises(BusinessError, match=rf"{file}: .+Mend this place"):
        load(tmp_path)


def test_a_folder_made_before_this_file_was_known_gets_ours(tmp_path: Path) -> None:
    assert load_carriers(tmp_path) == load_carriers()
