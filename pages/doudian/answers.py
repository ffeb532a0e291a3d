"""What the site's answers mean: ``{"code": 0, …}`` or a code with the reason in ``msg``."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Response

from domain.errors import BusinessError, NeedsPerson, OutcomeUnknown, TransientError

SIGNED_OUT = (10008, "10008")
NO_PERMISSION = (-10001, "-10001")
CAPTCHA = (1105, "1105")
EXISTS = ("已存在", "重复提交")
"""Words of answers that say it may be there already: one has to look, and never sends again."""
BUSY = ("频繁", "请稍后", "系统繁忙", "网络异常", "被挤爆")
"""Words of answers that leave open whether it was done: looked up, sent again if it was not."""


def body_of(response: Response) -> dict[str, Any]:
    """Read a good answer.

    Raises:
        TransientError: no answer of the shop's own: a gateway's, a signed-out session's.
        OutcomeUnknown: an answer after which one has to look.
        NeedsPerson: the account may not do this.
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
        raise NeedsPerson(
            f"the site said: {said}", mend="Ask the shop's main account to open this page to you"
        )
    if any(word in said for word in EXISTS):
        raise OutcomeUnknown(f"the site said: {said}")
    if any(word in said for word in BUSY):
        raise OutcomeUnknown(f"the site was busy: {said}")
    raise BusinessError(said or f"code {code}")
