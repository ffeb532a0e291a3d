"""新增退货地址: the dialog behind 退货地址管理."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, Response
from pydantic import Field

from domain.model import Value
from domain.phones import PhoneKind
from domain.return_address import ReturnAddress
from domain.site import SiteMap
from pages.miaoshou.answers import answer_to, body_of
from pages.widgets.clicks import Patience, click_on
from pages.widgets.common import await_sending, insist
from pages.widgets.element import (
    Cascader,
    Checkboxes,
    Dialog,
    FormErrors,
    Radio,
    Select,
    TextInput,
    field,
)

SAVE_CALL = "/order/return_address/save"
REGIONS_CALL = "/order/return_address/getRegionTree"


class FilledAddress(Value):
    """What stands in the dialog."""

    recipient: str = Field(repr=False)
    kind: str
    """手机 or 座机."""
    phone: str = Field(repr=False)
    region: tuple[str, ...]
    detail: str = Field(repr=False)
    shops: tuple[str, ...] = ()
    """关联店铺: the address would become that of the whole shop."""
    defaults: tuple[str, ...] = ()
    """设为退货默认, 设为发货默认: two things, and a robot sets neither (facts/miaoshou.md 8)."""
    remark: str = ""


def filled_with(address: ReturnAddress) -> FilledAddress:
    """Say what the dialog must hold for an address; town and street are one field."""
    region = address.region
    levels = (region.province, region.city, region.district)
    return FilledAddress(
        recipient=address.recipient,
        kind="手机" if address.kind is PhoneKind.MOBILE else "座机",
        phone=address.phone,
        region=tuple(name for name in levels if name),
        detail=address.street,
    )


class AddressForm:
    """The dialog, for a new address."""

    def __init__(self, page: Page, site: SiteMap) -> None:
        self.page = page
        self.site = site
        self._prefix = site.prefixes.shell
        self._dialog = Dialog(page, self._prefix, site.label("新增退货地址"))

    def open(self, button: Locator) -> None:
        """Open it and wait for the regions that it asks for when it is first opened."""

        answers: list[Response] = []

        def attempt(timeout: Patience) -> None:
            if not self._dialog.root.is_visible():
                with self.page.expect_response(answer_to(REGIONS_CALL), timeout=timeout) as answer:
                    click_on(button, timeout)
                answers.append(answer.value)

        insist(attempt)
        for answer in answers:
            body_of(answer)
        self._dialog.ready()

    def fill(self, wanted: FilledAddress) -> None:
        """Fill what an address has; shops, defaults and 备注 stay as they are. Nothing is sent.

        Raises:
            BusinessError: the region is not offered.
        """
        self._text("收件人").fill(wanted.recipient)
        self._kind.choose(wanted.kind)
        self._text("联系电话").fill(wanted.phone)
        self._region.choose(*wanted.region)
        self._text("详细地址").fill(wanted.detail)

    def read(self) -> FilledAddress:
        """Read what stands in the dialog."""
        return FilledAddress(
            recipient=self._text("收件人").value(),
            kind=self._kind.value(),
            phone=self._text("联系电话").value(),
            region=self._region.value(),
            detail=self._text("详细地址").value(),
            shops=Select(self._field("关联店铺"), self._prefix).values(),
            defaults=Checkboxes(self._field("默认地址"), self._prefix).values(),
            remark=self._text("备注").value(),
        )

    def save(self) -> str:
        """Press 保存, once; give the id that the site answers, if it names one.

        Raises:
            NotSent: the form marks fields; nothing was sent.
            BusinessError: the site said no; its own words.
            OutcomeUnknown: the site was busy; it may be stored or not.
        """
        ours = answer_to(SAVE_CALL)
        with (
            self.page.expect_request(lambda one: one.url.endswith(SAVE_CALL)) as sent,
            self.page.expect_response(ours) as answer,
        ):
            self._dialog.press(self.site.label("保存"))
            self._on_its_way(sent.is_done)
        return str(body_of(answer.value).get("id", ""))

    def _on_its_way(self, sent: Callable[[], bool]) -> None:
        errors = FormErrors(self._dialog.root, self._prefix).shown
        sending = self._dialog.root.locator(f".{self._prefix}-button.is-loading")
        await_sending(errors, sending, sent)

    @property
    def _kind(self) -> Radio:
        return Radio(self._field("电话类型"), self._prefix)

    @property
    def _region(self) -> Cascader:
        return Cascader(self._field("所在地区"), self._prefix)

    def _text(self, label: str) -> TextInput:
        return TextInput(self._field(label), self._prefix)

    def _field(self, label: str) -> Locator:
        return field(self._dialog.root, self._prefix, self.site.label(label))
