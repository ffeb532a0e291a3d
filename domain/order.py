"""An order of the store as its pages show it; the receiver is never printed."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from pydantic import AwareDatetime, ConfigDict, Field

from domain.address_text import fold, read_region, town_at
from domain.errors import BusinessError
from domain.model import Value
from domain.money import Yuan
from domain.phones import is_virtual, phone_kind
from domain.regions import Region

REMARK_LENGTH = 60
"""How many characters 备注 holds (facts/doudian.md 4.4), as its box counts them."""
_BETWEEN_MARKS = "；"
_NOT = "未非不没无"
"""What makes a word of its own of a mark that it stands before: 未已付款 is not 已付款."""
_DIGEST = 4
"""Hexadecimal digits of a remark's digest: from more of them a phone number could be tried out."""
AFTER_SALE_OVER = ("售后关闭", "退款失败")
"""What the 售后 column says when nothing is asked for any more (facts/doudian.md 4.1, 5.1)."""


class OrderState(StrEnum):
    """The states by the words of the list (facts/doudian.md 4.1)."""

    UNPAID = "待支付"
    HELD = "已支付"
    """Paid, but held back by the platform: risk control or a booking (code 105)."""
    TO_SHIP = "待发货"
    PARTLY_SHIPPED = "部分发货"
    SHIPPED = "已发货"
    CLOSED = "已关闭"
    FINISHED = "已完成"


class Flag(IntEnum):
    """The six flags of a remark (facts/doudian.md 4.4)."""

    GREY = 0
    PURPLE = 1
    CYAN = 2
    GREEN = 3
    ORANGE = 4
    RED = 5


class Receiver(Value):
    """Who gets the parcel. Personal data: used inside one step, in no log, picture or file."""

    model_config = ConfigDict(hide_input_in_errors=True)

    name: str
    phone: str
    """``13800001234``, or a virtual number such as ``18400008965-7576``; may be empty."""
    province: str = ""
    city: str = ""
    district: str = ""
    town: str = ""
    detail: str = ""

    def __repr__(self) -> str:
        return "Receiver(***)"

    __str__ = __repr__

    @property
    def hidden(self) -> bool:
        """Whether the page still shows asterisks (facts/doudian.md 4.3)."""
        return "*" in f"{self.name}{self.phone}{self.detail}"

    @property
    def region(self) -> Region:
        """The division it names."""
        return Region(province=self.province, city=self.city, district=self.district)

    @property
    def reachable(self) -> bool:
        """Whether there is a phone, be it a virtual one."""
        return phone_kind(self.phone) is not None or is_virtual(self.phone)


def revealed_receiver(line: str) -> Receiver:
    """Read the revealed line ``姓名，电话，地址`` (facts/doudian.md 4.3).

    Divisions that can't be told are left empty, and the whole address is the detail.

    Raises:
        BusinessError: the line has not three parts; its text is not repeated.
    """
    parts = [part.strip() for part in fold(line).split(",", 2)]
    if len(parts) != 3:
        raise BusinessError(
            f"the receiver is shown in {len(parts)} parts, not as name, phone and address",
            mend="Look at the order by hand",
        )
    name, phone, address = parts
    reading = read_region(address)
    region = reading.region if reading else None
    if reading is None or region is None:
        return Receiver(name=name, phone=phone, detail=address)
    rest = address[reading.end :].lstrip()
    town = town_at(rest, 0)
    return Receiver(
        name=name,
        phone=phone,
        province=region.province,
        city=region.city,
        district=region.district,
        town=town.group() if town else "",
        detail=rest[town.end() if town else 0 :].strip(),
    )


class OrderLine(Value):
    """One product of an order in one SKU."""

    product_id: str
    product_code: str = ""
    """商家编码 of the product."""
    sku_code: str
    title: str = ""
    spec_text: str = ""
    quantity: int = Field(ge=1)
    price: Yuan | None = None
    """For one piece, where the page shows it."""
    after_sale: str = ""
    """What the 售后 column says, such as 退款中 or 售后关闭; empty where nothing ever was asked."""

    @property
    def asked_back(self) -> bool:
        """Whether something is asked for; words that nobody knows count as that."""
        return self.after_sale not in ("", *AFTER_SALE_OVER)


class Order(Value):
    """One order; times carry their zone."""

    order_id: str = Field(pattern=r"^\d{15,25}$")
    state: OrderState
    lines: tuple[OrderLine, ...] = Field(min_length=1)
    receiver: Receiver | None = Field(default=None, repr=False)
    """None until somebody revealed it."""
    remark: str = ""
    flag: Flag = Flag.GREY
    created_at: AwareDatetime | None = None
    paid_at: AwareDatetime | None = None
    ship_by: AwareDatetime | None = None
    """预计发货时间: late from here on."""

    @property
    def after_sale(self) -> str:
        """What is asked for, by the first line that says so; empty where that is over."""
        return next((line.after_sale for line in self.lines if line.asked_back), "")

    def quantities(self) -> dict[str, int]:
        """Add up the pieces of each SKU."""
        pieces: dict[str, int] = {}
        for line in self.lines:
            pieces[line.sku_code] = pieces.get(line.sku_code, 0) + line.quantity
        return pieces

    def time_left(self, now: datetime) -> timedelta | None:
        """How long until it ships late; negative when it is, None where no time is shown."""
        return None if self.ship_by is None else self.ship_by - now


def by_urgency(orders: list[Order]) -> list[Order]:
    """Sort by the time to ship, those without one last, then by number."""
    return sorted(
        orders,
        key=lambda order: (
            order.ship_by is None,
            order.ship_by.timestamp() if order.ship_by else 0.0,
            order.order_id,
        ),
    )


def marked_remark(remark: str, mark: str) -> str:
    """Append a mark to a remark that stands there; a remark that has it stays as it is.

    Raises:
        BusinessError: 60 characters don't hold both; nothing that stands there is ever cut.
    """
    if _found(mark, remark):
        return remark
    whole = f"{remark}{_BETWEEN_MARKS}{mark}" if remark.strip() else mark
    if not fits_box(whole):
        raise no_room(remark, mark)
    return whole


def no_room(remark: str, mark: str) -> BusinessError:
    """Say that the box of 备注 would cut a remark that is to have a mark."""
    return BusinessError(
        f"the remark has {_length(remark)} of {REMARK_LENGTH} characters, no room for {mark}",
        mend="Shorten the order's 备注 by hand",
    )


def fits_box(text: str) -> bool:
    """Whether the box of 备注 holds a text: it counts UTF-16 units, of which an emoji has two."""
    return _length(text) <= REMARK_LENGTH


def _length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def told_remark(remark: str, mark: str, order_id: str) -> tuple[str, str]:
    """Tell a remark without what people wrote, who may have named a person in it.

    Gives our mark, empty where it does not stand there, and the length and digest of the rest,
    which are the same again only if the rest was kept.
    """
    found = _found(mark, remark)
    rest = remark.removesuffix(f"{_BETWEEN_MARKS}{mark}")
    if found and rest == remark:
        rest = remark[: found.start()] + remark[found.end() :]
    told = mark if found else ""
    if not rest.strip():
        return (told, "")
    digest = hashlib.sha256(f"{order_id}\n{rest}".encode()).hexdigest()[:_DIGEST]
    return (told, f"{len(rest)} 字 #{digest}")


def _found(mark: str, remark: str) -> re.Match[str] | None:
    """Find our mark, whatever people wrote beside it and with whatever sign between."""
    return re.search(rf"(?<![{_NOT}]){re.escape(mark)}", remark)
