"""A shop as a person configures it, and as its pages show it."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import Field, field_validator

from domain.model import Value
from domain.redact import redact
from domain.site import SiteKind

REAL = "real"
"""The realm of every site that is no practice site."""
_NO_FOLDER = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
"""What no file system takes in a name, or Windows does not."""


class Mode(StrEnum):
    """Whether robots may act in a shop; in a new shop they may not, until it is set on purpose."""

    PLAN = "plan"
    LIVE = "live"


class Shop(Value):
    """One shop of ``config/shops.yaml``; ``name`` is what commands call it."""

    name: str
    site: str
    """Which file of ``config/sites/`` describes its pages."""
    account: str
    """The login whose browser profile and lane this shop uses."""
    shop_name: str
    """The name the site shows; a robot works on no page that shows another."""
    mode: Mode = Mode.PLAN
    beside: dict[SiteKind, str] = Field(default_factory=dict)
    """What ``config/shops.yaml`` calls this shop's accounts on other sites: of its ERP, say."""
    daily_rejections: int = Field(default=2, ge=1)
    """Listings the site may refuse in a day before robots stop listing here."""
    daily_listings: int | None = Field(default=None, ge=1)
    """New listings robots may hand in on one day; without it as many as the sheets ask for."""
    hold: tuple[str, ...] = ()
    """商家编码 and 订单编号 that robots look at and leave alone."""

    @field_validator("account")
    @classmethod
    def _names_a_folder(cls, account: str) -> str:
        """The browser's profile, its lock and lane are called so, and backups tell it."""
        if not account or account != account.strip(" .") or _NO_FOLDER.search(account):
            raise ValueError("it names a folder: use letters, digits, - and _, e.g. boss")
        if redact(account) != account:
            raise ValueError("it names a folder, so no phone number: use a word, e.g. boss")
        return account

    @field_validator("shop_name")
    @classmethod
    def _is_shown(cls, shop_name: str) -> str:
        if not shop_name.strip():
            raise ValueError("it must be the name exactly as the shop's pages show it")
        return shop_name.strip()

    @property
    def lane(self) -> str:
        """Name the account's browser, its profile, its lock and its queue: one at a time."""
        return f"{self.site}-{self.account}"


class Identity(Value):
    """Whose page this is, as read from the page itself.

    ``world`` is the site's origin and, on the practice twin, its world: receipts of another site,
    another shop or an older twin never answer for this one.
    """

    world: str
    shop_id: str
    """Empty on a page that shows the shop's name only."""
    shop_name: str

    @property
    def realm(self) -> str:
        """Name what all sites of one world share: the practice world's id, or ``real``.

        The store, its ERP and its supply platform have an origin each, so facts that go from one
        to another can't be kept by ``world``.
        """
        return self.world.partition("/")[2] or REAL
