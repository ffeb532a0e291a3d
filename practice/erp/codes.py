"""How the ERP says no; below 30000 it shares the store's codes."""

from __future__ import annotations

from enum import IntEnum

from practice.store.codes import Refusal


class ErpAnswer(IntEnum):
    """``code`` of an answer; all of them are chosen."""

    NO_SUCH_ADDRESS = 40001
    IS_DEFAULT = 40002
    IN_USE = 40003
    TIED_ALREADY = 40004
    """Another address is tied; the same request with ``replace`` is carried out."""
    TOO_MANY = 40005
    NO_RIGHT = 40006
    NO_SUCH_ITEM = 40007
    CAPTCHA = 40008
    """图形验证码 is asked for, or was wrong."""


class FieldRefusal(Refusal):
    """A field of the form is wrong; the page says so below it."""

    def __init__(self, field: str, msg: str) -> None:
        super().__init__(msg)
        self.field = field


def require(fine: bool, msg: str, code: ErpAnswer) -> None:
    """Refuse what is not fine."""
    if not fine:
        raise Refusal(msg, code)
