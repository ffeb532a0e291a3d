"""Every robot of this installation, with the rules and the books that it works by."""

from __future__ import annotations

from books.library import Books
from engine.order_rules import load_address_rules, load_carriers, load_order_rules
from engine.robot import Robot
from engine.settings import Settings
from robots.bind_skus import BindSkus
from robots.check_orders import CheckOrders
from robots.collect_return_addresses import CollectReturnAddresses
from robots.enter_return_addresses import EnterReturnAddresses
from robots.read_shop import ReadShop
from robots.ship_orders import ShipOrders
from robots.take_down_listings import TakeDownListings
from robots.update_listings import UpdateListings
from robots.update_order_status import UpdateOrderStatus
from robots.upload_listings import UploadListings


def crew(settings: Settings, books: Books, haste: float) -> dict[str, Robot]:
    """Give the robots by their names; waits for an answer are so many times shorter.

    Raises:
        BusinessError: a file of rules can't be read.
    """
    rules = settings.config / "rules"
    orders = load_order_rules(rules)
    robots: list[Robot] = [
        UploadListings(),
        UpdateListings(),
        TakeDownListings(),
        ReadShop(),
        UpdateOrderStatus(orders),
        ShipOrders(books, load_carriers(rules)),
        CheckOrders(books, orders),
        BindSkus(books),
        CollectReturnAddresses(books, load_address_rules(rules).hurried(haste)),
        EnterReturnAddresses(books),
    ]
    return {robot.name: robot for robot in robots}
