"""The XHRs of the orders part (facts/doudian.md 1.1)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice import pictures
from practice.errand import Errand
from practice.gates import Handler
from practice.orders import addresses, bindings, chat, deeds, listing, shipping, views
from practice.orders.bodies import Shape, read
from practice.orders.carriers import carriers
from practice.orders.codes import OrderAnswer
from practice.orders.settle import settle_orders
from practice.orders.writes import BUSY, Act, Deed, carry_out
from practice.store.answers import fine, number, refused
from practice.store.codes import Answer, Refusal
from practice.store.sessions import Visitor, known_visitor, xhr_gate
from practice.twin import twin_of
from practice.world import World

PAGE_SIZES = (10, 20, 50, 100)
ADDRESSES = 10
"""On a page of 地址库."""
Tell = Callable[[World, Session, str, Request], Response]
NOT_SHIPPED = Refusal("发货失败，请稍后重试", OrderAnswer.SHIP_BARRED)


def _reading(tell: Tell) -> Handler:
    async def handler(request: Request) -> Response:
        world, shop_id = twin_of(request).world, known_visitor(request).shop_id
        try:
            with world.transaction() as session:
                settle_orders(world, session)
                return tell(world, session, shop_id, request)
        except Refusal as refusal:
            return refused(refusal)

    return xhr_gate(handler)


def _question(request: Request) -> listing.Question:
    """Unknown words of an address are passed over, as the real site does."""
    asked = request.query_params
    size, flag = number(request, "pageSize", 20), asked.get("star", "")
    return listing.Question(
        tab=asked.get("tab", "all"),
        order_id=asked.get("order_id", "").strip(),
        product=asked.get("product", "").strip(),
        art_no=asked.get("art_no", "").strip(),
        status=asked.get("order_status", ""),
        aftersale=asked.get("aftersale_status", ""),
        flag=int(flag) if flag in {"0", "1", "2", "3", "4", "5"} else None,
        since=number(request, "create_time_start", 0),
        until=number(request, "create_time_end", 0),
        by_finish=asked.get("compact_time[select]", "") == "finish_time",
        page=number(request, "page", 0),
        size=size if size in PAGE_SIZES else 20,
        descending=asked.get("order", "desc") != "asc",
    )


def _list(world: World, session: Session, shop_id: str, request: Request) -> Response:
    rows, total = listing.list_orders(world, session, shop_id, _question(request))
    return fine(rows, total=total)


def _counts(world: World, session: Session, shop_id: str, _request: Request) -> Response:
    return fine(listing.count_tabs(world, session, shop_id))


def _detail(world: World, session: Session, shop_id: str, request: Request) -> Response:
    order = deeds.find(world, session, shop_id, request.query_params.get("order_id", ""))
    return fine(views.detail(order))


def _reveal(world: World, session: Session, shop_id: str, request: Request) -> Response:
    order_id = request.query_params.get("order_id", "")
    return fine(deeds.reveal(world, session, shop_id, order_id))


def _carriers(_world: World, _session: Session, _shop_id: str, _request: Request) -> Response:
    known = [one for one in carriers() if one.get("active", True)]
    return fine([{"code": one["code"], "name": one["name"]} for one in known])


def _reasons(_world: World, _session: Session, _shop_id: str, _request: Request) -> Response:
    words = ("无法发货", "无法处理售后", "无法处理客诉", "无法处理物流包裹", "其他")
    return fine([{"code": at, "text": text} for at, text in enumerate(words, 1)])


def _addresses(_world: World, session: Session, shop_id: str, request: Request) -> Response:
    page, size = number(request, "page", 1), number(request, "pageSize", ADDRESSES)
    rows, total = addresses.list_addresses(session, shop_id, page, min(max(size, 1), 100))
    return fine(rows, total=total)


def _bindings(_world: World, session: Session, shop_id: str, request: Request) -> Response:
    return fine(bindings.told(session, shop_id, request.query_params.get("product_id", "")))


def _talks(world: World, session: Session, shop_id: str, request: Request) -> Response:
    keyword = request.query_params.get("keyword", "")
    if keyword:
        return fine(chat.search_talks(world, session, shop_id, keyword))
    tab = request.query_params.get("tab", "current")
    return fine(chat.list_talks(world, session, shop_id, tab))


def _messages(world: World, session: Session, shop_id: str, request: Request) -> Response:
    known = request.query_params.get("conversation_id", "")
    return fine(chat.read_talk(world, session, shop_id, known))


def _unread(world: World, session: Session, shop_id: str, _request: Request) -> Response:
    talks = chat.list_talks(world, session, shop_id, "current")
    return fine({"unread_count": sum(one["unread_count"] for one in talks)})


Change = Callable[[World, Session, str, Shape, Errand], dict[str, Any]]


def _writing(
    shape: type[Shape],
    subject: Callable[[Shape], str],
    change: Change[Shape],
    *,
    orders: Callable[[Shape], list[str]] = lambda _: [],
    throttled: Refusal = BUSY,
) -> Handler:
    async def handler(request: Request) -> Response:
        asked, world = read(shape, await request.body()), twin_of(request).world

        def act(session: Session, visitor: Visitor, errand: Errand) -> dict[str, Any]:
            if asked is None:
                raise Refusal("参数错误", Answer.BAD_FIELD)
            return change(world, session, visitor.shop_id, asked, errand)

        deed: Act = act
        known = subject(asked) if asked else ""
        return await carry_out(
            request, Deed(deed, known, orders(asked) if asked else [], throttled)
        )

    return handler


async def upload(request: Request) -> Response:
    """A picture for a message."""
    world, content = twin_of(request).world, await request.body()
    try:
        with world.transaction() as session:
            picture = pictures.keep(session, world.pictures, content, MOST_BYTES)
            return fine({"id": picture.id, "url": picture.url})
    except Refusal as refusal:
        return refused(refusal)


MOST_BYTES = 8 * 1024 * 1024
REMARK = _writing(
    deeds.RemarkAsked,
    lambda one: one.order_id,
    lambda world, session, shop, one, _: deeds.remark(world, session, shop, one),
    orders=lambda one: [one.order_id],
)
CONFIRM = _writing(
    deeds.ConfirmAsked,
    lambda one: one.order_id,
    lambda world, session, shop, one, _: deeds.answer_move(world, session, shop, one),
    orders=lambda one: [one.order_id],
)
SHIP = _writing(
    shipping.ShipAsked,
    lambda one: one.order_ids[0],
    lambda world, session, shop, one, _: shipping.ship(world, session, shop, one),
    orders=lambda one: one.order_ids,
    throttled=NOT_SHIPPED,
)
EDIT = _writing(
    shipping.EditAsked,
    lambda one: one.order_id,
    lambda world, session, shop, one, _: shipping.edit_logistics(world, session, shop, one),
)
OPEN = _writing(
    chat.OpenAsked,
    lambda one: one.order_id,
    lambda world, session, shop, one, _: chat.open_talk(world, session, shop, one),
    throttled=chat.RISK,
)
SEND = _writing(chat.SendAsked, lambda one: one.conversation_id, chat.send, throttled=chat.RISK)
SAVE = _writing(
    addresses.AddressAsked,
    lambda one: str(one.address_id or ""),
    lambda _, session, shop, one, __: addresses.save(session, shop, one),
)
DELETE = _writing(
    addresses.AddressNamed,
    lambda one: str(one.address_id),
    lambda _, session, shop, one, __: addresses.delete(session, shop, one),
)
BIND = _writing(
    bindings.BindAsked,
    lambda one: one.product_id,
    lambda world, session, shop, one, _: bindings.bind(world, session, shop, one),
)
ROUTES = [
    Route("/api/order/searchlist", _reading(_list)),
    Route("/api/order/tabcnt", _reading(_counts)),
    Route("/api/order/orderDetail", _reading(_detail)),
    Route("/api/order/receiveinfo", _reading(_reveal)),
    Route("/api/order/operateReasonConfig", _reading(_reasons)),
    Route("/api/order/logisticsCompanyList", _reading(_carriers)),
    Route("/api/order/addRemark", REMARK, methods=["POST"]),
    Route("/api/order/addressConfirm", CONFIRM, methods=["POST"]),
    Route("/api/order/logisticsAdd", SHIP, methods=["POST"]),
    Route("/api/order/logisticsEdit", EDIT, methods=["POST"]),
    Route("/api/im/conversations", _reading(_talks)),
    Route("/api/im/messages", _reading(_messages)),
    Route("/api/scale_shop/doudian_im/shop/user/unread_count", _reading(_unread)),
    Route("/api/im/open", OPEN, methods=["POST"]),
    Route("/api/im/send", SEND, methods=["POST"]),
    Route("/api/im/upload", xhr_gate(upload), methods=["POST"]),
    Route("/shopuser/address/list", _reading(_addresses)),
    Route("/shopuser/address/save", SAVE, methods=["POST"]),
    Route("/shopuser/address/delete", DELETE, methods=["POST"]),
    Route("/product/supply/detail", _reading(_bindings)),
    Route("/product/supply/bind", BIND, methods=["POST"]),
]
