"""What a buyer's message asks for, as a factory's contact reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from practice.supply.tables import Offer

ADDRESS = "address"
RULES = "rules"
STOCK = "stock"
WORDS = {
    ADDRESS: r"地址|寄到哪|寄回|退到哪|退货给|收件人|收货人|电话|手机|号码|联系方式|门牌|几号|详细",
    RULES: r"规则|政策|七天|7\s*天|无理由|运费|邮费|破损|质量问题|坏了|怎么处理",
    STOCK: r"库存|有货|现货|有没有货|发货|时效|多久发|几天发",
}


def wants_of(text: str) -> frozenset[str]:
    """Which of these a message asks for; a greeting asks for nothing."""
    return frozenset(name for name, words in WORDS.items() if re.search(words, text))


def offer_named(text: str, sent_from: str | None, offers: Iterable[Offer]) -> Offer | None:
    """The one offer that a message is about: by its card, link, id, 货号, SKU number or title."""
    offers = list(offers)
    by_card = [one for one in offers if one.id == sent_from]
    named = [one for one in offers if _names(text, one)]
    found = by_card or named
    return found[0] if len(found) == 1 else None


def _names(text: str, offer: Offer) -> bool:
    whole = (offer.id, offer.item_no, *(sku.factory_sku for sku in offer.skus))
    # SM118 is not named by SM118A or SM1180.
    return offer.title in text or any(
        re.search(rf"(?<![0-9A-Za-z-]){re.escape(one)}(?![0-9A-Za-z-])", text) for one in whole
    )
