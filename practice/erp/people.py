"""Who may log in at the ERP; there before anything else of it, for the world's card names them."""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import select

from practice.erp.tables import ErpUser
from practice.tables import Table
from practice.world import World

COMPANY = "晨光电商有限公司"
# Login, name, may delete. The second is a 子账号 with few rights.
USERS = (("13800138010", "晨光主账号", True), ("chenguang:robot", "录入员", False))


def ensure_accounts(world: World) -> list[dict[str, Any]]:
    """Everybody who may log in, for the world's card; made when the world is first served."""
    Table.metadata.create_all(world.engine, tables=[Table.metadata.tables[ErpUser.__tablename__]])
    with world.transaction() as session:
        known = list(session.scalars(select(ErpUser).order_by(ErpUser.position)))
        if not known:
            known = _users()
            session.add_all(known)
        return [
            {"account": one.login, "password": one.password, "name": one.name, "company": COMPANY}
            for one in known
        ]


def _users() -> list[ErpUser]:
    return [
        ErpUser(
            login=login,
            name=name,
            company=COMPANY,
            password=secrets.token_urlsafe(9),
            position=at,
            may_delete=may_delete,
        )
        for at, (login, name, may_delete) in enumerate(USERS)
    ]
