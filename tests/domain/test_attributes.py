from __future__ import annotations

import pytest

from domain.attributes import attributes_of, parts, share, with_share
from domain.sheet_errors import Fault


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", {}),
        ("适用性别=女", {"适用性别": "女"}),
        (" 适用性别 ＝ 女 ；\n 厚薄=薄款 ;", {"适用性别": "女", "厚薄": "薄款"}),
        ("材质成分=棉95%、氨纶 5％", {"材质成分": "棉 95%、氨纶 5%"}),
        ("风格=简约、 日系", {"风格": "简约、日系"}),
        ("净含量=A=B", {"净含量": "A=B"}),
    ],
)
def test_a_cell_of_attributes(typed: str, meant: dict[str, str]) -> None:
    assert attributes_of(typed) == meant


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("女", "S-attribute-form"),
        ("适用性别=", "S-attribute-form"),
        ("=女", "S-attribute-form"),
        ("适用性别=女;适用性别=男", "S-attribute-twice"),
    ],
)
def test_what_cannot_be_meant(typed: str, rule: str) -> None:
    fault = attributes_of(typed)
    assert isinstance(fault, Fault)
    assert fault.rule == rule


def test_a_part_and_its_share() -> None:
    assert parts("棉 95%、氨纶 5%") == ("棉 95%", "氨纶 5%")
    assert share("棉 95%") == ("棉", "95")
    assert share("100支棉 60.50%") == ("100支棉", "60.5")
    assert share("棉 100%") == ("棉", "100")
    assert share("纯棉") == ("纯棉", "")
    assert with_share("棉", "95") == "棉 95%"
    assert with_share("纯棉", "") == "纯棉"
