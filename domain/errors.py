"""Everything that can go wrong, by what must happen next.

ShopclerkError
├── BusinessError    the data or the site's own answer says no: never retried by itself
│   └── NotSent      refused before anything was sent: the site has not counted it
├── TransientError   a look or a page load failed: tried again with back-off
├── OutcomeUnknown   the one click may or may not have worked: looked up, never repeated blindly
├── Stopped          a person asked to stop, before anything was sent: the rest is skipped
├── NeedsPerson      login, captcha, risk notice, a decision: the lane is parked
│   └── NotAllowed    the site does not let this account do it, and did nothing
└── Defect           selector lost, wrong page, wrong shop: the robot stops

Errors carry facts (step, key, page, attempt); the sentence is put together when it is shown.
"""

from __future__ import annotations

from domain.redact import redact


class ShopclerkError(Exception):
    """Base of all; ``mend`` says what a person can do about it."""

    def __init__(self, what: str, *, mend: str = "", **facts: str | int) -> None:
        self.what = redact(what)
        self.mend = redact(mend)
        super().__init__(self.what)
        self.facts: dict[str, str | int] = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name} {value}" for name, value in self.facts.items())
        sentence = f"{self.what} ({facts})" if facts else self.what
        return f"{sentence}. {self.mend}".rstrip() if self.mend else sentence


class BusinessError(ShopclerkError):
    """The data or the site's own answer says no."""


class NotSent(BusinessError):
    """Refused by the form itself, before anything was sent to the site."""


class TransientError(ShopclerkError):
    """Nothing was changed and trying again may help."""


class OutcomeUnknown(ShopclerkError):
    """The click was made and its answer was lost."""


class NeedsPerson(ShopclerkError):
    """Only a person can go on here."""


class Stopped(ShopclerkError):
    """A person asked to stop; nothing was begun."""


class NotAllowed(NeedsPerson):
    """The site does not let this account do it, and did nothing."""


class Defect(ShopclerkError):
    """The robot does not fit the site: stop before harm is done."""
