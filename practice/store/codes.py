"""The store's numeric codes: product states (section 3.5 of the collected facts) and answers."""

from __future__ import annotations

from enum import IntEnum


class Status(IntEnum):
    """Whether buyers can see the product."""

    ONLINE = 0
    OFFLINE = 1
    DELETED = 2


class CheckStatus(IntEnum):
    """Where the product stands in the platform's audit."""

    NOT_SUBMITTED = 1
    WAITING = 2
    PASSED = 3
    REJECTED = 4
    BANNED = 5
    PASSED_WAITS_FOR_SALE = 7


class DraftStatus(IntEnum):
    """Where the product's newest edit stands."""

    NONE = 0
    NOT_SUBMITTED = 1
    WAITING = 2
    PASSED = 3
    REJECTED = 4


class SaleStart(IntEnum):
    """What happens once the audit is passed."""

    AT_ONCE = 0
    WAREHOUSE = 1


class ShipMode(IntEnum):
    """发货模式: from stock, the whole as a presale, or stock first and the rest later."""

    STOCK = 0
    PRESALE = 1
    STEPS = 2


class Answer(IntEnum):
    """The ``code`` of an XHR's answer; below 20000 they are the facts', the 2xxxx are chosen."""

    OK = 0
    NO_PERMISSION = -10001
    """The one code that the site writes as text."""
    CAPTCHA = 1105
    NOT_LOGGED_IN = 10008
    BAD_FIELD = 20001
    CODE_TAKEN = 20002
    NO_SUCH_PRODUCT = 20003
    WRONG_STATE = 20004
    BAD_PICTURE = 20005
    BAD_LOGIN = 20006
    TOO_OFTEN = 20007


class Refusal(Exception):  # the store refuses, nothing went wrong
    """The store says no, in its own words."""

    def __init__(self, msg: str, code: int = Answer.BAD_FIELD) -> None:
        super().__init__(msg)
        self.msg = msg
        self.code = code


def require(fine: bool, msg: str, code: Answer = Answer.BAD_FIELD) -> None:
    """Refuse what is not fine."""
    if not fine:
        raise Refusal(msg, code)
