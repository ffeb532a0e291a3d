"""退货地址管理 as its XHRs tell it (facts/miaoshou.md 8, 11)."""

from __future__ import annotations

from typing import Any

import pytest

from practice.erp.regions import codes_of, names_of, tree
from practice.erp.routes import RETURNS
from tests.practice.erp.erp_site import YIWU, ErpClient, ErpSite, wished


def defaults(erp: ErpSite) -> tuple[list[str], list[str]]:
    rows = [one for one in erp.addresses() if not one["deleted"]]
    names = ("is_default", "is_send_default")
    first, second = ([one["address_id"] for one in rows if one[name]] for name in names)
    return first, second


@pytest.mark.facts("8-fields", "11-form")
def test_an_address_is_kept_as_it_was_sent(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished(remark="周末不收件")
    saved = worker.save(**wish)
    assert saved["result"] == "success"
    (row,) = worker.addresses(phone=wish["phone"])
    (kept,) = erp.kept(wish["phone"])
    assert kept["address_id"] == str(row["id"]) == str(saved["id"])
    assert kept["region"] == row["region"] == YIWU
    assert kept["text"] == "浙江省金华市义乌市福田街道练习路8号2幢"
    assert (kept["receiver"], kept["remark"], kept["seeded"]) == ("王练习", "周末不收件", False)
    assert (kept["is_default"], kept["is_send_default"]) == (False, False)
    (write,) = erp.writes(wish["phone"])
    told = (write["path"], write["account"], write["code"], write["fault"])
    assert told == (f"{RETURNS}/save", "13800138010", 0, "")


def test_other_words_for_an_old_address(erp: ErpSite, worker: ErpClient) -> None:
    wish = wished()
    known = worker.save(**wish)["id"]
    changed = wish | {"detail": "福田街道练习路9号"}
    assert worker.save(**changed, id=known)["id"] == known
    (kept,) = erp.kept(wish["phone"])
    assert kept["detail"] == "福田街道练习路9号"


def test_the_same_address_twice_is_two_addresses(erp: ErpSite, worker: ErpClient) -> None:
    """The ERP does not protect a robot from itself."""
    wish = wished()
    assert worker.save(**wish)["id"] != worker.save(**wish)["id"]
    assert len(erp.kept(wish["phone"])) == 2


@pytest.mark.facts("8-defaults")
def test_one_default_of_each_kind_and_the_other_stays(erp: ErpSite, worker: ErpClient) -> None:
    returns, sends = defaults(erp)
    assert (len(returns), len(sends)) == (1, 1)
    first = str(worker.save(isDefault=True)["id"])
    assert defaults(erp) == ([first], sends)
    second = str(worker.save(isSendDefault=True)["id"])
    assert defaults(erp) == ([first], [second])


@pytest.mark.facts("8-phones")
@pytest.mark.parametrize(
    ("kind", "phone", "fine"),
    [
        ("mobile", "15400008888", True),
        ("mobile", "1540000888", False),
        ("mobile", "0579-80000001", False),
        ("landline", "0571-1234567", True),
        ("landline", "0728-8000020-802", True),
        ("landline", "4000001234", True),
        ("landline", "80000001", False),
    ],
)
def test_phones(erp: ErpSite, worker: ErpClient, kind: str, phone: str, *, fine: bool) -> None:
    answer = worker.save(phoneType=kind, phone=phone)
    assert (answer["result"] == "success") == fine
    assert len(erp.kept(phone)) == fine
    assert fine or (answer["field"], answer["code"]) == ("phone", 20001)
    assert fine or answer["reason"].startswith(("手机号码格式", "座机格式"))


@pytest.mark.facts("11-field-errors")
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("receiver", " "),
        ("receiver", "长" * 51),
        ("regionCodes", ""),
        ("regionCodes", "330000,330700"),
        ("regionCodes", "330000,110100,330782"),
        ("detail", ""),
        ("detail", "长" * 201),
        ("detail", "练习路8号<b>"),
        ("detail", "练习路8号😀"),
        ("remark", "长" * 201),
    ],
)
def test_fields_that_are_wrong(erp: ErpSite, worker: ErpClient, field: str, value: str) -> None:
    wish = wished(**{field: value})
    answer = worker.save(**wish)
    assert (answer["result"], answer["field"], answer["code"]) == ("fail", field, 20001)
    assert erp.kept(wish["phone"]) == []
    assert [one["code"] for one in erp.writes(wish["phone"])] == [20001]


