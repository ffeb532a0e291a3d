"""The ERP's door, 退货地址管理 and 公用采集箱; the practice ERP's database is the truth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from domain.errors import BusinessError, NotSent
from domain.return_address import ReturnAddress
from domain.site import SiteMap
from pages.miaoshou.address_form import filled_with
from pages.miaoshou.collect_box import CollectBox
from pages.miaoshou.return_addresses import ReturnAddresses, one_line
from pages.miaoshou.shell import ErpShell
from pages.widgets.element import FormErrors, MessageBox, Select, Switch, Table, Toasts, field
from practice.erp.tables import ErpAddress, ErpItem
from practice.tables import Product
from practice.world import open_world
from tests.pages.miaoshou.conftest import Erp

NUMBERS = count(1)
COMPANY = "晨光电商有限公司"


def wished(**changes: Any) -> ReturnAddress:
    """An address with a phone of its own."""
    usual = {
        "province": "浙江省",
        "city": "金华市",
        "district": "义乌市",
        "town": "福田街道",
        "detail": "练习路8号2幢",
        "recipient": "王练习",
        "phone": f"1541170{next(NUMBERS):04d}",
    }
    return ReturnAddress.model_validate(usual | changes)


def change_item(erp: Erp, item_id: str, address_id: int | None) -> None:
    with closing(open_world(erp.store.home)) as world, world.transaction() as session:
        session.get_one(ErpItem, int(item_id)).address_id = address_id


def tied_to(erp: Erp, item_id: str) -> int | None:
    with closing(open_world(erp.store.home)) as world, world.transaction() as session:
        return session.get_one(ErpItem, int(item_id)).address_id


@pytest.fixture
def code(erp: Erp) -> Iterator[str]:
    """The 商家编码 of a product of the first shop that has no return address."""
    with closing(open_world(erp.store.home)) as world, world.transaction() as session:
        free = (
            select(ErpItem, Product.merchant_code)
            .join(Product, Product.id == ErpItem.product_id)
            .where(ErpItem.address_id.is_(None), ~ErpItem.deleted)
            .where(Product.shop_id == erp.store.card.shop_id, Product.merchant_code != "")
            .order_by(ErpItem.id.desc())
        )
        found = session.execute(free).first()
        assert found is not None
        item_id, merchant_code = str(found[0].id), str(found[1])
    yield merchant_code
    change_item(erp, item_id, None)


def test_the_door_tells_who_is_in_and_when_a_person_is_needed(
    browser: Browser, site: SiteMap, erp: Erp
) -> None:
    with browser.new_context(locale="zh-CN") as context:
        context.set_default_timeout(15_000)
        door = ErpShell(context.new_page(), site)
        door.open()
        assert (door.signed_in(), door.person_needed()) == (False, "")
        door.sign_in(erp.robot["account"], "wrong")
        assert not door.signed_in()
        erp.store.control("POST", "faults", rates={"erp_captcha": 1})
        door.open()
        assert door.person_needed() == "captcha"
        erp.store.control("POST", "faults", profile="calm")
        door.open()
        door.sign_in(erp.robot["account"], erp.robot["password"])
        assert (door.signed_in(), door.person_needed()) == (True, "")
        seen = door.identity()
        assert (seen.shop_id, seen.shop_name) == (COMPANY, COMPANY)
        assert seen.world == f"127.0.0.1/{erp.store.card.world}"


@pytest.mark.usefixtures("weather")
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"phone": "0571-80001171-802"},
        {"province": "广东省", "city": "东莞市", "district": "", "town": "虎门镇"},
        {"province": "上海市", "city": "上海市", "district": "浦东新区", "town": ""},
    ],
    ids=["mobile", "landline", "no district", "municipality"],
)
def test_an_address_is_entered_and_read_back(
    shell: ErpShell, erp: Erp, changes: dict[str, str]
) -> None:
    address = wished(**changes)
    page = ReturnAddresses(shell.page, shell.site)
    known = {one["address_id"] for one in erp.addresses(address.phone)}
    page.search(address.phone)
    form, wanted = page.add(), filled_with(address)
    form.fill(wanted)
    assert form.read() == wanted
    saved = form.save()

    (kept,) = [one for one in erp.addresses(address.phone) if one["address_id"] not in known]
    region = [name for name in (address.province, address.city, address.district) if name]
    assert (kept["address_id"], kept["region"], kept["detail"]) == (saved, region, address.street)
    assert (kept["receiver"], kept["is_default"], kept["is_send_default"]) == (
        "王练习",
        False,
        False,
    )
    (found,) = [one for one in page.search(address.phone) if one.address_id == saved]
    assert found.facts() == address.facts()
    assert (found.defaults, found.shops, found.products) == ((), (), 0)


def test_a_list_of_several_pages_is_read_whole_though_a_page_repeats_a_row(
    shell: ErpShell, erp: Erp
) -> None:
    phone = "15411990001"
    with closing(open_world(erp.store.home)) as world, world.transaction() as session:
        first = session.scalars(select(ErpAddress)).first()
        assert first is not None
        same = {"phone_kind": "mobile", "phone": phone, "region": first.region}
        for at in range(23):
            more = {"receiver": f"练习{at}", "region_codes": first.region_codes}
            session.add(
                ErpAddress(**same, **more, detail="练习路1号", created_at=1.0, updated_at=1.0)
            )
    erp.store.control("POST", "faults", rates={"rows_repeat": 1})
    found = ReturnAddresses(shell.page, shell.site).search(phone)
    erp.store.control("POST", "faults", profile="calm")

    assert {one.recipient for one in found} == {f"练习{at}" for at in range(23)}


def test_what_the_form_marks_is_not_sent(shell: ErpShell, erp: Erp) -> None:
    page = ReturnAddresses(shell.page, shell.site)
    page.search("15411999999")
    form = page.add()
    form.fill(filled_with(wished()).model_copy(update={"detail": "", "phone": "123"}))
    with pytest.raises(NotSent, match="请输入详细地址"):
        form.save()
    errors = FormErrors(shell.page.locator(".J_returnAddressDialog"), "jx").texts()
    assert errors == ("手机号码格式不正确", "请输入详细地址")
    assert erp.addresses("123") == []


@pytest.mark.usefixtures("weather")
def test_a_product_is_tied_and_another_tie_is_left_alone(
    shell: ErpShell, erp: Erp, code: str
) -> None:
    box, addresses = CollectBox(shell.page, shell.site), ReturnAddresses(shell.page, shell.site)
    mine, other = wished(), wished()
    for address in (mine, other):
        addresses.search(address.phone)
        form = addresses.add()
        form.fill(filled_with(address))
        form.save()
    (item,) = [one for one in box.search(code) if one.product_code == code]
    assert (item.shop, item.return_address) == (erp.store.card.shop_name, "")
    tie = box.open_tie(item.item_id)
    with pytest.raises(BusinessError, match="no option 没有这个地址"):
        tie.choose("没有这个地址")
    tie.choose(one_line(mine))
    assert tie.value() == one_line(mine)
    tie.save()

    (right,) = erp.addresses(mine.phone)
    assert tied_to(erp, item.item_id) == int(right["address_id"])
    (item,) = [one for one in box.search(code) if one.product_code == code]
    assert item.return_address == one_line(mine)
    tie = box.open_tie(item.item_id)
    tie.choose(one_line(other))
    with pytest.raises(BusinessError, match="已关联其他退货地址"):
        tie.save()
    assert not MessageBox(shell.page, "jx").root.count()
    assert tied_to(erp, item.item_id) == int(right["address_id"])


SWITCH = """
prefix => {
  const place = document.body.appendChild(document.createElement('div'));
  place.id = 'tried';
  const app = Vue.createApp({
    data: () => ({on: false}),
    template: `<el-config-provider namespace="${prefix}"><el-switch v-model="on" />
      <output>{{ on }}</output></el-config-provider>`,
  });
  app.use(ElementPlus, {namespace: prefix}).mount(place);
}
"""


def test_widgets_of_the_older_kit_and_those_no_page_has_yet(shell: ErpShell, erp: Erp) -> None:
    page = shell.page
    page.evaluate(SWITCH, "jx")
    switch = Switch(page.locator("#tried"), "jx")
    for on in (True, True, False):
        switch.turn(on)
        assert switch.value() is on
        assert page.locator("#tried output").inner_text() == str(on).lower()
    page.goto(shell.site.url("/auth_shop/index"))
    table = Table(page.locator("#subAppContainer"), "el")
    table.rows.first.wait_for()
    shops = [(row["店铺名称"], row["授权状态"]) for row in table.records()]
    assert (erp.store.card.shop_name, "授权正常") in shops
    assert len(shops) == len(set(shops))
    table.actions(erp.store.card.shop_name).get_by_role("button").click()
    dialog = page.locator(".el-dialog__wrapper:visible")
    with closing(open_world(erp.store.home)) as world, world.transaction() as session:
        known = session.scalars(select(ErpAddress).where(~ErpAddress.deleted)).first()
        assert known is not None
        line = f"{known.receiver} {known.phone} {known.text}"
    select_ = Select(field(dialog, "el", "退货地址"), "el")
    select_.choose(line)
    assert select_.value() == line
    assert Toasts(page).all() == ()
