"""What the site's answers mean: ``{"code": 0, …}`` or a code with the reason in ``msg``."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Response

from domain.errors import BusinessError, OutcomeUnknown, TransientError

SIGNED_OUT = (10008, "10008")
NO_PERMISSION = (-10001, "-10001")
LOOK_FIRST = ("已存在", "频繁", "重复提交", "请稍后", "系统繁忙", "网络异常")
"""Words of answers that do not say whether the thing is there: "exists already", "too often"."""


def body_of(response: Response) -> dict[str, Any]:
    """Read a good answer.

    Raises:
        TransientError: no answer of the shop's own: a gateway's, a signed-out session's.
        OutcomeUnknown: an answer after which one has to look.
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
    if code in (*SIGNED_OUT, *NO_PERMISSION):
        raise TransientError(f"the site answered code {code}: {said}")
    if any(word in said for word in LOOK_FIRST):
        raise OutcomeUnknown(f"the site said: {said}")
    raise BusinessError(said or f"code {code}")
