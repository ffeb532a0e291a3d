"""Whether a write may be made now: asked before it is prepared, and again right before its click.

A run may have waited since it was made: for a crash, a yes, a login. So the shop's own file is read
again each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.errors import BusinessError, NeedsPerson, Stopped
from domain.shop import Mode, Shop
from engine.ledger import WriteKey
from engine.stops import STOPPED
from engine.workplace import Workplace


@dataclass(frozen=True)
class Permits:
    """What a shop's settings and its day let robots do."""

    workplace: Workplace
    shop: Shop

    def check(self, item: str, where: WriteKey, *, audited: bool, creates: bool) -> None:
        """Let a write be made.

        Args:
            item: the work item's key, which may be on hold.
            where: the write.
            audited: whether it hands something to the site's audit.
            creates: whether that is something new.

        Raises:
            Stopped: somebody pressed the kill switch.
            NeedsPerson: the shop is not live, or the site refused enough today.
            BusinessError: the item is on hold, or the day has its number of new listings.
        """
        if self.workplace.stops.asked():
            raise Stopped(STOPPED)
        now = self.workplace.shop_now(self.shop)
        if now.mode is not Mode.LIVE:
            raise NeedsPerson(
                f"shop {now.name} is in mode plan by now, so nothing is clicked",
                mend=f"When you mean it: `shopclerk shop mode {now.name} live`",
            )
        if {item, where.key} & set(now.hold):
            raise BusinessError(
                f"{item} is on hold in shop {now.name}, so robots leave it alone",
                mend="Take it out of `hold` in config/shops.yaml when they may go on",
            )
        if audited:
            self._check_rejections(now, where)
        if audited and creates:
            self._check_cap(now, where)

    def _check_rejections(self, shop: Shop, where: WriteKey) -> None:
        """Stop at two refusals of a kind a day: from three on the platform punishes the shop.

        An order that can't be shipped is no product that was refused. Rule 异常发品行为
        (aJo2e4DNA5Ep, from 2026-07-31).
        """
        refused = self.workplace.ledger.rejections_since(where.owner, self._midnight(), where.kind)
        if refused >= shop.daily_rejections:
            raise NeedsPerson(
                f"{where.owner.shop_name} refused {refused} submissions today",
                mend="Mend what it refused; robots list again tomorrow",
            )

    def _check_cap(self, shop: Shop, where: WriteKey) -> None:
        if shop.daily_listings is None:
            return
        made = self.workplace.ledger.made_since(where.owner, self._midnight(), where.verb)
        if made >= shop.daily_listings:
            raise BusinessError(
                f"shop {shop.name} has its {shop.daily_listings} new listings of today",
                mend="Run the sheet again tomorrow, or raise `daily_listings` in config/shops.yaml",
            )

    def _midnight(self) -> datetime:
        now = self.workplace.clock.now().astimezone(self.workplace.settings.zone)
        return now.replace(hour=0, minute=0, second=0, microsecond=0)
