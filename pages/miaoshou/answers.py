"""What the ERP's answers mean: ``result`` in the body, not HTTP 200 (facts/miaoshou.md 11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Response

from domain.errors import TransientError
from pages.refusals import refusal

SIGNED_OUT = (10008, "10008")


def body_of(response: Response) -> dict[str, Any]:
    """Read a good answer.

    Raises:
        TransientError: no answer of the ERP's own: a gateway's, a signed-out session's.
        OutcomeUnknown: an answer after which one has to look.
        BusinessError: the ERP's plain no, in its own words.
    """
    if not response.ok:
        raise TransientError(f"the site answered {response.status}")
    try:
        body: dict[str, Any] = response.json()
        done = body["result"] == "success"
    except (ValueError, KeyError, TypeError):
        raise TransientError("the site's answer can't be read") from None
    if done:
        return body
    code, said = body.get("code"), str(body.get("reason") or "")
    if code in SIGNED_OUT:
        raise TransientError(f"the site answered code {code}: {said}")
    raise refusal(said or f"code {code}")


def answer_to(call: str, **asked: str) -> Callable[[Response], bool]:
    """Match the answer to a call that had these words in its form."""

    def matches(response: Response) -> bool:
        if not urlsplit(response.url).path.endswith(call):
            return False
        form = parse_qs(response.request.post_data or "", keep_blank_values=True)
        return all(form.get(name, [""])[0] == word for name, word in asked.items())

    return matches
