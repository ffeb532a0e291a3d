"""Serving a world: one server for each home folder, on this machine only.

Each site of the world has a port of its own: so it is an origin of its own, as the real ones are.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from practice.app import practice_app
from practice.card import WorldCard, remove_card, write_card
from practice.gateway import CuttableProtocol
from practice.twin import Twin
from practice.world import World

HOST = "127.0.0.1"
Announce = Callable[[WorldCard], None]
Maker = Callable[[Twin], ASGIApp]


class AlreadyServed(Exception):  # a plain sentence for the person at the keyboard
    """Another server has this world."""


class PortTaken(Exception):
    """The asked-for port is in use."""


@dataclass(frozen=True)
class Ports:
    """Where each site of the world answers."""

    store: int
    supply: int
    erp: int

    def others(self) -> dict[str, int]:
        """Those of the world's other sites, by name."""
        return {"supply": self.supply, "erp": self.erp}


def serve(twin: Twin, port: int | None, idle_exit: float | None, announce: Announce) -> None:
    """Answer until Ctrl-C, or until nobody asked for ``idle_exit`` seconds."""
    world = twin.world
    last = world.site_ports()
    with (
        bind(port, world.about().last_port) as listener,
        bind(None, last.get("supply")) as supply,
        bind(None, last.get("erp")) as erp,
    ):
        ports = Ports(store=_port_of(listener), supply=_port_of(supply), erp=_port_of(erp))
        world.remember_ports(ports.store, ports.others())
        makers: dict[int, Maker] = {ports.store: practice_app, ports.supply: _supply_app}
        makers[ports.erp] = _erp_app
        server = _Server(twin, BySite(makers, twin), idle_exit, _card(world, ports), announce)
        try:
            server.run(sockets=[listener, supply, erp])
        except KeyboardInterrupt:
            pass  # uvicorn raises it again after its orderly stop
        finally:
            remove_card(world.home)
            world.close()


def bind(port: int | None, last_port: int | None) -> socket.socket:
    """The given port or none at all; without one the last, else any free one."""
    for candidate in [port] if port else [last_port, 0]:
        if candidate is not None:
            listener = _listen(candidate)
            if listener:
                return listener
    raise PortTaken(f"Port {port} is in use. Choose another one, or leave --port away.")


def _listen(port: int) -> socket.socket | None:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":
        # There it would let two servers share a port; here it only skips the cool-down time.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError:
        listener.close()
        return None
    return listener


def _port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def _card(world: World, ports: Ports) -> WorldCard:
    from practice.erp.people import ensure_accounts

    about = world.about()
    people = {"supply": world.buyers(), "erp": ensure_accounts(world)}
    return WorldCard(
        url=f"http://{HOST}:{ports.store}",
        world=about.id,
        pid=os.getpid(),
        account=about.email,
        password=about.password,
        shop_name=about.shop_name,
        shop_id=about.shop_id,
        accounts=world.accounts(),
        sites={
            name: {"url": f"http://{HOST}:{port}", "accounts": people[name]}
            for name, port in ports.others().items()
        },
    )


def _supply_app(twin: Twin) -> ASGIApp:
    from practice.supply.app import supply_app  # not before somebody asks for it

    return supply_app(twin)


def _erp_app(twin: Twin) -> ASGIApp:
    from practice.erp.app import erp_app  # not before somebody asks for it

    return erp_app(twin)


class BySite:
    """Sends each request to the site whose port it came in at; made when first asked for."""

    def __init__(self, makers: Mapping[int, Maker], twin: Twin) -> None:
        self.makers, self.twin = makers, twin
        self.apps: dict[int, ASGIApp] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        port = scope["server"][1]
        if port not in self.apps:
            self.apps[port] = self.makers[port](self.twin)
        await self.apps[port](scope, receive, send)


class IdleWatch:
    """Knows how long nobody has asked for anything; a request being answered is no idleness."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.answering = 0
        self.last_request = time.monotonic()

    def seconds(self) -> float:
        """How long it has been quiet."""
        return 0.0 if self.answering else time.monotonic() - self.last_request

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on."""
        self.answering += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.answering -= 1
            self.last_request = time.monotonic()


class _Server(uvicorn.Server):
    """Writes the card once it listens, and takes it away before it stops."""

    def __init__(
        self,
        twin: Twin,
        site: ASGIApp,
        idle_exit: float | None,
        card: WorldCard,
        announce: Announce,
    ) -> None:
        app = IdleWatch(site)
        super().__init__(
            uvicorn.Config(
                app,
                http=CuttableProtocol,
                lifespan="off",
                log_level="warning",
                timeout_graceful_shutdown=3,
                ws="none",
            )
        )
        self.idle_watch, self.idle_exit = app, idle_exit
        self.home, self.closing = twin.world.home, twin.closing
        self.card, self.announce = card, announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        write_card(self.home, self.card)
        self.announce(self.card)

    async def on_tick(self, counter: int) -> bool:
        """Called by uvicorn ten times a second; True ends the server."""
        idle_too_long = self.idle_exit is not None and self.idle_watch.seconds() > self.idle_exit
        return await super().on_tick(counter) or idle_too_long or self.closing.is_set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Here, not only after run(): a SIGTERM ends the process before run() returns.
        remove_card(self.home)
        await super().shutdown(sockets=sockets)
