"""What the site's answers mean: ``{"code": 0, …}`` or a code with the reason in ``msg``."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Response

from domain.errors import NotAllowed, TransientError
from pages.refusals import refusal

SIGNED_OUT = (10008, "10008")
NO_PERMISSION = (-10001, "-10001")
CAPTCHA = (1105, "1105")


def body_of(response: Response) -> dict[str, Any]:
    """Read a good answer.

    Raises:
        TransientError: no answer of the shop's own: a gateway's, a signed-out session's.
        OutcomeUnknown: an answer after which one has to look.
        NotAllowed: the account may not do this.
        BusinessError: the site's plain no, in its own words.
    """
    if not response.ok:
        raise TransientError(f"the site answered {response.status}")
    try:
        body: dict[str, Any] = response.json()
        code, said = body["code"], str(body.get("msg") or "")
    except (ValueError, KeyError, TypeError):
        raise TransientError("the site's answer can't be read") from None
    if code == 0:
        return body
    if code in (*SIGNED_OUT, *CAPTCHA):
        raise TransientError(f"the site answered code {code}: {said}")
    if code in NO_PERMISSION:
        raise NotAllowed(
            f"the site said: {said}", mend="Ask the shop's main account to open this page to you"
        )
    raise refusal(said or f"code {code}")