def test_a_form_that_is_not_understood(worker: ErpClient) -> None:
    answer = worker.xhr(f"{RETURNS}/save", receiver="王练习", surprise="1")
    assert (answer["result"], answer["reason"]) == ("fail", "参数错误")


def test_an_address_that_is_gone(worker: ErpClient) -> None:
    known = worker.save()["id"]
    assert worker.xhr(f"{RETURNS}/delete", id=known)["result"] == "success"
    for answer in (worker.save(id=known), worker.xhr(f"{RETURNS}/delete", id=known)):
        assert (answer["code"], answer["reason"]) == (40001, "该地址不存在，请刷新后重试")


def test_what_keeps_an_address_from_being_deleted(erp: ErpSite, worker: ErpClient) -> None:
    standard = worker.save(isDefault=True)["id"]
    used = worker.save()["id"]
    item = worker.items(addressState="free", tabPaneName="claimed")[0]["id"]
    assert worker.relate(item, to=used)["result"] == "success"
    answers = [worker.xhr(f"{RETURNS}/delete", id=one) for one in (standard, used)]
    assert [one["code"] for one in answers] == [40002, 40003]
    assert answers[1]["reason"] == "该地址已关联1个商品、0个店铺，请先取消关联"
    answer = erp.client(1).xhr(f"{RETURNS}/delete", id=used)
    assert (answer["code"], answer["reason"]) == (40006, "您没有删除权限，请联系主账号")


def test_a_company_has_so_many_addresses(
    erp: ErpSite, worker: ErpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practice.erp.addresses.MOST", len(erp.addresses()) - 5)
    assert worker.save()["code"] == 40005


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ({"receiver": "搜索"}, True),
        ({"phone": "15488880001"}, True),
        ({"address": "义乌市 福田街道"}, True),
        ({"receiver": "搜索", "phone": "15488880002"}, False),
        ({"defaultKind": "send", "receiver": "搜索"}, False),
    ],
)
def test_searching(worker: ErpClient, asked: dict[str, Any], *, fits: bool) -> None:
    if not worker.addresses(phone="15488880001"):
        worker.save(receiver="搜索练习", phone="15488880001")
    found = [one for one in worker.addresses(**asked) if one["phone"] == "15488880001"]
    assert len(found) == fits


@pytest.mark.facts("15-pages")
def test_pages(worker: ErpClient) -> None:
    every = worker.xhr(f"{RETURNS}/searchList", pageSize=500)
    assert len(every["list"]) == every["total"] > 60
    pages = [worker.addresses(pageNo=at, pageSize=20) for at in (1, 2)]
    assert [*pages[0], *pages[1]] == every["list"][:40]
    assert [one["id"] for one in every["list"]] == sorted(
        (one["id"] for one in every["list"]), reverse=True
    )


@pytest.mark.facts("11-paging")
def test_a_later_page_that_repeats_a_row(erp: ErpSite, worker: ErpClient) -> None:
    total = worker.xhr(f"{RETURNS}/searchList")["total"]
    with erp.faults(rows_repeat=1):
        first, second = (worker.xhr(f"{RETURNS}/searchList", pageNo=at) for at in (1, 2))
    assert (first["total"], second["total"]) == (total, total + 1)
    assert second["list"][0] == first["list"][-1]
    assert len(erp.fired("rows_repeat")) == 1


def test_regions_are_the_real_ones() -> None:
    assert len(tree()) == 34
    assert names_of(codes_of(["广东省", "东莞市"])) == ["广东省", "东莞市"]
    assert names_of(codes_of(["上海市", "上海市", "浦东新区"])) == ["上海市", "上海市", "浦东新区"]
    assert codes_of(["湖北省", "省直辖县级行政区划", "仙桃市"])[-1] == "429004"
    assert names_of(["440000"]) is None
    assert names_of([]) is None


def test_what_is_there_from_the_start(erp: ErpSite) -> None:
    """Two factories' true addresses stand there already, and some that are nearly right."""
    seeded = [one for one in erp.addresses() if one["seeded"]]
    assert len(seeded) == 70
    assert len({supplier for one in seeded for supplier in one["right_for"]}) == 2
    assert all(names_of(codes_of(one["region"])) == one["region"] for one in seeded)
