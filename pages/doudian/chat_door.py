"""The store's door for robots that work in 飞鸽 too, whose page shows the shop's name only."""

from __future__ import annotations

from urllib.parse import urlsplit

from domain.errors import Defect
from domain.shop import Identity
from pages.doudian.chat import Chat
from pages.doudian.order_door import OrderDoor


class ChatDoor(OrderDoor):
    """The shell; in 飞鸽, which has none, what stands above the conversations."""

    def identity(self) -> Identity:
        """Read whose page this is; 飞鸽 lies on a host of its own and tells no shop id.

        Raises:
            Defect: no shop's name can be read.
        """
        if urlsplit(self.page.url).path != Chat.url:
            return super().identity()
        name = self.page.locator(self.site.selector("shell.shop_name", ".headerShopName"))
        name.wait_for()
        shown = name.inner_text().strip()
        if not shown:
            raise Defect("飞鸽 does not show whose shop it is")
        return Identity(world="", shop_id="", shop_name=shown)
