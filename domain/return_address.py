"""The address that a supplier's returns go to, down to the door number."""

from __future__ import annotations

import re
from typing import Self

from pydantic import Field, JsonValue, field_validator, model_validator

from domain.model import Value
from domain.phones import PhoneKind, masked_phone, phone_kind
from domain.regions import Region, is_region

_TOWN = re.compile(r"[一-鿿]{1,12}(?:街道|镇|乡|苏木)")
_NUMERAL = "0-9０-９一二三四五六七八九十百"
_DOOR = re.compile(
    rf"[{_NUMERAL}](?:[-—－#][{_NUMERAL}]+)*[A-Za-z]?"
    r"(?:号|弄|[栋幢棟座]|楼|层|室|单元|铺|档|商位|摊位|#)"
)
_SPACE = re.compile(r"\s+")


def has_door_number(detail: str) -> bool:
    """Whether a street address goes down to a number of a door or a house.

    Source: facts/operators.md 4.4 (precise to 门牌号).
    """
    return _DOOR.search(detail) is not None


class ReturnAddress(Value):
    """Where returns of a product go; every part is proven to be there and possible.

    Raises:
        ValueError: no such division, no door number, a phone in no known form.
    """

    province: str
    city: str
    district: str = ""
    """Empty only in a city without districts."""
    town: str = ""
    """街道, 镇 or 乡; empty where it is not known, then it may stand in ``detail``."""
    detail: str = Field(min_length=1, max_length=200)
    recipient: str = Field(min_length=1, max_length=50)
    phone: str
    """``13800001234``, ``0571-80001234-801`` or ``4000001234``."""

    @field_validator("town")
    @classmethod
    def _a_town(cls, town: str) -> str:
        if town and not _TOWN.fullmatch(town):
            raise ValueError(f"{town!r} must end in 街道, 镇 or 乡")
        return town

    @field_validator("detail")
    @classmethod
    def _a_door(cls, detail: str) -> str:
        if not has_door_number(detail):
            raise ValueError("the address has no door number (门牌号)")
        return detail

    @field_validator("phone")
    @classmethod
    def _a_phone(cls, phone: str) -> str:
        if phone_kind(phone) is None:
            raise ValueError(f"the phone ending in {phone[-4:]} has no form of a phone number")
        return phone

    @model_validator(mode="after")
    def _a_division(self) -> Self:
        if not is_region(self.region) or not self.city:
            raise ValueError(f"there is no division {self.region}")
        return self

    @property
    def region(self) -> Region:
        """The lowest division it lies in."""
        return Region(province=self.province, city=self.city, district=self.district)

    @property
    def kind(self) -> PhoneKind:
        """What kind of phone it gives."""
        return phone_kind(self.phone) or PhoneKind.MOBILE

    @property
    def street(self) -> str:
        """Town and detail as one, for forms that have three levels."""
        return self.town + self.detail

    @property
    def masked(self) -> str:
        """The address for a log line: the person by the first character, the phone's last four."""
        return f"{self.region}{self.street} {self.recipient[0]}** {masked_phone(self.phone)}"

    def facts(self) -> dict[str, JsonValue]:
        """Name the comparable facts under the ERP's labels; white space does not count.

        Town and detail are one fact: an ERP with three levels shows both in 详细地址.
        """
        return address_facts(
            province=self.province,
            city=self.city,
            district=self.district,
            street=self.street,
            recipient=self.recipient,
            phone=self.phone,
        )


def address_facts(
    *, province: str, city: str, district: str, street: str, recipient: str, phone: str
) -> dict[str, JsonValue]:
    """Name the facts of an address once, for the wanted and the found side alike."""
    facts = {
        "省": province,
        "市": city,
        "区": district,
        "详细地址": street,
        "收件人": recipient,
        "电话": phone,
    }
    return {label: _SPACE.sub("", value) for label, value in facts.items()}
