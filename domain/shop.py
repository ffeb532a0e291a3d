"""A shop as a person configures it, and as its pages show it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from domain.model import Value


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
    daily_rejections: int = Field(default=2, ge=1)
    """Listings the site may refuse in a day before robots stop listing here."""

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
    shop_name: str
