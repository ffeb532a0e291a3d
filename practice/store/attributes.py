"""类目属性: what a category asks for, and whether a form answers it (section 3.2 of the facts)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from practice.catalogue import Attribute
from practice.store.codes import require

MAX_TEXT = 100
MAX_OWN = 20


def check_attributes(known: Mapping[str, Attribute], given: Mapping[str, Any]) -> None:
    """Raise the first Refusal that these values earn."""
    for name in given:
        require(name in known, f"当前类目没有属性{name}")
    for name, attribute in known.items():
        value = given.get(name)
        if value in (None, "", []):
            require(not attribute.required, f"{name}必填")
        else:
            CHECKS[attribute.type](attribute, value)


def texts(value: Any) -> list[str]:
    """Every word of a value, for the audit to read."""
    if isinstance(value, list):
        return [one["value"] if isinstance(one, dict) else str(one) for one in value]
    return [value] if isinstance(value, str) else []


def _check_text(attribute: Attribute, value: Any) -> None:
    fine = isinstance(value, str) and 0 < len(value) <= MAX_TEXT
    require(fine, f"{attribute.name}不能超过{MAX_TEXT}个字符")


def _check_one(attribute: Attribute, value: Any) -> None:
    own = attribute.own and isinstance(value, str) and 0 < len(value) <= MAX_OWN
    require(own or value in attribute.options, f"{attribute.name}的属性值不存在，请重新选择")


def _check_several(attribute: Attribute, value: Any) -> None:
    require(isinstance(value, list), f"{attribute.name}填写有误")
    require(len(value) <= attribute.max, f"{attribute.name}最多选择{attribute.max}项")
    for one in value:
        _check_one(attribute, one)
    require(len(set(value)) == len(value), f"{attribute.name}的属性值重复")


def _check_measures(attribute: Attribute, value: Any) -> None:
    parts = value if isinstance(value, list) else [{}]
    require(all(map(_is_measure, parts)), f"{attribute.name}请填写百分比")
    _check_several(attribute, [part["value"] for part in parts])
    whole = sum(round(part["percent"] * 100) for part in parts)
    require(whole == 100 * 100, f"{attribute.name}百分比之和需等于100%")


def _is_measure(part: Any) -> bool:
    """``{"value": "棉", "percent": 95}`` and nothing else."""
    if not isinstance(part, dict) or set(part) != {"value", "percent"}:
        return False
    percent = part["percent"]
    number = isinstance(percent, int | float) and not isinstance(percent, bool)
    return isinstance(part["value"], str) and number and 0 < percent <= 100


def _check_time(attribute: Attribute, value: Any) -> None:
    fine = isinstance(value, int) and not isinstance(value, bool) and value > 0
    require(fine, f"{attribute.name}填写有误")


CHECKS: dict[str, Callable[[Attribute, Any], None]] = {
    "text": _check_text,
    "select": _check_one,
    "tree": _check_one,
    "multi_select": _check_several,
    "measure_multi": _check_measures,
    "timestamp": _check_time,
}
